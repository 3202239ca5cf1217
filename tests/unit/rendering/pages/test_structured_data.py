"""JSON-LD, held against schema.org's own definitions."""

import json
from typing import Any

import pytest

from garden.linking.relation import Node
from garden.model.names import VaultPath
from garden.model.note import TitledText
from garden.rendering.pages.all import node_view
from garden.rendering.pages.home import home_page
from tests.support.schema_org import complaints
from tests.support.vault import Vault


@pytest.fixture
def garden(vault: Vault) -> Vault:
    """A chain of two notes below a hub, the lower one below another hub, too."""
    vault.set(site_url="https://example.org/docs", base="/docs", site_name="S </script>", author="Ada")
    vault.note("up.md", relations=["up:: [[top]]"])
    vault.note(
        "a.md",
        relations=["up:: [[up]]", "up:: [[near]]"],
        title="</script><b>",
        date="2023-01-17",
        modified="2023-02-01T10:00:00+02:00",
        authors=("Grace",),
        tags=["one"],
        image_address="https://pictures.example/x.png",
        plain="It says this.",
    )
    return vault


def graph(vault: Vault, node: Node) -> list[dict[str, Any]]:
    page = node_view(vault.catalog(), vault.body, node).page
    assert "</" not in page.head.structured_data
    data = json.loads(page.head.structured_data)
    assert complaints(data) == []
    found: list[dict[str, Any]] = data["@graph"]
    return found


def test_a_note_is_an_article(garden: Vault) -> None:
    """With author, publisher, picture and dates."""
    article, crumbs = graph(garden, Node("note", VaultPath("a.md")))
    address = "https://example.org/docs/a/"
    assert (article["@type"], article["headline"], article["url"]) == ("Article", "</script><b>", address)
    assert article["mainEntityOfPage"] == {"@type": "WebPage", "@id": address}
    assert article["datePublished"] == "2023-01-17"
    assert article["dateModified"] == "2023-02-01T10:00:00+02:00"
    assert article["author"] == [
        {"@type": "Person", "name": "Grace", "url": "https://example.org/docs/author/grace/"}
    ]
    assert article["publisher"]["name"] == "Ada"
    assert article["image"] == {"@type": "ImageObject", "url": "https://pictures.example/x.png"}
    assert article["keywords"] == ["one"]
    names = [(item["position"], item["name"]) for item in crumbs["itemListElement"]]
    assert names == [(1, "near"), (2, "</script><b>")]


def test_a_note_without_author_is_the_sites(garden: Vault) -> None:
    """A site without an author is one itself."""
    (article, _) = graph(garden, Node("note", VaultPath("up.md")))
    assert [author["name"] for author in article["author"]] == ["Ada"]
    garden.set(author="")
    (article, _) = graph(garden, Node("note", VaultPath("up.md")))
    assert article["author"][0]["@type"] == "Organization"
    assert "datePublished" not in article


def test_questions_and_steps_are_data_of_their_own(vault: Vault) -> None:
    """Beside the article that answers and describes them."""
    vault.note(
        "a.md",
        questions=[TitledText("Why?", "Because </script>.")],
        steps=[TitledText("Begin", "Open it."), TitledText("End", "Close it.")],
    )
    article, questions, steps = graph(vault, Node("note", VaultPath("a.md")))
    assert [found["@type"] for found in (article, questions, steps)] == ["Article", "FAQPage", "HowTo"]
    assert questions["mainEntity"][0]["acceptedAnswer"]["text"] == "Because </script>."
    assert [(step["position"], step["name"]) for step in steps["step"]] == [(1, "Begin"), (2, "End")]
    assert steps["name"] == article["headline"]


def test_a_hub_is_a_collection(garden: Vault) -> None:
    """Nobody has written it."""
    node = next(node for node in garden.snapshot().addresses if node.kind == "hub")
    (collection,) = graph(garden, node)
    assert collection["@type"] == "CollectionPage"
    assert "author" not in collection


def test_the_home_page_is_the_web_site(garden: Vault) -> None:
    """Search engines take the site's name from there."""
    head = home_page(garden.catalog()).head
    data = json.loads(head.structured_data)
    assert complaints(data) == []
    assert (data["@type"], data["name"], data["url"]) == (
        "WebSite",
        "S </script>",
        "https://example.org/docs/",
    )
    assert head.canonical == "https://example.org/docs/"


def test_what_schema_org_does_not_define_is_complained_of() -> None:
    """The check itself: a type, a property and a value that do not exist."""
    assert complaints({"@type": "Artikel"})
    assert complaints({"@type": "Article", "headlin": "x"})
    assert complaints({"@type": "Article", "author": {"@type": "WebPage"}})
    assert complaints({"@type": "Article", "datePublished": "yesterday"})
