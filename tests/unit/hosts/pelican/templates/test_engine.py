"""Templates mean the same whether Jinja renders them in its own way or in ours."""

from typing import Any

import jinja2
import pytest
from markupsafe import Markup

from garden.hosts.pelican.templates.engine import Message, escaped, prepare_environment
from tests.support.building import ROOT

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
{{ none }}{{ 1.5 }}{{ ["<"] }}{{ mark ~ word }}{{ word|e }}{{ word|upper }}{{ m.plain|string|length > 0 }}{% endblock %}""",
}
_VIEW = {"word": "<'&\">", "mark": Markup("<u>")}


def _environment(**options: Any) -> Any:
    made = jinja2.Environment(
        loader=jinja2.DictLoader(_TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, **options
    )
    made.globals |= {"shout": str.upper, "tell": Message(lambda _, text, **gaps: text % gaps)}
    return made


def test_a_page_is_the_same_in_both_ways() -> None:
    ours = _environment()
    prepare_environment(ours)
    assert ours.get_template("page.html").render(_VIEW) == _environment().get_template("page.html").render(
        _VIEW
    )


def test_compiled_templates_can_be_shared_with_other_environments(tmp_path: Any) -> None:
    cache = jinja2.FileSystemBytecodeCache(str(tmp_path))
    ours = _environment(bytecode_cache=cache)
    prepare_environment(ours)
    shown = ours.get_template("page.html").render(_VIEW)
    assert _environment(bytecode_cache=cache).get_template("page.html").render(_VIEW) == shown


@pytest.mark.parametrize(
    "source",
    ["{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}", "{{ m.plain('a', c=1) }}", "{{ m.plain(1, 2, 3) }}"],
)
def test_a_wrong_call_of_a_macro_is_an_error_as_ever(source: str) -> None:
    source = '{% import "macros.html" as m %}' + source
    ours = _environment()
    prepare_environment(ours)
    with pytest.raises(Exception) as expected:  # noqa: PT011 (whatever Jinja raises)
        _environment().from_string(source).render()
    with pytest.raises(type(expected.value)) as found:
        ours.from_string(source).render()
    assert str(found.value) == str(expected.value)


@pytest.mark.parametrize("value", ["plain", "<&>'\"", "", 7, None, Markup("<b>"), ["<"]])
def test_what_is_printed_is_escaped_as_jinja_does(value: object) -> None:
    assert escaped(value) == jinja2.runtime.escape(value)


@pytest.mark.parametrize(
    "file", sorted((ROOT / "theme/templates/macros").glob("*.html")), ids=lambda file: file.name
)
def test_what_all_pages_share_sets_no_message(file):
    """A file of macros is run once, in the language of whichever page needs it first."""
    parsed = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(file.read_text())
    for shared in parsed.body:
        if isinstance(shared, jinja2.nodes.Assign):
            assert not [
                call for call in shared.find_all(jinja2.nodes.Call) if getattr(call.node, "name", "") == "_"
            ]
