"""Generated files: valid in their format, without anything that is not published."""

import json
from pathlib import Path
from xml.etree import ElementTree as etree

import pytest

from garden.model.names import SaveAs, Url
from garden.model.note import Status
from garden.model.pages.page import Artifact, PlainPage
from garden.model.settings import RelationField
from garden.rendering.catalog import Catalog
from garden.rendering.files.attachments import attachments
from garden.rendering.files.concepts import concepts
from garden.rendering.files.feeds import feeds
from garden.rendering.files.graph import graph
from garden.rendering.files.llms import llms
from garden.rendering.files.previews import preview
from garden.rendering.files.robots import robots
from garden.rendering.files.sitemap import sitemap
from garden.rendering.files.stylesheet import stylesheet
from garden.rendering.pages.all import generated_pages
from garden.rendering.pages.map import map_drawing
from garden.rendering.pages.site import site_view
from tests.support.vault import Vault

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def list_addresses(catalog: Catalog) -> list[Url]:
    """The addresses of list pages that search engines may know."""
    pages = (page for make in generated_pages(catalog).values() for page in make())
    return [page.url for page in pages if not isinstance(page, PlainPage) and page.head.indexable]


@pytest.fixture
def garden(vault: Vault) -> Vault:
    """Three published notes, one hidden, one draft."""
    vault.set(site_url="https://example.org/docs", base="/docs", site_name="A & B")
    vault.files = ["x.png", "unused.png"]
    vault.note(
        "a.md",
        "<p>",
        "[[b]]",
        "![[x.png]]",
        "</p>",
        date="2023-01-17",
        relations=["up:: [[top]]"],
        category="C c",
    )
    vault.note("b.md", "x\x07", title="B <b>", date="2023-02-01T10:00:00+02:00", plain="First\npara.\nSecond")
    vault.note("c.md")
    vault.note("veiled.md", status=Status.HIDDEN, date="2024-01-01", relations=["up:: [[top]]"])
    vault.note("draft.md", status=Status.DRAFT, date="2024-01-01", relations=["up:: [[secret-hub]]"])
    return vault


def previews(vault: Vault) -> list[Artifact]:
    catalog = vault.catalog()
    return [preview(catalog, node) for node in catalog.snapshot.addresses]


def everything(vault: Vault) -> list[Artifact]:
    catalog = vault.catalog()
    return [
        *feeds(catalog, vault.body),
        *sitemap(catalog, list_addresses(catalog)),
        robots(vault.settings),
        graph(catalog),
        concepts(catalog),
        llms(catalog),
        *previews(vault),
        *attachments(catalog.snapshot),
    ]


def test_pb_3_no_artifact_names_what_is_not_published(garden: Vault) -> None:
    """A hidden note is only in its own preview (PB-2)."""
    for artifact in everything(garden):
        text = artifact.save_as + artifact.content.decode() + artifact.source
        assert "draft" not in text
        assert "secret" not in text
        assert "veiled" not in text or artifact.save_as == "veiled/preview.html"


def test_the_sitemap_has_every_listed_page(garden: Vault) -> None:
    """Pages that are the theme's own are left out."""
    catalog = garden.catalog()
    (artifact,) = sitemap(catalog, list_addresses(catalog))
    found = {
        url.findtext(f"{MAP}loc"): url.findtext(f"{MAP}lastmod") for url in etree.fromstring(artifact.content)
    }
    assert found["https://example.org/docs/a/"] == "2023-01-17"
    assert "https://example.org/docs/top/" in found
    assert "https://example.org/docs/404.html" not in found


def test_fm_18_the_sitemap_leaves_out_what_its_author_keeps_from_search_engines(garden: Vault) -> None:
    """So it does with tags of one note, whose pages say little (TG-5)."""
    garden.note("d.md", robots="noindex, nofollow", tags=["rare", "common"])
    garden.note("e.md", tags=["common"])
    garden.set(tag_page_minimum=2)
    catalog = garden.catalog()
    (artifact,) = sitemap(catalog, list_addresses(catalog))
    text = artifact.content.decode()
    assert "/docs/d/<" not in text
    assert "/docs/e/<" in text
    assert "/docs/tags/common/<" in text
    assert "/docs/tags/rare/<" not in text


def test_list_pages_are_as_new_as_their_newest_note(garden: Vault) -> None:
    """A change of a note counts more than its date; a page without dates has none."""
    garden.note("d.md", date="2023-05-01", modified="2024-02-03", tags=["new"])
    garden.note("e.md", tags=["undated"])
    garden.set(tag_page_minimum=1)
    catalog = garden.catalog()
    (artifact,) = sitemap(catalog, list_addresses(catalog))
    found = {
        url.findtext(f"{MAP}loc"): url.findtext(f"{MAP}lastmod") for url in etree.fromstring(artifact.content)
    }
    start = "https://example.org/docs/"
    assert [found[start + page] for page in ("", "map/", "tags/new/")] == ["2024-02-03"] * 3
    assert found[f"{start}tags/undated/"] is None


