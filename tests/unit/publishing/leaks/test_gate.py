"""The leak gate is tested by planting leaks: every kind of text, in every kind of file, in every notation."""

import base64
import gzip
import html
import json
from pathlib import Path
from urllib.parse import quote

import pytest

from garden.model.diagnostic import Severity
from tests.support.vault import write_vault
from tests.unit.publishing.leaks.leaking import PUBLIC, lines, png, searched, vault

TEXTS = {
    "title": ("Quarterly retreat", "plans/Hush hush.md:2"),
    "slug": ("hidden-plan", "plans/Hush hush.md:4"),
    "alias": ("Second wind", "plans/Hush hush.md:5"),
    "alias of one word": ("umbrella", "plans/Hush hush.md:5"),
    "tag": ("zugzwang", "plans/Hush hush.md:6"),
    "nested tag": ("work/planning", ""),
    "value": ("Brockhaus", "plans/Hush hush.md:7"),
    "heading": ("The third heading", "plans/Hush hush.md:9"),
    "sentence of public words": ("sell the house and move", "plans/Hush hush.md:11"),
    "word": ("zebra", "plans/Hush hush.md:13"),
    "value of a field": ("quite another matter", "plans/Hush hush.md:15"),
    "file name": ("Hush hush", "plans/Hush hush.md:1"),
    "attachment": ("portrait of anna.png", "plans/Hush hush.md:13"),
    "text of an attachment": ("aardvark", "budget.csv:1"),
    "template": ("went astonishingly well", "template/Weekly.md:1"),
    "thrown away": ("quokka", ".trash/Old thing.md:1"),
}

NOTATIONS = {
    "plain": lambda text: text,
    "upper case": str.upper,
    "slug": lambda text: text.lower().replace(" ", "-"),
    "percent": lambda text: f'<a href="/x/{quote(text)}/">',
    "all percent": lambda text: "".join(f"%{code:02X}" for code in text.encode()),
    "entities": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "escaped twice": lambda text: html.escape(html.escape(f"<p>{text}</p>")),
    "attribute": lambda text: f'<img alt="{text}" src="x.png">',
    "formatted": lambda text: f"<em>{text[:3]}</em>{text[3:]}" if " " in text[:3] else f"<em>{text}</em>",
    "comment": lambda text: f"<!-- {text} -->",
    "typographic": lambda text: f"\u201c{text}\u201d\u2026",
    "soft hyphens": lambda text: text[:2] + "\u00ad" + text[2:],
}

FILES = (
    "a/index.html",
    "index.md",
    "feed.xml",
    "llms.txt",
    "sitemap.xml",
    "x.svg",
    "search/index.json",
    "s.css",
    "s.js",
)


# One search finds several kinds, if they are on different lines and few enough for each line to be named.
@pytest.mark.parametrize("kinds", [tuple(TEXTS)[first::4] for first in range(4)])
@pytest.mark.parametrize("notation", NOTATIONS)
def test_whatever_is_private_is_found_in_every_notation(
    tmp_path: Path, kinds: tuple[str, ...], notation: str
) -> None:
    """Each kind of text, however it is written; what a public note has as well is not a leak (PB-3)."""
    texts = {f"{number}/index.html": TEXTS[kind] for number, kind in enumerate(kinds)}
    pages = {
        name: f"<p>We move.</p>\n<p>{NOTATIONS[notation](text)}</p>" for name, (text, _) in texts.items()
    }
    found = searched(vault(tmp_path), write_vault(pages, tmp_path / "out"))
    for name, (text, place) in texts.items():
        told = [problem for problem in found if name in problem.message]
        assert lines(told)[:1] == ([place] if place else []), text
        assert all(f"{name}:2" in problem.message for problem in told)
    assert {problem.severity for problem in found} == {Severity.ERROR}


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_file_is_searched(tmp_path: Path, name: str) -> None:
    """Text files of all kinds, at their beginning, middle and end."""
    texts = ["Quarterly retreat", "Brockhaus", "sell the house and move on"]
    for _ in texts:
        texts.append(texts.pop(0))
        content = "\n".join(texts)
        written = json.dumps({"a": ["x", content]}) if name.endswith(".json") else content
        output = write_vault({name: written}, tmp_path / "out")
        assert len(lines(searched(vault(tmp_path), output))) == len(texts)


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"zebra": 1}),
        json.dumps(["Second\u00a0wind"]),
        '["\\u007a\\u0065bra"]',
        '["x\\nzebra"]',
        '<script type="application/ld+json">{"name": "x\\nzebra"}</script>',
        f'<img src="data:image/svg+xml;base64,{base64.b64encode(b"<svg><title>the zebra</title></svg>").decode()}">',
    ],
)
def test_escapes_of_data_are_undone(tmp_path: Path, content: str) -> None:
    """JSON escapes letters and line breaks, and a picture may be packed into an address."""
    for name in ("index.html", "words-0.json") if content.startswith(("{", "[")) else ("index.html",):
        output = write_vault({name: content}, tmp_path / "out")
        assert lines(searched(vault(tmp_path), output)), name


