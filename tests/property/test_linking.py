"""What holds for the linking of every vault."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from garden.linking.snapshot import (
    Found,
    FoundFile,
    FoundPage,
    LeftAlone,
    Missing,
    Node,
    Snapshot,
    Unpublished,
)
from garden.model.diagnostic import Place
from garden.model.names import VaultPath, fold, save_as
from garden.model.note import Document, Ref, RefKind, Status
from garden.model.settings import EDGE_SOURCES, EdgeSource, ImpliedRelation, ParentPolicy, Settings
from garden.model.target import markdown_target, wiki_target
from tests.support.vault import link_documents, make_document

RELATIONS = ["", "", "up", "down", "same", "next", "prev", "x"]
WORDS = ["a", "A", "b", "é", "e\u0301", "c d", "..", ".", "", "%2e", "tags", "x.png", "{tag}t", "#", "^b"]

components = st.sampled_from(WORDS)
targets = st.lists(components, min_size=1, max_size=4).map("/".join) | st.text(max_size=8)
paths = st.lists(st.sampled_from(["a", "A", "b", "é", "c d", "tags"]), min_size=1, max_size=3).map("/".join)


@st.composite
def references(draw: st.DrawFn, path: str) -> Ref:
    """Draw a reference of any kind."""
    written = draw(targets) + draw(st.sampled_from(["", "#h", "#h#i", "#^b", ".md"]))
    kind = draw(st.sampled_from(RefKind))
    markdown = kind in (RefKind.MARKDOWN, RefKind.IMAGE)
    target = markdown_target(written) if markdown else wiki_target(written)
    return Ref(kind, target, written, Place(path, 1, 1), relation=draw(st.sampled_from(RELATIONS)))


@st.composite
def notes(draw: st.DrawFn) -> Document:
    """Draw a note with an odd name, odd properties and odd references."""
    path = draw(paths) + draw(st.sampled_from([".md", ".MD"]))
    return make_document(
        path,
        title=draw(components),
        headings=["# h"],
        tags=draw(st.lists(st.sampled_from(["t", "T/u"]))),
        refs=draw(st.lists(references(path), max_size=5)),
        slug=draw(st.sampled_from(["", "", "x", "../x", "tags/t"]) | st.text(max_size=6)),
        save_as=draw(st.sampled_from(["", "", "index.html", "x.html", "x.html/y.html"])),
        status=draw(st.sampled_from(Status)),
        aliases=tuple(draw(st.lists(components, max_size=2))),
        category=draw(st.sampled_from(["", "c", "../c"])),
    )


EVERYTHING = Settings(
    static=("a",),
    implied_relations=(
        ImpliedRelation(("up", "same"), "up"),
        ImpliedRelation(("up", "down"), "same", rounds=2),
    ),
    edge_sources=tuple(EdgeSource(name, next_field="next") for name in EDGE_SOURCES),
    child_order="reading",
    missing_parents=(("a*", ParentPolicy.LABEL), ("b*", ParentPolicy.HIDE)),
    unpublished_parents=(("a", ParentPolicy.PAGE), ("*b*", ParentPolicy.LABEL)),
    hub_titles=(("a", "A"),),
    tag_aliases=(("T/u", "t"),),
)


@st.composite
def vaults(draw: st.DrawFn) -> Snapshot:
    """Draw a vault and link it, with the shipped settings or with everything that can be asked for."""
    documents = draw(st.lists(notes(), max_size=8))
    files = draw(st.lists(paths.map("{}.png".format) | paths, max_size=4))
    chosen = draw(st.sampled_from([Settings(static=("a",)), EVERYTHING]))
    return link_documents(*documents, files=files, settings=chosen)


def is_draft(snapshot: Snapshot, node: Node) -> bool:
    """Say whether a node is a note that is not published."""
    return node.kind == "note" and not snapshot.documents[VaultPath(node.key)].published


@settings(deadline=None)
@given(vaults())
def test_every_reference_has_an_answer_that_exists(snapshot: Snapshot) -> None:
    """Resolving is total, and what it finds has an address (HC-5, PB-4)."""
    for path, document in snapshot.documents.items():
        assert len(snapshot.resolutions[path]) == len(document.refs)
        for answer in snapshot.resolutions[path]:
            match answer:
                case Found():
                    assert answer.node in snapshot.addresses
                case FoundFile():
                    assert answer.path in snapshot.files or not document.published
                case FoundPage():
                    assert answer.url is not None
                case _:
                    assert isinstance(answer, Missing | Unpublished | LeftAlone)


@settings(deadline=None)
@given(vaults())
def test_no_two_pages_share_a_file(snapshot: Snapshot) -> None:
    """All addresses differ by fold, stay inside the output, and no file is another's folder (PB-5, PB-6)."""
    # Variants of a tag share its page.
    tags = {key: url for key, url in snapshot.tag_addresses.items() if key in snapshot.tags}
    groups = (snapshot.addresses, tags, snapshot.category_addresses, snapshot.files)
    files = [fold(save_as(url)) for group in groups for url in group.values()]
    assert len(set(files)) == len(files)
    folders = {file[:at] for file in files for at, char in enumerate(file) if char == "/"}
    assert folders.isdisjoint(files)
    assert not any(part in ("", ".", "..") for file in files for part in file.split("/"))
    # Whoever asks for the root is the home page (TI-6).
    homes = [node for node, url in snapshot.addresses.items() if fold(save_as(url)) == "index.html"]
    assert homes == ([Node("note", snapshot.home)] if snapshot.home else [])
    assert files.count("index.html") == len(homes)


