"""Variants of tags: those that the setting `tag_aliases` merges, and others that look alike."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from garden.linking.resolving.messages import one_line
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import Folded, VaultPath, fold
from garden.model.note import Document, Tag

_SEPARATORS = re.compile(r"[-_]")
_MAX_NAMED = 20  # variants named in a message: hundreds of them must not fill the log


class TagAliases:
    """The tags of the setting `tag_aliases`, compared by fold."""

    def __init__(self, aliases: Iterable[tuple[str, str]]) -> None:
        """Use pairs of a variant and the tag that it stands for, as it is shown."""
        self._meant: dict[Folded, str] = {}
        for variant, tag in aliases:
            self._meant[fold(tag)] = tag
            self._meant.setdefault(fold(variant), tag)

    def __bool__(self) -> bool:
        """Say whether there are any."""
        return bool(self._meant)

    def meant(self, name: str) -> str:
        """Return the tag that `name` stands for; with `ml` for `learning`, `ml/ops` is `learning/ops`."""
        at = len(name)
        while at > 0:
            tag = self._meant.get(fold(name[:at]))
            if tag is not None:
                return tag + name[at:]
            at = name.rfind("/", 0, at)
        return name

    def merge(self, document: Document) -> Document:
        """Return a note with its tags replaced by those that they stand for, each once."""
        merged: dict[Folded, Tag] = {}
        for tag in document.tags:
            name = self.meant(tag.name)
            merged.setdefault(fold(name), Tag(name, tag.place))
        tags = tuple(merged.values())
        return document if tags == document.tags else replace(document, tags=tags)

    def spellings(self, documents: Mapping[VaultPath, Document]) -> dict[Folded, Folded]:
        """Return every variant that notes use, with the tag that it stands for."""
        names = {tag.name for document in documents.values() for tag in document.tags}
        found = {fold(name): fold(self.meant(name)) for name in sorted(names)}
        return {variant: tag for variant, tag in found.items() if variant != tag}


class TagVariants(NamedTuple):
    """Tags that look like the same tag."""

    kept: str
    """The most frequent one."""
    others: tuple[tuple[Tag, ...], ...]
    """All uses of each other one, the rarest last."""

    @property
    def place(self) -> Place:
        """Where they are reported: at the first use of the rarest one."""
        return self.others[-1][0].place


def tag_variants(documents: Iterable[Document], tags: Iterable[Folded]) -> list[TagVariants]:
    """Return the groups of tags of the published `documents` that look like variants of one tag.

    These differ only in case, `-`, `_` and a plural `s`. `tags` are all tags of the documents.
    """
    groups: dict[str, list[Folded]] = {}
    for key in tags:
        groups.setdefault(_without_variation(key), []).append(key)
    uses: dict[Folded, list[Tag]] = {key: [] for group in groups.values() if len(group) > 1 for key in group}
    if not uses:
        return []
    for document in documents:
        for tag in document.tags:
            found = uses.get(fold(tag.name))
            if found is not None:
                found.append(tag)
    variants = []
    for group in groups.values():
        # A tag that only others are nested in has no uses of its own.
        used = [tuple(uses[key]) for key in group if uses.get(key)]
        if len(used) > 1:
            used.sort(key=lambda tags: (-len(tags), tags[0].name))
            variants.append(TagVariants(used[0][0].name, tuple(used[1:])))
    return variants


def similar_tags(documents: Iterable[Document], tags: Iterable[Folded]) -> list[Diagnostic]:
    """Report each group of `tag_variants` once, with the proposal to merge all into the most frequent tag."""
    return [_alike(group) for group in tag_variants(documents, tags)]


def _alike(group: TagVariants) -> Diagnostic:
    """Report tags that look like one tag, with the setting that would merge them."""
    kept, others = group.kept, [uses[0].name for uses in group.others]
    names = ", ".join(f'"{one_line(name)}"' for name in (kept, *others)[:_MAX_NAMED])
    entries = ", ".join(f'"{one_line(name)}": "{one_line(kept)}"' for name in others[:_MAX_NAMED])
    message = f"these tags look like the same tag: {names}"
    help_text = f'to merge them, add to GARDEN["tag_aliases"]: {entries}'
    return Diagnostic(group.place, "tag-variants", message, help_text)


def _without_variation(key: Folded) -> str:
    """Return a tag without `-`, `_` and a plural `s`: equal for variants of one tag."""
    parts = (_SEPARATORS.sub("", part) or part for part in key.split("/"))
    # Words that end in a double s, such as «class», are not plurals.
    return "/".join(
        part[:-1] if part.endswith("s") and not part.endswith("ss") and len(part) > 3 else part
        for part in parts
    )
