"""`_headers`: strict, and as wide as the author's own words need it."""

import pytest

from garden.model.settings import Settings
from garden.rendering.files.headers import PolicySource, headers, sources


def policy(html: str) -> dict[str, str]:
    text = headers(Settings(), sources(html)).content.decode()
    line = next(line for line in text.splitlines() if "Content-Security-Policy" in line)
    directives = (part.strip().partition(" ") for part in line.partition(": ")[2].split(";"))
    return {name: values for name, _, values in directives}


def test_a_site_that_loads_nothing_from_elsewhere_has_the_strictest_policy() -> None:
    """Scripts, styles and everything else are its own; nobody else may frame it."""
    found = policy(
        '<p>text <a href="https://example.org/">link</a> <img src="/x.png"> &lt;script>x&lt;/script></p>'
    )
    assert found == {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ('<img src="https://a.example/x.png?y">', {PolicySource("img-src", "https://a.example")}),
        ("<IMG alt='x' src='//a.example:8080/x.png'>", {PolicySource("img-src", "https://a.example:8080")}),
        ('<iframe src="https://v.example/1">', {PolicySource("frame-src", "https://v.example")}),
        ('<video poster="https://p.example/1"></video>', {PolicySource("media-src", "https://p.example")}),
        ('<script src="http://s.example/x.js"></script>', {PolicySource("script-src", "http://s.example")}),
        (
            "<script>alert(1)</script>",
            {PolicySource("script-src", "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='")},
        ),
        ('<p style="color: red">', {PolicySource("style-src", "'unsafe-inline'")}),
        ('<p onclick="x()">', {PolicySource("script-src-attr", "'unsafe-inline'")}),
        ('<img src="data:image/png;base64,x">', set()),
        ('<img src="https://a.example; script-src *">', set()),
        ('<img src="https://[::1">', set()),
        ("<p>style=x on=y</p>", set()),
    ],
)
def test_what_an_author_loads_is_allowed_one_by_one(html: str, wanted: set[PolicySource]) -> None:
    """An address that could change the policy itself is none."""
    assert set(sources(html)) == wanted


def test_headers_are_below_the_path_of_the_site() -> None:
    """Their other lines are the same everywhere."""
    text = headers(Settings(base="/docs"), ()).content.decode()
    assert text.startswith("/docs/*\n  Content-Security-Policy: default-src 'self'; ")
    assert "  X-Content-Type-Options: nosniff\n" in text
    assert "/docs/image-sizes/*\n  Cache-Control: public, max-age=31536000, immutable\n" in text
