"""Keys with a meaning (FM-3, FM-6 to FM-8, FM-10, PB-1, TI)."""

import pytest

from garden.model.names import VaultPath
from garden.model.note import Status
from garden.model.settings import ReadingSettings
from garden.reading.frontmatter.dates import parse_date, stem_date
from garden.reading.frontmatter.read import FrontMatter, read_front_matter
from garden.reading.source import read_source
from garden.reading.tags import is_tag
from tests.support.vault import read_note


def read(yaml: str, path: str = "n.md", settings: ReadingSettings | None = None) -> FrontMatter:
    source = read_source(VaultPath(path), f"---\n{yaml}\n---\nBody".encode())
    return read_front_matter(source, settings or ReadingSettings())


def said(note: FrontMatter) -> list[str]:
    return [f"{problem.place.line}:{problem.place.column} {problem.code}" for problem in note.problems]


@pytest.mark.parametrize("key", ["title", "Title", "TITLE", "tItLe"])
def test_known_keys_are_read_in_any_case(key):
    """FM-3: the case of a key with a meaning does not matter."""
    assert read(f"{key}: T").meta.title == "T"


def test_texts_are_read_as_typed():
    """TI, FM-4: the plain text keys."""
    meta = read(
        "Title: '  A: b '\nSlug: My Slug\npermalink: /p/\nURL: u\nsave_as: s.html\n"
        "description: D\ncategory: C\nlang: de"
    ).meta
    assert (meta.title, meta.slug, meta.permalink, meta.url) == ("A: b", "My Slug", "/p/", "u")
    assert (meta.save_as, meta.summary, meta.category, meta.lang) == ("s.html", "D", "C", "de")


def test_a_title_is_one_line():
    """HC-2: a folded or literal title has no line ends."""
    assert read("title: |\n  a\n  b").meta.title == "a b"


@pytest.mark.parametrize("value", ["", "~", "[a, b]", "{{title}}", "'  '"])
def test_a_title_that_is_not_a_text_is_ignored(value):
    """TI-1 goes on with the heading or the stem."""
    assert read(f"title: {value}").meta.title == ""


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ann", ("Ann",)),
        ("Ann, Bob", ("Ann", "Bob")),
        ("'Doe, Ann; Roe, Bob'", ("Doe, Ann", "Roe, Bob")),
        ("[Ann, Ann, Bob]", ("Ann", "Bob")),
        ("", ()),
    ],
)
@pytest.mark.parametrize("key", ["author", "Authors"])
def test_authors_are_a_list_or_a_split_text(key, value, names):
    """Pelican's rule: semicolons separate, else commas."""
    assert read(f"{key}: {value}").meta.authors == names


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("A, B c ,", ("A", "B c")),
        ("\n  - A, B\n  - '#c'\n  - ", ("A, B", "#c")),
        ("[[A]]", ("[[A]]",)),
        ("~", ()),
    ],
)
@pytest.mark.parametrize("key", ["aliases", "alias"])
def test_aliases_are_a_list_or_split_at_commas(key, value, names):
    """FM-7: aliases are plain text."""
    assert read(f"{key}: {value}").meta.aliases == names


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("[a, b/c, d_e-f]", ["a", "b/c", "d_e-f"]),
        ("a, b c", ["a", "b-c"]),
        ("a b", ["a", "b"]),
        ("'#a #b'", ["a", "b"]),
        ("'#a, ,#'", ["a"]),
        ("\n  - '#x y'\n  -\n  - z/", ["x-y", "z"]),
        ("#a", []),
        ("2024w", ["2024w"]),
        ("größe 日本", ["größe", "日本"]),
    ],
)
@pytest.mark.parametrize("key", ["tags", "Tag"])
def test_tags_are_a_list_or_a_split_text(key, value, names):
    """FM-6: commas split, else spaces; `#`, empty items and spaces inside go."""
    note = read(f"{key}: {value}")
    assert ([tag.name for tag in note.meta.tags], said(note)) == (names, [])


@pytest.mark.parametrize(
    ("yaml", "place"),
    [
        ("tags: [ok, 2024]", "2:12"),
        ("tags:\n  - ok\n  - 'a.b'", "4:6"),
        ("tags: ok, (x)", "2:11"),
        ("tags: [ok, {a: b}]", "2:1"),
        ("tags: [ok, '##x']", "2:13"),
    ],
)
def test_what_is_not_a_tag_is_dropped(yaml, place):
    """FM-6, TG-2: `tag-invalid` at the item."""
    note = read(yaml)
    assert [tag.name for tag in note.meta.tags] == ["ok"]
    assert said(note) == [f"{place} tag-invalid"]