def test_the_sitemap_names_a_note_in_all_its_languages(garden: Vault) -> None:
    """Each of them names all (TI-7)."""
    garden.note("d.md", slug="one")
    garden.note("f.md", slug="one", lang="fr")
    catalog = garden.catalog()
    (artifact,) = sitemap(catalog, list_addresses(catalog))
    links = etree.fromstring(artifact.content).iter("{http://www.w3.org/1999/xhtml}link")
    found = [(link.get("rel"), link.get("hreflang"), link.get("href")) for link in links]
    start = "https://example.org/docs/"
    assert found == [("alternate", "en", f"{start}one/"), ("alternate", "fr", f"{start}fr/one/")] * 2


def test_robots_name_the_sitemap(garden: Vault) -> None:
    """Only a full address is allowed there."""
    assert b"Sitemap: https://example.org/docs/sitemap.xml" in robots(garden.settings).content


def test_graph_data_is_stable_and_complete(garden: Vault) -> None:
    """One direction of each pair of inverses, links in the text as mentions."""
    data = json.loads(graph(garden.catalog()).content)
    titles = [node["t"] for node in data["nodes"]]
    links = {
        (titles[source], titles[target], data["relations"][kind]) for source, target, kind in data["links"]
    }
    assert titles == ["a", "B <b>", "c", "top"]
    assert links == {("a", "top", "up"), ("a", "B <b>", "mention")}
    assert data["branches"] == ["top"]
    assert [node["b"] for node in data["nodes"]] == [0, -1, -1, 0]
    assert graph(garden.catalog()) == graph(garden.catalog())


def test_the_graph_distinguishes_what_is_below_a_top_that_most_notes_are_in(vault: Vault) -> None:
    """Such a top stays for what is right in it; notes without a hierarchy are in the branch of their folder."""
    vault.note("a.md", relations=["up:: [[Top]]"])
    for number in range(3):
        vault.note(f"b{number}.md", relations=["up:: [[a]]"])
    vault.note("things/x.md")
    vault.note("y.md")
    data = json.loads(graph(vault.catalog()).content)
    branches = {node["t"]: data["branches"][node["b"]] if node["b"] >= 0 else "" for node in data["nodes"]}
    assert branches == {"Top": "Top", "a": "a", "b0": "a", "b1": "a", "b2": "a", "x": "things", "y": ""}


def test_previews_hold_trail_title_and_first_paragraph(garden: Vault) -> None:
    """A hub's preview names its children."""
    made = {str(artifact.save_as): artifact.content.decode() for artifact in previews(garden)}
    frame = '<article lang="en" dir="ltr">'
    assert made["b/preview.html"] == frame + "<h2>B &lt;b&gt;</h2><p>First</p></article>\n"
    assert made["a/preview.html"].startswith(frame + '<p class="preview-trail">top</p><h2>a</h2>')
    assert '<img src="/docs/x.png"' in made["a/preview.html"]
    assert made["top/preview.html"] == frame + "<h2>top</h2><ul><li>a</li></ul></article>\n"


def test_hc_6_only_referenced_files_are_copied(garden: Vault) -> None:
    """The source is the vault path."""
    assert list(attachments(garden.snapshot())) == [Artifact(SaveAs("x.png"), source="x.png")]


def test_llms_is_nested_like_the_tree(garden: Vault) -> None:
    """Loose notes come last; Markdown characters are escaped."""
    text = llms(garden.catalog()).content.decode()
    assert "# A & B\n" in text
    assert "- [top](https://example.org/docs/top/)\n  - [a](https://example.org/docs/a/)\n" in text
    assert "- [B \\<b\\>](https://example.org/docs/b/): First para. Second" in text


def test_concepts_speak_skos(garden: Vault) -> None:
    """`up` is broader, `down` narrower."""
    found = {concept["@id"]: concept for concept in json.loads(concepts(garden.catalog()).content)["@graph"]}
    assert found["https://example.org/docs/a/"]["skos:broader"] == [{"@id": "https://example.org/docs/top/"}]
    assert found["https://example.org/docs/top/"]["skos:narrower"] == [{"@id": "https://example.org/docs/a/"}]
    assert "https://example.org/docs/c/" not in found


def test_the_graph_knows_tags_and_names_of_relations(vault: Vault) -> None:
    """A nested tag counts for the tag above it; labels are those of the settings."""
    vault.note("a.md", tags=["one/two"])
    vault.note("b.md", tags=["one"])
    vault.note("c.md")
    data = json.loads(graph(vault.catalog()).content)
    named = [[data["tags"][number] for number in node.get("g", [])] for node in data["nodes"]]
    assert named == [["one", "one/two"], ["one"], []]
    assert data["labels"] == ["Part of", "Same topic", "Next", "Related", "mention"]
    assert len(data["labels"]) == len(data["relations"])