def test_a_line_is_searched_in_each_kind_of_file(tmp_path: Path) -> None:
    """The same characters say another thing in data, where a part of them is an escape."""
    line = "x \\u007aebra"
    output = write_vault({"a.md": line, "b.json": line}, tmp_path / "out")
    found = searched(vault(tmp_path), output)
    assert "in b.json" in found[0].message


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("hidden-plan/index.html", b"x"),
        ("tags/zugzwang/card.png", png()),
        ("image.png", png("a Zebra")),
        ("feed.xml.gz", gzip.compress(b"<p>a zebra</p>", mtime=0)),
        ("utf16.txt", "a zebra".encode("utf-16")),
        ("unknown.bin", b"\0\1\2 Brockhaus \3\4"),
    ],
)
def test_names_of_files_and_metadata_are_searched(tmp_path: Path, name: str, content: bytes) -> None:
    """An address is text too; so is what a picture says beside its pixels."""
    output = write_vault({name: content}, tmp_path / "out")
    found = searched(vault(tmp_path), output)
    assert len(found) == 1
    assert name in found[0].message


@pytest.mark.parametrize("name", ["portrait.png", "files/other name.png", "image-sizes/{}-480.webp"])
def test_copies_of_private_files_are_found(tmp_path: Path, name: str) -> None:
    """By their content, under any name; a smaller variant by the content that it is named after."""
    from hashlib import sha256

    content = png(color=9)
    name = name.format(sha256(content).hexdigest()[:16])
    output = write_vault({name: content if name.endswith(".png") else b"RIFF"}, tmp_path / "out")
    found = [problem for problem in searched(vault(tmp_path), output) if problem.code == "file-leaked"]
    assert [problem.place.path for problem in found] == ["portrait of anna.png"]


def test_a_file_that_is_public_under_another_name_is_not_a_leak(tmp_path: Path) -> None:
    """The same picture in two places: one is public, so its content is."""
    root = vault(tmp_path)
    write_vault({"copy of it.png": png(color=1)}, root)
    output = write_vault({"public.png": png(color=1), "index.html": PUBLIC}, tmp_path / "out")
    assert searched(root, output) == []


def test_a_note_that_leaks_as_a_whole_is_named_in_a_few_lines(tmp_path: Path) -> None:
    """Five lines at most, and the number of the others."""
    root = vault(tmp_path)
    text = (root / "plans/Hush hush.md").read_text(encoding="utf-8")
    found = searched(root, write_vault({"index.html": text}, tmp_path / "out"))
    assert len(lines(found)) == 5
    assert "more of its lines" in found[-1].message


