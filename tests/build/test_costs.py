"""What a change costs, counted: a shortcut that is lost shows here, however fast the machine."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import garden.reading.document
from garden.hosts.pelican.build_requests import LATER, RESIDENT
from garden.hosts.pelican.resident import ResidentBuild, resident_build
from garden.hosts.pelican.templates.theme import Theme
from garden.hosts.settings.configuration import PREVIEW_FOLDER
from garden.linking import link_vault
from garden.linking.resolving import resolve_all
from garden.publishing import page_writer
from garden.publishing.folder.output import Output
from garden.rendering.pages import all as all_pages
from garden.vault import site
from garden.vault.stored import cache
from tests.support.building import build

FANS = 30
# Long enough for the summary that other pages show.
TEXT = (
    "---\ntitle: Note {n}\n---\nup:: [[n{above}]]\n\nNote {n} says much about [[n{cited}]], "
    + 40 * "and so on "
    + ".\n"
)


class Costs:
    """A site of notes as `garden serve` has it, and what is done for it."""

    def __init__(self, root: Path, out: Path) -> None:
        self.root = root
        self.out = out
        for n in range(FANS):
            self.save(n, TEXT.format(n=n, above=n // 5, cited=(n + 1) % FANS))
        build(root, out, {PREVIEW_FOLDER: str(out), RESIDENT: "yes"})
        resident = resident_build()
        assert resident is not None
        self.resident: ResidentBuild = resident
        self.done: Counter[str] = Counter()

    def save(self, n: int, text: str) -> Path:
        """Write a note."""
        file = self.root / f"n{n}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
        return file

    def link_all(self) -> None:
        """Have notes linked, and with them those whose texts have changed since that was done last."""
        text = TEXT.format(n=24, above=4, cited=25)
        for written in (text.replace("title:", "aliases: [somebody]\ntitle:"), text):
            self.save(24, written)
            self.resident.complete(lambda: False)

    def of(self, work: Callable[[], str]) -> Counter[str]:
        """Return how often each thing is done for some work, which goes well."""
        self.done.clear()
        assert work() in ("0", "shown")
        return Counter(self.done)


@pytest.fixture(scope="module")
def costs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Costs]:
    """The site, whose work is counted in this process, which does all of it as long as there is little."""
    folder = tmp_path_factory.mktemp("costs")
    found = Costs(folder / "vault", folder / "preview")
    with counting(found.done):
        yield found


@contextmanager
def counting(done: Counter[str]) -> Iterator[None]:
    """Count what is done within the block."""
    with pytest.MonkeyPatch.context() as patch:

        def count(owner: Any, name: str, what: str) -> None:
            plain = getattr(owner, name)

            def counted(*arguments: Any, **named: Any) -> Any:
                done[what] += 1
                return plain(*arguments, **named)

            patch.setattr(owner, name, counted)

        count(garden.reading.document, "read_document", "converted")
        count(site, "unpack_facts", "fetched")
        count(cache, "unpack_facts", "fetched")
        count(link_vault, "Linking", "linked")
        count(resolve_all, "resolve", "resolved")
        count(link_vault, "build_hierarchy", "related")
        count(page_writer, "node_view", "filled")
        count(all_pages, "tag_pages", "lists of tags")
        count(Theme, "render", "rendered")
        count(Output, "put", "put")
        count(Output, "_add", "written")
        yield


def test_a_sentence_costs_its_page(costs):
    """The page is converted, filled and rendered once to be shown; the rest follows from what the page says elsewhere."""
    file = costs.save(17, TEXT.format(n=17, above=3, cited=18) + "\nOne more sentence.\n")
    assert costs.of(lambda: costs.resident.show([file.resolve()])) == {
        "converted": 1,
        "filled": 1,
        "rendered": 1,
        "put": 1,
    }
    completed = costs.of(lambda: costs.resident.complete(lambda: False))
    assert completed["converted"] == 1
    # Its own page, and those of the two branches that it is in, which say how long they are.
    assert completed["filled"] == 3
    assert completed["rendered"] <= 2
    # Its Markdown, its branches in several forms, the words of the index.
    assert completed["written"] <= 7


def test_a_citing_sentence_costs_the_cited_page_too(costs):
    """Another link is another backlink there, and an arc in the drawings of the branches that both are in."""
    file = costs.save(18, TEXT.format(n=18, above=3, cited=19) + "\nThis is also about [[n29]].\n")
    assert costs.of(lambda: costs.resident.show([file.resolve()]))["rendered"] == 1
    completed = costs.of(lambda: costs.resident.complete(lambda: False))
    assert completed["converted"] == 1
    assert completed["linked"] == completed["lists of tags"] == 0
    assert 1 < completed["filled"] <= 7
    assert completed["written"] <= 15


def test_a_new_note_costs_what_names_it(costs):
    """Its own page, that of its parent, of what it cites, and of the pages beside it: not all that are below the same top."""
    costs.link_all()
    new = costs.save(FANS, TEXT.format(n=FANS, above=3, cited=4))
    completed = costs.of(lambda: costs.resident.complete(lambda: False))
    assert completed["converted"] == 1
    assert completed["filled"] <= 12
    assert completed["resolved"] == 2  # its own links: no other note names it
    new.unlink()
    completed = costs.of(lambda: costs.resident.complete(lambda: False))
    assert completed["filled"] <= 12
    assert completed["resolved"] == 0


def test_an_alias_costs_the_note_and_what_names_it(costs):
    """Neither another page nor another relation follows from it."""
    costs.link_all()
    text = TEXT.format(n=24, above=4, cited=25)
    costs.save(24, text.replace("title:", "aliases: [nobody names it]\ntitle:"))
    completed = costs.of(lambda: costs.resident.complete(lambda: False))
    assert completed["linked"] == 1
    assert completed["resolved"] == 2
    assert completed["related"] == 0
    assert completed["filled"] <= 3
    assert completed["written"] <= 5
    costs.save(24, text)
    costs.of(lambda: costs.resident.complete(lambda: False))


def test_a_new_title_is_shown_at_once(costs):
    """On its own page, before what names it elsewhere."""
    text = TEXT.format(n=23, above=4, cited=24)
    file = costs.save(23, text.replace("Note 23\n---", "A quite new title\n---"))
    shown = costs.of(lambda: costs.resident.show([file.resolve()]))
    assert shown == {"converted": 1, "filled": 1, "rendered": 1, "put": 1}
    page = (costs.out / "n23" / "index.html").read_text()
    assert "A quite new title" in page
    assert "Note 23</" not in page
    costs.of(lambda: costs.resident.complete(lambda: False))
    assert "A quite new title" in (costs.out / "n4" / "index.html").read_text()


def test_a_new_note_is_shown_at_once(costs):
    """With its links and a tag that no note had before; lists have it later."""
    page = costs.out / "n90" / "index.html"
    new = costs.save(90, "---\ntags: [quite-new]\n---\nup:: [[n3]]\n\nA new note, on [[n4]].\n")
    shown = costs.of(lambda: costs.resident.show([new.resolve()]))
    assert shown == {"converted": 1, "filled": 1, "rendered": 1, "put": 1}
    assert 'href="/n4/"' in page.read_text()
    assert 'href="/tags/quite-new/"' in page.read_text()
    assert not (costs.out / "tags" / "quite-new").exists()
    costs.of(lambda: costs.resident.complete(lambda: False))
    assert (costs.out / "tags" / "quite-new" / "index.html").exists()
    new.unlink()
    costs.of(lambda: costs.resident.complete(lambda: False))
    assert not page.parent.exists()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("index.md", "It becomes the home page.", id="home"),
        pytest.param("below/n7.md", "Its name, and so its address, is taken.", id="taken"),
        pytest.param("fr.md", "---\nslug: n7\nlang: fr\n---\nA translation.", id="translation"),
    ],
)
def test_a_new_note_whose_address_depends_on_others_waits_for_linking(costs, name, text):
    """Nothing stands, even for a moment, where the note will not be."""
    before = sorted(costs.out.rglob("index.html"))
    new = costs.root / name
    new.parent.mkdir(exist_ok=True)
    new.write_text(text)
    assert costs.resident.show([new.resolve()]) == LATER
    assert sorted(costs.out.rglob("index.html")) == before
    new.unlink()


def test_what_is_left_out_is_never_shown(costs):
    """Not even until the whole site is made again: a hidden note, and one that has become a link out of the vault."""
    before = sorted(costs.out.rglob("index.html"))
    hidden = costs.root / ".hidden" / "n91.md"
    hidden.parent.mkdir()
    hidden.write_text("A secret.")
    assert costs.resident.show([hidden]) == LATER
    assert sorted(costs.out.rglob("index.html")) == before
    note = costs.root / "n7.md"
    text = note.read_text()
    secret = costs.root.parent / "secret.md"
    secret.write_text(text + "A secret.")
    note.unlink()
    note.symlink_to(secret)
    assert costs.resident.show([note]) == LATER
    assert "A secret." not in (costs.out / "n7" / "index.html").read_text()
    note.unlink()
    note.write_text(text)


def test_a_summary_costs_what_shows_it(costs):
    """Nothing is linked for it."""
    costs.save(9, TEXT.format(n=9, above=1, cited=10).replace("title:", "summary: In short.\ntitle:"))
    completed = costs.of(lambda: costs.resident.complete(lambda: False))
    assert completed["linked"] == 0
    assert 0 < completed["filled"] <= 7


def test_nothing_costs_nothing(costs):
    """A file that is saved unchanged causes no work."""
    costs.of(lambda: costs.resident.complete(lambda: False))
    (costs.root / "n5.md").touch()
    assert costs.of(lambda: costs.resident.complete(lambda: False)) == {}


@pytest.mark.parametrize(
    ("more", "filled", "written"),
    [
        pytest.param("One more sentence.", 4, 10, id="sentence"),
        pytest.param("This is also about [[n29]].", 8, 22, id="link"),
        pytest.param("## A heading\n\nMore.", 5, 12, id="heading"),
        pytest.param("- An item of a list.", 4, 10, id="item"),
    ],
)
def test_a_new_text_costs_a_later_build_its_page(tmp_path, more, filled, written):
    """A build in a process of its own, as `make html` is one, links nothing and reads few notes."""
    root, out = tmp_path / "vault", tmp_path / "out"
    root.mkdir()
    for n in range(FANS):
        (root / f"n{n}.md").write_text(TEXT.format(n=n, above=n // 5, cited=(n + 1) % FANS))
    build(root, out)
    done: Counter[str] = Counter()
    (root / "n17.md").write_text(TEXT.format(n=17, above=3, cited=18) + f"\n{more}\n")
    with counting(done):
        assert build(root, out).exit_code == 0
    assert done["converted"] == 1
    assert done["linked"] == 0
    # What it was and what it is, and the notes of its branches, whose texts are put together again.
    assert done["fetched"] <= FANS + 1
    assert 0 < done["filled"] <= filled
    assert done["rendered"] <= filled + 2
    # What lists notes by their tags shows neither their links nor their headings.
    assert done["lists of tags"] == 0
    assert done["written"] <= written
