"""Writes the results of live views in a body as HTML, and reports problems with them."""

from html import escape

from garden.linking.relation import Node
from garden.model.body import Body, Slot
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath, is_view_file
from garden.model.views.queries import InlineQuery, LiveView
from garden.rendering.body.body_writer import BodyWriter, missing_html
from garden.rendering.body.hrefs import ref_href
from garden.rendering.body.inline_values import PLAIN_TEXT, inline_value
from garden.rendering.body.scope import Scope
from garden.rendering.views.evaluations import answer_view
from garden.rendering.views.results import ResultHtml
from garden.rendering.views.values import ValueHtml
from garden.views.evaluation import Answer, named_view, notices_of
from garden.views.result import BaseResult, Cell, FailedView, ValueResult, ViewResult


class LiveViewFilling:
    """Writes the views of the page that is being filled, or one that is `in_value`: in a text that a query has resulted in."""

    def __init__(self, filling: BodyWriter, *, in_value: bool = False) -> None:
        self._filling = filling
        self._in_value = in_value

    def html(self, scope: Scope, view: LiveView) -> str:
        """Return a view of the body that is shown."""
        host = scope.document.path
        found, results = self._answer(scope, view, host)
        match found:
            case ViewResult():
                return results.html(found)
            case BaseResult() if is_view_file(host):
                return results.base_page(found, view, self._filling.depth)
            case BaseResult():
                return results.base(found, view)
            case ValueResult():
                return results.value(found, Cell(found.value, host))
            case FailedView() if isinstance(view.query, InlineQuery):
                return _as_code(view)
            case FailedView():
                return results.failed(found, view)

    def _answer(self, scope: Scope, view: LiveView, file: VaultPath) -> tuple[Answer, ResultHtml]:
        """Return the result of a view in `file`, and the object that writes it; report problems with the view."""
        filling = self._filling
        found = answer_view(filling.snapshot, filling.bodies, filling.settings, view, scope.document.path)
        values = ValueHtml(
            filling.snapshot,
            filling.settings,
            filling.translation,
            self.inline_text,
            markdown=view.source == "dataview",
        )
        language = scope.document.meta.lang or filling.settings.language
        for problem in (*found.problems, *notices_of(found, view.spot)):
            place = Place(file, *problem.spot)
            filling.problems.append(Diagnostic(place, problem.code, problem.message, problem.hint))
        return found, ResultHtml(values, filling.translation, language)

    def base_embed(self, scope: Scope, index: int, path: VaultPath) -> str:
        """Return the view of a base that an embed names, by default the first (BA-2)."""
        filling = self._filling
        ref = scope.document.refs[index]
        address = ref_href(filling.snapshot, filling.settings.base, scope, index)
        label = escape(ref.display or filling.snapshot.title(Node("note", path)), quote=False)
        link = f'<a class="internal embed-source" href="{escape(address)}">{label}</a>\n' if address else ""
        shown: list[str] = []
        for part in filling.bodies(path).parts:
            if not isinstance(part, Slot) or not isinstance(part.value, LiveView):
                prefix = f"{filling.prefix}e{filling.transclusions}:"
                filling.write(filling.scope(path, prefix, range(0)), part, shown)
                continue
            answered, results = self._answer(scope, part.value, path)
            name = " > ".join(ref.target.headings)
            found = named_view(answered, name)
            if found is None:
                filling.report(ref, "view-missing", f'the base {path} has no view "{name}"')
                return missing_html(ref.raw, block=True)
            shown.append(results.base_view(found, part.value))
        return f'<div class="embed" data-embed="base">{link}{"".join(shown)}</div>'

    def inline_text(self, text: str, source: VaultPath) -> str:
        """Return a value of a view that is Markdown of the note at `source`, on one line."""
        if PLAIN_TEXT.fullmatch(text):
            return text
        filling = self._filling
        read, scope = inline_value(filling.snapshot, filling.settings, filling.translation, text, source)
        out: list[str] = []
        for part in read.parts:
            if isinstance(part, Slot) and isinstance(part.value, LiveView):
                out.append(self._query_in_value(scope, part.value))
            else:
                filling.write(scope, part, out)
        return filling.kept_inside(Body(raw=read.raw), "".join(out)).strip("\n")

    def _query_in_value(self, scope: Scope, view: LiveView) -> str:
        # The value of a query may contain that query again, so there must be an end.
        if self._in_value:
            return _as_code(view)
        return LiveViewFilling(self._filling, in_value=True).html(scope, view)


def _as_code(view: LiveView) -> str:
    return f"<code>{escape(view.text, quote=False)}</code>"
