"""The page of a note: where it belongs, who cites it, what machines read."""

import json
import re

from msgspec.structs import replace

from garden.model.body import Slot, SlotKind
from garden.model.diagnostic import Place
from garden.model.names import VaultPath
from garden.model.note import Field, Revision, Status
from garden.model.pages.page import NotePage
from garden.model.pages.panels import LocalGraph
from garden.model.settings import RELATIONS, RelationField
from garden.rendering.fingerprint import fingerprint
from garden.rendering.pages.all import generated_pages
from tests.support.vault import Vault, made_heading


def graph_of(page: NotePage) -> LocalGraph:
    """Return the local graph of a page that has one."""
    assert page.local_graph is not None
    return page.local_graph


def svg_of(page: NotePage) -> str:
    """Return the markup of a page's local graph."""
    return graph_of(page).svg_html


def test_hi_12_trails_and_relations_are_in_the_order_of_the_settings(vault: Vault) -> None:
    """Siblings come last; an implied entry says so."""
    vault.note("a.md", relations=["up:: [[mlops]]", "same:: [[b]]"])
    vault.note("b.md", relations=["up:: [[mlops]]"])
    page = vault.page("a.md")
    assert [[link.title for link in trail.links] for trail in page.trails] == [["mlops"]]
    assert [relation.name for relation in page.relations] == ["up", "same", "siblings"]
    assert [entry.title for entry in page.relations[2].entries] == ["b"]
    other = vault.page("b.md")
    assert [entry.implied for entry in other.relations[1].entries] == [True]


def test_hi_9_a_hub_lists_its_children(vault: Vault) -> None:
    """It has no body, but relations, a tree and an address."""
    vault.note("a.md", relations=["up:: [[MLOps]]"], plain="First words.")
    vault.note("below.md", relations=["up:: [[a]]"])
    page = vault.page("mlops", "hub")
    assert (page.kind, page.title, page.href, page.body_html) == ("hub", "MLOps", "/mlops/", "")
    (down,) = page.relations
    assert [(entry.title, entry.summary, entry.count) for entry in down.entries] == [("a", "First words.", 1)]
    assert [child.title for child in down.entries[0].children] == ["below"]
    assert page.head.description == "MLOps: a"


def link(url: str) -> tuple[str | Slot, ...]:
    """Return the pieces of a link to another site; `url` is escaped."""
    return '<a href="', Slot(SlotKind.OUTSIDE, url), '">x</a>'


def test_links_to_other_sites_are_listed_for_paper(vault: Vault) -> None:
    """In the order of the text, embedded text included, each time; links inside the site and mail are not."""
    vault.note("a.md", "![[b]]", *link("https://b.org/?x=1&amp;y"), "[[b]]", *link("https://a.org/"))
    vault.note("b.md", *link("https://c.org/"), *link("https://a.org/"), '<a href="mailto:x@y.z">m</a>')
    page = vault.page("a.md")
    assert page.outside == ("https://c.org/", "https://a.org/", "https://b.org/?x=1&y", "https://a.org/")
    assert '<a href="https://b.org/?x=1&amp;y">x</a>' in page.body_html


def test_an_unresolved_relation_has_no_address(vault: Vault) -> None:
    """It is shown as an unresolved link (WL-12)."""
    vault.note("a.md", relations=["next:: [[nowhere]]"])
    (relation,) = vault.page("a.md").relations
    assert (relation.entries[0].title, relation.entries[0].href) == ("nowhere", "")


def test_how_finished_a_note_is(vault: Vault) -> None:
    """It is given by the property that the settings name, in any case, and by none when they name none."""
    vault.note("a.md", properties={"Maturity": "seedling", "state": "old"})
    assert vault.page("a.md").maturity == "seedling"
    vault.set(maturity="state")
    assert vault.page("a.md").maturity == "old"
    vault.set(maturity="")
    assert vault.page("a.md").maturity == ""


def test_where_a_note_is_edited(vault: Vault) -> None:
    """The address is made of the repository and the note's place; without a repository there is none."""
    vault.note("sub/a note.md")
    assert vault.page("sub/a note.md").head.edit_href == ""
    vault.set(repository="https://example.org/notes/")
    assert (
        vault.page("sub/a note.md").head.edit_href
        == "https://example.org/notes/edit/main/content/sub/a%20note.md"
    )
    vault.set(edit_url="{repository}/?edit={path}&{other}")
    assert (
        vault.page("sub/a note.md").head.edit_href
        == "https://example.org/notes/?edit=sub/a%20note.md&{other}"
    )
    vault.set(edit_url="/edit/{path}", base="/docs")
    assert vault.page("sub/a note.md").head.edit_href == "/docs/edit/sub/a%20note.md"
    vault.set(edit_url="")
    assert vault.page("sub/a note.md").head.edit_href == ""


