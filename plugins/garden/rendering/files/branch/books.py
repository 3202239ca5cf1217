"""`<branch>/book.epub`: a branch as an e-book (EPUB 3), with the content of its page.

It has a title page, contents, a chapter for each note, and the pictures. Links between notes of the branch stay in
the book, all others lead to the site; if the site has no address yet, they become text. The same branch always gives
the same bytes: the time that the format requires is that of the newest note.
"""

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from io import BytesIO
from typing import Final, NamedTuple
from urllib.parse import urljoin, urlsplit
from uuid import NAMESPACE_URL, uuid5

from garden.model import names, routes
from garden.model.names import SaveAs
from garden.model.pages.page import Artifact, BranchPage, PageHead
from garden.model.settings import Settings
from garden.rendering.files.branch.xhtml import Rewriting, as_xhtml
from garden.rendering.xml_text import for_xml

PictureFile = Callable[[str], bytes | None]
"""A function that returns the bytes of the picture at an address of the site, None if there is none."""


def no_picture(address: str) -> bytes | None:
    """Return None for every address: the default of `picture`."""
    del address
    return None


_TYPES: Final = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}
_LARGEST: Final = 5_000_000
"""The maximum size of a picture in bytes; instead of a larger one the book has only its description."""

_UNDATED: Final = "2000-01-01"
"""The day of a book without a dated note."""

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The time of all files in the archive: the first one that the format of archives has."""

_CONTAINER: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
_STYLE: Final = """\
body { line-height: 1.5; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; break-after: avoid; }
pre { white-space: pre-wrap; font-size: 0.85em; }
table { border-collapse: collapse; }
th, td { padding: 0.2em 0.6em 0.2em 0; border-bottom: 1px solid; text-align: start; vertical-align: top; }
img, svg { max-width: 100%; height: auto; }
figure { margin: 1em 0; }
blockquote, .callout { margin: 1em 0; padding-inline-start: 1em; border-inline-start: 3px solid; }
.title-page { text-align: center; margin-top: 30%; }
svg { --diagram-ground: #fff; --diagram-text: #222; --diagram-quiet: #555; --diagram-line: #777; --diagram-fill: #f2f2f0;
  --diagram-panel: #fff; --diagram-edge: #14573f; color: #222; }
"""


class _Chapter(NamedTuple):
    """A note in the book."""

    name: str
    title: str
    level: int
    lang: str
    body: str
    href: str  # of its page


def book(page: BranchPage, settings: Settings, modified: str, picture: PictureFile) -> Artifact:
    """Return a branch as an e-book; `modified` is the day of its newest note, empty for an unknown one."""
    folder = page.save_as.removesuffix(routes.BRANCH)
    chapters = _chapters(page)
    pictures = _Pictures(picture)
    places = _BookPlaces(page, chapters, settings, pictures)
    files: dict[str, str | bytes] = {
        chapter.name: _document(chapter, as_xhtml(chapter.body, places.rewriting)) for chapter in chapters
    }
    files |= pictures.files
    title = f'<section class="title-page"><h1>{_text(page.title)}</h1><p>{_text(settings.site_name)}</p></section>'
    files["title.xhtml"] = _wrapped(page.title, page.head.lang, title)
    files["nav.xhtml"] = _wrapped(page.title, page.head.lang, _contents(page.title, chapters))
    files["style.css"] = _STYLE
    order = ["title.xhtml", "nav.xhtml", *(chapter.name for chapter in chapters)]
    files["package.opf"] = _package(page.head, _metadata(page, settings, modified), files, order)
    return Artifact(SaveAs(f"{folder}{routes.BRANCH_BOOK}"), _packed(files))


def _chapters(page: BranchPage) -> list[_Chapter]:
    """Return the chapters in the order of the branch; the first one is the text at its top."""
    found = [
        _Chapter(
            f"{section.anchor}.xhtml",
            section.title,
            section.level - 1,
            section.lang,
            section.body_html,
            section.href,
        )
        for section in page.sections
    ]
    if page.intro_html:
        found.insert(0, _Chapter("n0.xhtml", page.title, 1, page.head.lang, page.intro_html, page.href))
    return found


class _Pictures:
    """The pictures of a book, each once."""

    def __init__(self, picture: PictureFile) -> None:
        self._picture = picture
        self._known: dict[str, str] = {}
        self.files: dict[str, str | bytes] = {}

    def name(self, address: str) -> str:
        """Return the name of a picture in the book, empty if it is not one of the site's or is too large."""
        if address not in self._known:
            kind = names.extension(urlsplit(address).path)
            content = self._picture(address) if kind in _TYPES else None
            name = ""
            if content and len(content) <= _LARGEST:
                name = f"images/{len(self.files)}.{kind}"
                self.files[name] = content
            self._known[address] = name
        return self._known[address]


class _BookPlaces:
    """Finds the addresses in the book for the links and pictures of chapters."""

    def __init__(
        self, page: BranchPage, chapters: list[_Chapter], settings: Settings, pictures: _Pictures
    ) -> None:
        self._by_href: Mapping[str, str] = {unescape(chapter.href): chapter.name for chapter in chapters}
        self._site = settings.site_url.rstrip("/") + "/" if settings.site_url else ""
        self._ids = {
            chapter.name: frozenset(re.findall(r'\bid="([^"]+)"', chapter.body)) for chapter in chapters
        }
        self._of_id = {anchor: name for name, ids in self._ids.items() for anchor in ids}
        self.rewriting = Rewriting(self._link, pictures.name)

    def _link(self, address: str) -> str:
        """Return where a link leads in the book: to another chapter, or else to the site or another one; empty for nowhere."""
        path, _, anchor = address.partition("#")
        if not path and anchor:
            name = self._of_id.get(anchor)
            return f"{name}#{anchor}" if name else ""
        name = self._by_href.get(path)
        if name:
            inside = f"{name.removesuffix('.xhtml')}:{anchor}"
            return f"{name}#{inside}" if anchor and inside in self._ids[name] else name
        if urlsplit(address).scheme:
            return address if address.startswith(("http://", "https://", "mailto:")) else ""
        return urljoin(self._site, address) if self._site else ""


def _document(chapter: _Chapter, body: str) -> str:
    return _wrapped(chapter.title, chapter.lang, f"<section><h1>{_text(chapter.title)}</h1>{body}</section>")


def _wrapped(title: str, lang: str, body: str) -> str:
    language = escape(lang or "en")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{language}" xml:lang="{language}"><head><meta charset="utf-8"/><title>{_text(title)}</title>'
        f'<link rel="stylesheet" type="text/css" href="style.css"/></head><body>{body}</body></html>\n'
    )


