"""Writes results of views as Markdown, in tables and lists, for the Markdown form of pages."""

from collections.abc import Callable, Mapping

from garden.model.body import Body
from garden.model.markdown import address, fenced, in_cell, plain
from garden.model.names import VaultPath
from garden.model.views.moments import Duration, Moment
from garden.model.views.queries import InlineQuery, LiveView
from garden.rendering.views.evaluations import answer_view
from garden.rendering.views.values import ValueHtml
from garden.views.dataview.records import ItemRecord, PageRecord
from garden.views.dataview.text import duration_text
from garden.views.result import BaseResult, Cell, ResultGroup, ResultRow, TaskRow, ValueResult, ViewResult
from garden.views.values import LinkValue, OutsideLink, Value, is_number, number_text


def markdown_answer(
    values: ValueHtml, bodies: Callable[[VaultPath], Body], view: LiveView, host: VaultPath
) -> str:
    """Return the result of a view in the note at `host` as Markdown; `values` converts texts to Markdown, not to HTML."""
    match answer_view(values.snapshot, bodies, values.settings, view, host):
        case ViewResult() as found:
            return markdown_result(found, values)
        case BaseResult(views=views):
            shown = [markdown_result(each, values) for each in views if isinstance(each, ViewResult)]
            return "\n\n".join(shown) if len(shown) == len(views) else fenced(view.text, view.source)
        case ValueResult(value=value):
            return in_cell(markdown_value(value, host, values))
        case _ if isinstance(view.query, InlineQuery):
            return f"`{view.query.code}`"
        case _:
            return fenced(view.text, view.source)


def markdown_result(result: ViewResult, values: ValueHtml) -> str:
    """Return a result as Markdown."""
    if not result.count:
        return "—"
    lines: list[str] = []
    if result.kind == "table":
        heads = [in_cell(plain(column.title)) for column in result.columns]
        lines += [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    for group in result.groups:
        lines += _group(group, result, values)
    if result.cut:
        lines.append("…" if result.kind == "table" else "- …")
    return "\n".join(lines)


def _group(group: ResultGroup, result: ViewResult, values: ValueHtml) -> list[str]:
    """Return the lines of a group: its title, the groups in it, and its own rows."""
    lines = []
    if group.titled and group.title:
        title = _cell(group.title, values)
        lines.append(f"| **{title}** |" if result.kind == "table" else f"- **{title}**")
    indent = "  " if group.titled and result.kind != "table" else ""
    for inner in group.groups:
        lines += [indent + line for line in _group(inner, result, values)]
    for row in group.rows:
        lines += [indent + line for line in _row(row, result, values)]
    return lines


def _row(row: ResultRow, result: ViewResult, values: ValueHtml) -> list[str]:
    if row.task:
        return _task(row.task, values)
    cells = [_cell(cell, values) for cell in row.cells]
    if result.kind == "table":
        return [f"| {' | '.join(map(in_cell, cells))} |"]
    day = f"{row.day} " if row.day else ""
    return [f"- {day}{(': ' if result.pairs else ', ').join(cells)}"]


def _task(task: TaskRow, values: ValueHtml) -> list[str]:
    box = f"[{task.item.mark}] " if task.item.mark else ""
    text = values.inline(task.item.text, task.source)
    return [f"- {box}{text}", *("  " + line for child in task.children for line in _task(child, values))]


def _cell(cell: Cell, values: ValueHtml) -> str:
    return markdown_value(cell.value, cell.source, values)


def markdown_value(  # noqa: C901, PLR0912 (a case for each type)
    value: Value, source: VaultPath, values: ValueHtml
) -> str:
    """Return a value, whose texts are those of the note at `source`, on one line of Markdown."""
    match value:
        case None:
            return "-" if values.markdown else ""
        case bool():
            return "true" if value else "false"
        case int() | float() if is_number(value):
            return number_text(value)
        case str():
            return values.inline(value, source) if values.markdown else plain(value)
        case Moment():
            return value.iso
        case Duration():
            return duration_text(value)
        case LinkValue():
            href = values.href(value)
            label = plain(values.label(value))
            return f"[{label}]({address(href)})" if href else label
        case PageRecord():
            return markdown_value(value.note.link, source, values)
        case ItemRecord():
            return values.inline(value.item.text, value.page.note.path)
        case OutsideLink(address=where, text=text):
            return f"[{plain(text)}]({address(where)})"
        case list():
            return ", ".join(markdown_value(item, source, values) for item in value)
        case Mapping():
            return ", ".join(
                f"{plain(str(key))}: {markdown_value(item, source, values)}" for key, item in value.items()
            )
        case _:
            return ""
