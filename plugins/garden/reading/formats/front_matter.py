"""Writes properties that another format has in a different form as front matter."""

import json
from collections.abc import Mapping

_LISTS = frozenset(("tags", "authors"))


def front_matter_text(found: Mapping[str, object]) -> str:
    """Return properties as front matter, empty for none; tags and authors are split into lists as in Pelican."""
    lines = []
    for key, value in found.items():
        name = key.strip().lower()
        listed = _listed(str(value)) if name in _LISTS and isinstance(value, str) else value
        lines.append(f"{json.dumps(name)}: {json.dumps(listed, ensure_ascii=False, default=str)}\n")
    return "---\n" + "".join(lines) + "---\n" if lines else ""


def _listed(written: str) -> list[str]:
    """Return the values of a text in which semicolons, or else commas, separate them."""
    separator = ";" if ";" in written else ","
    return [part.strip() for part in written.split(separator) if part.strip()]
