"""The nodes of front matter, with their places: what `yaml_tree` and other parsers return."""

from msgspec import Struct


class YamlScalar(Struct, frozen=True):
    """A scalar's text; `plain` if it has no quotation marks; `start`, `end` are offsets in the file's text."""

    text: str
    plain: bool
    start: int
    end: int


class YamlSequence(Struct, frozen=True):
    """A list."""

    items: tuple["YamlNode", ...]
    start: int
    end: int


class YamlMapping(Struct, frozen=True):
    """A mapping as it is written: keys may repeat."""

    pairs: tuple[tuple["YamlNode", "YamlNode"], ...]
    start: int
    end: int


YamlNode = YamlScalar | YamlSequence | YamlMapping


class YamlError(Exception):
    """The text is not YAML; `offset` is where in the file's text the parser stopped."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message