def test_a_file_that_every_site_has_is_not_a_leak(tmp_path: Path) -> None:
    """The site draws its own map into a file that an unpublished one may be called like."""
    root = vault(tmp_path)
    write_vault({"drawing.svg": "<svg/>", "plans/preview.html": "secret"}, root)
    page = '<p data-map="/map/drawing.svg"><a href="/tea/preview.html">Tea</a></p>'
    output = write_vault({"index.html": page, "map/drawing.svg": "<svg><g/></svg>"}, tmp_path / "out")
    assert searched(root, output) == []
    output = write_vault({"index.html": '<img src="/plans/drawing.svg">'}, tmp_path / "other")
    assert searched(root, output) != []


def test_the_record_of_the_output_is_not_searched(tmp_path: Path) -> None:
    """It holds hashes."""
    output = write_vault({".garden-record": "zebra", "index.html": "x"}, tmp_path / "out")
    assert searched(vault(tmp_path), output) == []


def test_the_output_may_lie_in_the_vault(tmp_path: Path) -> None:
    """What was built is not a source: its Markdown twins are not unpublished notes."""
    root = vault(tmp_path)
    output = write_vault({"index.html": "An okapi.", "index.md": "An okapi."}, root / "out")
    assert searched(root, output) == []


class TestPublicNotes:
    """What public notes say, and what they do not show."""

    @pytest.mark.parametrize(
        "text",
        [
            "[[Hush hush|this]]",
            "![[Hush hush]]",
            "[this](<plans/Hush hush.md>)",
            "up:: [[Hush hush]]",
            "related: '[[Hush hush]]'",
        ],
    )
    def test_a_link_that_shows_another_text_does_not_make_its_target_public(
        self, tmp_path: Path, text: str
    ) -> None:
        """The name of the draft is in the note, but readers do not see it (PB-4)."""
        text = f"---\n{text}\n---\n" if text.startswith("related") else f"See this:\n\n{text}\n"
        output = write_vault({"index.html": '<a title="Hush hush">this</a>'}, tmp_path / "out")
        assert lines(searched(vault(tmp_path, link=text), output))[:1] == ["plans/Hush hush.md:1"]

    @pytest.mark.parametrize(
        "view", ["![[all.base]]", "```dataview\nTABLE kind\n```", "Of `= this.kind`", ""]
    )
    def test_a_view_shows_properties(self, tmp_path: Path, view: str) -> None:
        """What a public author writes into a property is public, where a page may show it (PB-4)."""
        root = vault(tmp_path, other="---\nkind: '[[Hush hush]]'\n---\ntext\n", text_forms=view)
        output = write_vault({"index.html": "<td>Hush hush</td>"}, tmp_path / "out")
        assert bool(searched(root, output)) == (not view)

    def test_an_address_elsewhere_is_public(self, tmp_path: Path) -> None:
        """It is shown as it is written; here it leads to the file of the draft in a public repository."""
        address = "https://example.com/blob/main/plans/Hush-hush.md"
        output = write_vault({"index.html": f'<a href="{address}">x</a>'}, tmp_path / "out")
        assert searched(vault(tmp_path, link=f"See [x]({address})."), output) == []

    def test_what_a_link_shows_is_public(self, tmp_path: Path) -> None:
        """A public author who writes a draft's name has made it public (PB-4)."""
        output = write_vault({"index.html": "<p>See Hush hush.</p>"}, tmp_path / "out")
        assert searched(vault(tmp_path, link="See [[Hush hush]]."), output) == []

    @pytest.mark.parametrize("text", ["```\n[[Hush hush|this]]\n```", "a `[this](<Hush hush.md>)` b"])
    def test_a_link_in_code_is_shown_as_it_is_written(self, tmp_path: Path, text: str) -> None:
        """So its target is public."""
        output = write_vault({"index.html": "<code>Hush hush</code>"}, tmp_path / "out")
        assert searched(vault(tmp_path, link=text), output) == []

    @pytest.mark.parametrize("comment", ["%% an okapi %%", "<!-- an okapi -->", "%%\nan okapi\n%%"])
    def test_a_comment_is_private(self, tmp_path: Path, comment: str) -> None:
        """One that is alone on its lines."""
        output = write_vault({"index.html": "<p>an okapi</p>"}, tmp_path / "out")
        assert len(lines(searched(vault(tmp_path, other=f"Text\n\n{comment}\n"), output))) == 1

    def test_what_looks_like_a_comment_in_code_is_public(self, tmp_path: Path) -> None:
        """A note may explain comments."""
        output = write_vault({"index.html": "<p>an okapi</p>"}, tmp_path / "out")
        assert searched(vault(tmp_path, other="```\n%% an okapi %%\n```\n"), output) == []

    @pytest.mark.parametrize("value", ["Okapi", "[x, Okapi]", "\n  - x\n  - Okapi", "'the second coast'"])
    def test_properties_that_a_setting_calls_private_are_absent(self, tmp_path: Path, value: str) -> None:
        """In any case of the key, and in lists; without the setting the note's text is public."""
        root = vault(tmp_path, other=f"---\nClient: {value}\n---\ntext\n")
        output = write_vault({"index.html": "<p>Okapi</p><p>the second coast</p>"}, tmp_path / "out")
        assert lines(searched(root, output, private_keys=("client",)))[0].startswith("other.md:")
        assert searched(root, output) == []


