"""Writes Mermaid diagrams as SVG, drawn by the build, with their source below (CB-3)."""

import xml.etree.ElementTree as etree

from garden.reading.mermaid import ID_PREFIX, LABEL, picture
from garden.reading.syntax.engine.note_parser import NoteParser
from garden.reading.syntax.engine.serialize import RAW, slot


def add_diagram(parser: NoteParser, figure: etree.Element, source: str, place: tuple[int, int]) -> None:
    """Fill `figure` with the picture and its source; without a picture the source is shown open, with a remark."""
    svg, reason = picture(source, LABEL)
    figure.set("class", "diagram")
    if svg:
        # A page may have several pictures, and a note may be shown on several pages: ids are distinguished
        # within a note by the place in the file, and in transclusions by the slot (HC-4).
        svg = svg.replace(ID_PREFIX, slot("id", f"d{place[0]}:")).replace(LABEL, slot("word", "diagram"))
        etree.SubElement(figure, RAW).text = svg
        details = etree.SubElement(figure, "details")
        etree.SubElement(details, "summary").text = slot("word", "diagram_source")
    else:
        details = figure
        etree.SubElement(figure, "figcaption").text = f"Mermaid ({slot('word', 'not_rendered')})"
        parser.findings.report(
            "diagram-failed", place, f"this diagram cannot be drawn, so its source is shown: {reason}"
        )
    etree.SubElement(details, "pre", {"class": "mermaid", "tabindex": "0"}).text = source
