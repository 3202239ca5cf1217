"""From elements to HTML."""

import xml.etree.ElementTree as etree

from garden.reading.syntax.engine.serialize import AFTER, BARE, BEFORE, ETX, RAW, STX, serialize, slot


def build(*children: etree.Element) -> etree.Element:
    root = etree.Element("div")
    root.extend(children)
    return root


def test_text_and_attributes_are_escaped():
    """PB-7: in content `&`, `<`, `>`; in attributes the quotation mark as well."""
    element = etree.Element("b", {"title": "\"<&>'"})
    element.text, element.tail = "\"<&>'", "<"
    assert serialize(build(element)) == '<b title="&quot;&lt;&amp;&gt;\'">"&lt;&amp;&gt;\'</b>&lt;'


def test_raw_html_is_left_alone_and_bare_elements_have_no_tags():
    """HT-1: what is HTML already is not escaped again; a tight item's paragraph shows its content only."""
    raw, bare = etree.Element(RAW), etree.Element(BARE)
    raw.text, bare.text = "<i>&amp;</i>", "a<"
    assert serialize(build(raw, bare)) == "<i>&amp;</i>a&lt;\n"


def test_void_elements_have_no_end_tag():
    """HTML has none for `<br>` and `<hr>`."""
    assert serialize(build(etree.Element("br"), etree.Element("hr"))) == "<br><hr>\n"


def test_marks_are_before_and_after_their_element():
    """EM-4: sections and blocks are cut out at them."""
    element = etree.Element("p", {BEFORE: "1 2", AFTER: "3"})
    marks = "".join(slot("mark", number) for number in (1, 2))
    assert serialize(build(element)) == f"{marks}<p></p>\n{slot('mark', 3)}"
    assert slot("mark", 3) == f"{STX}mark:3{ETX}"


def test_deep_trees_need_no_recursion():
    """HC-10: ten thousand levels."""
    root = inner = etree.Element("div")
    for _ in range(10_000):
        inner = etree.SubElement(inner, "b")
    inner.text = "x"
    assert serialize(root) == "<b>" * 10_000 + "x" + "</b>" * 10_000