PARTS = """\
We sell the house and move on to the farm next year. They sell the house and move on, to the farm.
Concepts of AI, concepts of all kinds. The graph was drawn: a graph.
"""

WITHIN = """\
---
title: AI Concepts
status: draft
---
We sell the house and move on to the coast this spring, and who knows.

to the farm \u2192 the house \u2192 a farm next

He calls "the house" a "farm" of "all" the kinds

See [[On houses|the farm]] and [[On houses]], sell [a house](x.md) next

the graph theory
"""


class TestPassages:
    """Text whose words, and even whose phrases, public notes have, and which as a whole none has."""

    @pytest.mark.parametrize(
        ("shown", "place"),
        [
            ("<p>AI Concepts</p>", "draft.md:2"),
            ("<p>the house and move on to the coast</p>", "draft.md:5"),
            ("<p>to the farm \u2192 the house</p>", "draft.md:7"),
            ("<p>to the farm the house</p>", "draft.md:7"),
            ("<p>calls \u201cthe house\u201d a \u201cfarm\u201d of</p>", "draft.md:9"),
            ("<p>See the farm and On houses, sell a house next</p>", "draft.md:11"),
            ('<a href="/graph/">The graph theory</a>', "draft.md:13"),
        ],
    )
    def test_they_are_found(self, tmp_path: Path, shown: str, place: str) -> None:
        """Words that stand together in a private note alone."""
        root = vault(
            tmp_path, public=PARTS, draft=WITHIN, words="theory calls coast spring knows years knows"
        )
        output = write_vault({"index.html": shown}, tmp_path / "out")
        assert place in lines(searched(root, output))

    @pytest.mark.parametrize(
        ("shown", "leaks"),
        [
            (
                "\u0e40\u0e23\u0e32\u0e08\u0e30\u0e02\u0e32\u0e22<b>\u0e1a\u0e49\u0e32\u0e19</b>\u0e41\u0e25\u0e30",
                True,
            ),
            ("\u0e02\u0e32\u0e22\u0e1a\u0e49\u0e32\u0e19\u0e41\u0e25\u0e30", True),
            ("\u0e0b\u0e37\u0e49\u0e2d\u0e1c\u0e25\u0e44\u0e21\u0e49", False),
            ("\u0e1a\u0e49\u0e32\u0e19", False),
        ],
    )
    def test_scripts_without_blanks(self, tmp_path: Path, shown: str, leaks: bool) -> None:
        """Thai: of "we shall sell the house and" a part leaks; "buys fruit" and "house" are public."""
        public = "\u0e40\u0e02\u0e32\u0e0b\u0e37\u0e49\u0e2d\u0e1c\u0e25\u0e44\u0e21\u0e49 \u0e01\u0e25\u0e31\u0e1a\u0e1a\u0e49\u0e32\u0e19"
        sentence = "\u0e40\u0e23\u0e32\u0e08\u0e30\u0e02\u0e32\u0e22\u0e1a\u0e49\u0e32\u0e19\u0e41\u0e25\u0e30\u0e44\u0e1b"
        draft = f"---\nstatus: draft\n---\n{sentence} {public}\n"
        output = write_vault({"index.html": f"<p>{shown}</p>"}, tmp_path / "out")
        assert bool(searched(vault(tmp_path, public=public, draft=draft), output)) == leaks

    def test_of_a_long_one_each_part_counts(self, tmp_path: Path) -> None:
        """Each four words in a row are public, and the seven are not."""
        draft = "---\nstatus: draft\n---\nThey sell the house and move on to the farm next year"
        root = vault(
            tmp_path,
            public="They sell the house and move on. Sell the house and move on to the farm.",
            draft=draft,
        )
        leaking = write_vault({"index.html": "they sell the house and move on to the farm"}, tmp_path / "out")
        assert lines(searched(root, leaking)) == ["draft.md:4"]
        public = write_vault({"index.html": "sell the house and move on to the farm"}, tmp_path / "out")
        assert searched(root, public) == []

    @pytest.mark.parametrize(
        "title",
        ["2023-01-05 12.30.45.excalidraw", "202301051230", "2023-01-05", "Screen 2023-02-06 at 1.04.08 PM"],
    )
    def test_names_of_digits_are_names(self, tmp_path: Path, title: str) -> None:
        """Drawings and quick notes are often called by the time at which they were made."""
        root = vault(tmp_path, other="Screen 2023-02-06 at 1.14.28 PM")
        write_vault({f"{title}.md": "---\nstatus: draft\n---\n"}, root)
        shown = title.removesuffix(".excalidraw")
        found = searched(root, write_vault({"index.html": f"<p>{shown}</p>"}, tmp_path / "out"))
        assert lines(found) == [f"{title}.md:1"]

    def test_the_date_of_a_public_note_is_not_a_name(self, tmp_path: Path) -> None:
        """A daily note that is a draft has the date of many others."""
        root = vault(tmp_path, dated="---\ndate: 2023-01-05T10:00:00Z\n---\ntext")
        write_vault({"2023-01-05.md": "---\nstatus: draft\n---\n"}, root)
        shown = '<time datetime="2023-01-05">January 5, 2023</time>'
        assert searched(root, write_vault({"index.html": shown}, tmp_path / "out")) == []

    @pytest.mark.parametrize(
        ("shown", "leaks"),
        [
            ('<nav class="x">Whimsies of it</nav>', False),
            ("<p>Settled: Whimsies</p>", True),
            ("<p>3 whimsies of it</p>", False),
        ],
    )
    def test_a_word_of_the_theme_is_excused_where_the_theme_has_it(
        self, tmp_path: Path, shown: str, leaks: bool
    ) -> None:
        """A title may be a word that the theme has within another text."""
        root = vault(tmp_path, words="settled")
        write_vault({"Whimsies.md": "---\nstatus: draft\n---\n"}, root)
        theme = write_vault({"t.html": '<nav class="x">whimsies of it</nav>'}, tmp_path / "theme")
        output = write_vault({"index.html": shown}, tmp_path / "out")
        assert bool(searched(root, output, (theme,))) == leaks

    def test_titles_in_a_list_are_not_a_passage(self, tmp_path: Path) -> None:
        """A draft names notes one after the other, and so does a page that the program makes."""
        draft = "---\nstatus: draft\n---\nsee [[A house]], [[Two farms]], [[Sell it]]"
        root = vault(
            tmp_path, **{"A house": "x", "Two farms": "x", "Sell it": "x", "see": "x", "draft": draft}
        )
        output = write_vault(
            {"index.html": "<desc>mention: A house, Two farms, Sell it</desc>"}, tmp_path / "out"
        )
        assert searched(root, output) == []

    @pytest.mark.parametrize(
        ("shown", "leaks"),
        [("Step 2: sell (1-2 farms)", True), ("Step 2: move, 1-2 farms", False), ("sell, 1-2 farms", False)],
    )
    def test_parts_of_names_are_not_names(self, tmp_path: Path, shown: str, leaks: bool) -> None:
        """Each part is in a public heading; a row of whole ones is what the program makes of tags and of titles."""
        public = "## Step 2: move\n\n## Step 2: go\n\n## sell\n\nterm: 1-2 farms\n"
        root = vault(tmp_path, public=public, draft=f"---\nstatus: draft\n---\n## {shown}\n\n{shown}\n")
        output = write_vault({"index.html": f"<p>{shown}</p>"}, tmp_path / "out")
        assert bool(searched(root, output)) == leaks

    def test_how_often_a_word_stands_is_not_what_a_note_says(self, tmp_path: Path) -> None:
        """The index of the search gives each word a weight; "fathom 1" occurs nowhere."""
        root = vault(tmp_path, public="```\nfathom\n```", draft="---\nstatus: draft\n---\n## Fathom 1\n")
        output = write_vault({"index.html": "<h2>Fathom 1</h2>"}, tmp_path / "out")
        assert searched(root, output)

    @pytest.mark.parametrize(
        ("shown", "leaks"),
        [
            ("<td>walls settled</td>", True),
            ("<td>settled</td>", False),
            ("<td>the settled walls</td>", False),
        ],
    )
    def test_cells_of_tables_are_names(self, tmp_path: Path, shown: str, leaks: bool) -> None:
        """A cell has few words, each of which public notes have."""
        draft = "---\nstatus: draft\n---\n| x | the settled walls |\n|--|--|\n| x | walls settled |\n"
        root = vault(tmp_path, public="of the settled walls and", draft=draft)
        output = write_vault({"index.html": shown}, tmp_path / "out")
        assert bool(searched(root, output)) == leaks

    def test_the_number_of_a_section_is_not_a_time(self, tmp_path: Path) -> None:
        """The index of the search is full of small numbers."""
        root = vault(tmp_path, draft="---\nstatus: draft\n---\n#### 2.1.1.1 Noise\n", other="noise")
        output = write_vault({"search/tag.json": '{"a": [2, 1, 1, 1, 1]}'}, tmp_path / "out")
        assert searched(root, output) == []

    def test_the_program_has_files_and_folders_of_its_own(self, tmp_path: Path) -> None:
        """A draft that has the same name is not a leak."""
        root = vault(tmp_path)
        drafts = ("css/main.css.md", "Index.md", "archive.md")
        write_vault(dict.fromkeys(drafts, "---\nstatus: draft\n---\n"), root)
        theme = write_vault({"static/css/main.css": ""}, tmp_path / "theme")
        shown = '<link href="/theme/css/main.css?v=1"><a href="https://example.org/archive/index.html">x</a>'
        output = write_vault({"index.html": shown, "archive/index.html": "x"}, tmp_path / "out")
        assert searched(root, output, (theme,)) == []

    def test_an_address_is_not_a_word_of_the_theme(self, tmp_path: Path) -> None:
        """The theme says "whimsies", and has no page of that name."""
        root = vault(tmp_path)
        write_vault({"Whimsies.md": "---\nstatus: draft\n---\n"}, root)
        theme = write_vault({"t.html": "<b>whimsies</b>", "js/oddities.js": ""}, tmp_path / "theme")
        comment, style = "  /** Whimsies, oddities */", "b{c:1/whimsies 2}"
        write_vault({"js/x.js": f"x = 1\n{comment}\n", "a.css": style}, theme)
        shown = {
            "p": "<p>whimsies</p>",
            "js": comment,
            "css": style,
            "a": "<loc>https://example.org/whimsies/</loc>",
        }
        found = {
            kind: bool(searched(root, write_vault({"index.html": html}, tmp_path / kind), (theme,)))
            for kind, html in shown.items()
        }
        assert found == {"p": False, "js": False, "css": False, "a": True}


