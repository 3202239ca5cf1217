"""Building again after any edits gives what a first build of the same notes gives."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from garden.model.settings import Settings
from garden.vault.scan import scan
from garden.vault.site import read_site
from garden.vault.stored.cache import Cache
from tests.property.test_linking import EVERYTHING
from tests.support.building import build
from tests.support.effort import effort


class Moved(NamedTuple):
    """An edit that gives a note another name."""

    name: str


NAMES = ["a.md", "a.b.md", "c/c.md", "c/10 d.md", "c/10.1 e.md", "2024-01-02.md", "2024-01.md", "list.md"]
LINES = [
    "up:: [[a]]",
    "up:: [[nobody]], [[c]]",
    "same:: [[a.b]]",
    "next:: [[10 d]]",
    "down:: [[list]]",
    "- [[a]]\n  - [[10 d]]\n- [[nobody]]\n- next [[2024-01]]",
    "prev:: [[2024-01-02]]",
    "X:: [[list]]",
    "```breadcrumbs\nfield-groups: [downs]\n```",
    "#t",
    "words [[a]] and [t](list.md#part)",
    "## part",
]
FRONTS = [
    "status: draft",
    "status: hidden",
    "BC-list-note-field: down",
    "BC-list-note-neighbour-field: next",
    "BC-tag-note-tag: t",
    "BC-regex-note-regex: '\\d'",
    "BC-folder-note-recurse: true",
    "BC-folder-note-field: down",
    "order: 1",
    "title: Other",
]
BREADCRUMBS = ["", "{", '{"edge_fields": [{"label": "up"}, {"label": "parent"}]}']


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Draw the text of a note from lines that matter to relations."""
    front = "\n".join(draw(st.lists(st.sampled_from(FRONTS), max_size=2, unique=True)))
    body = "\n\n".join(draw(st.lists(st.sampled_from(LINES), max_size=4)))
    return f"---\n{front}\n---\n{body}"


edits = st.lists(
    st.tuples(st.just(".obsidian/plugins/breadcrumbs/data.json"), st.sampled_from(BREADCRUMBS))
    | st.tuples(st.sampled_from(NAMES), st.none() | texts() | st.builds(Moved, st.sampled_from(NAMES))),
    max_size=6,
)


def save(root: Path, files: Mapping[str, str | Moved | None]) -> None:
    """Write files; those without a text are deleted, others get a new name."""
    for name, text in files.items():
        if isinstance(text, Moved):
            if (root / name).exists():
                (root / text.name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).rename(root / text.name)
        elif text is None:
            (root / name).unlink(missing_ok=True)
        else:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")


@settings(deadline=None, max_examples=effort(10, 40))
@given(
    st.dictionaries(st.sampled_from(NAMES), texts()), st.lists(edits, min_size=1, max_size=3), st.booleans()
)
def test_what_was_cached_changes_nothing(
    files: dict[str, str], rounds: list[list[tuple[str, str | Moved | None]]], everything: bool
) -> None:
    """After any edits a vault read with the cache of earlier builds is the vault read from scratch."""
    chosen = (
        replace(EVERYTHING, reading=replace(EVERYTHING.reading, outlines=True)) if everything else Settings()
    )
    with TemporaryDirectory() as folder:
        root = Path(folder) / "vault"
        root.mkdir()
        save(root, files)
        store = Cache(Path(folder) / "cache" / "documents.sqlite")
        for edited in ([], *rounds):
            save(root, dict(edited))
            found = scan(root, chosen)
            kept, fresh = read_site(found, chosen, store).snapshot, read_site(found, chosen).snapshot
            assert replace(kept, siblings=dict(kept.siblings), documents={}) == replace(
                fresh, siblings=dict(fresh.siblings), documents={}
            )
        store.close()


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


EVERY_SOURCE = {
    "edge_sources": [source.name for source in EVERYTHING.edge_sources],
    "implied_relations": [(["up", "same"], "up")],
    "child_order": "reading",
    "missing_parents": {"c": "label"},
}


@settings(deadline=None, max_examples=effort(3, 8))
@given(
    st.dictionaries(st.sampled_from(NAMES), texts()), st.lists(edits, min_size=1, max_size=2), st.booleans()
)
def test_what_was_built_changes_nothing(
    files: dict[str, str], rounds: list[list[tuple[str, str | Moved | None]]], everything: bool
) -> None:
    """After any edits the output of a build that follows another one is, byte for byte, that of a first build."""
    chosen = {"GARDEN": EVERY_SOURCE} if everything else {}
    with TemporaryDirectory() as folder:
        root = Path(folder) / "vault"
        root.mkdir()
        save(root, files)
        again, fresh = (Path(folder) / name / "out" for name in ("again", "fresh"))
        for edited in ([], *rounds):
            save(root, dict(edited))
            build(root, again, chosen)
        build(root, fresh, chosen)
        assert files_of(again) == files_of(fresh)
