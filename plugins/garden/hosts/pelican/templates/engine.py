"""Jinja with less work for each page: questions that it asks at each call and each import are answered once.

A page of ours is made of two dozen partials, a hundred macro calls and several hundred printed values; Jinja asks at
each of them whether the callee wants its context, whether globals have been added since, whether a value is markup.
Half of a template's time goes into these questions. They have one answer in a site: templates are not changed
while it is written, all of them have the same globals, and everything printed is escaped.

Templates mean the same as everywhere, and compiled ones are Jinja's own, so that they can be kept where Jinja keeps them:
only the classes that a compiled template uses when it runs are different.
"""

import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from types import CodeType
from typing import Any, Final

import jinja2
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

_NEEDS_ESCAPING: Final = re.compile("[&<>\"']").search


def escaped(value: object) -> str:
    """Return what a page shows of a value that a template prints.

    As markupsafe's `escape`, which makes a Markup of everything, at twice the price; nobody asks here whether it is one.
    """
    if type(value) is str:
        return escape(value) if _NEEDS_ESCAPING(value) else value
    return value if type(value) is Markup else escape(value)


class PageMacro(Macro):
    """A macro that takes arguments by position as they come; whatever else there is to a call is Jinja's."""

    def __init__(
        self,
        environment: jinja2.Environment,
        func: Callable[..., str],
        name: str,
        arguments: list[str],
        *rest: Any,
    ) -> None:
        super().__init__(environment, func, name, arguments, *rest)
        takes_more = any(rest[:3])  # a caller, or any number of arguments
        self._plain = None if takes_more else func
        self._count = len(arguments) + 1

    @jinja2.pass_eval_context
    def __call__(self, *args: Any, **kwargs: Any) -> str:
        """Return what the macro makes of its arguments; the first one is the context of its call."""
        if self._plain and not kwargs and len(args) == self._count and type(args[0]) is EvalContext:
            return Markup(self._plain(*args[1:]))  # noqa: S704 (a macro escapes what it prints)
        return super().__call__(*args, **kwargs)


class Message:
    """A function of the interface's messages."""

    def __init__(self, function: Callable[..., str]) -> None:
        self._function = function

    @jinja2.pass_eval_context
    def __call__(self, *args: Any, **kwargs: Any) -> str:
        """Return a message; the first argument is the context of the call."""
        return self._function(*args, **kwargs)


class PageContext(Context):
    """The variables of a template; it knows the most frequent callees."""

    def __init__(
        self,
        environment: jinja2.Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Any],
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 (Jinja passes it by this name)
    ) -> None:
        # No globals are added between templates: without them no import has to compare them.
        super().__init__(environment, parent, name, blocks)

    def call(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Call something, with the context that it wants."""
        if type(function) in _TAKE_EVAL_CONTEXT:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return function(self.eval_ctx, *args, **kwargs)
        return super().call(function, *args, **kwargs)


_TAKE_EVAL_CONTEXT: Final = frozenset({PageMacro, Message})


class PageTemplate(jinja2.Template):
    """A template whose compiled code uses what is in this module."""

    @classmethod
    def from_code(
        cls,
        environment: jinja2.Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 (Jinja passes it by this name)
        uptodate: Callable[[], bool] | None = None,
    ) -> jinja2.Template:
        """Return the template of compiled code."""
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__.update(escape=escaped, Macro=PageMacro)
        template.root_render_func = _in_one_piece(template.root_render_func)
        return template


def _in_one_piece(root: Callable[[Context], Iterable[str]]) -> Callable[[Context], Iterator[str]]:
    """Let a template yield its text once: each piece would be handed up through all templates that include it."""

    def whole(context: Context) -> Iterator[str]:
        yield "".join(root(context))

    return whole


def prepare_environment(environment: Any) -> None:
    """Let an environment make its templates in this way; its templates do not change from now on."""
    environment.context_class = PageContext
    environment.template_class = PageTemplate
    find = environment.get_template
    known: dict[str, jinja2.Template] = {}

    def get_template(
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 (as in Jinja)
    ) -> jinja2.Template:
        if type(name) is not str or globals:
            return find(name, parent, globals)  # type: ignore[no-any-return]  # Jinja's own
        found = known.get(name)
        if found is None:
            found = known[name] = find(name, parent)
        return found

    environment.get_template = get_template
