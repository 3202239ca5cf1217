"""Which texts are tags: shared by front matter and by `#tag` in text (TG-2)."""

import re

TAG_CLASS = r"[^\s\x00-\x1f!-,.:-@\[-^`{-\x7f\u2000-\u206f\u2e00-\u2e7f]"
"""Regular expression for one tag character (TG-2); control characters are none either."""

_TAG = re.compile(f"{TAG_CLASS}+")
_ONLY_DIGITS = re.compile(r"\d*")


def is_tag(text: str) -> bool:
    """Say whether `text`, without its `#`, is a valid tag (TG-2)."""
    return _TAG.fullmatch(text) is not None and not text.endswith("/") and not _ONLY_DIGITS.fullmatch(text)
