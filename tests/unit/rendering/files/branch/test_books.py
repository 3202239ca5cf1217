"""A branch as an e-book."""

import re
from io import BytesIO
from xml.etree import ElementTree as etree
from zipfile import ZIP_STORED, ZipFile

import pytest

from garden.linking.relation import Node
from garden.model.names import SaveAs, Url
from garden.model.pages.page import BranchPage, BranchSection, PageHead
from garden.model.settings import Settings
from garden.rendering.branch_reading import branch_newest, branch_reading
from garden.rendering.files.branch.books import book
from tests.support.vault import Vault

SETTINGS = Settings(site_name="My garden", site_url="https://example.org")
SECTIONS = (
    BranchSection(
        "n1",
        2,
        "First & <last>",
        "/first/",
        "en",
        "ltr",
        '<h3 id="n1:one">One</h3><a href="/second/#two">on</a>',
    ),
    BranchSection(
        "n2", 3, "Second", "/second/", "de", "ltr", '<p id="n2:two">Zwei <img src="/a.png" alt="A"></p>'
    ),
    BranchSection(
        "n3", 2, "Third", "/third/", "en", "ltr", '<a href="/other/">away</a><a href="#n3:gone">gone</a>'
    ),
)


@pytest.fixture(name="files")
def fixture_files() -> dict[str, str]:
    """The files of a book of three notes."""
    page = BranchPage(
        url=Url("b/all/"),
        save_as=SaveAs("b/all/index.html"),
        title="Branch",
        head=PageHead("Branch", "en", "ltr"),
        href="/b/",
        trail=(),
        intro_html="",
        sections=SECTIONS,
        left_out=0,
        text="",
        feeds=None,
    )
    made = book(page, SETTINGS, "2024-05-06", {"/a.png": b"png"}.get)
    assert made == book(page, SETTINGS, "2024-05-06", {"/a.png": b"png"}.get)
    assert made.save_as == "b/book.epub"
    with ZipFile(BytesIO(made.content)) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == ZIP_STORED
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_every_file_is_well_formed_and_listed(files: dict[str, str]) -> None:
    """What the package names is there, and the reverse."""
    for name, content in files.items():
        if name.endswith((".xhtml", ".opf", ".xml")):
            etree.fromstring(content)
    package = files["book/package.opf"]
    listed = {f"book/{name}" for name in re.findall(r'href="([^"]+)"', package)}
    assert listed | {"mimetype", "META-INF/container.xml", "book/package.opf"} == set(files)
    assert "2024-05-06T00:00:00Z" in package
    assert '<itemref idref="f' in package


def test_links_stay_in_the_book_or_lead_to_the_site(files: dict[str, str]) -> None:
    """What leads nowhere is text."""
    assert '<a href="n2.xhtml#n2:two">on</a>' in files["book/n1.xhtml"]
    assert '<a href="https://example.org/other/">away</a><span>gone</span>' in files["book/n3.xhtml"]


def test_contents_are_nested_as_the_branch_is(files: dict[str, str]) -> None:
    """A note below another is a list in its entry."""
    assert (
        '<ol><li><a href="n1.xhtml">First &amp; &lt;last&gt;</a><ol><li><a href="n2.xhtml">Second</a></li></ol></li>'
        '<li><a href="n3.xhtml">Third</a></li></ol>'
    ) in files["book/nav.xhtml"]


def test_pictures_and_languages_come_along(files: dict[str, str]) -> None:
    """A picture is a file of the book, a note says its language."""
    assert files["book/images/0.png"] == "png"
    assert 'src="images/0.png"' in files["book/n2.xhtml"]
    assert 'xml:lang="de"' in files["book/n2.xhtml"]


def test_only_settings_make_books(vault: Vault) -> None:
    """They cost time; their date is that of the newest note."""
    vault.note("a.md", relations=["up:: [[Top]]"], date="2024-01-02", plain="a")
    vault.note("b.md", relations=["up:: [[Top]]"], date="2023-01-02", plain="b")
    top = next(node for node in vault.catalog().nodes if node.kind == "hub")
    reading = branch_reading(vault.catalog(), top)
    assert reading
    assert reading.book == ""
    vault.set(books=True)
    catalog = vault.catalog()
    reading = branch_reading(catalog, Node("hub", top.key))
    assert reading
    assert reading.book == "/top/book.epub"
    assert branch_newest(catalog, top) == "2024-01-02"
