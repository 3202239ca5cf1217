"""The search index: made from the engine's pages, again only when they have changed."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from garden import indexing
from garden.indexing import Indexing, IndexingError, install, prepare
from garden.model.names import SaveAs
from garden.output import Output
from garden.rendering.artifacts.search import FILTERS, SearchRecord

NOTES = {"a": "alpha beta", "b": "gamma 数 据"}


class Site:
    """An output folder with nothing but an index, built again and again."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "output"
        self.cache = folder / "cache"

    def output(self) -> Output:
        """Open the output as a build does."""
        return Output(self.root, self.cache)

    def build(self, notes: Mapping[str, str] = NOTES, *, later: bool = False, language: str = "en") -> int:
        """Build; return how many files of the output were written."""
        output = self.output()
        records = [record(slug, text) for slug, text in notes.items()]
        groups = '{"branch": {}, "tag": {"x": ["/a/"]}}'
        records.append(SearchRecord(FILTERS, groups, groups.encode))
        made = Indexing(output, self.cache, later=later)
        made.begin(records if notes else [], language)
        made.end()
        output.finish("inputs", ["0a problem"], 1, (2, 0, 0))
        return output.written

    def files(self) -> dict[str, bytes]:
        """Every file of the index."""
        folder = self.root / indexing.FOLDER
        return {
            file.relative_to(folder).as_posix(): file.read_bytes()
            for file in folder.rglob("*")
            if file.is_file()
        }


def record(slug: str, text: str) -> SearchRecord:
    """A page for the engine."""
    html = f"<html><body><main data-pagefind-body><h1>{slug}</h1><p>{text}</p></main></body></html>"
    return SearchRecord(SaveAs(f"{slug}/index.html"), html, html.encode)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site that was never built."""
    return Site(tmp_path)


def test_the_index_has_what_a_browser_asks_for_and_nothing_else(site: Site) -> None:
    """Program, data for each note, filters; none of the user interfaces that the engine comes with."""
    site.build()
    kinds = sorted({Path(name).suffix for name in site.files()})
    assert kinds == [".js", ".json", ".pagefind", ".pf_fragment", ".pf_index", ".pf_meta"]
    assert [name for name in site.files() if name.endswith(".js")] != []
    assert not [name for name in site.files() if "ui" in name or "highlight" in name]
    assert sum(name.startswith("fragment/") for name in site.files()) == len(NOTES)


def test_filters_name_the_fragments_of_their_notes(site: Site) -> None:
    """A result is known to the browser by the name of its fragment."""
    import json

    site.build()
    filters = json.loads(site.files()["filters.json"])
    (place,) = filters["tag"]["x"]
    assert f"fragment/{filters['notes'][place]}.pf_fragment" in site.files()
    assert len(filters["notes"]) == len(NOTES)


def test_two_sites_of_the_same_notes_have_equal_bytes(site: Site, tmp_path: Path) -> None:
    """The engine's own order of things does not reach the output (HC-7)."""
    another = Site(tmp_path / "another")
    site.build()
    another.build()
    assert site.files() == another.files()


def test_the_engine_does_not_run_when_nothing_has_changed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The digest of its pages is the fingerprint of the index."""
    site.build()
    monkeypatch.setattr(indexing, "_program", lambda: pytest.fail("the engine was started"))
    assert site.build() == 0


def test_a_changed_note_a_lost_file_and_another_language_make_it_anew(site: Site) -> None:
    """Whatever the index depends on, and its being complete, is looked at."""
    site.build()
    before = site.files()
    assert site.build(NOTES | {"c": "delta"}) > 0
    assert site.build() > 0
    assert site.files() == before
    next((site.root / indexing.FOLDER).rglob("*.pf_meta")).unlink()
    assert site.build() > 0
    assert site.files() == before
    site.build(language="pl-PL")
    assert "wasm.unknown.pagefind" in site.files() or "wasm.pl.pagefind" in site.files()


def test_without_notes_there_is_no_index(site: Site) -> None:
    """An index that is no longer wanted is removed."""
    site.build()
    site.build({})
    assert site.files() == {}


def test_while_writing_a_build_leaves_the_index_alone(site: Site) -> None:
    """The old one stays, and is replaced when nobody waits; nothing else of the manifest changes."""
    site.build()
    before = site.files()
    site.build({"a": "epsilon"}, later=True)
    assert site.files() == before
    made = prepare(site.output(), site.cache)
    assert made is not None
    assert install(made, site.output(), site.cache)
    assert sum(name.startswith("fragment/") for name in site.files()) == 1
    after = site.output().before
    assert (after.inputs, after.diagnostics, after.errors, after.counts) == (
        "inputs",
        ["0a problem"],
        1,
        (2, 0, 0),
    )
    assert prepare(site.output(), site.cache) is None


def test_an_index_that_a_build_has_overtaken_is_not_installed(site: Site) -> None:
    """It is of notes that have changed since."""
    site.build(later=True)
    made = prepare(site.output(), site.cache)
    assert made is not None
    site.build({"a": "zeta"}, later=True)
    assert not install(made, site.output(), site.cache)
    assert site.files() == {}


def test_a_system_without_the_engine_is_told_in_a_sentence(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no traceback for what no author can help."""
    import pagefind.service

    monkeypatch.setattr(pagefind.service, "get_executable", lambda: None)
    with pytest.raises(IndexingError, match=r"^the search index cannot be made: Pagefind has no program"):
        site.build()


def test_an_engine_that_fails_is_an_error_of_ours(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a program that cannot run nor one that ends badly raises anything else."""
    monkeypatch.setattr(indexing, "_program", lambda: Path("/nowhere/pagefind"))
    with pytest.raises(IndexingError, match="cannot be made"):
        site.build()
    monkeypatch.setattr(indexing, "_program", lambda: Path("/bin/false"))
    with pytest.raises(IndexingError, match="cannot be made: 1"):
        site.build()
