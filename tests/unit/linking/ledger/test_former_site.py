"""The addresses of a former site, and the pages that have taken their place (PB-6)."""

import pytest

from garden.linking.ledger.former_site import FormerSite
from garden.linking.snapshot import Snapshot
from garden.model.ledger import LineKey
from garden.model.names import Url
from tests.support.vault import read_vault

NOTES = {
    "posts/2020-01-05 My First Post.md": "---\ntags: [Überblick, Machine Learning, a/b]\ncategory: Blog Post\nauthor: Ann B\n---\ntext",
    "x.md": '---\ntitle: "What\'s new? Café & naïve"\n---\ntext',
    "slugged.md": "---\nslug: deep/Written Slug\n---\ntext",
    "aliased.md": "---\naliases: [Other Name]\n---\nup:: [[The Hub]]",
    "one/same.md": "text",
    "two/same.md": "text",
    "draft.md": "---\nstatus: draft\n---\ntext",
    "other.md": "---\ntitle: Draft\n---\ntext",
    "index.md": "text",
}


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """The vault that the addresses are of."""
    return read_vault(NOTES)


@pytest.mark.parametrize(
    ("old", "kind", "name"),
    [
        ("2020/01/05/my-first-post/", "note", "posts/2020-01-05 My First Post.md"),
        ("blog/My_First_Post.html", "note", "posts/2020-01-05 My First Post.md"),
        ("2020-01-05-my-first-post.php", "note", "posts/2020-01-05 My First Post.md"),
        ("whats-new-cafe-naive.html", "note", "x.md"),
        ("What-s-new-Café-naïve/", "note", "x.md"),
        ("X/index.html", "note", "x.md"),
        ("written-slug.html", "note", "slugged.md"),
        ("other-name/", "note", "aliased.md"),
        ("wiki/the-hub/", "hub", "the hub"),
        ("old/one/same.html", "note", "one/same.md"),
        ("tag/uberblick.html", "tag", "überblick"),
        ("tags/machine-learning/page/3/", "tag", "machine learning"),
        ("tags/a/b/", "tag", "a/b"),
        ("category/blog-post.html", "category", "blog post"),
        ("authors/ann-b/", "author", "ann b"),
        ("index.html", "page", ""),
        ("page/2/", "page", ""),
        ("index3.html", "page", ""),
        ("archives.html", "page", "archive/"),
        ("2019/", "page", "archive/"),
        ("2019/05/index.html", "page", "archive/"),
        ("tags.html", "page", "tags/"),
        ("categories.html", "page", "categories/"),
        ("feeds/all.rss.xml", "page", "feeds/all.atom.xml"),
        ("feed/", "page", "feeds/all.atom.xml"),
        ("blog/index.xml", "page", "feeds/all.atom.xml"),
    ],
)
def test_what_an_address_means(snapshot: Snapshot, old: str, kind: str, name: str) -> None:
    """The name of a note below dates, a tag, a category, a list, a feed."""
    page, near = FormerSite(snapshot).match(Url(old))
    assert page is not None
    assert (page.kind, page.name.replace("-", " ") if kind == "tag" else page.name, near) == (kind, name, "")


@pytest.mark.parametrize(
    ("old", "near"),
    [
        ("same.html", "/same/"),  # two notes are called so
        ("draft.html", "/other/"),  # an unpublished note may be meant
        ("my-frist-post.html", "/2020-01-05-my-first-post/"),
        ("tag/machine-learnings.html", "/tags/machine-learning/"),
        ("category/nothing-like-it/", ""),
        ("something-else-entirely/", ""),
        ("images/x.png", ""),
    ],
)
def test_nope_what_is_not_certain_is_only_proposed(snapshot: Snapshot, old: str, near: str) -> None:
    """A wrong guess would be worse than a page that is not found."""
    assert FormerSite(snapshot).match(Url(old)) == (None, near)


def test_an_empty_vault_has_lists() -> None:
    """Nothing else is found in it."""
    former = FormerSite(read_vault({}))
    assert former.match(Url("archives.html")).page == LineKey("page", "archive/")
    assert former.match(Url("a.html")) == (None, "")
    assert former.match(Url("tag/a.html")) == (None, "")
