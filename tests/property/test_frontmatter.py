"""Front matter of any text: nothing raises, nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from garden.model.diagnostic import SEVERITIES
from garden.model.names import VaultPath
from garden.model.note import Status
from garden.model.settings import ReadingSettings
from garden.reading.frontmatter.read import read_front_matter
from garden.reading.source import read_source

PIECES = [
    "---", "---\n", "\n", "\n\n", " ", "  ", "\t", "title: ", "tags: ", "up: ", "Up: ", "status: ", "draft", "date: ",
    "aliases:", "publish: false", "- ", "[[", "]]", "[", "]", "{", "}", "a", "é𝒳", "|", ">", "#", "'", '"', "\\", ":",
    ": ", ",", "&a ", "*a", "!!str ", "![[x]]", "[t](u.md)", "2023-01-17", "\u2028", "\x85", "\ufdd0", "\x07", "%",
    "? ", "...", "<<: ", "\\u00e9", "\ufeff", "\x00",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=40).map(lambda parts: "---\n" + "".join(parts)),
)


@given(TEXTS)
def test_any_text_is_read_and_cut_at_a_line(text):
    """HC-9: the body is the end of the text, begins where `body_line` says, and places lie in the file."""
    source = read_source(VaultPath("n.md"), text.encode())
    note = read_front_matter(source, ReadingSettings())
    lines = source.text.split("\n")
    assert source.text.endswith(note.body)
    if note.body:
        assert "\n".join(lines[note.body_line - 1 :]) == note.body
    places = [problem.place for problem in note.problems]
    places += [ref.place for ref in note.meta.refs] + [tag.place for tag in note.meta.tags]
    places += note.meta.places.values()
    for place in places:
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
    assert all(problem.code in SEVERITIES and "\n" not in problem.message for problem in note.problems)


@given(st.binary(max_size=300))
def test_any_bytes_are_read(data):
    """HC-8: any bytes give a text with LF line ends and at most one diagnostic."""
    source = read_source(VaultPath("n.md"), data)
    assert "\r" not in source.text
    assert len(source.problems) <= 1
    assert bool(source.problems) == _is_invalid(data)


@given(
    st.lists(st.sampled_from(PIECES), max_size=20).map("".join),
    st.sampled_from(["status: draft", "draft: true"]),
)
def test_a_draft_stays_a_draft_whatever_stands_below_it(below, status):
    """PB-1, FM-9: no broken line after the status publishes a draft."""
    if any(key in below for key in ("status", "draft", "publish")):
        below = ""
    source = read_source(VaultPath("n.md"), f"---\n{status}\n{below}\n---\nBody".encode())
    assert read_front_matter(source, ReadingSettings()).meta.status is Status.DRAFT


def _is_invalid(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return True
    return False