def test_the_stylesheet_is_one_file(tmp_path: Path) -> None:
    """Layers and media queries of the imports are kept."""
    css = tmp_path / "css"
    css.mkdir()
    (css / "main.css").write_text(
        '@layer a, b;\n@import url("a.css") layer(a);\n@import "p.css" print;\nb {}\n'
    )
    (css / "a.css").write_text("a { x: 1 }\n")
    (css / "p.css").write_text("p {}\n")
    made = stylesheet(tmp_path / "css" / "main.css", SaveAs("theme/css/main.css"))
    assert made.content.decode() == "@layer a, b;@layer a{a{ x:1 }}@media print{p{}}b{}\n"


def test_the_themes_styles_lose_what_no_browser_needs(tmp_path: Path) -> None:
    """Comments, indentation, line breaks; what is in a string stays, and so does a space that joins selectors."""
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "main.css").write_text(
        '/* About\nit. */\n.a\n  .b:hover {\n  content: "/* \\"  no: */";\n  color: red;\n}\n'
    )
    made = stylesheet(tmp_path / "css" / "main.css", SaveAs("main.css")).content.decode()
    assert made == '.a\n.b:hover{content:"/* \\"  no: */";color:red}\n'


def test_the_authors_style_sheets_follow_in_a_layer_of_their_own(tmp_path: Path) -> None:
    """So that a short rule of theirs wins over any of the theme's."""
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "main.css").write_text("@layer a;\n")
    own = [tmp_path / "one.css", tmp_path / "two.css"]
    for file in own:
        file.write_text(f".{file.stem} {{}}\n")
    made = stylesheet(tmp_path / "css" / "main.css", SaveAs("theme/css/main.css"), own)
    assert made.content.decode() == "@layer a;\n@layer own {\n.one {}\n}\n@layer own {\n.two {}\n}\n"


def test_the_site_view_has_ready_addresses(garden: Vault) -> None:
    """Templates compose no address."""
    site = site_view(garden.settings, version="1f")
    assert (site.home, site.map, site.feeds.atom) == ("/docs/", "/docs/map/", "/docs/feeds/all.atom.xml")
    assert site.stylesheet == "/docs/theme/css/main.css?v=1f"


def test_addresses_of_the_settings_are_below_the_path_of_the_site(garden: Vault) -> None:
    """One that begins with a slash is of the site, unless it has the path already or is another host's."""
    written = ("/me/", "/docs/me/", "/docs", "/", "//x.org/", "https://x.org/")
    garden.set(menu_links=tuple(("a", address) for address in written), footer_links=(("b", "/me/"),))
    site = site_view(garden.settings)
    shown = ["/docs/me/", "/docs/me/", "/docs", "/docs/", "//x.org/", "https://x.org/"]
    assert [link.href for link in site.menu_links] == shown
    assert [link.href for link in site.footer_links] == ["/docs/me/"]


def test_hc_9_odd_names_and_dates_stop_no_build(vault: Vault) -> None:
    """A file name that is not UTF-8 and the first day of the calendar are shown as well as can be."""
    vault.set(timezone="Asia/Tokyo")
    vault.note("bad\udcff.md", date="0001-01-01", relations=["up:: [[top]]"])
    made = {str(artifact.save_as): artifact.content for artifact in everything(vault)}
    assert b"<updated>0001-01-01T00:00:00Z</updated>" in made["feeds/all.atom.xml"]
    assert b"bad?" in made["llms.txt"]
    assert "bad\ufffd".encode() in map_drawing(vault.catalog()).content


def test_relations_of_ones_own_have_the_term_of_their_direction(vault: Vault) -> None:
    """One without direction is `related` where it is its own opposite, else there is no term for it."""
    vault.set(
        relations=(
            RelationField("parent", "Child of", "child", "up"),
            RelationField("child", "Has", "parent", "down"),
            RelationField("like", "Like", "like"),
            RelationField("needs", "Needs", "needed by"),
            RelationField("needed by", "Needed by", "needs"),
        )
    )
    vault.note("a.md", relations=["parent:: [[b]]", "like:: [[c]]", "needs:: [[d]]"])
    for name in "bcd":
        vault.note(f"{name}.md")
    found = {item["skos:prefLabel"]: item for item in json.loads(concepts(vault.catalog()).content)["@graph"]}
    assert sorted(found["a"].keys() - {"@id", "@type", "skos:prefLabel"}) == ["skos:broader", "skos:related"]
    assert "skos:narrower" in found["b"]
    assert "d" not in found
