"""Notes that are held back, in every notation, leave no trace in any file of the output (PB-3, PB-4)."""

from pathlib import Path

import pytest

from garden.publishing.pictures import social_cards
from tests.support.building import build, built
from tests.support.built_site import BuiltSite
from tests.support.vault import write_vault

# What an author may write at the top of a note to hold it back; BODY is the rest.
NOTATIONS = [
    "---\nstatus: draft\n---\nBODY",
    "---\nStatus: Draft # later\n---\nBODY",
    "---\nstatus: [draft]\n---\nBODY",
    "---\nstatus: '[[Draft]]'\n---\nBODY",
    "---\nstatus:\n---\nBODY",
    "---\nstatus: готово\n---\nBODY",
    "---\nstatus: ｄｒａｆｔ\n---\nBODY",
    "---\nｓｔａｔｕｓ: draft\n---\nBODY",
    "---\nstatus:draft\n---\nBODY",
    "---\ntitle: x\n status:draft\n---\nBODY",
    "---\nstatus：draft\n---\nBODY",
    "---\nstatus = draft\n---\nBODY",
    "---\nmetadata:\n  status: draft\n---\nBODY",
    "---\nmetadata: {publish: {draft: true}}\n---\nBODY",
    "---\nstaus: draft\n---\nBODY",
    "---\nState: draft\n---\nBODY",
    "---\ndrafft: true\n---\nBODY",
    "---\nbad: [1\nstatus: draft\n---\nBODY",
    "---\nstatus: 'draft\n---\nBODY",
    "---\n- status: draft\n---\nBODY",
    "---\nstatus: draft\n\nBODY",
    "---\nstatus: draft\n...\nBODY",
    "---   \nstatus: draft\n---\t\nBODY",
    "\ufeff---\nstatus: draft\n---\nBODY",
    "---\r\nstatus: draft\r\n---\r\nBODY",
    "\n \n---\nstatus: draft\n---\nBODY",
    "----\nstatus: draft\n----\nBODY",
    " ---\nstatus: draft\n---\nBODY",
    "—\nstatus: draft\n—\nBODY",
    "# Heading\n---\nstatus: draft\n---\nBODY",
    "<!-- comment -->\n---\nstatus: draft\n---\nBODY",
    "%%\ncomment\n%%\nstatus: draft\n\nBODY",
    "status:: draft\n\nBODY",
    "BODY\n\n**status**:: draft\n",
    "publish:: false\nBODY",
    '{\n"status": "draft"\n}\nBODY',
    '---\n{"status": "draft"}\n---\nBODY',
    "---\npublish: false\n---\nBODY",
    '---\npublish: "false"\n---\nBODY',
    "---\npublish: no\n---\nBODY",
    "---\npublish: maybe\n---\nBODY",
    "---\ndraft: 1\n---\nBODY",
    "---\nDraft: True\n---\nBODY",
    "---\ndraft: yes\n---\nBODY",
    "---\npublished: false\n---\nBODY",
    "---\npublic: false\n---\nBODY",
    "---\nprivate: true\n---\nBODY",
    "---\nvisibility: private\n---\nBODY",
    "---\ndg-publish: false\n---\nBODY",
    "---\nis_draft: true\n---\nBODY",
    "---\npermalink: false\n---\nBODY",
    "+++\ndraft = true\n+++\nBODY",
    "+++\nbad = \nstatus = 'draft'\n+++\nBODY",
    "+++\n[extra]\ndraft = true\n+++\nBODY",
    "+++\nstatus = 'draft'\n\nBODY",
    "Title: x\nStatus: draft\n\nBODY",
    "Title: x\nStatus: draft\nBODY",
    "Title: x\nStatus: not yet\n\nBODY",
    "Tags: [[x]]\nStatus: draft\n\nBODY",
    "Date: 2020-01-01\nPublish: no\n\nBODY",
    "Draft: true\n\nBODY",
    "---\ntitle: x\n---\nstatus: draft\n\nBODY",
    "---\ndate: 2090-01-01\n---\nBODY",
    "---\ndate: some day\n---\nBODY",
]
LETTERS = "zqxjvkwhgpm"  # none that a hash has