def _contents(title: str, chapters: list[_Chapter]) -> str:
    """Return the contents as nested lists: deeper levels are in a list within the entry before them."""
    out = [f'<nav epub:type="toc"><h1>{_text(title)}</h1>']
    depth = 0
    for chapter in chapters:
        wanted = min(max(1, chapter.level), depth + 1)
        if wanted > depth:
            out.append("<ol>")
        else:
            out.append("</li>" + "</ol></li>" * (depth - wanted))
        depth = wanted
        out.append(f'<li><a href="{chapter.name}">{_text(chapter.title)}</a>')
    return "".join((*out, "</li></ol>" * depth, "</nav>"))


def _metadata(page: BranchPage, settings: Settings, modified: str) -> str:
    author = escape(settings.author or settings.site_name, quote=False)
    return (
        f'<dc:identifier id="id">urn:uuid:{uuid5(NAMESPACE_URL, settings.site_url + page.href)}</dc:identifier>'
        f"<dc:title>{_text(page.title)}</dc:title><dc:language>{escape(page.head.lang or 'en')}</dc:language>"
        f"<dc:creator>{author}</dc:creator>"
        f'<meta property="dcterms:modified">{modified or _UNDATED}T00:00:00Z</meta>'
    )


def _package(head: PageHead, metadata: str, files: Mapping[str, str | bytes], order: list[str]) -> str:
    """Return the file that says what an EPUB consists of: its metadata, its files, and the order in which they are read."""
    ids = {name: f"f{number}" for number, name in enumerate(files)}
    items = "".join(
        f'<item id="{ids[name]}" href="{name}" media-type="{_media_type(name)}"{_properties(name, content)}/>'
        for name, content in files.items()
    )
    spine = "".join(f'<itemref idref="{ids[name]}"/>' for name in order)
    way = ' page-progression-direction="rtl"' if head.direction == "rtl" else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>'
        f"<manifest>{items}</manifest><spine{way}>{spine}</spine></package>\n"
    )


def _media_type(name: str) -> str:
    kind = names.extension(name)
    return {"xhtml": "application/xhtml+xml", "css": "text/css", **_TYPES}[kind]


def _properties(name: str, content: str | bytes) -> str:
    """Return the features that an e-book reader needs for a chapter."""
    if not isinstance(content, str) or not name.endswith(".xhtml"):
        return ""
    found = [kind for kind, mark in (("mathml", "<math"), ("svg", "<svg")) if mark in content]
    found += ["nav"] if name == "nav.xhtml" else []
    return f' properties="{" ".join(found)}"' if found else ""


def _packed(files: Mapping[str, str | bytes]) -> bytes:
    """Return the archive; its media type comes first and uncompressed, as the format requires."""
    out = BytesIO()
    from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo  # only a changed book needs it

    with ZipFile(out, "w") as archive:
        archive.writestr(ZipInfo("mimetype", _EPOCH), "application/epub+zip", ZIP_STORED)
        archive.writestr(ZipInfo("META-INF/container.xml", _EPOCH), _CONTAINER, ZIP_DEFLATED)
        for name, content in files.items():
            packed = for_xml(content) if isinstance(content, str) else content
            archive.writestr(ZipInfo(f"book/{name}", _EPOCH), packed, ZIP_DEFLATED)
    return out.getvalue()


def _text(text: str) -> str:
    return escape(text, quote=False)