@settings(deadline=None)
@given(vaults())
def test_drafts_are_in_no_relation(snapshot: Snapshot) -> None:
    """Neither edges, parents, siblings, trails, backlinks nor tags name a draft (PB-3)."""
    named = {edge.node for row in snapshot.relations.values() for edges in row.values() for edge in edges}
    named |= set(snapshot.relations) | set(snapshot.parents) | set(snapshot.addresses)
    named |= {sibling for siblings in snapshot.siblings.values() for sibling in siblings}
    named |= {node for trails in snapshot.trails.values() for trail in trails for node in trail}
    named |= {Node("note", link.source) for links in snapshot.backlinks.values() for link in links}
    named |= {Node("note", path) for tag in snapshot.tags.values() for path in tag.notes}
    assert not any(is_draft(snapshot, node) for node in named if node)


@settings(deadline=None)
@given(vaults())
def test_trails_are_paths_without_repetition(snapshot: Snapshot) -> None:
    """Every trail climbs along `up`, names no page twice and ends where it must (HI-10)."""
    for node, trails in snapshot.trails.items():
        assert 1 <= len(trails) <= 10
        assert len(set(trails)) == len(trails)
        assert [len(trail) for trail in trails] == sorted(len(trail) for trail in trails)
        for trail in trails:
            path = (*trail, node)
            assert len(set(path)) == len(path)
            assert all(upper in snapshot.parents[lower] for upper, lower in pairwise(path))
            assert set(snapshot.parents.get(path[0], ())) <= set(path)


@settings(deadline=None)
@given(vaults())
def test_every_edge_has_its_inverse(snapshot: Snapshot) -> None:
    """Between listed pages a relation is seen from both sides (HI-5)."""
    inverses = {"up": "down", "down": "up", "same": "same", "next": "prev", "prev": "next", "x": "x"}
    for node, row in snapshot.relations.items():
        if node.kind == "note" and not snapshot.documents[VaultPath(node.key)].listed:
            continue
        for name, edges in row.items():
            assert len({edge.node for edge in edges if edge.node}) == sum(bool(edge.node) for edge in edges)
            for edge in edges:
                if edge.node:
                    back = snapshot.relations[edge.node][inverses[name]]
                    assert node in [other.node for other in back]
                    assert edge.node != node
