"""What an author can set, with sound defaults: the `GARDEN` dictionary of `pelican.conf.py`.

Split by the layer that reads it, so that a cached Document is thrown away only
when a setting changes that reading depends on.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RelationField:
    """A hierarchy field (HI-1): its name as written, the label that readers see, its inverse."""

    name: str
    label: str
    inverse: str


RELATIONS = (
    RelationField("up", "Part of", "down"),
    RelationField("down", "Contains", "up"),
    RelationField("same", "Same topic", "same"),
    RelationField("next", "Next", "prev"),
    RelationField("prev", "Previous", "next"),
    RelationField("X", "Related", "X"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Settings that change what one note says. `relations` are compared names (IF-4)."""

    relations: tuple[str, ...] = ("up", "down", "same", "next", "prev", "x")
    default_status: str = "published"
    hard_line_breaks: bool = False
    raw_html: bool = True


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of the plugin.

    `base` is the path below which the site is served (``""`` or ``"/docs"``), `site_url` the
    absolute address, both taken from Pelican's `SITEURL`.
    """

    reading: Reading = Reading()
    relations: tuple[RelationField, ...] = RELATIONS
    ignore: tuple[str, ...] = ()
    static: tuple[str, ...] = ()
    link_text: str = "as-typed"  # or "title" (WL-7)
    tag_page_minimum: int = 1
    provenance: tuple[str, ...] = ()
    home_branches: int = 12
    recent: int = 8
    feed_items: int = 20
    repository: str = ""
    licence: str = ""
    site_name: str = "Garden"
    site_url: str = ""
    base: str = ""
    author: str = ""
    language: str = "en"
    timezone: str = "UTC"


class SettingsError(ValueError):
    """A setting has a name or a value that the plugin does not know; the text says which."""