def test_the_tree_does_not_grow_with_the_vault(vault: Vault) -> None:
    """Of five hundred siblings some thirty are beside the page, which is one of them; how many there are is not shown."""
    for number in range(500):
        vault.note(f"n{number:03}.md", relations=["up:: [[root]]"])
    page = vault.page("n250.md")
    (root,) = page.tree
    assert len(root.children) == 30
    assert [node.title for node in root.children if node.current] == ["n250"]
    assert not root.count
    siblings = page.relations[-1].entries
    assert 100 < len(siblings) < 250


def test_trails_are_labelled_where_several_relations_lead_up(vault: Vault) -> None:
    """By the relation of the last step; where there is one only, its label says nothing."""
    vault.note("a.md", relations=["up:: [[Top]]"])
    assert [trail.relation for trail in vault.page("a.md").trails] == [""]
    parent = (
        RelationField("parent", "Child of", "child", "up"),
        RelationField("child", "Has", "parent", "down"),
    )
    vault.set(relations=(*RELATIONS, *parent))
    vault.note("b.md", relations=["up:: [[Top]]", "parent:: [[a]]"])
    shown = {trail.links[-1].title: trail.relation for trail in vault.page("b.md").trails}
    assert shown == {"Top": "Part of", "a": "Child of"}


def test_relations_of_ones_own_have_the_place_of_their_direction(vault: Vault) -> None:
    """Children with what is below them, by whatever name; `siblings` and what has no direction stand apart."""
    own = (
        RelationField("parent", "Child of", "child", "up"),
        RelationField("child", "Has", "parent", "down"),
    )
    vault.set(relations=(*own, RelationField("like", "Like", "like")))
    vault.note("a.md", relations=["like:: [[b]]"])
    vault.note("b.md", relations=["parent:: [[a]]"])
    vault.note("c.md", relations=["parent:: [[b]]"])
    found = {relation.name: relation for relation in vault.page("a.md").relations}
    assert {name: relation.direction for name, relation in found.items()} == {"child": "down", "like": ""}
    (below,) = found["child"].entries
    assert [child.title for child in below.children] == ["c"]


def test_wl_15_backlinks_cite_the_sentence_and_its_place(vault: Vault) -> None:
    """A hierarchy line has a label and no sentence; the address is the id of the link."""
    vault.note("target.md", "x")
    vault.note("b.md", "[[target]]", title="b")
    vault.note("a.md", title="a", relations=["up:: [[target]]"])
    html = vault.html("b.md")
    backlinks = vault.page("target.md").backlinks.entries
    assert [(link.title, link.relation, len(link.citations)) for link in backlinks] == [
        ("a", "Part of", 0),
        ("b", "", 1),
    ]
    citation = backlinks[1].citations[0]
    assert (citation.before, citation.cited, citation.after) == ("Before ", "[[target]]", " after.")
    assert citation.href == "/b/#ref:0"
    assert 'id="ref:0"' in html


def test_a_field_line_is_cited_by_its_label_and_the_title(vault: Vault) -> None:
    """`answers b` is not a sentence; a bracketed field in a sentence leaves it as it is."""
    vault.note("b.md", title="The B")
    vault.note("a.md", "[[b]]", "[[b]]")
    document = vault.documents[VaultPath("a.md")]
    place = document.refs[0].place
    field = Field("answers", "Answers", "b", Place("a.md", place.line, 1))
    refs = (
        replace(document.refs[0], sentence="Answers b", cited=(8, 9), place=Place("a.md", place.line, 11)),
        replace(document.refs[1], sentence="See b.", cited=(4, 5)),
    )
    vault.documents[VaultPath("a.md")] = replace(document, refs=refs, fields=(field,))
    (backlink,) = vault.page("b.md").backlinks.entries
    assert [(said.before, said.cited, said.after) for said in backlink.citations] == [
        ("Answers: ", "The B", ""),
        ("See ", "b", "."),
    ]


def test_long_labels_of_the_local_graph_have_two_lines(vault: Vault) -> None:
    """A title is cut only when two lines are too few."""
    vault.note("a.md", "[[b]]", title="x")
    vault.note("b.md", title="Three more pieces of popular advice to ignore")
    svg = svg_of(vault.page("a.md"))
    assert ">Three more pieces of popular</tspan>" in svg
    assert ">advice to ignore</tspan>" in svg


