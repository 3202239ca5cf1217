"""Resolves a reference, always with the same order of preference (WL-6, WL-13).

`locate` looks only in the vault: for a note, drafts included, or an attachment. `resolve` takes into account what is
published, hubs and other generated pages, and the parts of a note, and reports problems with the reference.
"""

import re
from collections.abc import Mapping
from typing import assert_never
from urllib.parse import unquote

from msgspec import Struct, field

from garden.linking.hierarchy.parent_policies import ParentPolicies
from garden.linking.relation import Hub, Node
from garden.linking.resolving.index import Index, IndexEntry, IndexMatch
from garden.linking.resolving.messages import ReferenceMessages, is_embed
from garden.linking.resolving.resolution import (
    Found,
    FoundFile,
    FoundPage,
    LeftAlone,
    Missing,
    Resolution,
    Unpublished,
)
from garden.linking.sections import Sections
from garden.model.names import Anchor, Folded, Url, VaultPath, fold, folder, is_media, is_note, is_view_file
from garden.model.note import Block, Heading, Ref, RefKind
from garden.model.settings import ParentPolicy, Settings

# Pelican's own links, such as `{filename}a.md` and `{tag}x`, or in the older form `|filename|a.md` (WL-13).
_PELICAN = re.compile(r"(?:\{(\w+)\}|\|(\w+)\|)(.*)", re.DOTALL)
_FILE_SCHEMES = ("filename", "static", "attach")
"""The words in braces that a path in the vault follows; after the others comes the name of a tag, category or author."""
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


class GeneratedPages(Struct, frozen=True):
    """The pages that are not notes but can be linked to, by fold of their name."""

    hubs: Mapping[Folded, Hub] = field(default_factory=dict)
    pages: Mapping[str, Mapping[Folded, Url]] = field(default_factory=dict)
    """The pages of tags, categories and authors by kind."""
    named_like_drafts: frozenset[Folded] = frozenset()
    """Hubs that have the same name as a draft: only references to a parent lead to them."""
    respelled: frozenset[Folded] = frozenset()
    """Names of parents that mean a note whose name is spelled differently."""
    ups: frozenset[str] = frozenset(("up",))
    """The relations to parents."""
    policies: ParentPolicies = field(default_factory=lambda: ParentPolicies(Settings()))


def locate(index: Index, source: VaultPath, ref: Ref) -> IndexMatch | None:
    """Return the note or attachment that `ref` in the note `source` names (WL-6, steps 1 to 5)."""
    path = ref.target.path
    if not path:
        # `![]()` names no picture, and certainly not the note that it is in.
        empty = ref.kind is RefKind.IMAGE and not ref.raw
        return None if empty else IndexMatch(IndexEntry(source, source, is_note=True))
    pelican = _pelican(ref)
    if pelican:
        scheme, rest = pelican
        if scheme not in _FILE_SCHEMES:
            return None
        return _at(index, "" if rest.startswith("/") else folder(source), rest.lstrip("/"))
    if path.startswith(("./", "../")):
        return _at(index, folder(source), path, prefer_files=_asks_for_media(ref))
    if path.startswith("/"):
        return _at(index, "", path[1:], prefer_files=_asks_for_media(ref))
    candidates = index.candidates(path)
    if len(candidates) == 1:
        # The only candidate is the result of steps 2 to 4, whichever finds it.
        return IndexMatch(candidates[0])
    # A path with `/.` or `/..` in it is not the end of any path as it is written.
    if candidates or "/." in path:
        media = _asks_for_media(ref)
        found = (
            _at(index, "", path, prefer_files=media)
            or _at(index, folder(source), path, prefer_files=media)
            or index.anywhere(path, prefer_files=media)
        )
        if found:
            return found
    return index.alias(path) or _folder(index, source, ref)


def _asks_for_media(ref: Ref) -> bool:
    """Say whether an embed names a media file, so that a note of that name does not match (WL-5)."""
    named = ref.raw.partition("#")[0].rstrip()
    return is_embed(ref) and is_media(ref.target.path) and not is_note(named)