def word(number: int, place: int) -> str:
    """A word that occurs nowhere else."""
    digits = f"{number:03}{place:02}"
    return "zq" + "".join(LETTERS[int(digit)] + "x" for digit in digits)


def secret(number: int, notation: str) -> dict[str, str | bytes]:
    """A note that is held back by `notation`, with a word of its own in every place, and what only it names."""
    words = [word(number, place) for place in range(14)]
    body = (
        f"# {words[0]}\n\n{words[1]} #{words[2]} [[{words[3]}]] ![[{words[4]}.png]] ^{words[5]}\n\n"
        f"up:: [[{words[6]}]]\n\n{words[7]}:: {words[8]}\n\n## {words[9]}\n\n```mermaid\ngraph TD; {words[10]}\n```\n"
        f"> [!{words[11]}] text\n"
    )
    return {
        f"{words[12]}/{words[13]}.md": notation.replace("BODY", body),
        f"{words[4]}.png": f"picture {words[1]}".encode(),
    }


def vault_with(notations: list[str]) -> tuple[dict[str, str | bytes], list[str]]:
    """A vault of one published note and one held back by each notation, and the words that must not be seen."""
    files: dict[str, str | bytes] = {}
    links = []
    for number, notation in enumerate(notations):
        files |= secret(number, notation)
        path = f"{word(number, 12)}/{word(number, 13)}"
        # What a published author types is theirs, but it is their link's text that is shown, no more.
        links.append(f"[shown {number}]({path}.md) [[{path}|shown {number}]]")
    files["public.md"] = "---\nstatus: published\n---\n# Public\n\n" + "\n".join(links)
    return files, [word(number, place) for number in range(len(notations)) for place in range(14)]


def traces(site: BuiltSite, words: list[str]) -> dict[str, list[str]]:
    """The words that are in some file of the output, with the files."""
    everything = "".join(haystack for _, haystack in site.haystacks)
    return {each: site.files_with(each) for each in words if each in everything}


SETTINGS = {
    "WITH_FUTURE_DATES": False,
    "GARDEN": {"build_date": "2026-06-01"},
    "SITEURL": "https://example.org",
}


def test_no_notation_leaves_a_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Title, text, tags, links, hubs, ids, fields, names and attachments, whatever holds the note back.

    The notes have been published before, into the same output folder.
    """
    # Drawing a card for each note takes as long as all the rest, and what is drawn cannot be searched.
    monkeypatch.setattr(social_cards, "isolated", lambda *call: b"a card")
    monkeypatch.setattr("os.cpu_count", lambda: 1)  # to start others takes longer than they save
    public, words = vault_with(["---\nstatus: published\n---\nBODY"] * len(NOTATIONS))
    shown = built(public, tmp_path, SETTINGS)
    assert set(words[:12]) <= set(traces(shown, words[:14]))  # the words can be seen
    files, _ = vault_with(NOTATIONS)
    source = write_vault(files, tmp_path / "vault")
    result = build(source, tmp_path / "output", SETTINGS)
    site = BuiltSite(tmp_path / "output", result.exit_code, result.log)
    assert traces(site, words) == {}
    assert f"{len(NOTATIONS)} of {len(NOTATIONS) + 1} notes are held back" in site.log
    assert site.files_with("shown 0")


@pytest.mark.parametrize(
    "files",
    [
        {".obsidian/templates.json": '{"folder": "place"}'},
        {".obsidian/plugins/templater-obsidian/data.json": '{"templates_folder": "/place/"}'},
        {".obsidian/app.json": '{"userIgnoreFilters": ["place/"]}'},
        {".obsidian/app.json": '{"userIgnoreFilters": ["/^Pl.ce|^place/"]}'},
        {".obsidian/publish.json": '{"excluded": ["Place"]}'},
    ],
)
def test_what_the_vault_leaves_out_leaves_no_trace(tmp_path: Path, files: dict[str, str | bytes]) -> None:
    """A vault that begins to exclude a folder loses its pages in the next build (HC-1)."""
    notes, words = vault_with(["BODY"])
    notes = {f"place/{path}" if path != "public.md" else path: text for path, text in notes.items()}
    assert traces(built(notes, tmp_path, SETTINGS), words)
    assert traces(built(files, tmp_path, SETTINGS), words) == {}
