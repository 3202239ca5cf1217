"""Whatever HTML an author writes, the page round the note stays as it is."""

from hypothesis import given
from hypothesis import strategies as st

from garden.rendering.body.balanced_html import contained
from tests.support.markup import parse, select

NAMES = (
    "a b body button caption dd details div dl font form frameset h2 html iframe li main math mi nobr object option p "
    "plaintext script section select span style summary svg table td template textarea title tr ul xmp"
).split()
PIECES = st.one_of(
    st.sampled_from([f"<{name}>" for name in NAMES] + [f"</{name}>" for name in NAMES]),
    st.sampled_from(
        ["text", "<br>", '<img src="x">', '<a title="', '">', "<!--", "-->", "<svg/>", "&amp;", "<"]
    ),
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_hc_3_a_note_ends_where_its_element_does(html: str) -> None:
    """Its element holds all of it; what follows is beside it, and nothing has changed it."""
    mended, changed = contained(html)
    assert changed == (mended != html)
    page = parse(f"<body>.<main><div data-note-body>{mended}</div><footer>behind</footer></main><p>end</p>")
    (body,) = select(page.root, "body > main > div")
    (footer,) = select(page.root, "body > main > footer")
    assert footer.html == "<footer>behind</footer>"
    assert body.next is not None
    assert body.next.tag == "footer"
    assert footer.next is None
    assert contained(mended) == (mended, False)
