"""The box for a block that is not rendered: a sentence, and the source, collapsed (VW-14)."""

import xml.etree.ElementTree as etree

from garden.reading.syntax.engine.findings import Findings
from garden.reading.syntax.engine.serialize import slot


def fill_box(findings: Findings, figure: etree.Element, name: str, source: str, language: str) -> None:
    """Fill `figure` with the box of a block called `name`, whose source is in `language`."""
    findings.has_views = True
    figure.set("class", "not-rendered")
    figure.set("data-view", "error")
    etree.SubElement(figure, "figcaption").text = f"{name} ({slot('word', 'not_rendered')})"
    details = etree.SubElement(figure, "details")
    etree.SubElement(details, "summary").text = slot("word", "source")
    pre = etree.SubElement(details, "pre", {"tabindex": "0"})
    etree.SubElement(pre, "code", {"class": f"language-{language}"}).text = source
