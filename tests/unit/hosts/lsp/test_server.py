"""`garden lsp` as an editor sees it: driven over its protocol."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from garden.hosts.lsp.open_vault import OpenVault
from garden.hosts.lsp.server import garden_server
from garden.model.errors import SettingsError
from tests.support.language_client import LanguageClient
from tests.support.vault import write_vault

NOTES = {
    "tea.md": "---\naliases: [Camellia]\ntags: [drink]\n---\n# All about tea\n\n## Brewing & steeping\n\nHot water. ^water\n",
    "green tea.md": "---\ntitle: Sencha\n---\nup:: [[tea]]\n\nSee [[tea#Brewing & steeping|there]] 😀 and [[Camellia]].\n",
    "sub/cup.md": "---\nstatus: draft\n---\n[x](../tea.md) #drink/hot\n",
    "lamp.png": b"x",
    "all.base": 'filters: file.hasLink("tea")\n',
    "sugar.markdown": "text\n",
    "open.md": "text\n",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageClient]:
    """A server for a small vault without a settings file."""
    started = LanguageClient(write_vault(NOTES, tmp_path_factory.mktemp("lsp") / "vault"))
    started.open("open.md")
    started.diagnostics("open.md")  # the first report comes when the vault has been read
    yield started
    assert started.close() == 0


def completed(client: LanguageClient, text: str) -> dict[str, str]:
    """Type a text with the cursor at `|` and return the proposals: what each is called, and the line with it."""
    before, _, after = text.partition("‸")
    client.change("open.md", before + after)
    line, character = before.count("\n"), len(before) - before.rfind("\n") - 1
    found = {}
    for item in client.at("completion", "open.md", line, character)["items"]:
        edit = item["textEdit"]
        start, end = edit["range"]["start"]["character"], edit["range"]["end"]["character"]
        whole = (before + after).split("\n")[line]
        found[item["label"]] = whole[:start] + edit["newText"] + whole[end:]
    return found


@pytest.mark.parametrize(
    ("typed", "label", "line"),
    [
        ("[[‸", "tea", "[[tea]]"),
        ("a [[Camel‸ b", "Camellia", "a [[tea|Camellia]] b"),
        ("[[sen‸]]", "Sencha", "[[green tea|Sencha]]"),
        ("[[tea#brew‸", "Brewing & steeping", "[[tea#Brewing & steeping]]"),
        ("[[Camellia#^‸]]", "water", "[[Camellia#^water]]"),
        ("# Own\n\n[[#‸", "Own", "[[#Own]]"),
        ("![[la‸", "lamp.png", "![[lamp.png]]"),
        ("some #dr‸", "drink", "some #drink"),
        ("---\ntags: [dr‸]\n---\n", "drink", "tags: [drink]"),
        ("---\nti‸\n---\n", "title", "title: "),
        ("u‸", "up", "up:: "),
        ("- nex‸", "next", "- next:: "),
    ],
)
def test_what_is_typed_is_completed(client: LanguageClient, typed: str, label: str, line: str) -> None:
    """A link is closed, unless it is; a note with another title or an alias keeps that as its text."""
    assert completed(client, typed).get(label) == line


@pytest.mark.parametrize("typed", ["text ‸", "`code‸`", "https://x.org/#‸", "#‸"])
def test_elsewhere_nothing_is_proposed(client: LanguageClient, typed: str) -> None:
    """Prose stays undisturbed, and a `#` at the beginning of a line may become a heading."""
    assert completed(client, typed) == {}


def test_problems_are_reported_while_typing(client: LanguageClient) -> None:
    """With a range, an id and a severity; what is corrected is taken back."""
    client.forget_diagnostics()
    client.change("open.md", "😀 [[tee]] and [[tea#Nothing]]\n")
    found = [each for each in client.diagnostics("open.md") if each["severity"] < 4]
    assert [(each["code"], each["severity"], each["range"]["start"]["character"]) for each in found] == [
        ("link-unresolved", 2, 3),
        ("heading-missing", 2, 15),
    ]
    assert found[0]["range"]["end"]["character"] == 10
    client.change("open.md", "[[tea]]\n")
    assert [each for each in client.diagnostics("open.md") if each["severity"] < 4] == []


def test_the_nearest_name_is_a_correction(client: LanguageClient) -> None:
    """The editor offers it at the problem."""
    client.change("open.md", "see [[gren tea|x]]\n")
    place = {"start": {"line": 0, "character": 4}, "end": {"line": 0, "character": 4}}
    (action,) = client.ask(
        "textDocument/codeAction",
        {"textDocument": {"uri": client.uri("open.md")}, "range": place, "context": {"diagnostics": []}},
    )
    assert action["title"] == "Change to “green tea”"
    ((_, (edit,)),) = action["edit"]["changes"].items()
    assert (edit["newText"], edit["range"]["start"]["character"]) == ("green tea", 6)


def test_a_link_leads_to_its_place(client: LanguageClient) -> None:
    """To the note, the heading or the block; also from a Markdown link and behind a wide character."""
    text = "😀 [[tea#^water]] [[tea#Brewing & steeping]] [x](<green tea.md>) [[nowhere]]\n"
    client.change("open.md", text)

    def target(character: int) -> tuple[str, int] | None:
        found = client.at("definition", "open.md", 0, character)
        return (found["uri"].rpartition("/")[2], found["range"]["start"]["line"]) if found else None

    assert target(6) == ("tea.md", 8)
    assert target(30) == ("tea.md", 6)
    assert target(text.index("[x]") + 2) == ("green%20tea.md", 0)
    assert target(text.index("nowhere") + 3) is None


def test_mentions_are_found(client: LanguageClient) -> None:
    """Of the note under the cursor, of the note itself, of a tag; drafts count, they are the author's."""
    client.change("open.md", "[[Camellia]] #drink\n")

    def mentions(path: str, line: int, character: int) -> list[str]:
        found = client.at("references", path, line, character, context={"includeDeclaration": False})
        return sorted(f"{each['uri'].rpartition('/')[2]}:{each['range']['start']['line']}" for each in found)

    of_tea = ["cup.md:3", "green%20tea.md:3", "green%20tea.md:5", "green%20tea.md:5", "open.md:0"]
    assert mentions("open.md", 0, 4) == of_tea
    client.open("tea.md")
    assert mentions("tea.md", 4, 3) == of_tea
    assert mentions("open.md", 0, 15) == ["cup.md:3", "open.md:0", "tea.md:2"]


