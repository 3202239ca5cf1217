"""Templates mean the same whether Jinja renders them by its own code or by ours."""

from pathlib import Path
from typing import Any

import jinja2
import pytest
from markupsafe import Markup

from garden.hosts.pelican.templates.compiling import NotQuickError
from garden.hosts.pelican.templates.engine import Message, escaped, quick_environment
from garden.model.pages.entries import Link
from tests.support.building import ROOT

_THEME = ROOT / "theme/templates"

_TEMPLATES = {
    "macros.html": """
{% macro plain(a, b="<b>") %}{{ a }}{{ b }}{{ shout("x") }}{% endmacro %}
{% macro many(a) %}{{ a }}{{ varargs|join }}{{ kwargs|dictsort }}{% endmacro %}
{% macro around(a) %}<i>{{ caller(a) }}</i>{% endmacro %}
{% macro down(n) %}{{ n }}{% if n %}{{ down(n - 1) }}{% endif %}{% endmacro %}
{% macro part() %}{{ a is defined }}{% endmacro %}""",
    "part.html": """{% import "macros.html" as m %}[{{ word }}{{ m.plain(word) }}{% set inner = 1 %}]""",
    "base.html": """<{% block main %}{{ word }}{% endblock %}|{% block rest %}{{ self.main() }}{% endblock %}>""",
    "page.html": """{% extends "base.html" %}{% import "macros.html" as m %}
{% block main %}{{ super() }}{% for n in [1, 2] %}{% include "part.html" %}{{ loop.index }}{% endfor %}
{{ m.plain("&", b=word) }}{{ m.plain(b=1, a=mark) }}{{ m.plain(mark, mark) }}{{ m.many(1, 2, x="<") }}
{% call(a) m.around("<") %}{{ a }}{{ word }}{% endcall %}{{ m.down(3) }}{{ m.part() }}{{ tell("<%(num)s>", num=word) }}
{{ missing is defined }}{{ link.gone|default("<none>") }}{{ link.title }}{{ link.title.upper() }}
{{ none }}{{ 1.5 }}{{ ["<"] }}{{ mark ~ word }}{{ word|e }}{{ word|upper }}{{ m.plain|string|length > 0 }}
{{ word|safe }}{{ mark|safe }}{{ 7|safe }}{% set kept = m.plain("<") %}{{ kept }}{{ kept ~ "<" }}{{ m.plain(m.down(1)) }}
{% for n in [[[]], []] recursive %}({{ loop(n) }}){% endfor %}{% endblock %}""",
}
_VIEW = {"word": "<'&\">", "mark": Markup("<u>"), "link": Link("a < b", "a/")}


def _environment(**options: Any) -> Any:
    made = jinja2.Environment(
        loader=jinja2.DictLoader(_TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, **options
    )
    made.globals |= {"shout": str.upper, "tell": Message(lambda _, text, **gaps: text % gaps)}
    return made


def test_a_page_is_the_same_by_both() -> None:
    assert _quick().get_template("page.html").render(_VIEW) == _environment().get_template(
        "page.html"
    ).render(_VIEW)


def _quick(**options: Any) -> Any:
    return quick_environment(_environment(**options), "1")


def test_both_keep_their_code_in_the_same_place(tmp_path: Path) -> None:
    """Neither takes that of the other."""
    cache = jinja2.FileSystemBytecodeCache(str(tmp_path))
    shown = [
        made(bytecode_cache=cache).get_template("page.html").render(_VIEW)
        for made in (_quick, _environment, _quick, _environment)
    ]
    assert len(set(shown)) == 1
    assert len(list(tmp_path.iterdir())) == 2 * len(_TEMPLATES) - 1  # the partial is a part of the page


def test_kept_code_is_that_of_the_present_partials(tmp_path: Path) -> None:
    """A page contains its partials, so its own source does not say whether its code is still right."""
    cache = jinja2.FileSystemBytecodeCache(str(tmp_path))
    for version in ("1", "2"):
        loader = jinja2.DictLoader({"page.html": '{% include "part.html" %}', "part.html": version})
        plain = jinja2.Environment(loader=loader, autoescape=True, bytecode_cache=cache)
        assert quick_environment(plain, version).get_template("page.html").render() == version


@pytest.mark.parametrize(
    "source",
    [
        "{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}",
        "{{ m.plain('a', c=1) }}",
        "{{ m.plain(1, 2, 3) }}",
        "{{ m.none() }}",
        "{{ gone.title }}",
        "{{ gone() }}",
        "{{ link.gone }}",
        "{{ table.first }}",
        "{% autoescape false %}{{ word }}{% endautoescape %}",
    ],
)
def test_quick_code_fails_where_jinja_has_to_see_for_itself(source: str) -> None:
    """It never shows something else: a wrong call, a name that nothing has, an item, a part that is not escaped."""
    view = _VIEW | {"table": {"first": 1}}
    with pytest.raises(Exception, match=r"."):
        _quick().from_string('{% import "macros.html" as m %}' + source).render(view)


def test_a_template_without_quick_code_is_compiled_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next process, too, learns that it has none without compiling it."""
    loader = jinja2.DictLoader({"page.html": "{% autoescape false %}{{ word }}{% endautoescape %}"})
    cache = jinja2.FileSystemBytecodeCache(str(tmp_path))
    for _ in range(2):
        plain = jinja2.Environment(loader=loader, autoescape=True, bytecode_cache=cache)
        with pytest.raises(NotQuickError, match="autoescape"):
            quick_environment(plain, "1").get_template("page.html")
        monkeypatch.setattr(jinja2.Environment, "compile", lambda *_: pytest.fail("it was compiled again"))


def test_every_page_of_our_theme_has_quick_code() -> None:
    """What falls back to Jinja's own code takes twice as long, and nothing else would show it."""
    sources = sorted(file.relative_to(_THEME).as_posix() for file in _THEME.rglob("*.html"))
    plain = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_THEME), autoescape=True, extensions=["jinja2.ext.i18n"]
    )
    quick = quick_environment(plain, "1")
    slow = []
    for name in sources:
        try:
            quick.get_template(name)
        except NotQuickError:
            slow.append(name)
    assert slow == ["partials/script-messages.html"]  # rendered once for each language


@pytest.mark.parametrize("value", ["plain", "<&>'\"", "", 7, None, Markup("<b>"), ["<"]])
def test_what_is_printed_is_escaped_as_jinja_does(value: object) -> None:
    assert escaped(value) == jinja2.runtime.escape(value)


@pytest.mark.parametrize("file", sorted((_THEME / "macros").glob("*.html")), ids=lambda file: file.name)
def test_what_all_pages_share_sets_no_message(file):
    """A file of macros is run once, in the language of whichever page needs it first."""
    parsed = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(file.read_text())
    for shared in parsed.body:
        if isinstance(shared, jinja2.nodes.Assign):
            assert not [
                call for call in shared.find_all(jinja2.nodes.Call) if getattr(call.node, "name", "") == "_"
            ]
