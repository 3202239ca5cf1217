"""Writes results of views as HTML: tables, lists, tasks, months, and a box for a query that has failed."""

import re
from collections.abc import Callable, Mapping
from gettext import NullTranslations
from html import escape
from typing import Final

from garden.model.names import VaultPath
from garden.model.note import DEEPEST_HEADING
from garden.model.views.moments import moment
from garden.model.views.queries import LiveView
from garden.rendering.dates import month_name
from garden.rendering.views.values import ValueHtml, checkbox
from garden.views.result import (
    BaseResult,
    Cell,
    FailedView,
    ResultGroup,
    ResultRow,
    TaskRow,
    ValueResult,
    ViewResult,
)
from garden.views.values import ImageValue, LinkValue

_COLOUR: Final = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
"""A colour as CSS and Bases write it."""

_NAMES: Final = {"dataview": "Dataview query", "base": "Base", "tasks": "Tasks query"}
"""What the box of a failed query calls it, by its language."""


class ResultHtml:
    """Writes results in the language of a page."""

    def __init__(self, values: ValueHtml, translation: NullTranslations, language: str) -> None:
        self._values = values
        self._translation = translation
        self._language = language

    def html(self, result: ViewResult) -> str:
        """Return the element of a result."""
        if result.count:
            shown = _LAYOUTS[result.kind](self, result)
        else:
            nothing = self._translation.gettext("No results.")
            shown = f'<p class="view-empty">{_text(nothing)}</p>'
        notes = []
        if result.cut:
            rest = self._translation.ngettext("%(num)s more", "%(num)s more", result.cut) % {
                "num": result.cut
            }
            notes.append(f'<p class="view-note">{escape(rest)}</p>')
        if result.today:
            when = moment(result.today)
            date = f'<time datetime="{escape(result.today)}">{escape(self._values.date(when) if when else "")}</time>'
            as_of = _text(self._translation.gettext("As of %(date)s")) % {"date": date}
            notes.append(f'<p class="view-note">{as_of}</p>')
        attributes = {
            "data-view": result.kind,
            "data-view-source": result.source,
            "data-count": str(result.count),
        }
        if result.source == "base":
            attributes["data-view-name"] = result.name
        if result.today:
            attributes["data-today"] = result.today
        return f"{_tag('div', 'live-view', attributes)}{shown}{''.join(notes)}</div>\n"

    def base(self, result: BaseResult, view: LiveView) -> str:
        """Return the views of a base: the first one open, and the others collapsed (BA-2)."""
        first, *others = (self.base_view(each, view) for each in result.views)
        titles = [escape(each.name or each.source, quote=False) for each in result.views[1:]]
        folded = (
            f"<details><summary>{title}</summary>{other}</details>\n"
            for title, other in zip(titles, others, strict=True)
        )
        return first + "".join(folded)

    def base_page(self, result: BaseResult, view: LiveView, depth: int) -> str:
        """Return the views of a base on its own page, under headings that are `depth` levels lower."""
        level = min(2 + depth, DEEPEST_HEADING)
        return "".join(
            (f"<h{level}>{escape(each.name, quote=False)}</h{level}>\n" if each.name else "")
            + self.base_view(each, view)
            for each in result.views
        )

    def base_view(self, result: ViewResult | FailedView, view: LiveView) -> str:
        """Return one view of a base."""
        return self.html(result) if isinstance(result, ViewResult) else self.failed(result, view)

    def value(self, result: ValueResult, source: Cell) -> str:
        """Return the element of a value in a line."""
        today = f' data-today="{escape(result.today)}"' if result.today else ""
        shown = self._values.in_line(result.value, source.source)
        return f'<span data-view="value" data-view-source="dataview"{today}>{shown}</span>'

    def failed(self, failed: FailedView, view: LiveView) -> str:
        """Return the box for a query that has failed."""
        name = f"{_NAMES[view.source]} ({_text(self._translation.gettext('not rendered'))})"
        source = view.source_at(failed.problems[0].spot)
        code = f'<code class="language-{view.source}">{escape(source, quote=False)}\n</code>'
        attributes = {"data-view": "error", "data-view-source": failed.source}
        if failed.source == "base":
            attributes["data-view-name"] = failed.name
        return (
            f"{_tag('figure', 'not-rendered', attributes)}<figcaption>{name}</figcaption>"
            f'<details><summary>{_text(self._translation.gettext("Source"))}</summary><pre tabindex="0">{code}</pre></details></figure>\n'
        )

    def table(self, result: ViewResult) -> str:
        """Return a table; in Dataview, the first header also has the number of results."""
        heads = []
        for number, column in enumerate(result.columns):
            key = f' data-column="{escape(column.key)}"' if column.key else ""
            count = (
                f' <span class="view-count">({result.count})</span>'
                if not number and self._values.markdown
                else ""
            )
            heads.append(f'<th scope="col"{key}>{escape(column.title, quote=False)}{count}</th>')
        bodies = "".join(self._table_body(group, len(heads)) for group in result.groups)
        return f'<div class="table"><table><thead><tr>{"".join(heads)}</tr></thead>{bodies}</table></div>'

    def _table_body(self, group: ResultGroup, width: int) -> str:
        """Return the rows of a group; its summary is in its head if it has a title, otherwise at the foot."""
        rows = "".join(
            f"<tr data-row>{''.join(f'<td>{self._values.cell(cell)}</td>' for cell in row.cells)}</tr>\n"
            for row in group.rows
        )
        summary = self._summary(group)
        if not group.titled:
            return f"<tbody>{rows}</tbody>" + (f"<tfoot>{summary}</tfoot>" if summary else "")
        title = self._values.cell(group.title) if group.title else ""
        head = f'<tr><th scope="rowgroup" colspan="{width}" data-group-title>{title}</th></tr>\n'
        return f"<tbody data-group>{head}{summary}{rows}</tbody>"

    def _summary(self, group: ResultGroup) -> str:
        """Return the row of summaries of a group, such as sums, with an empty cell for a column without one."""
        if not group.summary:
            return ""
        cells = (
            f'<td data-summary="{escape(each[0])}">{self._values.html(each[1], VaultPath(""))}</td>'
            if each
            else "<td></td>"
            for each in group.summary
        )
        return f"<tr data-summary>{''.join(cells)}</tr>\n"

    def listed(self, result: ViewResult) -> str:
        """Return a list, for each group if there are several."""
        return "".join(self._grouped(group, self._list(group, result)) for group in result.groups)

    def _grouped(self, group: ResultGroup, inner: str) -> str:
        if not group.titled:
            return inner
        title = self._values.cell(group.title) if group.title else ""
        summary = [each for each in group.summary if each]
        below = f"<table>{self._summary(group)}</table>" if summary else ""
        return f"<div data-group><p data-group-title>{title}</p>{below}{inner}</div>"

    def _list(self, group: ResultGroup, result: ViewResult) -> str:
        tag = "ol" if result.ordered else "ul"
        items = "".join(f"<li data-row>{self._list_item(row, result)}</li>\n" for row in group.rows)
        return f"<{tag}>{items}</{tag}>"

    def _list_item(self, row: ResultRow, result: ViewResult) -> str:
        if result.source != "base":
            return (": " if result.pairs else ", ").join(self._values.cell(cell) for cell in row.cells)
        first, *others = (self._values.cell(cell) for cell in row.cells)
        if result.indented:
            below = "".join(f"<li>{other}</li>" for other in others if other)
            return f"{first}<ul>{below}</ul>" if below else first
        return escape(result.separator, quote=False).join([first, *filter(None, others)])

    def cards(self, result: ViewResult) -> str:
        """Return cards, for each group if there are several."""
        return "".join(
            self._grouped(
                group, f'<div class="cards">{"".join(self._card(row, result) for row in group.rows)}</div>'
            )
            for group in result.groups
        )

    def _card(self, row: ResultRow, result: ViewResult) -> str:
        """Return a card: a cover, the first column as its title, and the other columns that are not empty."""
        pieces = []
        for number, (column, cell) in enumerate(zip(result.columns, row.cells, strict=True)):
            shown = self._values.cell(cell)
            if not number and column.key != "file.name" and isinstance(row.link, LinkValue):
                # Each card links to its file, even if none of its values does.
                shown = shown if "<a " in shown else self._values.link_around(row.link, shown)
                pieces.append(f'<p class="card-title">{shown}</p>')
            elif not number:
                pieces.append(f'<p class="card-title">{shown}</p>')
            elif shown:
                label = escape(column.title, quote=False)
                pieces.append(f'<div class="card-field"><span class="field-key">{label}</span> {shown}</div>')
        return f"<article data-row>{self._cover(row)}{''.join(pieces)}</article>\n"

    def _cover(self, row: ResultRow) -> str:
        """Return the cover of a card, an image or a colour, empty if it has neither."""
        value = row.image.value if row.image else None
        if isinstance(value, list):
            value = value[0] if value else None
        match value:
            case str() if _COLOUR.fullmatch(value):
                return f'<div class="cover" style="background:{value}"></div>'
            case str() | LinkValue():
                image = self._values.image(value)
            case ImageValue(source=source):
                image = self._values.image(source)
            case _:
                return ""
        return f'<div class="cover">{image}</div>' if image.startswith("<img") else ""

    def tasks(self, result: ViewResult) -> str:
        """Return tasks, by their groups."""
        return "".join(map(self._task_group, result.groups))

    def _task_group(self, group: ResultGroup) -> str:
        inner = "".join(map(self._task_group, group.groups))
        if group.rows:
            inner += f'<ul class="contains-tasks">{"".join(self._task(row.task) for row in group.rows if row.task)}</ul>'
        if not group.titled:
            return inner
        title = self._values.cell(group.title) if group.title else ""
        return f"<div data-group><p data-group-title>{title}</p>{inner}</div>"

    def _task(self, task: TaskRow) -> str:
        """Return a task with a link to its note, and those below it."""
        text = self._values.inline(task.item.text, task.source)
        box = f"{checkbox(task.item.mark)} " if task.item.mark else ""
        kind = f' class="task" data-task="{escape(task.item.mark)}"' if task.item.mark else ""
        below = f"<ul>{''.join(map(self._task, task.children))}</ul>" if task.children else ""
        href = self._values.href(task.link) if isinstance(task.link, LinkValue) else ""
        label = self._values.label(task.link) if isinstance(task.link, LinkValue) else ""
        source = f' <a class="internal view-source" data-source href="{escape(href)}">{escape(label)}</a>'
        return f"<li{' data-row' if task.is_result else ''}{kind}>{box}{text}{source if href else ''}{below}</li>\n"

    def calendar(self, result: ViewResult) -> str:
        """Return a calendar of the months that have results."""
        return "".join(map(self._month, result.groups))

    def _month(self, group: ResultGroup) -> str:
        month = group.rows[0].day[:7]
        name = f"{month_name(int(month[5:]), self._language)} {month[:4]}"
        rows = "".join(
            f'<li data-row><time datetime="{row.day}">{int(row.day[8:])}</time> {self._values.cell(row.cells[0])}</li>\n'
            for row in group.rows
        )
        return f'<div class="month" data-month="{month}"><p class="view-title">{escape(name)}</p><ul>{rows}</ul></div>'


_LAYOUTS: Final[Mapping[str, Callable[[ResultHtml, ViewResult], str]]] = {
    "table": ResultHtml.table,
    "list": ResultHtml.listed,
    "cards": ResultHtml.cards,
    "task": ResultHtml.tasks,
    "calendar": ResultHtml.calendar,
}


def _text(message: str) -> str:
    return escape(message, quote=False)


def _tag(name: str, kind: str, attributes: Mapping[str, str]) -> str:
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f'<{name} class="{kind}"{written}>'