def test_a_hover_shows_the_beginning_of_a_note(client: LanguageClient) -> None:
    """With its title and facts; a tag has its number."""
    client.change("open.md", "[[green tea]] [[cup]] #drink\n")

    def shown(character: int) -> str:
        found = client.at("hover", "open.md", 0, character)
        return found["contents"]["value"] if found else ""

    assert shown(4).startswith("**Sencha** — 0 notes link here")
    assert "See there" in shown(4)
    assert "draft" in shown(17)
    assert shown(24) == "**#drink** — 1 note"


def test_a_note_is_renamed_with_its_links(client: LanguageClient) -> None:
    """The editor gets the changes of each note, and the file to rename; nothing is written by the server."""
    client.change("open.md", "text\n")
    assert client.at("prepareRename", "tea.md", 0, 0)["placeholder"] == "tea"
    edit = client.at("rename", "tea.md", 0, 0, newName="black tea")
    *changes, renamed = edit["documentChanges"]
    assert (renamed["kind"], renamed["newUri"]) == ("rename", client.uri("black tea.md"))
    texts = {change["textDocument"]["uri"].rpartition("/")[2]: change["edits"] for change in changes}
    assert [edit["newText"] for edit in texts["green%20tea.md"]] == [
        "up:: [[black tea]]\n",
        "See [[black tea#Brewing & steeping|there]] 😀 and [[Camellia]].\n",
    ]
    assert texts["cup.md"][0]["newText"] == "[x](../black%20tea.md) #drink/hot\n"
    assert texts["all.base"][0]["newText"] == 'filters: file.hasLink("black tea")\n'
    with pytest.raises(ValueError, match="there is already a file"):
        client.at("rename", "tea.md", 0, 0, newName="green tea")
    with pytest.raises(ValueError, match="cannot be the name"):
        client.at("rename", "tea.md", 0, 0, newName="a|b")


def test_a_renamed_note_keeps_its_ending(client: LanguageClient) -> None:
    """A note may also end in `.markdown`."""
    client.open("sugar.markdown")
    renamed = client.at("rename", "sugar.markdown", 0, 0, newName="brown sugar")["documentChanges"][-1]
    assert renamed["newUri"] == client.uri("brown sugar.markdown")


def test_the_whole_vault_is_looked_at_after_saving(client: LanguageClient) -> None:
    """New notes are known, and what only a check finds is shown as quietly as editors can."""
    client.open("green tea.md")
    client.change("open.md", "[[brand new]]\n")
    client.forget_diagnostics()
    write_vault({"brand new.md": "text"}, client._folder)
    client.save("open.md", "[[brand new]]\n")
    while any(each["code"] == "link-unresolved" for each in client.diagnostics("open.md")):
        pass
    assert "brand new" in completed(client, "[[bra‸")
    client.forget_diagnostics()
    client.save("open.md", "alone\n")
    client.change("open.md", "alone\n")
    codes: set[tuple[str, int]] = set()
    while not {("note-orphan", 4), ("note-dead-end", 4)} <= codes:
        codes = {(each["code"], each["severity"]) for each in client.diagnostics("open.md")}


def test_settings_may_be_mended_while_an_editor_is_open(tmp_path: Path) -> None:
    """A wrong settings file ends nothing: after the next save the notes are read."""
    folder = write_vault({**NOTES, "pelican.conf.py": "PATH = (\n"}, tmp_path / "vault")
    client = LanguageClient(folder)
    client.open("open.md")
    (folder / "pelican.conf.py").write_text('PATH = "."\n')
    client.save("open.md", "text\n")
    assert "tea" in completed(client, "[[te‸")
    assert client.close() == 0


def test_what_is_saved_while_reading_fails_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was wrong may be what has been saved."""
    readings: list[Path] = []

    def open_vault(folder: Path) -> OpenVault:
        readings.append(folder)
        if len(readings) == 1:
            server.read_again()
        raise SettingsError("the settings are wrong")

    async def read() -> None:
        server.begin(Path())
        assert server._reading is not None
        await server._reading

    server = garden_server(open_vault, lambda _: "2026-01-01")
    told: list[object] = []
    monkeypatch.setattr(server, "window_show_message", told.append)
    with ThreadPoolExecutor(1) as elsewhere:  # a browser of other tests may have a loop in this thread
        elsewhere.submit(lambda: asyncio.run(read())).result()
    assert len(readings) == len(told) == 2