NAMES = "---\nstatus: draft\naliases: [Moko]\n---\n# To do\n\n> ## A1 B2\n\n## KPI\n\n## \u65e5\u8a18\n"
ALL_WORDS = "Recipes, a house, two farms, soup; do go to it, a1 or b2. Old files. \u8a18, \u65e5"


class TestShortNames:
    """What names a note and has few letters, or words that every note has."""

    @pytest.mark.parametrize(
        "shown",
        [
            "<p>recipes/soup</p>",
            '<a href="/Recipes/soup/">x</a>',
            '{"path": "recipes\\/soup.md"}',
            "<p>soup/Old files</p>",
            '<a href="/x/soup/old-files/">x</a>',
            '<img src="files/house.png">',
            '<h2 id="old-house-recipes-soup">x</h2>',
            "<p>farms (old) / soup</p>",
            '<a href="/farms-old/soup/">x</a>',
        ],
    )
    def test_paths(self, tmp_path: Path, shown: str) -> None:
        """Each part of the path is a word of public notes; that the one is in the other only the draft says."""
        root = vault(tmp_path, words=ALL_WORDS)
        draft = "---\nstatus: draft\n---\n"
        notes = ("Old house/Recipes soup.md", "Recipes/soup.md", "soup/Old files.md", "farms (old)/soup.md")
        write_vault({**dict.fromkeys(notes, draft), "files/house.png": png(color=7)}, root)
        found = searched(root, write_vault({"index.html": shown}, tmp_path / "out"))
        assert len(found) == 1

    @pytest.mark.parametrize(
        "shown",
        [
            '<a href="/recipes/house/">x</a><a href="/recipes/x.md">x</a>',
            '<a href="/archive/soup/">x</a>',
            '<a href="/farms-old/house/">x</a>',
            '<a href="/farms-old/">A house</a>',
            "<p>soup, recipes; and/or a house</p>",
        ],
    )
    def test_paths_of_public_notes(self, tmp_path: Path, shown: str) -> None:
        """Public notes in the same folders, folders of the program itself, and what is not a path."""
        root = vault(tmp_path, words=ALL_WORDS, soup="x")
        draft, public = "---\nstatus: draft\n---\n", "text"
        write_vault(
            {
                "Recipes/soup.md": draft,
                "archive/soup.md": draft,
                "Recipes/house.md": public,
                "Farms (old)/house.md": public,
                "Farms (old)/soup.md": draft,
                "Farms (old)/# a house.md": draft,
            },
            root,
        )
        assert searched(root, write_vault({"index.html": shown}, tmp_path / "out")) == []

    @pytest.mark.parametrize(
        "name",
        ["Old house.canvas", "Old house.base", "Old house.png", "Old house.csv", "Old house.excalidraw.md"],
    )
    def test_files_without_their_endings(self, tmp_path: Path, name: str) -> None:
        """So text_forms, drawings and captions are called."""
        root = vault(tmp_path, words=ALL_WORDS)
        write_vault({name: png(color=8) if name.endswith(".png") else "---\nstatus: draft\n---\n"}, root)
        output = write_vault({"index.html": "<p>x</p>\n<h2>Old house</h2>"}, tmp_path / "out")
        assert [problem.place.path for problem in searched(root, output)] == [name]

    @pytest.mark.parametrize("shown", ["To do", "a1-b2", "KPI", "moko", "\u65e5\u8a18", "\u65e5\u8a18\u306f"])
    def test_headings(self, tmp_path: Path, shown: str) -> None:
        """Of two words that are public, of three letters, in a quotation, in ideographs."""
        root = vault(tmp_path, words=ALL_WORDS, draft=NAMES)
        output = write_vault({"index.html": f"<p>x</p>\n<h2>{shown}</h2>"}, tmp_path / "out")
        found = searched(root, output)
        assert [problem.place.path for problem in found] == ["draft.md"]
        assert "index.html:2" in found[0].message


