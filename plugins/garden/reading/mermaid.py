"""Converts Mermaid source to SVG, for diagrams in notes and for views of the hierarchy.

The picture uses CSS variables for its colours, so that it follows the colour scheme, and has no `style` attributes,
which a strict content security policy forbids.
"""

import re
import xml.etree.ElementTree as etree
from functools import lru_cache
from typing import Final

from garden.reading.isolation import LibraryError, LibraryMissingError, isolated

ID_PREFIX: Final = "\ufdd0"
"""A placeholder before each id in a picture, replaced by a prefix of its own when the picture gets its place on a page.

It is a noncharacter, which no text contains (Unicode 23.7); XML does not allow control characters.
"""

LABEL: Final = "\ufdd1"
"""A placeholder for the label of a picture, replaced when the language of its page is known."""

MISSING: Final = "what draws diagrams is not installed: run `pip install 'garden-pelican[diagrams]'`"
"""Why there is no picture where the renderer is not installed."""

_PLACEHOLDERS: Final = str.maketrans("", "", ID_PREFIX + LABEL)

_LONGEST = 20_000  # characters of a diagram, more than any page can show (HC-10)
_SVG = "{http://www.w3.org/2000/svg}"
# The renderer's palette, by what each colour is for.
_COLOURS = {
    "#FFFFFF": "ground",
    "#172D4A": "text",
    "#596579": "quiet",
    "#000000": "line",
    "#E5EFFA": "fill",
    "#F0F4FA": "panel",
    "#4472C4": "edge",
}
_COLOUR = re.compile("|".join(_COLOURS), re.IGNORECASE)
_RADIUS = re.compile(r"\brx:\s*([\d.]+)px")
_LOCAL = re.compile(r"url\(#([^)]+)\)")


@lru_cache(maxsize=256)
def picture(source: str, label: str) -> tuple[str, str]:
    """Return (SVG, "") or ("", why there is none); `label` is what a screen reader reads out."""
    if not source.strip():
        return "", "it is empty"
    if len(source) > _LONGEST:
        return "", f"it is longer than {_LONGEST} characters"
    try:
        drawn = isolated(_drawn, source.translate(_PLACEHOLDERS))
        root = etree.fromstring(drawn)  # noqa: S314 (the renderer's own SVG)
    except LibraryMissingError as error:
        return "", f"{MISSING} ({error})"
    except (LibraryError, etree.ParseError) as error:
        return "", str(error)
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
        _plain_attributes(element)
    root.set("role", "img")
    root.set("aria-label", label)
    root.attrib.pop("aria-roledescription", None)
    root.set("xmlns", "http://www.w3.org/2000/svg")
    root.set("class", "diagram-picture")
    return etree.tostring(root, encoding="unicode", short_empty_elements=True), ""


def _drawn(source: str) -> str:
    """Return the SVG that the library draws (in a helper, see `isolation`)."""
    from mermaid_render import mermaid_to_svg

    return str(mermaid_to_svg(source).decode())


def _plain_attributes(element: etree.Element) -> None:
    """Remove the style of an element, mark its ids as this picture's, and let the page decide about its colours."""
    attributes = element.attrib
    radius = _RADIUS.search(attributes.pop("style", ""))
    if radius:
        attributes["rx"] = radius[1]
    for name, value in list(attributes.items()):
        if name == "id":
            attributes[name] = ID_PREFIX + value
        elif "#" in value:
            attributes[name] = _LOCAL.sub(f"url(#{ID_PREFIX}\\1)", _COLOUR.sub(_variable, value))


def _variable(colour: re.Match[str]) -> str:
    """Return a colour as a variable of the style sheet, with the renderer's as its default."""
    return f"var(--diagram-{_COLOURS[colour[0].upper()]}, {colour[0]})"
