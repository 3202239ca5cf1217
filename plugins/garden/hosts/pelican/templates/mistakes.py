"""Mistakes in templates, as one sentence each for whoever wrote the template: its place, and names as templates write them."""

import os
import re
import traceback
from collections.abc import Iterable, Mapping
from typing import Any

import jinja2
from jinja2.utils import missing

from garden.hosts.settings.setting_values import did_you_mean


class UnknownName(jinja2.StrictUndefined):
    """A name that a template uses and nothing has; using it is an error whose text has no names of classes."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        owner, name = self._undefined_obj, str(self._undefined_name)
        unknown = f"`{name}` is not defined"
        if owner is missing:
            return unknown
        if owner is None:
            return f"{unknown}, because what it is asked of is none here"
        return unknown + did_you_mean(name, _names(owner))


def _names(owner: Any) -> Iterable[str]:
    """Return the names that a template can ask of a value."""
    keys = filter(lambda key: isinstance(key, str), owner) if isinstance(owner, Mapping) else ()
    return [*keys, *(name for name in dir(owner) if not name.startswith("_"))]


def template_mistake(error: Exception, variables: Iterable[str]) -> str | None:
    """Return `file:line: error …` for what was raised while a template was rendered, None when none was.

    `variables` are the names that the template is given, of which a wrong one may be near to one.
    """
    places = [
        frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")
    ]
    if not places:
        return None
    place = places[-1]
    sentence = _sentence(error, place.line or "", variables)
    return f"{os.path.relpath(place.filename)}:{place.lineno}: error {sentence}"


def _sentence(error: Exception, source: str, variables: Iterable[str]) -> str:
    """Return what is wrong in the line `source` of a template."""
    said = str(error)
    if isinstance(error, jinja2.UndefinedError):
        return _with_owner(said, source, variables)
    if isinstance(error, jinja2.TemplateNotFound):
        return f'there is no template "{error.name}"'
    if isinstance(error, jinja2.TemplateSyntaxError):
        # Jinja finds the first character that cannot go on, which may be far below what has been forgotten.
        is_found_late = "nexpected" in said or said.startswith("expected token")
        return said + ("; perhaps a `{{` or `{%` above is not closed" if is_found_late else "")
    return f"{type(error).__name__}: {said}"


def _with_owner(said: str, source: str, variables: Iterable[str]) -> str:
    """Return the text of an UnknownName, the name as the line has it: `site.nmae` and not `nmae` alone."""
    match = re.match(r"`(\w+)` is not defined$|`(\w+)` ", said)
    if match is None:
        return said
    if match[1] and not re.search(rf"[.]\s*{match[1]}\b", source):
        return said + did_you_mean(match[1], variables)
    name = match[1] or match[2]
    written = re.search(rf"\w[\w.]*[.]{name}\b", source)
    return said.replace(f"`{name}`", f"`{written[0]}`", 1) if written else said