def test_tags_have_places():
    """DG-3: a tag has the place where it is written."""
    note = read('tags: a, b a\nTags: [x, "y z"]')
    places = [(tag.name, tag.place.line, tag.place.column) for tag in note.meta.tags]
    assert places == [("a", 2, 7), ("b-a", 2, 10), ("x", 3, 8), ("y-z", 3, 12)]


@pytest.mark.parametrize("text", ["a", "1a", "a/b", "_", "-", "ü", "日本", "🙂", "a-1_b"])
def test_tag_characters(text):
    """TG-2: nearly everything may be in a tag."""
    assert is_tag(text)


@pytest.mark.parametrize(
    "text", ["", "1984", "a b", "a.b", "a#", "a/", "(x)", "a\u2014b", "a\u2e3a", "a\x07"]
)
def test_what_cannot_be_a_tag(text):
    """TG-2: no spaces, no other punctuation, not digits alone."""
    assert not is_tag(text)


def test_the_last_of_two_equal_keys_counts():
    """FM-8: also in different case; the note is built."""
    note = read("title: A\nk: 1\nTitle: B\nK2: 1\nk2: '[[b]]'")
    assert note.meta.title == "B"
    assert dict(note.meta.properties) == {"k": 1, "Title": "B", "k2": "[[b]]"}
    assert said(note) == ["4:1 yaml-duplicate-key", "6:1 yaml-duplicate-key"]
    assert note.problems[0].related[0].line == 2


def test_links_of_a_value_that_does_not_count_are_ignored():
    """FM-8: an overwritten property says nothing."""
    assert [ref.raw for ref in read("source: '[[a]]'\nSource: '[[b]]'").meta.refs] == ["b"]


def test_tags_aliases_and_relations_given_twice_are_merged():
    """FM-8: nothing is lost of those."""
    note = read("tags: a\nTags: [b]\nalias: A\nAlias: B\nup: '[[x]]'\nUP: '[[y]]'")
    assert [tag.name for tag in note.meta.tags] == ["a", "b"]
    assert note.meta.aliases == ("A", "B")
    assert [ref.raw for ref in note.meta.refs] == ["x", "y"]
    assert said(note) == [f"{line}:1 yaml-duplicate-key" for line in (3, 5, 7)]


def test_tag_and_tags_are_two_keys():
    """FM-6 to FM-8: the synonyms are merged without a diagnostic."""
    note = read("tag: a\ntags: b\nalias: A\naliases: B")
    assert ([tag.name for tag in note.meta.tags], note.meta.aliases, said(note)) == (
        ["a", "b"],
        ("A", "B"),
        [],
    )


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2023-01-17", "2023-01-17"),
        ("2023-01-17 09:30", "2023-01-17T09:30:00"),
        ("2023-01-17T09:30:15", "2023-01-17T09:30:15"),
        ("2023-01-17T09:30:15.123Z", "2023-01-17T09:30:15Z"),
        ("2023-01-17T09:30+0100", "2023-01-17T09:30:00+01:00"),
        ("2023-01-17 09:30:15 -05:30", "2023-01-17T09:30:15-05:30"),
        (" 2024-02-29 ", "2024-02-29"),
    ],
)
def test_iso_dates_are_dates(written, iso):
    """FM-10: `T` or blank, optional seconds and zone."""
    date = parse_date(written)
    assert date is not None
    assert date.iso == iso


@pytest.mark.parametrize(
    "written",
    ["", "2023-1-7", "17.01.2023", "2023-02-29", "20230117", "2023-01-17T25:00", "2023-01-17T09", "0000-01-01",
     "2023-01-17x", "today", "2023-01-17T09:30+99:00", "٢٠٢٣-٠١-١٧"],
)  # fmt: skip
def test_anything_else_is_not_a_date(written):
    """FM-10: no guessing."""
    assert parse_date(written) is None


@pytest.mark.parametrize("value", ["2023-01-17", "'2023-01-17'", '"2023-01-17"'])
@pytest.mark.parametrize("key", ["date", "modified", "updated"])
def test_dates_may_be_quoted(key, value):
    """FM-10: quoted or not."""
    note = read(f"{key}: {value}")
    date = note.meta.date if key == "date" else note.meta.modified
    assert date is not None
    assert ((date.iso, date.year, date.month, date.day), said(note)) == (("2023-01-17", 2023, 1, 17), [])


