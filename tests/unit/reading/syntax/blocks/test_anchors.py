"""Block ids (AN-5, AN-6)."""

import pytest


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("a ^id", '<p id="block:id">a</p>'),
        ("a\nb ^id  ", '<p id="block:id">a\nb</p>'),
        ("a\t^ID", '<p id="block:id">a</p>'),
        ("a\n^id", '<p id="block:id">a</p>'),
        ("a [[x]] ^id", '<p id="block:id">a <to x>…</to></p>'),
        ("- a ^id\n- b", '<li id="block:id">a</li>'),
        ("- a\n  - b ^id\n- c", '<li id="block:id">b</li>'),
        ("- a ^id\n  - b", '<li id="block:id">a\n<ul><li>b</li></ul></li>'),
        ("- a\n\n  b ^id", '<p id="block:id">b</p>'),
        ("1. a ^x\n2. b ^id", '<li id="block:id">b</li>'),
        ("- [ ] a ^id", '<li class="task" data-task=" " id="block:id"><input type="checkbox" disabled="disabled">a</li>'),
        ("- a\n- b\n\n^id", '<ul id="block:id"><li>a</li><li>b</li></ul>'),
        ("- a\n  - b\n\n  ^id", '<ul id="block:id"><li>b</li></ul>'),
        ("> a\n\n^id", '<blockquote id="block:id"><p>a</p></blockquote>'),
        ("> a ^id", '<p id="block:id">a</p>'),
        ("```\na\n```\n\n^id", '<figure class="code" id="block:id"><pre tabindex="0"><code>a\n</code></pre></figure>'),
        ("|a|\n|-|\n\n^id",
         '<div class="table" tabindex="0" id="block:id"><table><thead><tr><th>a</th></tr></thead></table></div>'),
        ("> [!note] T\n\n^id",
         '<div class="callout callout-note" data-callout="note" id="block:id"><div class="callout-title">T</div></div>'),
        ("> [!note] T\n> a ^id", '<p id="block:id">a</p>'),
        ("![[x]]\n\n^id", '<div id="block:id"><embed x></div>'),
        ("## h ^id", '<h2 id="h">h</h2>'),
        ("## h ^id\n\na\n\n### i\n\n## j", '<h2 id="h">h</h2><p>a</p><h3 id="i">i</h3>'),
        ("## h\n^id\n\na", '<h2 id="h">h</h2><p>a</p>'),
        ("## h\n\n^id\n\na\n\n# j", '<h2 id="h">h</h2><p>a</p>'),
        ("h ^id\n---\na", '<h2 id="h">h</h2><p>a</p>'),
        ("> ## h ^id\n> a\n\nb", '<h2 id="h">h</h2><p>a</p>'),
    ],
)  # fmt: skip
def test_an_id_belongs_to_its_block_and_is_not_shown(read, text, block):
    """AN-5: at the end of a paragraph or item, or alone after another block; on a heading it names the section."""
    note = read(text)
    assert note.blocks["id"] == block
    assert "^id" not in note.html


@pytest.mark.parametrize(
    "text",
    [
        "a^id", "x^2", "a ^a_b", "a ^id b", "^id", "a ^é", "a ^", "a \\^id", "\\^id", "a `^id`", "a $x ^id$", "---\n\n^id", "|a ^id|\n|-|", "|a|\n|-|\n^id", "    a ^id", "- ^id", "a ^id\nb",
    ],
)  # fmt: skip
def test_nope_these_are_not_block_ids(read, text):
    """AN-5, MK-1: inside words, with text behind, without a block, in code and cells."""
    assert read(text).blocks == {}


def test_of_an_id_used_twice_the_first_counts(read):
    """AN-6, DG-3: compared without case, reported at the later one."""
    note = read("a ^x\n\n- b ^X")
    assert note.blocks == {"x": '<p id="block:x">a</p>'}
    assert note.problems == ["block-duplicate 3:5"]


def test_two_ids_of_one_block_lead_to_the_same_place(read):
    """AN-5, HC-4: an element has one id, both names find it."""
    note = read("a\n\n^x\n\n^y")
    assert [block.anchor for block in note.document.blocks] == ["block:x", "block:x"]
    assert note.html == '<p id="block:x">a</p>'


@pytest.mark.parametrize(
    ("text", "wrap"), [("- a ^id", "ul"), ("1. a ^id", "ol"), ("a ^id", ""), ("> - a ^id", "ul")]
)
def test_an_item_knows_its_list(read, text, wrap):
    """EM-4: an item shown alone needs a list round it."""
    assert [block.wrap for block in read(text).document.blocks] == [wrap]
