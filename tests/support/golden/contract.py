"""What must hold for every built site, whatever its notes say (HC, DG)."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType
from xml.etree import ElementTree as etree

from tests.support.built_site import BuiltPage, BuiltSite
from tests.support.golden.code_fidelity import altered_code
from tests.support.markup import attribute, select, visible_text

SEVERITIES = MappingProxyType(
    dict.fromkeys(
        "yaml-malformed encoding-invalid slug-unsafe vault-settings-unreadable ledger-damaged".split(),
        "error",
    )
    | dict.fromkeys(
        (
            "slug-conflict name-shared address-lost link-site-missing "
            "yaml-duplicate-key yaml-late yaml-unclosed date-invalid status-unknown tag-invalid "
            "alias-conflict link-unresolved link-ambiguous link-unpublished heading-missing "
            "block-missing block-duplicate embed-missing embed-unpublished embed-cycle embed-depth "
            "field-not-link field-trailing-text hierarchy-self hierarchy-cycle comment-unclosed "
            "fence-unclosed footnote-undefined status-near key-near file-unread link-outside-vault "
            "view-syntax view-unsupported view-value view-missing canvas-malformed"
        ).split(),
        "warning",
    )
    | dict.fromkeys(
        (
            "hub-generated callout-unknown trails-cut note-ignored header-pelican "
            "view-today view-cut view-type view-unlinked"
        ).split(),
        "info",
    )
)
"""The diagnostic ids that the rules of notes name, with their severities (DG-6), not taken from the code."""

ADDRESSES = MappingProxyType(
    dict.fromkeys("a link area".split(), "href")
    | dict.fromkeys("img script iframe audio video source embed track".split(), "src")
    | {"object": "data"}
)
SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:|^//", re.IGNORECASE)
UNSAFE = re.compile(r'[\s"<>\\^`{|}]')
PARAGRAPH = re.compile(r"<p[ >].*?</p>", re.DOTALL)
BLOCK = re.compile(
    r"(?<!^)<(?:div|p|section|article|aside|blockquote|ul|ol|pre|table|details|figure|h[1-6])[ >]"
)


def check_contract(site: BuiltSite, dangling: frozenset[str]) -> None:
    """The rules that every output must obey; `dangling` are addresses that the author wrote."""
    assert "Traceback (most recent call last)" not in site.log, site.log[-3000:]
    for problem in site.problems:
        if problem.code in SEVERITIES:
            assert problem.severity == SEVERITIES[problem.code], problem.text
    check_data_files(site)
    for page in site.own_pages:
        check_ids(page)
        if page.body is not None:
            check_note_page(page)
            check_paragraphs(page)
        check_addresses(site, page, dangling)
        # Diagnostics are for the author alone (DG-5).
        assert not re.search(r"(error|warning):? \[[a-z]+-[a-z-]+\]", page.html), (
            f"a diagnostic in {page.file}"
        )


def check_ids(page: BuiltPage) -> None:
    """Ids are unique in a page (HC-4)."""
    ids = Counter(attribute(node, "id") for node in select(page.root, "[id]"))
    double = [text for text, number in ids.items() if number > 1]
    assert not double, f"{page.file}: ids used twice: {double}"


def check_note_page(page: BuiltPage) -> None:
    """One `<main>`, one `<h1>` in it with plain text, `<title>` with that text, one body (HC-2, HC-3)."""
    assert len(select(page.root, "main")) == 1, f"<main> in {page.file}"
    assert len(select(page.root, "h1")) == 1, f"<h1> in {page.file}"
    assert len(select(page.root, "main h1")) == 1, f"<h1> in {page.file}"
    assert not select(page.root, "main h1 *"), f"the <h1> of {page.file} is not plain text"
    titles = [visible_text(node) for node in select(page.root, "head title")]
    assert any(page.title in title for title in titles), f"<title> of {page.file}"
    assert len(select(page.root, "[data-note-body]")) == 1, f"bodies in {page.file}"
    assert page.body is not None
    for mark in ("[data-trail]", "[data-rel]"):
        assert not select(page.body, mark), f"{mark} in the body of {page.file}"


def check_addresses(site: BuiltSite, page: BuiltPage, dangling: frozenset[str]) -> None:
    """Internal addresses lead to files of the output and are percent-encoded (HC-5).

    What the theme links to is there too; in a body the author may ask for an id that is not.
    """
    written = {attribute(node, "href") for node in select(page.body, "a")} if page.body else set()
    for node in select(page.root, ", ".join(ADDRESSES)):
        address = attribute(node, ADDRESSES[node.tag or ""])
        if address is None or address in dangling or SCHEME.match(address):
            continue
        assert not UNSAFE.search(address), f"{page.file}: {address!r} is not encoded"
        target = site.target(page, address)
        if target.fragment and target.url in site.pages and address not in written:
            assert target.fragment in site.pages[target.url].ids, (
                f"{page.file}: nothing has the id of {address!r}"
            )


def check_paragraphs(page: BuiltPage) -> None:
    """No `<p>` holds a block as written: a browser would close the paragraph before it (EM-10)."""
    for paragraph in PARAGRAPH.finditer(page.html):
        assert not BLOCK.search(paragraph[0]), f"{page.file}: a block in {paragraph[0][:500]}"


def check_data_files(site: BuiltSite) -> None:
    """Feeds, the sitemap and the map's drawing are well-formed XML, JSON files are JSON (PB-7)."""
    for file in site.files:
        if file.endswith(".xml") or (file == "map/drawing.svg" and site.text_of(file)):
            etree.fromstring(site.text_of(file))
        elif file.endswith(".json"):
            json.loads(site.text_of(file))


def check_code(site: BuiltSite, sources: Iterable[str]) -> None:
    """The code in the body of every page is in a note exactly as it is shown (CB-1, CB-4)."""
    texts = list(sources)
    for page in site.own_pages:
        altered = altered_code(page.body.html or "", texts) if page.body is not None else ()
        assert not altered, f"{page.file} shows code that no note has: {altered}"


def check_nothing_outside(folder: Path, *expected: str) -> None:
    """Two levels of `folder` hold the expected folders and what leads to them, and nothing else (PB-5)."""
    known = set(expected) | {parent.as_posix() for path in expected for parent in Path(path).parents}
    made = {
        path.relative_to(folder).as_posix() for glob in ("*", "*/*", "*/*/*") for path in folder.glob(glob)
    }
    stray = {path for path in made - known if not path.startswith(expected)}
    assert not stray, f"written outside the output: {sorted(stray)}"