@pytest.mark.parametrize("value", ["soon", "[2023-01-17]", "{{date}}", "17"])
def test_an_invalid_date_is_reported_and_the_stem_is_used(value):
    """FM-10, TI-5: `date-invalid` at the key, then the stem's leading date counts."""
    note = read(f"k: 1\nDate: {value}", "journal/2023-01-17 walk.md")
    assert note.meta.date is not None
    assert (note.meta.date.iso, said(note)) == ("2023-01-17", ["3:1 date-invalid"])


def test_an_empty_date_is_not_a_problem():
    """FM-5: a property may be empty."""
    note = read("date:\nmodified: ''")
    assert (note.meta.date, note.meta.modified, said(note)) == (None, None, [])


@pytest.mark.parametrize("stem", ["2023-01-171", "a 2023-01-17", "2023-13-01", "2023-01"])
def test_a_stem_without_leading_date_has_none(stem):
    """TI-5: only a real date at the start counts."""
    assert stem_date(stem) is None


def test_date_in_front_matter_beats_the_stem():
    """TI-5: `date`, else the stem."""
    date = read("date: 2020-02-02", "2023-01-17.md").meta.date
    assert date is not None
    assert date.iso == "2020-02-02"


@pytest.mark.parametrize(
    ("yaml", "status"),
    [
        ("k: 1", Status.PUBLISHED),
        ("status: published", Status.PUBLISHED),
        ("Status: ' Draft '", Status.DRAFT),
        ("STATUS: HIDDEN", Status.HIDDEN),
        ("status: [draft]", Status.DRAFT),
        ("status: [published]", Status.PUBLISHED),
        ("status: [published, hidden]", Status.HIDDEN),
        ("Status: Draft # later", Status.DRAFT),
        ("status: '[[Published]]'", Status.PUBLISHED),
        ("status: [['[[notes/Published|live]]']]", Status.PUBLISHED),
        ("status: [[Draft]]", Status.DRAFT),
        ("status: '[live](states/published.md)'", Status.PUBLISHED),
        ("status: |\n  draft", Status.DRAFT),
        ("publish: false", Status.DRAFT),
        ("publish: 'False'", Status.DRAFT),
        ("publish: true", Status.PUBLISHED),
        ("publish:", Status.PUBLISHED),
        ("publish: no", Status.DRAFT),
        ("publish: [false]", Status.DRAFT),
        ("publish: 0", Status.DRAFT),
        ("draft: yes", Status.DRAFT),
        ("draft: 'on'", Status.DRAFT),
        ("draft: 1", Status.DRAFT),
        ("draft: no", Status.PUBLISHED),
        ("published: false", Status.DRAFT),
        ("published: 'no'", Status.DRAFT),
        ("published: 2023-01-17", Status.PUBLISHED),
        ("published:", Status.PUBLISHED),
        ("Private: TRUE", Status.DRAFT),
        ("private:", Status.PUBLISHED),
        ("private: 3", Status.PUBLISHED),
        ("visibility: Private", Status.DRAFT),
        ("visibility: hidden", Status.HIDDEN),
        ("visibility: public", Status.PUBLISHED),
        ("unlisted: true", Status.HIDDEN),
        ("hidden: true", Status.HIDDEN),
        ("hidden: false", Status.PUBLISHED),
        ("hidden: true\nprivate: true", Status.DRAFT),
        ("public: false", Status.DRAFT),
        ("dg-publish: false", Status.DRAFT),
        ("isDraft: true", Status.DRAFT),
        ("is_private: yes", Status.DRAFT),
        ("private: ｔｒｕｅ", Status.DRAFT),
        ("permalink: false", Status.DRAFT),
        ("permalink: 'false'", Status.PUBLISHED),
        ("draft: true", Status.DRAFT),
        ("Draft: TRUE", Status.DRAFT),
        ("draft: false", Status.PUBLISHED),
        ("status: published\ndraft: true", Status.DRAFT),
        ("status: hidden\npublish: true", Status.HIDDEN),
    ],
)
def test_status(yaml, status):
    """PB-1: three keys decide, values in any case."""
    note = read(yaml)
    assert (note.meta.status, said(note)) == (status, [])


