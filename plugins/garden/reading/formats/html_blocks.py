"""Puts HTML into the text of a note as one block, so that nothing in it is read as Markdown."""

import re
from typing import Final

_SCRIPT: Final = re.compile(r"<script\b.*?(?:</script\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_STYLE: Final = re.compile(r"<style\b.*?(?:</style\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_HANDLER: Final = re.compile(r"""\son\w+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_SCRIPT_ADDRESS: Final = re.compile(r"""((?:href|src)\s*=\s*["']?\s*)javascript:""", re.IGNORECASE)
_BLANK_LINES: Final = re.compile(r"\n(?=[ \t]*\n)")


def html_block(html: str, name: str) -> str:
    """Return HTML without scripts, in an element of the class `name`, as one block of Markdown.

    A blank line would end the block, so the line end before it becomes a character reference.
    """
    plain = _SCRIPT_ADDRESS.sub(r"\1#", _HANDLER.sub("", _STYLE.sub("", _SCRIPT.sub("", html)))).strip()
    return f'<div class="{name}">\n{_BLANK_LINES.sub("&#10;", plain)}\n</div>' if plain else ""
