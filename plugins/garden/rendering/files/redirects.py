"""Redirects, in the forms that a site without a server of its own and the usual servers understand (PB-6).

Every form has the same redirects and is right by itself. An address is compared as servers compare it: decoded, and
letter by letter, so that `/Foo/` may lead to `/foo/`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, unquote

from garden.model import names, routes
from garden.model.languages import direction
from garden.model.ledger import AddressRedirect
from garden.model.names import SaveAs, Url
from garden.model.settings import Settings
from garden.rendering.body.hrefs import canonical

_PAGE: Final = """\
<!DOCTYPE html>
<html lang="{lang}" dir="{dir}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta http-equiv="refresh" content="0; url={href}">
<link rel="canonical" href="{canonical}">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
</head>
<body>
<main><h1><a href="{href}">{title}</a></h1></main>
</body>
</html>
"""

_AS_IN_BROWSERS: Final = "/~!$&'()+,;=@"
"""What browsers leave as it is in a path; `*` and `:` would have a meaning in `_redirects`."""

_NOT_EVERYWHERE: Final = re.compile(
    rf'[<>:"|?*]|[. ](?:/|\Z)|(?:\A|/)(?:{names.DEVICES})(?=[./]|\Z)', re.IGNORECASE
)
"""What file names cannot have on every system."""


def redirect_page(redirect: AddressRedirect, settings: Settings) -> bytes:
    """Return the page that redirects; `redirect.to` must not be None."""
    to = redirect.to or ""
    href = to if redirect.elsewhere else names.href(settings.base, to)
    lang = redirect.lang or settings.language
    page = _PAGE.format(
        lang=escape(lang),
        dir=direction(lang),
        title=escape(redirect.title or href),
        href=escape(href),
        canonical=escape(href if redirect.elsewhere else canonical(settings, to) or href),
    )
    return page.encode("utf-8", "replace")


def is_page(address: Url) -> bool:
    """Say whether an address is that of a page, and not of a feed or another file."""
    return address.endswith(("/", ".html", ".htm"))


def page_file(redirect: AddressRedirect) -> SaveAs | None:
    """Return the file that answers an old address, None where no HTML file can."""
    if redirect.to is None or not is_page(redirect.old) or _NOT_EVERYWHERE.search(redirect.old.rstrip("/")):
        return None
    return names.save_as(redirect.old)


def netlify(redirects: Iterable[AddressRedirect], settings: Settings) -> str:
    """Return the lines of a file `_redirects`, as Netlify and Cloudflare Pages read it."""
    lost = names.href(settings.base, routes.NOT_FOUND)
    lines = (
        f"{settings.base}/{quote(each.old, safe=_AS_IN_BROWSERS)} "
        + (f"{lost} 410" if each.to is None else f"{_target(each, settings)} 301")
        for each in redirects
    )
    return "".join(f"{line}\n" for line in lines)


def nginx(redirects: Iterable[AddressRedirect], settings: Settings) -> str:
    """Return directives for a `server` block of nginx, which compares decoded addresses."""
    lines = []
    for each in redirects:
        old = f"{settings.base}/{each.old}".replace("\\", "\\\\").replace('"', '\\"')
        # A dollar sign would begin a variable; ours are percent-encoded.
        answer = "410" if each.to is None else f'301 "{_target(each, settings).replace("$", "%24")}"'
        lines.append(f'location = "{old}" {{ return {answer}; }}\n')
    return "".join(lines)


def apache(redirects: Iterable[AddressRedirect], settings: Settings) -> str:
    """Return directives for Apache's configuration or a file `.htaccess`, which need mod_alias."""
    lines = []
    for each in redirects:
        old = _pattern(f"{settings.base}/{each.old}")
        if each.to is None:
            lines.append(f'RedirectMatch 410 "^{old}$"\n')
        else:
            lines.append(f'RedirectMatch 301 "^{old}$" "{_decoded(_target(each, settings))}"\n')
    return "".join(lines)


FORMS: Final[Mapping[str, Callable[[Iterable[AddressRedirect], Settings], str]]] = MappingProxyType(
    {"netlify": netlify, "nginx": nginx, "apache": apache}
)
"""The forms by name."""


def _target(redirect: AddressRedirect, settings: Settings) -> str:
    to = redirect.to or ""
    return to if redirect.elsewhere else names.href(settings.base, Url(to))


def _decoded(address: str) -> str:
    """Return an address for Apache, which percent-encodes the path itself and takes `$` for a group of the pattern."""
    path, mark, rest = address.partition("?") if "?" in address else address.partition("#")
    return (unquote(path) + mark + rest).replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$")


def _pattern(path: str) -> str:
    """Return a regular expression for just this path, between quotation marks."""
    return re.sub(r'([\\.^$|?*+()\[\]{}"])', r"\\\1", path)
