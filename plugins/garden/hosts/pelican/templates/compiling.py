"""Compiles templates to quick code, which leaves out what Jinja's own code tests again at each value, call and partial.

One of our pages has two dozen partials, a hundred macro calls and several hundred printed values. At each of them,
Jinja's code tests at run time whether a name is defined, whether a value has an attribute or an item of that name,
and whether a callee needs its context; and it creates a new context for each partial. Quick code assumes what holds
for our pages: partials are parts of the template that includes them, `a.b` is an attribute, a macro is a function.

If an assumption is wrong, quick code raises an exception, and never yields a different text. Then Jinja's own code
renders the page (see `theme`): it supports everything that templates can do, and reports what is wrong.
"""

from collections.abc import Iterable
from keyword import iskeyword
from typing import Any, Final

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer

_LENIENT: Final = frozenset(("defined", "undefined", "default", "d"))
"""Tests and filters of values that may be missing."""

_WITH_ITEMS: Final = frozenset(("self", "settings"))
"""The variables of templates that have items and no attributes."""


class NotQuickError(Exception):
    """A template uses something that quick code does not support."""


class _Inlined(NodeTransformer):
    """Replaces every include of a partial with a fixed name by the content of the partial."""

    def __init__(self, environment: jinja2.Environment) -> None:
        self._environment = environment
        self._within: list[str] = []  # the partials that are being inserted: one in itself would never end

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 (Jinja's name)
        """Return the content of a partial, in a scope of its own."""
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if type(name) is not str or node.ignore_missing or not node.with_context or name in self._within:
            return node
        loader = self._environment.loader
        assert loader is not None, "templates of a theme are files"
        source, _, _ = loader.get_source(self._environment, name)
        partial = self._environment.parse(source, name)
        if partial.find(nodes.Block) or partial.find(nodes.Extends):
            return node
        self._within.append(name)
        self.generic_visit(partial)
        self._within.pop()
        return nodes.Scope(partial.body, lineno=node.lineno)


def with_partials(environment: jinja2.Environment, template: nodes.Template) -> nodes.Template:
    """Return a parsed template with its partials inserted. Raises Jinja's errors for a faulty partial."""
    _Inlined(environment).visit(template)
    return template


class QuickCode(CodeGenerator):
    """Writes the quick code of a template, for an environment that escapes everything.

    The code uses these names of `engine`: `escape`, `escape_text`, `markup`, and `QUICK`. The latter are the classes of
    callees that have two functions, to which arguments are passed by position and nothing else: `html` returns what is
    printed, as a text, `plain` what is used otherwise.

    Jinja calls a method for each kind of node, which writes the code of that node.
    """

    _is_lenient = False  # whether a value that is being written may be missing
    _printed: nodes.Node | None = None  # the expression in `{{ }}` that is being written

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Collect the output of a template or block in a list: a generator would be resumed for each of its pieces."""
        is_outermost = frame.buffer is None
        if is_outermost:
            self.buffer(frame)
        super().blockvisit(nodes, frame)
        if is_outermost and not (frame.rootlevel and self.has_known_extends):
            self.writeline(f"yield ''.join({frame.buffer})")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 (Jinja's names, here and below)
        """Read an attribute."""
        owner = node.node.name if isinstance(node.node, nodes.Name) else ""
        if self._is_lenient or owner in _WITH_ITEMS or not node.attr.isidentifier() or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        if owner:
            # If the variable is missing, it has no attributes, so reading one raises an error.
            self.write(frame.symbols.ref(owner))
        else:
            self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:  # noqa: N802
        """Test a value, which may be missing if the test is for that."""
        self._leniently(node.name, super().visit_Test, node, frame)

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        """Filter a value, which may be missing if the filter gives a default."""
        if node is self._printed and node.name == "safe" and node.node is not None:
            self.write("(shown if (shown := ")  # no Markup object for a text that is only printed
            self.visit(node.node, frame)
            self.write(").__class__ is str else Markup(shown))")
            return
        self._leniently(node.name, super().visit_Filter, node, frame)

    def _leniently(self, name: str, visit: Any, node: nodes.Node, frame: Frame) -> None:
        """Write a test or filter of this name."""
        before = self._is_lenient
        self._is_lenient = before or name in _LENIENT
        visit(node, frame)
        self._is_lenient = before

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Call something: directly, if it needs only its arguments."""
        if forward_caller or node.kwargs or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        is_printed = node is self._printed
        # The callee is evaluated once: it may be the result of another call.
        # `callee.html(…) if (callee := …).__class__ in QUICK else escape(context.call(callee, …))`
        self.write(f"(callee.{'html' if is_printed else 'plain'}(")
        for number, argument in enumerate(node.args):
            self.write(", " if number else "")
            self.visit(argument, frame)
        self.write(") if (callee := ")
        self.visit(node.node, frame)
        self.write(f").__class__ in QUICK else {'escape(' if is_printed else ''}context.call(callee")
        variables = (("_loop_vars", frame.loop_frame), ("_block_vars", frame.block_frame))
        self.signature(node, frame, {name: name for name, is_there in variables if is_there})
        self.write(")))" if is_printed else "))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Write what comes before a printed expression: the beginning of the code that escapes its value."""
        self._check(frame)
        if finalize.src is not None:
            raise NotQuickError("finalize")
        self._printed = node
        if not self._prints_html(node):
            self.write("(escape_text(shown) if (shown := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Write what comes after it."""
        self._printed = None
        if not self._prints_html(node):
            self.write(").__class__ is str else escape(shown))")

    @staticmethod
    def _prints_html(node: nodes.Node) -> bool:
        """Say whether the code of a printed expression escapes its value where it must."""
        if isinstance(node, nodes.Filter):
            return node.name == "safe" and node.node is not None
        return isinstance(node, nodes.Call) and not (node.kwargs or node.dyn_args or node.dyn_kwargs)

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        """Return the output of a macro as a text, that of a recursive loop as markup."""
        self._check(frame)
        self.writeline(f"return {'concat' if force_unescaped else 'markup'}({frame.buffer})")

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:  # noqa: N802
        """Write a block as one text."""
        if self.extends_so_far or node.scoped or node.required:
            super().visit_Block(node, frame)
        else:
            self.simple_write(f"''.join(context.blocks[{node.name!r}][0](context))", frame, node)

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        """Import macros: those of a template with a fixed name from a module that all templates share."""
        if node.with_context or not isinstance(node.template, nodes.Const):
            super()._import_common(node, frame)
        else:
            self.write(f"environment.shared({node.template.value!r})")

    def visit_EvalContextModifier(self, node: nodes.EvalContextModifier, frame: Frame) -> None:  # noqa: N802
        """Raise NotQuickError for a template that changes what is escaped."""
        raise NotQuickError("autoescape")

    visit_ScopedEvalContextModifier = visit_EvalContextModifier  # noqa: N815

    @staticmethod
    def _check(frame: Frame) -> None:
        """Raise NotQuickError if it is not certain that everything is escaped."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            raise NotQuickError("autoescape")
