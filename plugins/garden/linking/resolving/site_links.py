"""Resolves Markdown links that may be addresses of the site, and checks those in the settings (WL-13).

This is only possible once every page has its address. An address with different case, without its final slash, or that the
page had before, leads to that page. One that leads nowhere stays as it is written, and is reported with the most similar one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from garden.linking.addresses.url_registry import UrlRegistry, output_key
from garden.linking.relation import Node
from garden.linking.resolving.index import Index
from garden.linking.resolving.messages import one_line, suggestion
from garden.linking.resolving.near_names import NearNames
from garden.linking.resolving.resolution import FoundPage, LeftAlone, Resolution
from garden.model.diagnostic import IN_SETTINGS, Diagnostic, Place
from garden.model.ledger import AddressRedirect
from garden.model.names import Url, VaultPath, of_site, save_as, stem
from garden.model.note import Document, Ref, RefKind

_SCHEME: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


class SiteLinks:
    """Resolves the links that are LeftAlone, once all addresses are known."""

    def __init__(
        self,
        registry: UrlRegistry,
        addresses: Mapping[Node, Url],
        index: Index,
        base: str,
        redirects: Iterable[AddressRedirect] = (),
    ) -> None:
        """Use the addresses of `registry`; `base` is the path of the site on its host, without a final slash."""
        within = (redirect for redirect in redirects if redirect.to is not None and not redirect.elsewhere)
        # The present addresses of pages, by `output_key` of their former ones
        self._moved = {output_key(save_as(redirect.old)): Url(redirect.to or "") for redirect in within}
        self._registry = registry
        self._addresses = addresses
        self._index = index
        self._base = base
        self.problems: list[Diagnostic] = []

    def resolve(self, document: Document, resolutions: tuple[Resolution, ...]) -> tuple[Resolution, ...]:
        """Return the resolutions of a published note's references, with those to addresses of the site resolved."""
        if not any(isinstance(resolution, LeftAlone) for resolution in resolutions):
            return resolutions
        pairs: Sequence[tuple[Ref, Resolution]] = list(zip(document.refs, resolutions, strict=True))
        return tuple(
            self._resolve_address(document, ref) if isinstance(resolution, LeftAlone) else resolution
            for ref, resolution in pairs
        )

    def _resolve_address(self, document: Document, ref: Ref) -> Resolution:
        """Resolve a link that may be an address of the site, relative to the page of the note; report one that leads nowhere."""
        written = ref.raw
        # An address in a hierarchy line is reported elsewhere, since it names no note.
        if ref.kind is not RefKind.MARKDOWN or ref.relation or not _is_site_address(written):
            return LeftAlone()
        page = f"{self._base}/{self._addresses.get(Node('note', document.path), '')}"
        try:
            address = urlsplit(urljoin(page, written))
        except ValueError:  # brackets in the wrong place
            return LeftAlone()
        path = unquote(address.path)
        if not path.startswith(f"{self._base}/"):
            # The host may have other sites.
            return LeftAlone()
        path = path.removeprefix(f"{self._base}/")
        found = self._found(path)
        if found is None:
            if not self._registry.is_generated(path):
                self._report(ref.place, path, f'no page or file of the site is at "{one_line(ref.raw)}"')
            return LeftAlone()
        is_exact = path in (found, f"{found}index.html")
        return LeftAlone() if is_exact else FoundPage(found, unquote(address.fragment))

    def check_setting(self, setting: str, links: Iterable[tuple[str, str]]) -> None:
        """Report the addresses in a setting, given with their titles, that lead nowhere or that are relative to the page."""
        for title, written in links:
            shown = f'GARDEN["{setting}"]: "{one_line(title)}" leads to "{one_line(written)}"'
            if _is_relative(written):
                self._report(IN_SETTINGS, written, f"{shown}, which is another address on each page")
            elif _is_site_address(written):
                address = of_site(self._base, written).partition("#")[0].partition("?")[0]
                path = unquote(address).removeprefix(self._base).removeprefix("/")
                if self._found(path) is None and not self._registry.is_generated(path):
                    self._report(IN_SETTINGS, path, f"{shown}, where no page or file of the site is")

    def _found(self, path: str) -> Url | None:
        """Return the present address of the page or file at `path`, also if that is a former address of the page."""
        found = self._registry.find(path)
        if found is None:
            found = self._moved.get(output_key(save_as(Url(path))))
        if found is None:  # the final slash may be missing
            found = self._moved.get(output_key(f"{path}/index.html"))
        return found

    def _report(self, place: Place, path: str, message: str) -> None:
        near = suggestion(self._nearest(path, VaultPath(place.path)))
        self.problems.append(Diagnostic(place, "link-site-missing", message, near))

    def _nearest(self, path: str, source: VaultPath) -> str:
        """Return the most similar address: that of the note with this name, or else one with a similar spelling."""
        name = _last(path)
        match = self._index.anywhere(name) or self._index.alias(name)
        url = match and self._addresses.get(Node("note", match.entry.path))
        if url is None:
            url = self._by_name.get(self._near.nearest(name, source)) if name else None
        return "" if url is None else f"{self._base}/{url}"

    @cached_property
    def _by_name(self) -> dict[str, Url]:
        """The addresses by their last components; of several the shortest."""
        found: dict[str, Url] = {}
        for url in sorted(self._addresses.values(), key=lambda url: (len(url), url)):
            found.setdefault(_last(url), url)
        return found

    @cached_property
    def _near(self) -> NearNames:
        """The last components of all addresses, for finding the one most similar to a wrong one."""
        return NearNames((name, "") for name in self._by_name)


def _is_site_address(written: str) -> bool:
    return written.startswith(("/", "./")) and not written.startswith("//")


def _is_relative(written: str) -> bool:
    """Say whether an address of the settings begins neither with a slash nor with a scheme such as `https:`."""
    return not (written.startswith(("/", "#")) or _SCHEME.match(written))


def _last(path: str) -> str:
    """Return the last component of an address, without the ending of a page."""
    name = stem(path.rstrip("/"))
    return name[: -len(".html")] if name.lower().endswith(".html") else name
