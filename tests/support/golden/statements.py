"""What a golden case can say of a page, or of the body on it.

`css` is a selector; texts have runs of white space as one blank. One text or selector may stand for a
list of one.

  text           the whole text; or {css: text of the first match, or list: texts of all matches}
  contains       texts that are there; `without`: texts that are not
  text_once      texts that are there exactly once
  exact          {css: text of the first match, character by character}
  code, spans    texts of all code blocks, of all inline code, character by character
  tex            TeX sources of all `.math` elements (MA-3)
  has, lacks     selectors with at least one match, with none
  count          {css: number of matches}
  attr           {css: {attribute: value, null when it must be absent}}, of the first match
  links          {css: target of the first match, or list: targets of all matches}
  leads          {css: target or targets}: at least one match leads there
  lacks_link     pages that no link leads to
  order          {css: pages}: the first links to these pages come in this order
  tags           the `rel="tag"` links, as a set of names without `#`
  rel            {relation: entries in order}; an entry is a page, `page implied`, or `unresolved text`
  trails         lists of pages, root first
  footnote_numbers     the numbers of all footnote references, in order
  footnotes_link_back  true: every footnote reference has a link back to it

A target is a page (it must exist); `page#id` also checks the fragment, `page#=text` that the fragment
leads to an element whose text starts so, `page#` that there is no fragment. `#=text` is on the page
itself. `file:path` is a copied file, `as is:href` an address left as it was written.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from selectolax.lexbor import LexborNode

from tests.support.built_site import BuiltPage, BuiltSite, relation_items
from tests.support.golden.contract import SCHEME
from tests.support.markup import ancestors, attribute, exact_text, select, squeeze, visible_text

Statement = Callable[[BuiltSite, BuiltPage, LexborNode, Any], None]


def _text(_site: BuiltSite, _page: BuiltPage, scope: LexborNode, value: Any) -> None:
    if not isinstance(value, Mapping):
        assert visible_text(scope) == squeeze(str(value)), f"the text is {visible_text(scope)!r}"
        return
    for css, wanted in value.items():
        found = [visible_text(node) for node in select(scope, css)]
        if not isinstance(wanted, list):
            assert found, f"no {css} in {_html(scope)}"
            found = found[:1]
        assert found == [squeeze(str(text)) for text in _list(wanted)], f"{css} in {_html(scope)}"


def _contains(_site: BuiltSite, _page: BuiltPage, scope: LexborNode, value: Any) -> None:
    text = visible_text(scope)
    for wanted in _list(value):
        assert squeeze(str(wanted)) in text, f"{wanted!r} is not in {text!r}"


def _without(_site: BuiltSite, _page: BuiltPage, scope: LexborNode, value: Any) -> None:
    text = visible_text(scope)
    for unwanted in _list(value):
        assert squeeze(str(unwanted)) not in text, f"{unwanted!r} is in {text!r}"


def _text_once(_site: BuiltSite, _page: BuiltPage, scope: LexborNode, value: Any) -> None:
    text = visible_text(scope)
    for wanted in _list(value):
        assert text.count(wanted) == 1, f"{wanted!r} in {text!r}"


def _exact(_site: BuiltSite, _page: BuiltPage, scope: LexborNode, value: Any) -> None:
    for css, wanted in value.items():
        nodes = select(scope, css)
        assert nodes, f"no {css} in {_html(scope)}"
        assert exact_text(nodes[0]) == str(wanted).removesuffix("\n"), f"the text is {exact_text(nodes[0])!r}"


def _code(_site: BuiltSite, _page: BuiltPage, scope: LexborNode, value: Any) -> None:
    found = [exact_text(node) for node in select(scope, "pre")]
    assert found == [str(text).removesuffix("\n") for text in value], f"the code is {found}"


def _spans(_site: BuiltSite, _page: BuiltPage, scope: LexborNode, value: Any) -> None:
    found = [node.text(deep=True) for node in select(scope, "code:not(pre code)")]
    assert found == [str(text) for text in value], f"the code is {found}"


def _tex(_site: BuiltSite, _page: BuiltPage, scope: LexborNode, value: Any) -> None:
    formulas = select(scope, ".math")
    assert len(formulas) == len(value), f".math in {_html(scope)}"
    for node, wanted in zip(formulas, value, strict=True):
        sources = [node.text(deep=True), attribute(node, "data-tex")]
        sources += [attribute(inner, "data-tex") for inner in select(node, "[data-tex]")]
        sources += [inner.text(deep=True) for inner in select(node, "annotation")]
        texts = {source.strip() for source in sources if source is not None}
        assert str(wanted).strip() in texts, f"{wanted!r} is not in {node.html}"


def _has(_site: BuiltSite, _page: BuiltPage, scope: LexborNode, value: Any) -> None:
    for css in _list(value):
        assert select(scope, css), f"no {css} in {_html(scope)}"


def _lacks(_site: BuiltSite, _page: BuiltPage, scope: LexborNode, value: Any) -> None:
    for css in _list(value):
        assert not select(scope, css), f"unwanted {css} in {_html(scope)}"


def _count(_site: BuiltSite, _page: BuiltPage, scope: LexborNode, value: Any) -> None:
    for css, number in value.items():
        assert len(select(scope, css)) == number, f"{css} in {_html(scope)}"


def _attr(_site: BuiltSite, _page: BuiltPage, scope: LexborNode, value: Any) -> None:
    for css, wanted in value.items():
        nodes = select(scope, css)
        assert nodes, f"no {css} in {_html(scope)}"
        for name, text in wanted.items():
            expected = None if text is None else str(text)
            assert attribute(nodes[0], name) == expected, f"{name} of {nodes[0].html}"


def _links(site: BuiltSite, page: BuiltPage, scope: LexborNode, value: Any) -> None:
    for css, wanted in value.items():
        nodes = select(scope, css)
        assert nodes, f"no {css} in {_html(scope)}"
        if isinstance(wanted, list):
            assert len(nodes) == len(wanted), f"{css} in {_html(scope)}"
        for node, target in zip(nodes, _list(wanted), strict=False):
            _check_link(site, page, node, str(target))


def _leads(site: BuiltSite, page: BuiltPage, scope: LexborNode, value: Any) -> None:
    for css, wanted in value.items():
        nodes = select(scope, css)
        for target in _list(wanted):
            assert any(_leads_to(site, page, node, target) for node in nodes), (
                f"{css} to {target}: {_html(scope)}"
            )


def _leads_to(site: BuiltSite, page: BuiltPage, node: LexborNode, target: str) -> bool:
    try:
        _check_link(site, page, node, target)
    except AssertionError:
        return False
    return True


def _check_link(site: BuiltSite, page: BuiltPage, node: LexborNode, wanted: str) -> None:
    href = next(
        (text for name in ("href", "src", "data") if (text := attribute(node, name)) is not None), None
    )
    assert href is not None, f"no address in {node.html}"
    if wanted.startswith("as is:"):
        assert href == wanted.removeprefix("as is:")
        return
    target = site.target(page, href)
    if wanted.startswith("file:"):
        assert target.url == "/" + wanted.removeprefix("file:")
        return
    title = wanted.startswith("= ") and "#=" not in wanted
    key, hash_sign, fragment = (wanted, "", "") if title else wanted.partition("#")
    assert target.url == site.page(key or page.url).url, f"{href!r} leads elsewhere"
    if fragment.startswith("="):
        text = visible_text(site.anchor(target))
        assert text.startswith(fragment[1:]), f"{href!r} leads to {text!r}"
    elif hash_sign:
        assert target.fragment == fragment, f"the fragment of {href!r} should be {fragment!r}"
        if fragment:
            site.anchor(target)


def _lacks_link(site: BuiltSite, page: BuiltPage, scope: LexborNode, value: Any) -> None:
    for key in _list(value):
        unwanted = site.page(key).url
        assert unwanted not in _targets(site, page, select(scope, "a[href]")), f"a link to {unwanted}"


def _order(site: BuiltSite, page: BuiltPage, scope: LexborNode, value: Any) -> None:
    for css, keys in value.items():
        wanted = [site.page(key).url for key in keys]
        found = dict.fromkeys(url for url in _targets(site, page, select(scope, css)) if url in wanted)
        assert list(found) == wanted, f"order of {css} in {page.file}: {list(found)}"


def _targets(site: BuiltSite, page: BuiltPage, links: list[LexborNode]) -> list[str]:
    addresses = [attribute(link, "href") or "" for link in links]
    return [site.target(page, address).url for address in addresses if not SCHEME.match(address)]


def _tags(_site: BuiltSite, _page: BuiltPage, scope: LexborNode, value: Any) -> None:
    nodes = select(scope, 'a[rel~="tag"][href]')
    found = {visible_text(node).removeprefix("#") for node in nodes}
    assert found == {str(name) for name in value}, f"the tags are {sorted(found)}"


def _rel(site: BuiltSite, page: BuiltPage, scope: LexborNode, value: Any) -> None:
    for name, wanted in value.items():
        elements = select(scope, f'[data-rel="{name}"]')
        if not wanted:
            assert not any(relation_items(element) for element in elements), f"{name} in {page.file}"
            continue
        assert len(elements) == 1, f"{len(elements)} lists for {name} in {page.file}"
        found = [_entry(site, page, item) for item in relation_items(elements[0])]
        assert found == [_wanted_entry(site, text) for text in wanted], f"{name} of {page.file} is {found}"


def _entry(site: BuiltSite, page: BuiltPage, item: LexborNode) -> str:
    places = [item, *select(item, "a[href], .unresolved")]
    link = next((node for node in places if node.tag == "a" and attribute(node, "href") is not None), None)
    if link is None:
        unresolved = next(
            (node for node in places if "unresolved" in (attribute(node, "class") or "").split()), None
        )
        assert unresolved is not None, f"no link in {item.html}"
        return f"unresolved {visible_text(unresolved)}"
    row = next((node for node in ancestors(link) if node.tag == "li"), None)
    marked = [
        node for node in (link, row) if node is not None and attribute(node, "data-implied") is not None
    ]
    return site.target(page, attribute(link, "href") or "").url + (" implied" if marked else "")


def _wanted_entry(site: BuiltSite, text: str) -> str:
    if text.startswith("unresolved "):
        return text
    key = text.removesuffix(" implied")
    return site.page(key).url + text[len(key) :]


def _trails(site: BuiltSite, page: BuiltPage, scope: LexborNode, value: Any) -> None:
    found = [
        [site.target(page, attribute(link, "href") or "").url for link in select(trail, "a[href]")]
        for trail in select(scope, "[data-trail]")
    ]
    assert found == [[site.page(key).url for key in trail] for trail in value], (
        f"trails of {page.file}: {found}"
    )


def _footnote_numbers(_site: BuiltSite, _page: BuiltPage, scope: LexborNode, value: Any) -> None:
    found = [re.sub(r"\D", "", visible_text(node)) for node in select(scope, "sup a[href]")]
    assert found == [str(number) for number in value], f"the numbers are {found}"


def _footnotes_link_back(_site: BuiltSite, _page: BuiltPage, scope: LexborNode, _value: Any) -> None:
    back = {attribute(node, "href") for node in select(scope, "a[href^='#']")}
    for node in select(scope, "sup a[href]"):
        ids = {attribute(place, "id") for place in (node, node.parent) if place is not None} - {None}
        assert any(f"#{name}" in back for name in ids), f"nothing leads back to {node.html}"


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _html(scope: LexborNode) -> str:
    html = scope.html or ""
    return html if len(html) < 3000 else html[:3000] + "…"


STATEMENTS: Mapping[str, Statement] = {
    "text": _text,
    "contains": _contains,
    "without": _without,
    "text_once": _text_once,
    "exact": _exact,
    "code": _code,
    "spans": _spans,
    "tex": _tex,
    "has": _has,
    "lacks": _lacks,
    "count": _count,
    "attr": _attr,
    "links": _links,
    "leads": _leads,
    "lacks_link": _lacks_link,
    "order": _order,
    "tags": _tags,
    "rel": _rel,
    "trails": _trails,
    "footnote_numbers": _footnote_numbers,
    "footnotes_link_back": _footnotes_link_back,
}