def _folder(index: Index, source: VaultPath, ref: Ref) -> IndexMatch | None:
    """Return the page of the folder that a link names, if nothing else matches (TI-3): from the root, beside the note, anywhere."""
    if is_embed(ref):
        return None
    path = ref.target.path.rstrip("/")
    beside = f"{folder(source)}/{path}" if folder(source) else path
    return index.folder_at(path) or index.folder_at(beside) or index.folder_anywhere(path)


def resolution_key(ref: Ref) -> tuple[object, ...]:
    """Return everything in a reference that its resolution depends on, which is equal for references that lead to the same."""
    return ref.kind, ref.target, ref.raw, ref.relation


def hub_name(ref: Ref) -> str:
    """Return the name of the hub that this reference asks for if it names no note, empty if it cannot ask for one (HI-9)."""
    pelican = _pelican(ref)
    path = pelican[1] if pelican else ref.target.path
    name = path.rpartition("/")[2].strip()
    return "" if name in (".", "..") else name


def resolve(
    index: Index, source: VaultPath, ref: Ref, generated: GeneratedPages, problems: ReferenceMessages
) -> Resolution:
    """Return what `ref` in the note `source` leads to; problems with it are reported to `problems`."""
    match = locate(index, source, ref) or _respelled(index, ref, generated)
    if match:
        found = _in_vault(index, ref, match, problems)
        return _unpublished(index, source, ref, generated, problems) if found is None else found
    page = _generated_page(ref, generated)
    if page:
        return page
    if _may_be_site_address(ref):
        return LeftAlone()
    # A missing parent needs no warning if the author has chosen another policy than a page for it.
    is_parent = ref.relation in generated.ups
    if not is_parent or generated.policies.of_missing(hub_name(ref)) is ParentPolicy.PAGE:
        # Only published notes have hubs as parents (HI-9).
        will_be_hub = is_parent and source not in index.pages and not is_embed(ref) and hub_name(ref) != ""
        problems.missing(ref, will_be_hub=will_be_hub)
    return Missing()


def _respelled(index: Index, ref: Ref, generated: GeneratedPages) -> IndexMatch | None:
    """Return the note that the name of a parent means in another spelling (PB-6).

    Other links find it so only if the same name is that of a parent somewhere (WL-6.6).
    """
    if is_embed(ref) or not _leads_to_hub(ref, generated):
        return None
    name = hub_name(ref)
    if ref.relation not in generated.ups and fold(name) not in generated.respelled:
        return None
    entry = index.spelled_alike(name) if name else None
    return entry and IndexMatch(entry)


def _unpublished(
    index: Index, source: VaultPath, ref: Ref, generated: GeneratedPages, problems: ReferenceMessages
) -> Resolution:
    """Resolve a reference to a draft (PB-4); as a parent it may have a hub instead."""
    if ref.relation in generated.ups and not is_embed(ref):
        key = fold(hub_name(ref))
        policy = generated.policies.of_unpublished(key)
        if policy is ParentPolicy.PAGE and key in generated.named_like_drafts:
            return Found(Node("hub", key))
        if policy:
            return Unpublished()
    # There is nothing to report about a draft that links to another.
    if source in index.pages:
        problems.unpublished(ref)
    return Unpublished()


def _in_vault(index: Index, ref: Ref, match: IndexMatch, problems: ReferenceMessages) -> Resolution | None:
    """Resolve a reference to something in the vault; None for a note that is not published."""
    if match.candidates:
        problems.ambiguous(ref, match)
    path, target = match.entry.path, ref.target
    if not match.entry.is_note:
        return FoundFile(path)
    page = index.pages.get(path)
    if page is None:
        return None
    if is_view_file(path) or index.documents[path].view == "drawing":
        return page  # what follows `#` names a view or a part of a drawing, not a heading
    fragment_only = not target.path and ref.kind is RefKind.MARKDOWN
    if not (target.headings or target.block or target.fragment):
        return LeftAlone() if fragment_only else page
    sections = index.sections(path)
    if target.fragment and sections.has_raw(target.fragment):
        return Found(page.node, Anchor(target.fragment))
    part = _part(sections, ref)
    if part:
        # A heading that is shown only as the title of the page has no element of its own (TI-2).
        hidden = isinstance(part, Heading) and not part.shown
        return Found(page.node, None if hidden else part.anchor, part)
    if fragment_only:
        return LeftAlone()
    # In a hierarchy line only the note matters, not the heading or block (HI-4).
    if not ref.relation:
        problems.part_missing(ref, sections, path)
    return Found(page.node, part_missing=True)


