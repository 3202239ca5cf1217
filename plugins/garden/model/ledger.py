"""The address ledger: what has been at which address since the site is published (PB-6).

One line for each page that ever had an address, read from `addresses.jsonl` in the folder of notes and written
there by `garden publish` alone. What a build makes of it follows from these lines and the notes, so that every
build of one commit has the same addresses and redirects.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, NamedTuple, get_args

from msgspec import Struct
from msgspec.structs import replace

from garden.model.diagnostic import Diagnostic
from garden.model.names import Url

LEDGER_FILE: Final = "addresses.jsonl"
"""The ledger's name in the folder of notes."""

LineKind = Literal["note", "hub", "tag", "category", "author", "page", "lost"]

LINE_KINDS: Final[tuple[LineKind, ...]] = get_args(LineKind)
"""What lines are about, in the order in which they stand in the file."""


class LineKey(NamedTuple):
    """What a line is about.

    `name` is the path of a note, the fold of the name of a hub, tag, category or author, or an address: that of
    a page which every site has, or of an attachment (`page`), or one that leads to no page of the site (`lost`).
    """

    kind: LineKind
    name: str


class LedgerLine(Struct, frozen=True):
    """One page with every address that it ever had; addresses as `names.Url` has them.

    `address` is the one that it had last, None when it was not published yet. `asked` is the one that it asked
    for and did not get, None when it has what it asked for. `first` is the very first, by which feeds know a page for ever,
    None when that is the last one, too. `old` are all others, sorted. `content` is the hash of
    a note's body; `members` are the first notes of a hub, tag, category or author, by path. When the page is gone,
    `to` is another site's address that has taken its place, and `gone` says that nothing has. `number` is the
    line's place in the file, from 1 on, 0 for one that is new.
    """

    key: LineKey
    address: Url | None = None
    asked: Url | None = None
    first: Url | None = None
    old: tuple[Url, ...] = ()
    content: str = ""
    members: tuple[str, ...] = ()
    to: str = ""
    gone: bool = False
    number: int = 0

    def __eq__(self, other: object) -> bool:
        """Say whether two lines say the same, wherever they stand in the file."""
        return isinstance(other, LedgerLine) and self._compared == other._compared

    def __hash__(self) -> int:
        return hash(self._compared)

    @property
    def _compared(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__struct_fields__ if name != "number")

    @property
    def addresses(self) -> tuple[Url, ...]:
        """All its addresses, the last one first."""
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
    """All lines, in the order of the file; `problems` is what is wrong with it, as far as the file alone tells."""

    lines: Mapping[LineKey, LedgerLine] = {}
    problems: tuple[Diagnostic, ...] = ()

    def of_kind(self, kind: LineKind) -> Iterator[LedgerLine]:
        """Yield the lines of a kind."""
        return (line for key, line in self.lines.items() if key.kind == kind)


NO_LEDGER: Final = Ledger()
"""What a site remembers that was never published."""


def ledger_of(lines: Iterable[LedgerLine]) -> Ledger:
    """Return the ledger of these lines; those about nothing any more are left out."""
    kept = (line for line in lines if line.addresses)
    ordered = sorted(kept, key=lambda line: (LINE_KINDS.index(line.key.kind), line.key.name))
    return Ledger({line.key: line for line in ordered})


class AddressRedirect(Struct, frozen=True):
    """An address where nothing is any more, and what answers there.

    `to` is an address of the site, or a whole one of another site; None says that what was there is gone for good.
    `title` and `lang` are those of the page that it leads to; a redirect to a hidden note is not `listed` (PB-2).
    """

    old: Url
    to: str | None
    title: str = ""
    lang: str = ""
    listed: bool = True
    elsewhere: bool = False
