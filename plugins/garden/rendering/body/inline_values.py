"""Reads values in results of views that are Markdown, so that they show no more than the note that they come from (VW-16)."""

import re
from gettext import NullTranslations
from typing import Final

from garden.linking.relation import Node
from garden.linking.resolving.resolution import Missing, Unpublished
from garden.linking.snapshot import Snapshot
from garden.model import names
from garden.model.diagnostic import Place
from garden.model.names import VaultPath
from garden.model.note import Document, Meta, Ref, RefKind
from garden.model.settings import Settings
from garden.model.target import split_wikilink, wiki_target
from garden.reading.inline_text import InlineText, read_inline
from garden.rendering.body.footnotes import FootnoteList
from garden.rendering.body.scope import Scope

PLAIN_TEXT: Final = re.compile(r"[A-Za-z0-9.,;()\/ -]*")
"""A value that needs no conversion from Markdown, as most do not."""

_EMBED: Final = re.compile(r"!\[\[([^\[\]]*)\]\]")
"""An embed in a value."""


def inline_value(
    snapshot: Snapshot, settings: Settings, translation: NullTranslations, text: str, source: VaultPath
) -> tuple[InlineText, Scope]:
    """Read a value that is Markdown of the note at `source`; return it with what its slots are filled from."""

    def without_embed(found: re.Match[str]) -> str:
        """Return what is shown for an embed: an image, a link to a note, or that there is none (PB-4, VW-6)."""
        destination, _ = split_wikilink(found[1]) or ("", "")
        target = wiki_target(destination)
        if names.is_image(target.path):
            return found[0]
        place = Place(source, 1, 1)
        located = snapshot.locate(source, Ref(RefKind.EMBED, target, destination, place))
        is_nothing = isinstance(located, Missing | Unpublished)
        return translation.gettext("not available") if is_nothing else f"[[{found[1]}]]"

    read = read_inline(_EMBED.sub(without_embed, text), source, settings.reading)
    resolutions = tuple(snapshot.locate(source, ref) for ref in read.refs)
    document = Document(source, "", "", Meta(), read.refs)
    # With a prefix the text counts as being on another page: it gets no ids, and all its addresses are complete.
    return read, Scope(document, Node("note", source), resolutions, "v:", FootnoteList("v:"), range(0))