@pytest.mark.parametrize(
    "yaml",
    [
        "status: live",
        "status: true",
        "status:",
        "status: ''",
        "status: []",
        "status: [published, live]",
        "status: {is: published}",
        "status: черновик",
        "status: ｐｕｂｌｉｓｈｅｄ",
        "status: 🌱 seedling",
        "publish: maybe",
        "draft: later",
        "draft: [true, false]",
    ],
)
def test_an_unknown_status_is_a_draft(yaml):
    """PB-1: fail closed, with `status-unknown` at the key."""
    note = read(f"title: T\n{yaml}")
    assert (note.meta.status, said(note)) == (Status.DRAFT, ["3:1 status-unknown"])


@pytest.mark.parametrize(
    ("yaml", "status"),
    [
        ("status: '[[Live]]'", Status.PUBLISHED),
        ("status: live", Status.PUBLISHED),
        ("status: 🌱", Status.HIDDEN),
        ("status: [🌱]", Status.HIDDEN),
        ("status: WIP", Status.DRAFT),
        ("staus: wip", Status.DRAFT),
    ],
)
def test_words_of_the_author_have_the_meaning_that_the_settings_give_them(yaml, status):
    """PB-1: `status_values`, compared by fold, links by the last part of their target."""
    own = (("[[Live]]", "published"), ("🌱", "hidden"), ("wip", "draft"))
    assert read(yaml, settings=ReadingSettings(status_values=own)).meta.status is status


@pytest.mark.parametrize(
    ("yaml", "status"),
    [
        ("staus: draft", Status.DRAFT),
        ("statuss: draft", Status.DRAFT),
        ("sattus: draft", Status.DRAFT),
        ("statsu: wip", Status.DRAFT),
        ("stetus: draft", Status.DRAFT),
        ("staus: hidden", Status.HIDDEN),
        ("State: draft", Status.DRAFT),
        ("drft: true", Status.DRAFT),
        ("drraft: yes", Status.DRAFT),
        ("darft: true", Status.DRAFT),
        ("pubish: false", Status.DRAFT),
        ("pulbihs: false", Status.DRAFT),
        ("publised: false", Status.DRAFT),
        ("privat: true", Status.DRAFT),
        ("metadata:\n  status: draft", Status.DRAFT),
        ("extra: {a: {draft: true}}", Status.DRAFT),
        ("title: T\n status:draft", Status.DRAFT),
        ("note: |\n  publish: false", Status.DRAFT),
    ],
)
def test_what_looks_like_a_status_and_would_hold_the_note_back_does(yaml, status):
    """PB-1b: a misspelt or misplaced key, with `status-near`."""
    note = read(yaml)
    assert (note.meta.status, [line.split()[1] for line in said(note)]) == (status, ["status-near"])


@pytest.mark.parametrize(
    "yaml",
    [
        "drift: true",
        "craft: true",
        "state: Texas",
        "state: open",
        "stats: 5",
        "stats: [draft, live]",
        "drifts: 3",
        "publisher: Penguin",
        "private_key: x",
        "tasks: [{status: draft}]",
        "metadata:\n  status: done",
        "status: published\nnote: |\n  status: draft",
        "text: of status",
        "# status: draft\nk: v",
    ],
)
def test_other_keys_hold_nothing_back(yaml):
    """PB-1b: another word, a value that says nothing, or a status that is plain."""
    note = read(yaml)
    assert (note.meta.status, [line for line in said(note) if "status" in line]) == (Status.PUBLISHED, [])


@pytest.mark.parametrize(
    ("key", "near"),
    [("tgas", "tags"), ("alises", "aliases"), ("titel", "title"), ("catgory", "category"), ("slgu", "slug")],
)
def test_an_unknown_key_near_a_known_one_is_named(key, near):
    """FM-16: one edit away."""
    note = read(f"k: v\n{key}: x")
    assert said(note) == ["3:1 key-near"]
    assert near in note.problems[0].help


@pytest.mark.parametrize(
    "key", ["name", "data", "text", "cover", "parent", "tagged", "x", "uri", "publisher"]
)
def test_other_unknown_keys_are_not(key):
    """FM-16, not: short words are near to many."""
    assert said(read(f"{key}: v")) == []


@pytest.mark.parametrize("key", ["created", "date created", "Creation Date"])
def test_a_creation_date_is_the_date(key):
    """FM-15: after `date`, before the stem."""
    assert read(f"{key}: 2020-02-02", "2023-01-17.md").meta.date == parse_date("2020-02-02")
    assert read(f"{key}: 2020-02-02\ndate: 2021-01-01").meta.date == parse_date("2021-01-01")


