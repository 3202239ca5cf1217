"""Fills placeholders such as `{{query.file.…}}` in queries of tasks (TQ-1), which refer to the note with the query."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from msgspec import Struct, field

from garden.model.names import VaultPath, folder, stem
from garden.model.views.spots import Spot
from garden.reading.queries.cursor import LiveQueryError

_PLACEHOLDER: Final = re.compile(r"\{\{(.*?)\}\}")
_PROPERTY: Final = re.compile(
    r"""query\.file\.(?P<asks>property|hasProperty)\(\s*(["'])(?P<name>[^"']*)\2\s*\)"""
    r"""(?:\s*\?\?\s*(["'])(?P<other>[^"']*)\4)?"""
)


class QueryHost(Struct, frozen=True):
    """The note that contains a query: its path and its front matter."""

    path: VaultPath
    properties: Mapping[str, object] = field(default_factory=dict)

    def filled(self, instruction: str, spot: Spot) -> str:
        """Return an instruction with its placeholders filled; the value of a property may have several lines.

        Raises LiveQueryError for a placeholder that is unknown, or has no value in this note.
        """
        return _PLACEHOLDER.sub(lambda found: self._value(found[1].strip(), spot), instruction)

    def _value(self, asked: str, spot: Spot) -> str:
        """Return what a placeholder stands for. Raises LiveQueryError."""
        values = self._values()
        if asked in values:
            return values[asked]
        found = _PROPERTY.fullmatch(asked)
        if found:
            return self._property(found, spot)
        near = get_close_matches(asked, sorted(values), n=1)
        hint = f"did you mean {{{{{near[0]}}}}}?" if near else ""
        code = "view-syntax" if near else "view-unsupported"
        raise LiveQueryError(spot, f"the placeholder {{{{{asked[:60]}}}}} is not supported", hint, code)

    def _values(self) -> Mapping[str, str]:
        """Return the values of the placeholders that have no argument."""
        path = self.path
        return {
            "query.file.path": path,
            "query.file.pathWithoutExtension": path.rpartition(".")[0],
            "query.file.root": f"{path.partition('/')[0]}/" if "/" in path else "/",
            "query.file.folder": f"{folder(path)}/",
            "query.file.filename": path.rsplit("/", 1)[-1],
            "query.file.filenameWithoutExtension": stem(path),
        }

    def _property(self, asked: re.Match[str], spot: Spot) -> str:
        """Return the value of a property, or whether the note has it. Raises LiveQueryError if it has neither it nor a default."""
        name = asked["name"]
        folded = {key.lower(): value for key, value in self.properties.items()}
        value = folded.get(name.lower())
        if asked["asks"] == "hasProperty":
            return "true" if value is not None else "false"
        if value is not None:
            return _text(value)
        if asked["other"] is None:
            raise LiveQueryError(spot, f'this note has no property "{name}"')
        return asked["other"]


def _text(value: object) -> str:
    """Return a value of the front matter as it is written in a query."""
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return ",".join(_text(item) for item in value if item is not None)
        case _:
            return str(value)
