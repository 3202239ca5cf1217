"""The quick environment: Jinja with quick code (see `compiling`), and the classes that this code uses at run time.

Templates have the same meaning as in any other environment. Half of the time that Jinja's own code takes for a page
is spent on tests whose result is fixed for a site: templates do not change while it is written, all have the same
globals, and everything printed is escaped.
"""

from collections.abc import Callable, Iterable, MutableMapping
from functools import partial
from hashlib import sha1
from pathlib import Path
from types import CodeType
from typing import Any, Final

import jinja2
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from garden.hosts.pelican.templates import compiling

try:
    # Unlike `escape`, this does not create a Markup object for each text.
    from markupsafe._speedups import _escape_inner as escape_text
except ImportError:

    def escape_text(text: str, /) -> str:
        """Return a text with its special characters as HTML writes them."""
        return str(escape(text))


def escaped(value: object) -> str:
    """Return a printed value as escaped text."""
    kind = type(value)
    if kind is str:
        return escape_text(value)  # type: ignore[arg-type]  # it is a str
    if kind is Markup:
        return value  # type: ignore[return-value]  # it is a Markup, so a str
    html = getattr(kind, "__html__", None)
    # `escape` would make one more object of what is HTML already.
    return html(value) if html else escape(value)


def _markup(pieces: Iterable[str]) -> Markup:
    """Return HTML in one piece."""
    # Without Markup's own constructor, which first looks for a method that returns HTML.
    return str.__new__(Markup, "".join(pieces))


class PageMacro:
    """A macro that takes no caller and only its own arguments: `html` is its function, which returns a text."""

    __slots__ = ("_macro", "html")

    def __init__(self, html: Callable[..., str], *macro: Any) -> None:
        """Wrap the function; `macro` is everything that Jinja makes a macro from."""
        self.html = html
        self._macro = macro

    def plain(self, *args: Any) -> str:
        """Return markup."""
        return _markup((self.html(*args),))

    def __getattr__(self, name: str) -> Any:
        return getattr(Macro(*self._macro), name)

    @jinja2.pass_eval_context
    def __call__(self, *args: Any, **kwargs: Any) -> str:
        """Return what the macro makes of any arguments."""
        return Macro(*self._macro)(*args, **kwargs)


def page_macro(
    environment: jinja2.Environment, function: Callable[..., str], name: str, arguments: list[str], *rest: Any
) -> PageMacro | Macro:
    """Return a macro; it is called for each `{% macro %}`."""
    if any(rest[:3]):  # it takes a caller, or any number of arguments
        return Macro(environment, function, name, arguments, *rest)
    # The code of a macro gives arguments that are `missing` their defaults.
    function.__defaults__ = (missing,) * len(arguments)
    return PageMacro(function, environment, function, name, arguments, *rest)


class Message:
    """Calls a function of the interface's messages, whose first argument says whether to escape them, as quick code needs it."""

    __slots__ = ("_function", "plain")

    def __init__(self, function: Callable[..., str]) -> None:
        self._function = function
        self.plain = partial(function, True)

    def html(self, *args: Any) -> str:
        """Return a message as HTML."""
        return self._function(True, *args).__html__()  # type: ignore[attr-defined, no-any-return]  # it is escaped

    @jinja2.pass_eval_context
    def __call__(self, context: EvalContext, *args: Any, **kwargs: Any) -> str:
        """Return a message."""
        return self._function(context.autoescape, *args, **kwargs)


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
        # Without `globals`: all templates have the same ones, and Jinja would compare them at each import.
        super().__init__(environment, parent, name, blocks)

    def call(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Call something, with the context that it wants."""
        if type(function) is Message:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return function.plain(*args, **kwargs)
        return super().call(function, *args, **kwargs)


_NAMES: Final = {
    "escape": escaped,
    "escape_text": escape_text,
    "markup": _markup,
    "Macro": page_macro,
    "QUICK": frozenset({PageMacro, Message}),
}
"""The names that quick code uses."""


class PageTemplate(jinja2.Template):
    """A template with quick code."""

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
        template.root_render_func.__globals__.update(_NAMES)
        return template


class _QuickCodes(BytecodeCache):
    """Stores quick code in the same cache as Jinja's own code, under other keys; `version` is a hash of all templates."""

    def __init__(self, kept: BytecodeCache, version: str) -> None:
        self._kept = kept
        self._version = "".join(
            (version, *(Path(file).read_text("utf-8") for file in (__file__, compiling.__file__)))
        )

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the key under which a template is stored."""
        return f"quick_{super().get_cache_key(name, filename)}"

    def get_source_checksum(self, source: str) -> str:
        """Return a hash of the source of the code, which includes that of all templates, since partials are inserted."""
        return sha1(f"{self._version}{source}".encode()).hexdigest()  # noqa: S324 (as Jinja does)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the code of a bucket."""
        self._kept.load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store the code of a bucket."""
        self._kept.dump_bytecode(bucket)


def quick_environment(environment: jinja2.Environment, version: str) -> Any:
    """Return an environment with quick code for the templates of `environment`, which must not change from now on.

    `version` is a hash of all of them. If quick code fails, the caller has to use `environment` instead.
    """
    kept = environment.bytecode_cache
    made: Any = environment.overlay(bytecode_cache=_QuickCodes(kept, version) if kept else None)
    made.context_class = PageContext
    made.template_class = PageTemplate
    made.code_generator_class = compiling.QuickCode
    generate, find = made._generate, made.get_template  # noqa: SLF001 (a hook that may be replaced)
    templates: dict[str, jinja2.Template] = {}
    modules: dict[str, Any] = {}

    def get_template(
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 (as in Jinja)
    ) -> jinja2.Template:
        if type(name) is not str or globals:
            return find(name, parent, globals)  # type: ignore[no-any-return]  # Jinja's own
        found = templates.get(name)
        if found is None:
            found = templates[name] = find(name, parent)
        return found

    def shared(name: str) -> Any:
        """Return the module of a template with its macros, created once for all templates that import it."""
        found = modules.get(name)
        if found is None:
            found = modules[name] = get_template(name).module
        return found

    def generated(template: Any, *rest: Any, **options: Any) -> str:
        """Return the quick code of a template; if it can have none, code that says so, which is kept as well."""
        try:
            code: str = generate(compiling.with_partials(environment, template), *rest, **options)
        except compiling.NotQuickError as error:
            return f"from {compiling.__name__} import NotQuickError\nraise NotQuickError({str(error)!r})\n"
        return code

    made.get_template = get_template
    made.shared = shared
    made._generate = generated  # noqa: SLF001 (as above)
    return made