def test_facts_of_a_note(vault: Vault) -> None:
    """Dates are in the note's language, minutes are rounded up, the category has a page."""
    vault.set(
        language="de",
        provenance=("Prompt", "none"),
        site_url="https://example.org",
        repository="https://example.org/n/",
    )
    vault.note(
        "a.md",
        date="2023-01-17",
        words=441,
        plain="word " * 100,
        lang="ar",
        category="Machine Learning",
        authors=("Ann B",),
        revisions=(Revision("12ab", "2024-02-03T00:00:00+01:00", "Bob", "Add <b>"),),
        tags=["T", "t/u"],
        properties={"prompt": ["one", True, None], "other": "x"},
    )
    page = vault.page("a.md")
    assert page.date is not None
    assert (page.date.iso, page.date.text) == ("2023-01-17", "17 يناير 2023")
    assert (page.minutes, page.head.lang, page.head.direction) == (3, "ar", "rtl")
    assert page.category is not None
    assert page.category.href == "/category/machine-learning/"
    assert [link.href for link in page.authors] == ["/author/ann-b/"]
    assert [link.title for link in page.tags] == ["T", "t/u"]
    assert page.provenance == (("prompt", "one, true, "),)
    (revision,) = page.revisions
    assert (revision.date.iso, revision.author, revision.subject) == ("2024-02-03", "Bob", "Add <b>")
    assert revision.href == "https://example.org/n/commit/12ab"
    assert page.head.canonical == "https://example.org/a/"
    assert page.head.description.endswith("word…")
    assert len(page.head.description) <= 161


def test_the_table_of_contents_is_a_tree_of_shown_headings(vault: Vault) -> None:
    """The hidden title is left out; a level that is skipped makes no empty entry."""
    levels = [("Top", 1), ("A", 2), ("B", 4), ("C", 3), ("D", 2)]
    headings = [made_heading(text, 0, 1, level, shown=text != "Top") for text, level in levels]
    vault.note("a.md", "x", headings=headings)
    toc = vault.page("a.md").toc
    assert [(entry.title, [child.title for child in entry.children]) for entry in toc] == [
        ("A", ["B", "C"]),
        ("D", []),
    ]


def test_pb_7_structured_data_cannot_leave_its_script(vault: Vault) -> None:
    """The breadcrumbs of the shortest trail, every character of markup escaped."""
    vault.note("a.md", title="</script><b>", relations=["up:: [[one]]", "up:: [[two]]"])
    text = vault.page("a.md").head.structured_data
    assert "<" not in text
    assert [item["@type"] for item in json.loads(text)["@graph"]] == [
        "Article",
        "BreadcrumbList",
    ]


def test_the_local_graph_links_its_neighbours(vault: Vault) -> None:
    """Edges tell their relation; hidden notes are not graph data (PB-2)."""
    vault.note("a.md", "[[b]]", "[[h]]", relations=["up:: [[<top>]]"])
    vault.note("b.md")
    vault.note("h.md", status=Status.HIDDEN)
    svg = svg_of(vault.page("a.md"))
    assert 'class="edge edge-up"' in svg
    assert "<desc>Part of: &lt;top&gt;; mention: b</desc>" in svg
    assert 'class="edge edge-mention"' in svg
    assert "<title>&lt;top&gt;</title>" in svg
    assert "/h/" not in svg


def test_a_hub_with_many_children_and_nothing_else_is_not_drawn(vault: Vault) -> None:
    """Its list says the same on less room; what else is near is worth a picture."""
    for number in range(13):
        vault.note(f"{number}.md", relations=["up:: [[top]]"])
    assert vault.page("top", "hub").local_graph is None
    vault.note("14.md", "[[top]]")
    assert "<svg" in svg_of(vault.page("top", "hub"))


def test_relations_of_ones_own_are_drawn_by_their_direction(vault: Vault) -> None:
    """The key knows the five directions; what has none is related."""
    own = (
        RelationField("parent", "Child of", "child", "up"),
        RelationField("child", "Has", "parent", "down"),
        RelationField("like", "Like", "like"),
    )
    vault.set(relations=(*RELATIONS, *own))
    vault.note("a.md", relations=["parent:: [[b]]", "like:: [[c]]"])
    vault.note("b.md")
    vault.note("c.md")
    svg = svg_of(vault.page("a.md"))
    assert re.findall(r"edge-(\w+)", svg) == ["up", "x"]
    assert "<desc>Child of: b; Like: c</desc>" in svg


def test_the_key_of_the_graph_has_the_lines_that_are_drawn(vault: Vault) -> None:
    """Whatever words a title holds; a relation with a direction of its own has the line of that direction."""
    vault.set(relations=(*RELATIONS, RelationField("after", "After", "before", "prev")))
    vault.note("a.md", "[[edge-next]]", relations=["same:: [[edge-down]]"])
    vault.note("b.md", relations=["after:: [[c]]", "up:: [[d]]"])
    for name in ("edge-next", "edge-down", "c", "d"):
        vault.note(f"{name}.md")
    found = [graph_of(vault.page(path)).lines for path in ("a.md", "b.md")]
    assert found == [("related", "mention"), ("hierarchy", "sequence")]


