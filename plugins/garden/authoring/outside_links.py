"""Dead links to other sites, which `garden check --external` asks for.

Only addresses in published notes are requested, each at most once a week, from one host one at a time with a pause
between, and never from this machine or its network. Only pages that are certainly gone are reported (404, 410, a host
that does not exist): a site that is down today, or that refuses requests from programs, is not a problem of the note.
"""

import ipaddress
import json
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from enum import Enum
from http.client import HTTPException
from pathlib import Path
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from garden.authoring.checked_vault import CheckedVault
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath
from garden.model.version import VERSION
from garden.rendering.body.fill import fill

_AGENT: Final = f"garden/{VERSION} (checks links of notes; https://pypi.org/project/garden-pelican/)"
_PATIENCE: Final = 15  # seconds to wait for an answer
_PAUSE: Final = 1.0  # seconds between two requests to one host
_HOSTS: Final = 8  # the maximum number of hosts to which requests are sent at the same time
_REMEMBERED: Final = {"alive": 7 * 86400, "dead": 86400}  # seconds for which an answer counts: a week, a day
_GONE: Final = frozenset((404, 410))  # the status codes of pages that do not exist
_NOT_ALLOWED: Final = frozenset((405, 501))  # those of a server that does not know HEAD


class LinkState(Enum):
    """What is known about an address."""

    ALIVE = "alive"
    DEAD = "dead"
    UNKNOWN = "unknown"


Ask = Callable[[str], tuple[LinkState, str]]
"""Requests an address; returns its state, and for the author why it has that state."""


