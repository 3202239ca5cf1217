"""`_headers`: the HTTP headers for every file, in the format of Netlify and Cloudflare Pages.

The Content-Security-Policy allows only files of the site itself. Pictures and videos from other sites in notes, and
scripts and styles in HTML of the author (HT-1), are added to it one by one.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import unescape
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from garden.model import names, routes
from garden.model.names import SaveAs
from garden.model.pages.page import Artifact
from garden.model.settings import Settings

# The headers that are the same for every site.
_FIXED: Final = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    (
        "Permissions-Policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    ),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)

_POLICY: Final = (
    ("default-src", ("'self'",)),
    ("img-src", ("'self'", "data:")),
    ("object-src", ("'none'",)),
    ("base-uri", ("'none'",)),
    ("form-action", ("'self'",)),
    ("frame-ancestors", ("'self'",)),
)
"""The directives for every site; those to which notes may add begin with `'self'`."""

_FOREVER: Final = "public, max-age=31536000, immutable"
"""`Cache-Control` for files that never change: a year, which is the maximum."""

# The elements for which a browser loads files, with the directives for them.
_LOADED: Final = {
    "img": "img-src",
    "iframe": "frame-src",
    "script": "script-src",
    "audio": "media-src",
    "video": "media-src",
    "source": "media-src",
    "track": "media-src",
    "link": "style-src",
}
_TAG: Final = re.compile(rf"<(?P<name>{'|'.join(_LOADED)})\b(?P<rest>[^>]*)>", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    r"""\s(?:src|href|poster)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE
)
_SCRIPT: Final = re.compile(r"<script\b(?P<rest>[^>]*)>(?P<text>.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
_OPENING: Final = re.compile("<[A-Za-z][^<>]*")

# These are searched in opening tags, in lower case.
_LOADING: Final = re.compile(rf"<(?:{'|'.join(_LOADED)})\b")
_STYLE: Final = re.compile(r"<style\b|\sstyle\s*=")
_HANDLER: Final = re.compile(r"\son[a-z]+\s*=")
_ORIGIN: Final = re.compile(r"[A-Za-z0-9.:\[\]*-]+")


class PolicySource(NamedTuple):
    """A source that a directive of the policy must allow."""

    directive: str
    value: str


def sources(html: str) -> Iterator[PolicySource]:
    """Yield the sources that the policy must allow so that a body is shown as its author has written it."""
    # Most tags of a text are the same few, so each different one is checked once.
    tags = "".join(set(_OPENING.findall(html))).lower()
    if _LOADING.search(tags):
        yield from _loaded(html)
    if "<script" in tags:
        yield from _scripts(html)
    if _STYLE.search(tags):
        yield PolicySource("style-src", "'unsafe-inline'")
    if _HANDLER.search(tags):
        yield PolicySource("script-src-attr", "'unsafe-inline'")


def _loaded(html: str) -> Iterator[PolicySource]:
    """Yield the other sites from which a body loads files."""
    for tag in _TAG.finditer(html):
        for match in _ADDRESS.finditer(tag["rest"]):
            origin = _origin(unescape(next(filter(None, match.groups()), "")))
            if origin:
                yield PolicySource(_LOADED[tag["name"].lower()], origin)
                if tag["name"].lower() == "source":
                    yield PolicySource("img-src", origin)  # a `<source>` may be in a `<picture>`


def _scripts(html: str) -> Iterator[PolicySource]:
    """Yield the hashes of the scripts that are in a body itself."""
    for script in _SCRIPT.finditer(html):
        if script["text"].strip() and not _ADDRESS.search(script["rest"]):
            digest = b64encode(sha256(script["text"].encode("utf-8", "replace")).digest()).decode()
            yield PolicySource("script-src", f"'sha256-{digest}'")


def headers(settings: Settings, found: Iterable[PolicySource]) -> Artifact:
    """Return the file; `found` are the sources that the bodies of all pages need."""
    base = settings.base
    lines = [f"{base}/*", f"  Content-Security-Policy: {_policy(found)}"]
    lines += (f"  {name}: {value}" for name, value in _FIXED)
    # The names of these files contain hashes of their content.
    lines += [f"{base}/{routes.IMAGE_FOLDER}/*", f"  Cache-Control: {_FOREVER}"]
    # Feed readers on other sites may load feeds, too.
    for url in routes.FEEDS:
        lines += [names.href(base, url), "  Access-Control-Allow-Origin: *"]
    return Artifact(SaveAs(routes.HEADERS), ("\n".join(lines) + "\n").encode("utf-8", "replace"))


def _policy(found: Iterable[PolicySource]) -> str:
    """Return the policy with everything that bodies need besides the directives for every site."""
    allowed = {directive: list(values) for directive, values in _POLICY}
    for directive, value in sorted(set(found)):
        allowed.setdefault(directive, ["'self'"]).append(value)
    return "; ".join(f"{directive} {' '.join(values)}" for directive, values in allowed.items())


def _origin(address: str) -> str:
    """Return the origin of an address on another site, empty for the site's own and for anything that is not an address."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("", "http", "https") or not parts.netloc or not _ORIGIN.fullmatch(parts.netloc):
        return ""
    return f"{parts.scheme or 'https'}://{parts.netloc.lower()}"
