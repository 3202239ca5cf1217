"""What is wrong in a template is reported in the words of templates."""

from pathlib import Path

import jinja2
import pytest

from garden.hosts.pelican.templates.mistakes import UnknownName, template_mistake
from garden.model.pages.entries import Link

GIVEN = {"link": Link("A title", "a/"), "nothing": None, "table": {"first": 1}}


def mistake(folder: Path, source: str) -> str:
    """Return what is reported about a template, without its place, which is line 2."""
    (folder / "x.html").write_text(f"<p>\n{source}\n", encoding="utf-8")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), undefined=UnknownName, autoescape=True
    )
    with pytest.raises(jinja2.TemplateError) as raised:
        environment.get_template("x.html").render(GIVEN)
    place, _, said = (template_mistake(raised.value, GIVEN) or "").partition(": error ")
    assert place.endswith("x.html:2")
    return said


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("{{ link.titel }}", '`link.titel` is not defined; did you mean "title"?'),
        ("{{ link.xyzzy }}", "`link.xyzzy` is not defined"),
        ("{{ table.frist }}", '`table.frist` is not defined; did you mean "first"?'),
        ("{{ lnik.title }}", '`lnik` is not defined; did you mean "link"?'),
        ("{{ xyzzy }}", "`xyzzy` is not defined"),
        (
            "{{ nothing.title }}",
            "`nothing.title` is not defined, because what it belongs to is None here",
        ),
        ("{{ link[0].title }}", "`0` is not defined"),
        ('{% include "gone.html" %}', 'there is no template "gone.html"'),
        ("{{ link.title </p>", "unexpected '/'; perhaps a `{{` or `{%` above is not closed"),
        ("{% nonsense %}", "Encountered unknown tag 'nonsense'."),
    ],
)
def test_a_mistake_is_named_as_templates_name_it(tmp_path: Path, source: str, says: str) -> None:
    """Names have what they are asked of before them, near names are proposed, and no class of ours is named."""
    assert mistake(tmp_path, source) == says


def test_what_no_template_has_raised_is_not_a_mistake_in_one() -> None:
    """It has no place, and stays what it is."""
    assert template_mistake(ValueError("x"), ()) is None