class TestNoFinds:
    """What only looks like a leak."""

    @pytest.mark.parametrize(
        ("public", "draft", "shown"),
        [
            ("## Node.js", "We use nodejs.", '<h2 id="nodejs">Node.js</h2>'),
            ("**b**old", "A bold plan.", "<p><b>b</b>old</p><p>bold</p>"),
            ("don't", "dont", '<a href="#dont">don\u2019t</a>'),
            (
                "Grammatik f\u00fcr alle",
                "gram f",
                '<a href="/gram%C3%A1tica-f%C3%BCr/">x</a>' * 0 + "Grammatik f&uuml;r alle",
            ),
            (
                "Memory (main) areas of it",
                "The memory main areas of",
                '<h2 id="memory-main-areas-of-it">x</h2>',
            ),
            ("date", "In January and on a Monday.", "<time>January</time> Monday"),
            ("## Two of it", "(Two of it)", "<p>see: Two of it</p>"),
            (
                "# Seven lamps are lit",
                "shines beside: seven lamps are",
                "<p>Shines beside: Seven lamps are lit</p>",
            ),
            (
                "lamps, of the tags, kind",
                "kind:: lamps\n\nthe tags:: lamps",
                "<p>shares the tags lamps</p>",
            ),
            ("due:: 2022-02-17", "In February 2022.", "<h3>February 2022</h3>"),
            ("this page", "same:: [[x|that]]", "<p>breadcrumbs that this page</p>"),
            ("text", "# aaa", "<p>an aaa b</p>"),
            ("text", "# 18:39", '{"to": [17, 18, 39]}<p>18 39</p>'),
            ("text", "A publicnote has 1234 of 5678 and 90.", "<p>1234 of 5678</p>"),
            ("text", "Next comes the graph of a breadcrumb.", '<nav class="breadcrumbs">Graph</nav>'),
        ],
    )
    def test_what_the_program_makes_of_public_text_is_not_a_leak(
        self, tmp_path: Path, public: str, draft: str, shown: str
    ) -> None:
        """Ids, formatting, dates, numbers, and words of the theme, which drafts have too."""
        root = vault(tmp_path, public=public, draft=f"---\nstatus: draft\n---\n{draft}\n")
        theme = write_vault(
            {"t.html": "breadcrumbs breadcrumb graph next comes {{ x }} that <p>shines beside: {{ y }}</p>"},
            tmp_path / "theme",
        )
        output = write_vault({"index.html": shown}, tmp_path / "out")
        assert searched(root, output, (theme,)) == []

    def test_a_draft_that_repeats_a_public_note_is_not_a_leak(self, tmp_path: Path) -> None:
        """A second version of a text has most of its sentences."""
        text = "The long and winding road to a new house, with [[On houses|many]] **bends** and a `turn`.\n"
        root = vault(tmp_path, road=text, road2=f"---\nstatus: draft\n---\n{text}")
        shown = "<p>The long and winding road to a new house, with <a>many</a> <strong>bends</strong> and a <code>turn</code>.</p>"
        assert searched(root, write_vault({"index.html": shown}, tmp_path / "out")) == []

    def test_words_of_a_published_attachment_are_public(self, tmp_path: Path) -> None:
        """A drawing that a public note shows says what it says."""
        root = vault(tmp_path, drawing="![[drawing.svg]]")
        write_vault({"drawing.svg": "<svg><text>Brockhaus</text></svg>"}, root)
        output = write_vault({"drawing.svg": "<svg><text>Brockhaus</text></svg>"}, tmp_path / "out")
        assert searched(root, output) == []