def dead_links(vault: CheckedVault, cache: Path, ask: Ask, *, pause: float = _PAUSE) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each link in a published note to an address that is gone.

    Recent answers are kept in the folder `cache`; all other addresses are requested with `ask`. `pause` is in seconds.
    """
    links = {path: addresses for path, addresses in _links(vault) if addresses}
    memory = _KnownAnswers(cache / "outside-links.json")
    wanted = dict.fromkeys(address for addresses in links.values() for address in addresses)
    answers = memory.answers(wanted)
    fresh = _ask_all([address for address in wanted if address not in answers], ask, pause)
    memory.keep(fresh)
    answers |= fresh
    for path, addresses in links.items():
        text = vault.site.text(path)
        for address in addresses:
            answer, reason = answers[address]
            if answer is LinkState.DEAD:
                yield Diagnostic(
                    _place(path, text, address), "link-dead", f"{address} no longer exists: {reason}"
                )


def ask_politely(address: str) -> tuple[LinkState, str]:
    """Request an address: with HEAD, and if that is not supported or says that it is gone, with GET as well."""
    host = urlsplit(address).hostname or ""
    try:
        if not _is_public(host):
            return LinkState.UNKNOWN, "it is not on the public internet"
    except socket.gaierror as error:
        # Without a connection no host is found, which says nothing about this one.
        gone = (
            error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
            and _is_online()
        )
        return (LinkState.DEAD, f"there is no host {host}") if gone else (LinkState.UNKNOWN, str(error))
    except (OSError, UnicodeError) as error:
        return LinkState.UNKNOWN, str(error)
    for method in ("HEAD", "GET"):
        try:
            question = Request(_encoded(address), method=method, headers={"User-Agent": _AGENT})  # noqa: S310 (http and https alone)
            with _OPENER.open(question, timeout=_PATIENCE):
                return LinkState.ALIVE, ""
        except HTTPError as error:
            error.close()
            if error.code in _GONE and method == "GET":
                return LinkState.DEAD, f"its server says {error.code}"
            if error.code not in _GONE | _NOT_ALLOWED:
                return LinkState.UNKNOWN, f"its server says {error.code}"
        except (URLError, HTTPException, OSError, ValueError) as error:
            return LinkState.UNKNOWN, str(error)
    return LinkState.UNKNOWN, "its server refuses such requests"


class _PublicRedirects(HTTPRedirectHandler):
    """Follows redirects on the public internet only."""

    def redirect_request(  # noqa: PLR0913, PLR0917 (the library calls it so)
        self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Request | None:
        """Return the next request, of the same kind, None if it must not be made."""
        parts = urlsplit(newurl)
        if parts.scheme not in ("http", "https") or not _is_public(parts.hostname or ""):
            return None
        following = super().redirect_request(req, fp, code, msg, headers, newurl)
        if following is not None:
            following.method = req.get_method()
        return following


_OPENER: Final = build_opener(_PublicRedirects)


def _links(vault: CheckedVault) -> Iterator[tuple[VaultPath, tuple[str, ...]]]:
    """Yield the published notes, each with the addresses on other sites that it links to, without fragments."""
    site = vault.site
    for document in vault.published:
        outside = fill(site.snapshot, site.body, document.path, site.settings).outside
        addresses = (address.partition("#")[0] for address in outside)
        yield (
            document.path,
            tuple(dict.fromkeys(a for a in addresses if a.startswith(("http://", "https://")))),
        )


def _ask_all(addresses: Iterable[str], ask: Ask, pause: float) -> dict[str, tuple[LinkState, str]]:
    """Request all addresses: several hosts at the same time, but from each host one after the other."""
    hosts: dict[str, list[str]] = {}
    for address in addresses:
        hosts.setdefault(urlsplit(address).netloc.lower(), []).append(address)

    def one_host(several: list[str]) -> list[tuple[str, tuple[LinkState, str]]]:
        answers = []
        for number, address in enumerate(several):
            if number:
                time.sleep(pause)
            answers.append((address, ask(address)))
        return answers

    with ThreadPoolExecutor(_HOSTS) as pool:
        return {address: answer for host in pool.map(one_host, hosts.values()) for address, answer in host}


class _KnownAnswers:
    """Recent answers, kept in a file between checks; a file that cannot be read or written is done without."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._now = time.time()
        self._known: dict[str, Any] = {}
        with suppress(OSError, ValueError):
            content = json.loads(file.read_text(encoding="utf-8"))
            self._known = content if isinstance(content, dict) else {}

    def answers(self, addresses: Iterable[str]) -> dict[str, tuple[LinkState, str]]:
        """Return the answers about these addresses that still count."""
        found = {}
        for address in addresses:
            with suppress(KeyError, TypeError, ValueError):
                kind, reason, when = self._known[address]
                if 0 <= self._now - when < _REMEMBERED[kind]:
                    found[address] = (LinkState(kind), str(reason))
        return found

    def keep(self, answers: Mapping[str, tuple[LinkState, str]]) -> None:
        """Store new answers."""
        self._known |= {
            address: [answer.value, reason, int(self._now)]
            for address, (answer, reason) in answers.items()
            if answer is not LinkState.UNKNOWN
        }
        with suppress(OSError):
            self._file.write_text(json.dumps(self._known, indent=0, sort_keys=True), encoding="utf-8")


def _place(path: VaultPath, text: str, address: str) -> Place:
    """Return where an address is first in a note, or the beginning of the note if it is spelt differently there."""
    at = text.find(address)
    if at < 0:
        return Place(path, 1, 1)
    return Place(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def _is_public(host: str) -> bool:
    """Say whether every address of a host is on the public internet. Raises OSError if the host is not found."""
    found = {info[4][0] for info in socket.getaddrinfo(host, None)}
    return bool(found) and all(ipaddress.ip_address(str(one).partition("%")[0]).is_global for one in found)


def _is_online() -> bool:
    """Say whether a host that surely exists is found."""
    with suppress(OSError):
        return bool(socket.getaddrinfo("pypi.org", None))
    return False


def _encoded(address: str) -> str:
    """Return an address in which everything is percent-encoded that must be; what is encoded already stays so."""
    return quote(address, safe="%/:=&?~#+!$,;'@()*[]")
