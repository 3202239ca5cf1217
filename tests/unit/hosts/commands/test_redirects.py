"""`garden redirect` and `garden redirects`."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from garden.__main__ import main
from garden.hosts.command_line import CommandError
from garden.hosts.commands.address_lists import ListedAddress, read_addresses
from tests.support.vault import read_note, write_vault

MARK = '{"garden":"addresses","version":1}\n'
NOTES = {
    "a.md": "text of a",
    "b.md": "---\nslug: new\n---\ntext of b #t",
    "d.md": "---\nstatus: draft\n---\ntext of d",
    "addresses.jsonl": f"""{MARK}{{"address":"/a/","note":"a.md","old":["/older/"]}}
{{"address":"/d/","note":"d.md"}}
{{"address":"/dead/","note":"dead.md","old":["/was/"]}}
""",
}

Run = Callable[..., int]


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A folder of notes that were published."""
    return write_vault(NOTES, tmp_path / "vault")


@pytest.fixture
def run(vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on that folder."""
    conf = tmp_path / "pelican.conf.py"
    conf.write_text(f'PATH = "{vault}"\nSITEURL = "https://example.org/notes"\n')
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: main([*arguments, "--conf", str(conf)])


def ledger(vault: Path) -> list[str]:
    """Return the lines of the ledger."""
    return (vault / "addresses.jsonl").read_text().splitlines()[1:]


def test_a_deleted_note_gets_a_successor(run: Run, vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All its addresses lead there, however the new one is written."""
    assert run("redirect", "/dead/", "https://example.org/notes/new/") == 0
    assert '"note":"b.md","old":["/dead/","/was/"]' in ledger(vault)[1]
    assert not any("dead.md" in line for line in ledger(vault))
    assert capsys.readouterr().out == (
        "/dead/ leads to https://example.org/notes/new/\n/was/ leads to https://example.org/notes/new/\n"
    )


def test_a_deleted_note_is_gone_or_elsewhere(run: Run, vault: Path) -> None:
    """And the author may think again."""
    assert run("redirect", "/notes/was", "--gone") == 0
    assert ledger(vault)[-1] == '{"address":"/dead/","gone":true,"note":"dead.md","old":["/was/"]}'
    assert run("redirect", "/notes/dead/", "https://elsewhere.org/new/") == 0
    assert (
        ledger(vault)[-1]
        == '{"address":"/dead/","note":"dead.md","old":["/was/"],"to":"https://elsewhere.org/new/"}'
    )


def test_a_category_that_was_renamed_has_feeds_that_are_not_pages(
    run: Run, vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its old feeds redirect, and addresses can be given a place beside them."""
    ledger_text = (vault / "addresses.jsonl").read_text()
    line = '{"address":"/category/old/","category":"old","notes":["a.md"]}\n'
    write_vault({"a.md": "---\ncategory: New\n---\ntext of a", "addresses.jsonl": ledger_text + line}, vault)
    assert run("redirects") == 0
    assert "/notes/feeds/old.atom.xml /notes/feeds/new.atom.xml 301\n" in capsys.readouterr().out
    assert run("redirect", "/nobody/", "/a/") == 0
    assert '"note":"a.md","old":["/nobody/","/older/"]' in ledger(vault)[0]


def test_an_old_address_can_lead_to_an_attachment(
    run: Run, vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As long as it is published, also after it has moved once more."""
    write_vault({"b.md": "![[x.pdf]]", "pics/x.pdf": "x"}, vault)
    assert run("redirect", "/img/x.pdf", "/pics/x.pdf") == 0
    assert '{"old":["/img/x.pdf"],"page":"/pics/x.pdf"}' in ledger(vault)
    capsys.readouterr()
    assert run("redirects") == 0
    assert "/notes/img/x.pdf /notes/pics/x.pdf 301\n" in capsys.readouterr().out
    (vault / "pics/x.pdf").rename(vault / "x.pdf")
    assert run("redirect", "/pics/x.pdf", "/x.pdf") == 0
    assert run("redirect", "/img/x.pdf", "/x.pdf") == 0
    assert '{"old":["/img/x.pdf","/pics/x.pdf"],"page":"/x.pdf"}' in ledger(vault)


def test_an_address_of_nobody_can_lead_anywhere(
    run: Run, vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also one that a note has had, which then is the other's; a successor that is an old address is its page."""
    for old, new in (
        ("/notes/older/", "/notes/tags/t/"),
        ("/notes/x%20y.html", "/notes/map/"),
        ("/notes/z/", "--gone"),
    ):
        assert run("redirect", old, new) == 0
    assert '{"note":"a.md"' not in "".join(ledger(vault))
    assert ledger(vault)[0] == '{"address":"/a/","note":"a.md"}'
    assert ledger(vault)[-3:] == [
        '{"old":["/older/"],"tag":"t"}',
        '{"old":["/x y.html"],"page":"/map/"}',
        '{"gone":true,"lost":"/z/"}',
    ]
    capsys.readouterr()
    for form, line in (
        ("netlify", "/notes/x%20y.html /notes/map/ 301\n/notes/z/ /notes/404.html 410\n"),
        (
            "nginx",
            'location = "/notes/x y.html" { return 301 "/notes/map/"; }\nlocation = "/notes/z/" { return 410; }\n',
        ),
        (
            "apache",
            'RedirectMatch 301 "^/notes/x y\\.html$" "/notes/map/"\nRedirectMatch 410 "^/notes/z/$"\n',
        ),
    ):
        assert run("redirects", "--format", form) == 0
        assert capsys.readouterr().out.endswith(line)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["/notes/a/", "/notes/new/"], '/a/ is not an old address: it is that of "a.md"'),
        (["/notes/d/", "/notes/new/"], '/d/ belongs to "d.md", which is not published'),
        (["/notes/dead/", "/notes/nothing/"], 'there is no page at "/notes/nothing/"'),
        (
            ["/notes/dead/", "/notes/archvie/"],
            'there is no page at "/notes/archvie/"; did you mean "/archive/"?',
        ),
        (["/notes/dead/", "/notes/d/"], 'there is no page at "/notes/d/"'),
        (
            ["https://example.org/x/", "/notes/a/"],
            '"https://example.org/x/" is not below the address of the site, /notes/',
        ),
        (["/notes/../x/", "/notes/a/"], '"/notes/../x/" cannot be an address of the site'),
        (["/notes/?p=1", "/notes/a/"], '"/notes/?p=1" has a "?" or "#"'),
        (["/notes/dead/"], "say where the old address leads: a new address, or --gone"),
        (
            ["/notes/dead/", "/notes/a/", "--gone"],
            "say where the old address leads: a new address, or --gone",
        ),
    ],
)
def test_nope_what_cannot_be(
    run: Run, vault: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    """It is reported in one sentence, and nothing is written."""
    before = (vault / "addresses.jsonl").read_bytes()
    assert run("redirect", *arguments) == 2
    assert message in capsys.readouterr().err
    assert (vault / "addresses.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (f'{MARK}<<<<<<< HEAD\n{{"address":"/a/","note":"a.md"}}\n', "the list of addresses is damaged"),
        ('{"street":"12 High Street"}\n', "was not written by Garden"),
    ],
)
def test_nope_a_damaged_ledger_and_a_file_of_somebody_else_are_not_written_over(
    run: Run, vault: Path, capsys: pytest.CaptureFixture[str], content: str, message: str
) -> None:
    """The author is told what to do."""
    (vault / "addresses.jsonl").write_text(content)
    assert run("redirect", "/notes/x/", "/notes/a/") == 2
    assert message in capsys.readouterr().err
    assert (vault / "addresses.jsonl").read_text() == content


