"""Quotes an author's text in a message."""

_LENGTH = 60  # characters; enough to know the text again


def quoted(text: str) -> str:
    """Return `text` between backticks, on one line (DG-2) and cut when it is long."""
    line = " ".join(text[: _LENGTH * 4].split())
    return f"`{line[:_LENGTH]}…`" if len(line) > _LENGTH else f"`{line}`"