def test_a_note_alone_has_no_graph(vault: Vault) -> None:
    """There is nothing to draw and nothing to show in a tree."""
    vault.note("a.md")
    page = vault.page("a.md")
    assert (page.local_graph, page.tree, page.trails, page.relations) == (None, (), (), ())


def test_a_fingerprint_speaks_of_the_page_only(vault: Vault) -> None:
    """A note elsewhere changes nothing; a changed title of a neighbour does."""
    vault.note("a.md", "[[b]]", relations=["up:: [[top]]"])
    vault.note("b.md", relations=["up:: [[top]]"])
    before = fingerprint(vault.page("a.md"))
    vault.note("elsewhere.md")
    assert fingerprint(vault.page("a.md")) == before
    vault.note("b.md", title="Other")
    assert fingerprint(vault.page("a.md")) != before


def test_a_page_without_text_is_described_by_what_is_below_it(vault: Vault) -> None:
    """Search engines show something of a hub, too; a page with nothing says nothing of itself."""
    vault.note("a.md", relations=["up:: [[Top]]"])
    vault.note("b.md", relations=["up:: [[Top]]"])
    assert vault.page("top", "hub").head.description == "Top: a, b"
    assert vault.page("a.md").head.description == ""


def test_backlinks_without_sentences_are_brief(vault: Vault) -> None:
    """One sentence makes a list of all."""
    for name in ("b", "c"):
        vault.note(f"{name}.md", relations=["up:: [[a]]"])
    vault.note("a.md")
    found = vault.page("a.md").backlinks
    assert (len(found.entries), found.brief) == (2, True)
    vault.note("c.md", "[[a]]", relations=["up:: [[a]]"])
    assert vault.page("a.md").backlinks.brief is False
    assert vault.page("b.md").backlinks.entries == ()


def test_what_relations_show_is_not_a_mention(vault: Vault) -> None:
    """Children never are; other related pages are when they say something in a sentence, too."""
    vault.note("a.md")
    vault.note("child.md", "[[a]]", relations=["up:: [[a]]"])
    vault.note("same.md", relations=["same:: [[a]]"])
    vault.note("both.md", "[[a]]", relations=["same:: [[a]]"])
    vault.note("other.md", "[[a]]")
    found = vault.page("a.md").backlinks
    assert [entry.title for entry in found.entries] == ["both", "child", "other", "same"]
    assert [entry.title for entry in found.mentions] == ["both", "other"]


def test_the_matrix_separates_what_is_written_from_what_is_implied(vault: Vault) -> None:
    """Of a single relation its list says it all; a long cell is cut, and says how much is left out."""
    names = [f"{number:02}" for number in range(14)]
    vault.note("a.md", relations=[f"down:: [[{name}]]" for name in names])
    for name in names:
        vault.note(f"{name}.md")
    assert vault.page("a.md").matrix == ()
    vault.note("b.md", relations=["same:: [[a]]"])
    rows = vault.page("a.md").matrix
    assert [(row.label, [(len(cell.entries), cell.left_out) for cell in row.cells]) for row in rows] == [
        ("Contains", [(12, 2), (0, 0)]),
        ("Same topic", [(0, 0), (1, 0)]),
    ]


def test_a_note_is_cited_as_bibtex_reads_it(vault: Vault) -> None:
    """What TeX would take for commands is escaped; a hub has no entry, the site's author stands in."""
    vault.set(site_name="100 % notes", author="The site")
    vault.note("x/a.md", title="C# & {x_y}", authors=("A", "B$"), date="2024-03-05")
    vault.note("b.md", relations=["up:: [[top]]"])
    assert vault.page("x/a.md").citation == (
        "@misc{a,\n  title = {C\\# \\& \\{x\\_y\\}},\n  author = {A and B\\$},\n  year = {2024},\n"
        "  howpublished = {100 \\% notes},\n}"
    )
    assert "author = {The site}," in vault.page("b.md").citation
    assert vault.page("top", "hub").citation == ""


def test_every_page_is_in_the_language_and_direction_of_the_site(vault: Vault) -> None:
    """But for a note in another one."""
    vault.set(language="ckb")
    vault.note("a.md", relations=["up:: [[top]]"])
    vault.note("b.md", lang="de")
    heads = [page.head for make in generated_pages(vault.catalog()).values() for page in make()]
    heads += [vault.page(*key).head for key in (("a.md", "note"), ("top", "hub"))]
    assert {(head.lang, head.direction) for head in heads} == {("ckb", "rtl")}
    assert vault.page("b.md").head.direction == "ltr"