def test_a_note_that_has_moved_since_keeps_one_line(run: Run, vault: Path) -> None:
    """What is added goes to the line that it has, whatever its path there."""
    (vault / "a.md").rename(vault / "c.md")
    (vault / "addresses.jsonl").write_text(
        f'{MARK}{{"address":"/a/","content":"{_hash("text of a")}","note":"a.md"}}\n'
    )
    assert run("redirect", "/notes/x/", "/notes/c/") == 0
    assert ledger(vault) == [
        f'{{"address":"/a/","content":"{_hash("text of a")}","note":"a.md","old":["/x/"]}}'
    ]


def test_the_addresses_of_a_former_site_come_in_step_by_step(
    run: Run, vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is certain first; what the author adds to the file with the rest, afterwards."""
    old = tmp_path / "old.txt"
    old.write_text(
        "/notes/2019/a.html\n/notes/a/\n/notes/lost.html\n/notes/tag/t.html\n/notes/new.html /notes/new/ 301\n"
    )
    before = (vault / "addresses.jsonl").read_bytes()
    assert run("redirects", "import", str(old), "--dry-run") == 1
    assert (vault / "addresses.jsonl").read_bytes() == before
    assert not (tmp_path / "old.txt.left.txt").exists()
    capsys.readouterr()
    assert run("redirects", "import", str(old)) == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[0] == "/notes/2019/a.html -> note a.md"
    assert "Of 5 addresses 3 now redirect to their pages, 1 worked already, 1 is left." in err
    assert '"old":["/2019/a.html","/older/"]' in ledger(vault)[0]
    left = tmp_path / "old.txt.left.txt"
    assert left.read_text().splitlines()[2:] == ["/notes/lost.html"]
    left.write_text(left.read_text().replace("/notes/lost.html", "/notes/lost.html /notes/a/"))
    assert run("redirects", "import", str(left)) == 0
    assert '"old":["/2019/a.html","/lost.html","/older/"]' in ledger(vault)[0]
    assert run("redirects", "import", str(old)) == 0


def test_a_sitemap_may_be_packed_and_in_parts(tmp_path: Path) -> None:
    """With other names of elements, entities and CDATA."""
    one = '<urlset xmlns="x"><url><loc> https://o.org/a?x=1&amp;y=2 </loc></url><url><loc>https://o.org/b/</loc></url></urlset>'
    two = '<s:urlset xmlns:s="x"><s:url><s:loc><![CDATA[https://o.org/c/]]></s:loc></s:url></s:urlset>'
    (tmp_path / "one.xml.gz").write_bytes(gzip.compress(one.encode()))
    (tmp_path / "two.xml").write_text(two)
    index = tmp_path / "sitemap.xml"
    index.write_text(
        "<sitemapindex><sitemap><loc>https://o.org/m/one.xml.gz</loc></sitemap>"
        "<sitemap><loc>https://o.org/two.xml</loc></sitemap></sitemapindex>"
    )
    found = [address.old for address in read_addresses(index)]
    assert found == ["https://o.org/a?x=1&y=2", "https://o.org/b/", "https://o.org/c/"]
    (tmp_path / "two.xml").unlink()
    with pytest.raises(CommandError, match=r"put two\.xml beside it"):
        read_addresses(index)


def test_a_text_may_have_pairs_and_comments(tmp_path: Path) -> None:
    """As hosts write them; the last word on an address counts."""
    file = tmp_path / "list"
    file.write_text("# old ones\n\n/a/\n/b/ /c/ 301!  # why\n/a/ gone\n")
    assert read_addresses(file) == [ListedAddress("/a/", "gone"), ListedAddress("/b/", "/c/")]
    file.write_text("# nothing\n")
    with pytest.raises(CommandError, match="has no addresses"):
        read_addresses(file)
    (tmp_path / "bad.gz").write_bytes(b"\x1f\x8bnot packed")
    with pytest.raises(CommandError, match="cannot be read"):
        read_addresses(tmp_path / "bad.gz")
    with pytest.raises(CommandError, match=r"none cannot be read: No such file or directory\Z"):
        read_addresses(tmp_path / "none")


def _hash(text: str) -> str:
    return read_note(text).text_hash
