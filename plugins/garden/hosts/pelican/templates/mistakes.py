"""Describes each mistake in a template in one sentence for its author, with the place, and with names as in templates."""

import os
import re
import traceback
from collections.abc import Iterable, Mapping
from typing import Any

import jinja2
from jinja2.utils import missing

from garden.hosts.settings.setting_values import did_you_mean


class UnknownName(jinja2.StrictUndefined):
    """An undefined name in a template; using it raises an error whose text contains no names of Python classes."""

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
            return f"{unknown}, because what it belongs to is None here"
        return unknown + did_you_mean(name, _names(owner))


def _names(owner: Any) -> Iterable[str]:
    """Return the names of the attributes or items of a value that a template can use."""
    keys = filter(lambda key: isinstance(key, str), owner) if isinstance(owner, Mapping) else ()
    return [*keys, *(name for name in dir(owner) if not name.startswith("_"))]


def template_mistake(error: Exception, variables: Iterable[str]) -> str | None:
    """Return `file:line: error …` for an exception in a template, None for one that was raised elsewhere.

    `variables` are the names that the template gets; a similar one is proposed for an undefined name.
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
    """Return a description of the error in the line `source` of a template."""
    message = str(error)
    if isinstance(error, jinja2.UndefinedError):
        return _with_owner(message, source, variables)
    if isinstance(error, jinja2.TemplateNotFound):
        return f'there is no template "{error.name}"'
    if isinstance(error, jinja2.TemplateSyntaxError):
        # Jinja reports the first character that it cannot parse, which may be far below the actual mistake.
        is_found_late = "nexpected" in message or message.startswith("expected token")
        return message + ("; perhaps a `{{` or `{%` above is not closed" if is_found_late else "")
    return f"{type(error).__name__}: {message}"


def _with_owner(message: str, source: str, variables: Iterable[str]) -> str:
    """Return the message of an UnknownName with the whole name as it is in the line: `site.nmae` and not only `nmae`."""
    match = re.match(r"`(\w+)` is not defined$|`(\w+)` ", message)
    if match is None:
        return message
    if match[1] and not re.search(rf"[.]\s*{match[1]}\b", source):
        return message + did_you_mean(match[1], variables)
    name = match[1] or match[2]
    written = re.search(rf"\w[\w.]*[.]{name}\b", source)
    return message.replace(f"`{name}`", f"`{written[0]}`", 1) if written else message
