"""The address ledger: which pages have had which addresses since the site was first published (PB-6).

It has one line for each page that ever had an address. It is read from `addresses.jsonl` in the folder of notes, where
only `garden publish` and the commands for redirects write it. Addresses and redirects of a build follow from the ledger
and the notes alone, so every build of the same commit has the same ones.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, NamedTuple, get_args

from msgspec import Struct
from msgspec.structs import replace

from garden.model.diagnostic import Diagnostic
from garden.model.names import Url
from garden.model.pickling import pickled_quickly

LEDGER_FILE: Final = "addresses.jsonl"
"""The ledger's name in the folder of notes."""

LineKind = Literal["note", "hub", "tag", "category", "author", "page", "lost"]

LINE_KINDS: Final[tuple[LineKind, ...]] = get_args(LineKind)
"""What a line may be about, in the order of the file."""


@pickled_quickly
class LineKey(NamedTuple):
    """What a line is about.

    `name` is the path of a `note`, the folded name of a `hub`, `tag`, `category` or `author`, or an address: that of an
    attachment or of a page that every site has (`page`), or one at which there was never a page of this site (`lost`).
    """

    kind: LineKind
    name: str


class LedgerLine(Struct, frozen=True):
    """One page with every address that it ever had."""

    key: LineKey
    address: Url | None = None  # the latest, None if the page was never published
    asked: Url | None = None  # the one that the note asks for, if another page has it
    first: Url | None = None  # the first, if it is not the latest: the id of the page in feeds
    old: tuple[Url, ...] = ()  # all others, sorted
    content: str = ""  # hash of a note's text, by which it is recognized under another name
    # Of a hub, tag, category or author: its first notes, by path, for the same purpose
    members: tuple[str, ...] = ()
    to: str = ""  # of a page that is gone: the address on another site to redirect to
    gone: bool = False  # whether the author has said that nothing replaces the page
    number: int = 0  # of the line in the file, from 1 on; 0 for a new line

    def __eq__(self, other: object) -> bool:
        """Say whether two lines have the same content, wherever they are in the file."""
        return isinstance(other, LedgerLine) and self._compared == other._compared

    def __hash__(self) -> int:
        return hash(self._compared)

    @property
    def _compared(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__struct_fields__ if name != "number")

    @property
    def addresses(self) -> tuple[Url, ...]:
        """All addresses of the page, the latest first."""
        return self.old if self.address is None else (self.address, *self.old)

    def with_old(self, addresses: Iterable[Url]) -> "LedgerLine":
        """Return the line with further old addresses."""
        old = tuple(sorted({*self.old, *addresses} - {self.address}))
        return self if old == self.old else replace(self, old=old)

    def without(self, addresses: Iterable[Url]) -> "LedgerLine":
        """Return the line without these addresses."""
        lost = set(addresses)
        address = None if self.address in lost else self.address
        return replace(self, address=address, old=tuple(url for url in self.old if url not in lost))


class Ledger(Struct, frozen=True):
    """All lines by what they are about, in the order of the file; `problems` are those of the file's syntax."""

    lines: Mapping[LineKey, LedgerLine] = {}
    problems: tuple[Diagnostic, ...] = ()

    def of_kind(self, kind: LineKind) -> Iterator[LedgerLine]:
        """Yield the lines about pages of one kind."""
        return (line for key, line in self.lines.items() if key.kind == kind)


NO_LEDGER: Final = Ledger()
"""The ledger of a site that was never published."""


def ledger_of(lines: Iterable[LedgerLine]) -> Ledger:
    """Return the ledger with these lines, sorted; those without an address are left out."""
    kept = (line for line in lines if line.addresses)
    ordered = sorted(kept, key=lambda line: (LINE_KINDS.index(line.key.kind), line.key.name))
    return Ledger({line.key: line for line in ordered})


class AddressRedirect(Struct, frozen=True):
    """A redirect from an address that no longer has a page.

    `to` is an address of the site, or, if `elsewhere`, an absolute one; None says that what was there is gone for good.
    `title` and `lang` are those of the page that it leads to; a redirect to a hidden note is not `listed` (PB-2).
    """

    old: Url
    to: str | None
    title: str = ""
    lang: str = ""
    listed: bool = True
    elsewhere: bool = False