def _part(sections: Sections, ref: Ref) -> Heading | Block | None:
    """Return the heading or block that `ref` names; the fragment of a Markdown link is tried as an element id first (WL-13)."""
    target = ref.target
    if target.fragment:
        # A Markdown link cannot name a chain; its whole fragment may be a heading that contains `#`.
        element = sections.element(target.fragment) or (
            None if target.block else sections.heading((target.fragment,))
        )
        if element:
            return element
    if target.block:
        return sections.block(target.block)
    return sections.heading(target.headings) if target.headings else None


def _generated_page(ref: Ref, generated: GeneratedPages) -> Found | FoundPage | None:
    """Resolve a reference to a page that is not a note: one of Pelican's links, or a hub (WL-6.6), which cannot be embedded."""
    pelican = _pelican(ref)
    if pelican and pelican[0] not in _FILE_SCHEMES:
        scheme, name = pelican
        if scheme == "index":
            return FoundPage(Url(""))
        url = generated.pages.get(scheme, {}).get(fold(name))
        return None if url is None else FoundPage(url)
    if is_embed(ref) or not _leads_to_hub(ref, generated):
        return None
    hub = generated.hubs.get(fold(hub_name(ref)))
    if hub is None:
        return None
    return Found(Node("hub", hub.key))


def _leads_to_hub(ref: Ref, generated: GeneratedPages) -> bool:
    """Say whether a reference can lead to a hub: references to a parent always do (HI-9), others not by a relative path."""
    return ref.relation in generated.ups or not ref.target.path.startswith(("./", "../"))


def _may_be_site_address(ref: Ref) -> bool:
    """Say whether an unresolved reference is left as it is written, since it may be an address and not a path in the vault (WL-13)."""
    if _pelican(ref):
        return False
    match ref.kind:
        case RefKind.WIKILINK | RefKind.EMBED | RefKind.PROPERTY:
            return False
        case RefKind.IMAGE:
            return bool(_ABSOLUTE.match(ref.raw))
        case RefKind.MARKDOWN:
            path = unquote(ref.raw.partition("#")[0]).strip()
            # A hierarchy line always names a note, also without an ending (HI-2).
            names_parent = bool(ref.relation) and bool(hub_name(ref)) and not _ABSOLUTE.match(path)
            return not (is_note(path) or names_parent)
        case _:
            assert_never(ref.kind)


def _pelican(ref: Ref) -> tuple[str, str] | None:
    """Return the scheme and the rest of one of Pelican's links `{scheme}rest`; None for any other reference."""
    if ref.target.path[0:1] not in ("{", "|") or ref.kind not in (RefKind.MARKDOWN, RefKind.IMAGE):
        return None
    found = _PELICAN.match(ref.target.path)
    return ((found[1] or found[2]).lower(), found[3]) if found else None


def _at(index: Index, base: str, path: str, *, prefer_files: bool = False) -> IndexMatch | None:
    """Return what is at one path, or else the page of the folder there; `..` at the vault root stays there (WL-6.1, TI-3)."""
    parts = base.split("/") if base else []
    for part in path.split("/"):
        if part == "..":
            del parts[-1:]
        elif part != ".":
            parts.append(part)
    found = index.at("/".join(parts), prefer_files=prefer_files)
    return found or index.folder_at("/".join(filter(None, parts)))
