"""From the element tree to HTML with slots, without recursion: nesting may be deep (HC-10)."""

import xml.etree.ElementTree as etree

STX = "\x02"
ETX = "\x03"

RAW = "\x02raw"  # tag of an element whose text is HTML already
BARE = "\x02bare"  # tag of an element that shows its content only: a tight item's paragraph
BEFORE = "\x02before"  # attribute: numbers of marks to leave before the element
AFTER = "\x02after"  # attribute: numbers of marks to leave after it

VOID = frozenset(("area", "br", "col", "embed", "hr", "img", "input", "source", "track", "wbr"))
BLOCKS = frozenset(
    "address article aside blockquote dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)


def slot(kind: str, value: int | str) -> str:
    """Return the text that stands for a slot in the tree and in the serialised HTML."""
    return f"{STX}{kind}:{value}{ETX}"


def escape(text: str) -> str:
    """Escape text for an element's content."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def escape_attribute(text: str) -> str:
    """Escape text for an attribute's value in double quotes."""
    text = escape(text)
    return text.replace('"', "&quot;") if '"' in text else text


def serialize(root: etree.Element) -> str:
    """Return the HTML inside `root`, with marks and slots in it."""
    out: list[str] = []
    write = out.append
    if root.text:
        write(escape(root.text))
    todo: list[etree.Element | str] = list(reversed(root))
    while todo:
        element = todo.pop()
        if isinstance(element, str):
            write(element)
            continue
        tag = element.tag
        attrib = element.attrib
        after = ""
        if attrib:
            if BEFORE in attrib:
                write(_marks(attrib[BEFORE]))
            if AFTER in attrib:
                after = _marks(attrib[AFTER])
        tail = escape(element.tail) if element.tail else ""
        if tag == RAW:
            write(element.text or "")
            write(after + tail)
            continue
        closing = ""
        if tag != BARE:
            if attrib:
                write("<" + tag)
                for name, value in attrib.items():
                    if name[0] != STX:
                        write(f' {name}="{escape_attribute(value)}"')
                write(">")
            else:
                write(f"<{tag}>")
            if tag not in VOID:
                closing = f"</{tag}>"
        if tag in BLOCKS or tag == BARE:
            closing += "\n"
        if element.text:
            write(escape(element.text))
        todo.append(closing + after + tail)
        if len(element):
            todo.extend(reversed(element))
    return "".join(out)


def _marks(numbers: str) -> str:
    return "".join(slot("mark", number) for number in numbers.split())
