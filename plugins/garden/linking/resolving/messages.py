"""Diagnostics of references: what a reference names, and what its author may have meant."""

from collections.abc import Sequence

from garden.linking.resolving.index import Index, IndexMatch
from garden.linking.sections import Sections
from garden.model.diagnostic import Diagnostic
from garden.model.names import VaultPath
from garden.model.note import Ref, RefKind

_MAX_NAMED = 20  # candidates named in a message: a thousand notes of one name must not fill the log


class ReferenceMessages:
    """Collects the diagnostics of references; all methods take the reference first."""

    def __init__(self, index: Index) -> None:
        """Start without problems; similar names for hints come from `index`."""
        self._index = index
        self.found: list[Diagnostic] = []

    def missing(self, ref: Ref, *, will_be_hub: bool = False) -> None:
        """Report that nothing matches the name (WL-12, EM-7).

        With `will_be_hub` it is the parent of a draft, and gets a hub when the draft is published (HI-9).
        """
        name = one_line(ref.target.path or ref.raw)
        near = self._index.suggestion(ref.target.path, VaultPath(ref.place.path))
        code = "embed-missing" if is_embed(ref) else "link-unresolved"
        advice = "check the name; the file must be in the vault" if is_embed(ref) else ""
        if will_be_hub:
            advice = "the site gets a page of that name when this note is published"
        self._add(ref, code, f'no note or file matches "{name}"', near, advice)

    def unpublished(self, ref: Ref) -> None:
        """Report that the target is a draft (PB-4); the message may name it, since only the author reads the log."""
        name = one_line(ref.target.path)
        if is_embed(ref):
            self._add(ref, "embed-unpublished", f'"{name}" is not published, so readers do not see it')
        else:
            message = f'"{name}" is not published: readers see the words of the link, without a link'
            self._add(ref, "link-unpublished", message)

    def ambiguous(self, ref: Ref, match: IndexMatch) -> None:
        """Report that the name has several candidates (WL-6.4, WL-6.5)."""
        name = one_line(ref.target.path)
        candidates = listed_names(list(map(one_line, match.candidates)))
        chosen = one_line(match.entry.path)
        if match.by_alias:
            message = f'several notes have the alias "{name}": {candidates}; {chosen} is used'
            self._add(ref, "alias-conflict", message)
        else:
            self._add(ref, "link-ambiguous", f'"{name}" may mean {candidates}; {chosen} is used')

    def part_missing(self, ref: Ref, sections: Sections, path: VaultPath) -> None:
        """Report that the note exists, but not the heading or block (AN-4, AN-6)."""
        target = ref.target
        if target.block:
            near = sections.near_block(target.block)
            message = f'{one_line(path)} has no block "^{one_line(target.block)}"'
            self._add(ref, "block-missing", message, near and f"^{near}")
            return
        chain = target.headings or (target.fragment,)
        message = f'{one_line(path)} has no heading "{one_line(" > ".join(chain))}"'
        self._add(ref, "heading-missing", message, sections.near_heading(chain))

    def _add(self, ref: Ref, code: str, message: str, near: str = "", advice: str = "") -> None:
        """Add a problem, with the `near` name as its hint, or else `advice`."""
        self.found.append(Diagnostic(ref.place, code, message, suggestion(near) or advice, nearest=near))


class NoMessages(ReferenceMessages):
    """Reports nothing, for references that are not in a note, and so looks up nothing for hints."""

    def missing(self, ref: Ref, *, will_be_hub: bool = False) -> None:
        """Report nothing."""

    def unpublished(self, ref: Ref) -> None:
        """Report nothing."""

    def ambiguous(self, ref: Ref, match: IndexMatch) -> None:
        """Report nothing."""

    def part_missing(self, ref: Ref, sections: Sections, path: VaultPath) -> None:
        """Report nothing."""


class NoticedMessages(ReferenceMessages):
    """Only records whether anything would be reported, and so looks up nothing for hints."""

    has_any = False

    def missing(self, ref: Ref, *, will_be_hub: bool = False) -> None:
        """Notice it."""
        self.has_any = True

    def unpublished(self, ref: Ref) -> None:
        """Notice it."""
        self.has_any = True

    def ambiguous(self, ref: Ref, match: IndexMatch) -> None:
        """Notice it."""
        self.has_any = True

    def part_missing(self, ref: Ref, sections: Sections, path: VaultPath) -> None:
        """Notice it."""
        self.has_any = True


def is_embed(ref: Ref) -> bool:
    """Say whether `ref` shows its target instead of leading to it."""
    return ref.kind in (RefKind.EMBED, RefKind.IMAGE)


def suggestion(name: str) -> str:
    """Return the hint that proposes `name`, empty for no name."""
    return f'did you mean "{one_line(name)}"?' if name else ""


def listed_names(names: Sequence[str]) -> str:
    """Return names separated by commas; of many only the first ones and the number of the others."""
    shown = ", ".join(names[:_MAX_NAMED])
    return shown if len(names) <= _MAX_NAMED else f"{shown} and {len(names) - _MAX_NAMED} more"


def one_line(text: str) -> str:
    """Return `text` as one line for a message (DG-2)."""
    return " ".join(text.split())