@pytest.mark.parametrize("key", ["lastmod", "last_modified", "date modified", "updated"])
def test_other_words_for_modified(key):
    """FM-15: after `modified`."""
    assert read(f"{key}: 2020-02-02").meta.modified == parse_date("2020-02-02")
    assert read(f"{key}: 2020-02-02\nmodified: 2021-01-01").meta.modified == parse_date("2021-01-01")


@pytest.mark.parametrize("number", ["1673950000", "1673950000123", "'1673950000'"])
def test_seconds_and_milliseconds_since_1970_are_dates(number):
    """FM-15: of 10 and 13 digits, in UTC."""
    note = read(f"created: {number}")
    assert note.meta.date is not None
    assert (note.meta.date.iso, said(note)) == ("2023-01-17T10:06:40Z", [])


@pytest.mark.parametrize("number", ["167395000", "20230117", "16739500001"])
def test_other_numbers_are_not_dates(number):
    """FM-15, not."""
    assert said(read(f"date: {number}")) == ["2:1 date-invalid"]


@pytest.mark.parametrize("url", ["https://example.org/x", "mailto:me@example.org", "zotero://select/1"])
def test_an_address_elsewhere_is_a_property(url):
    """TI-8: `url` and `save_as` with a scheme are the author's."""
    meta = read(f"url: {url}\nsave_as: {url}").meta
    assert (meta.url, meta.save_as, meta.properties["url"]) == ("", "", url)


@pytest.mark.parametrize("url", ["x/y", "C:/x", "../x"])
def test_other_addresses_are_addresses(url):
    """TI-8, not: PB-5 deals with these."""
    assert read(f"url: {url}").meta.url == url


@pytest.mark.parametrize("status", list(Status))
def test_the_default_status_is_a_setting(status):
    """PB-1: absent means the configured default, with front matter and without."""
    settings = ReadingSettings(default_status=status.value)
    bare = read_front_matter(read_source(VaultPath("n.md"), b"Body"), settings)
    assert (read("title: T", settings=settings).meta.status, bare.meta.status) == (status, status)


def test_messages_are_one_line():
    """DG-2: whatever a value holds, a message stays on one line and short."""
    note = read('"date\\n": 1\ntags: ["a\\nb.c"]\nup: "[[x]] ' + "y\\n" * 500 + '"')
    assert note.problems
    assert all("\n" not in problem.message and len(problem.message) < 200 for problem in note.problems)


@pytest.mark.parametrize(
    ("front", "raw", "address"),
    [
        ("image: pictures/x.png", "pictures/x.png", ""),
        ('image: "[[x.png]]"', "x.png", ""),
        ("cover: '![](y%20z.jpg)'", "y%20z.jpg", ""),
        ("banner: https://example.org/x.png", "", "https://example.org/x.png"),
        ("image: '#ff0000'\nCover: c.webp", "c.webp", ""),
        ("image:\n  - one.png\n  - two.png", "one.png", ""),
        ("up: '[[a]]'\nimage: x.png", "x.png", ""),
        ("image: true", "", ""),
        ("image:", "", ""),
        ("image: javascript:alert(1)", "", ""),
        ("image: {a: b}", "", ""),
    ],
)
def test_fm_17_a_note_may_name_its_picture(front: str, raw: str, address: str) -> None:
    """As a path, as a link or on another site; whatever else such a key holds says nothing."""
    document = read_note(f"---\n{front}\n---\n![[other.png]]")
    index = document.meta.image_ref
    assert (document.refs[index].raw if index is not None else "") == raw
    assert document.meta.image_address == address


@pytest.mark.parametrize(
    ("front", "wanted"),
    [
        ("", ""),
        ("robots: noindex, NoFollow", "noindex, nofollow"),
        ("robots: 'max-image-preview: large'", "max-image-preview:large"),
        ("noindex: true", "noindex"),
        ("noindex: false", ""),
        ("robots: no-index", "noindex"),
        ("robots: <b>", "noindex"),
        ("robots: nofollow\nnoindex: yes", "nofollow, noindex"),
    ],
)
def test_fm_18_search_engines_are_asked_what_the_note_says(front: str, wanted: str) -> None:
    """A word that is not known keeps the note out of them."""
    assert read_note(f"---\n{front}\n---\ntext").meta.robots == wanted
