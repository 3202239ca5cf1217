"""The pages of the reference that follow from the code: commands, settings, templates' data.

`PYTHONPATH=plugins:. .venv/bin/python tests/support/reference.py` writes them again; `tests/test_reference.py` compares.
"""

import argparse
import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from garden.__main__ import program
from garden.hosts.commands.settings import every_setting
from garden.model.pages import entries, list_pages, page, panels

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"

_COMMANDS = (
    "`garden` is one program with a command for each task. `garden --version` prints the version, and `garden COMMAND "
    "--help` prints what is written here. In the repository of Garden itself the same commands are "
    "`PYTHONPATH=plugins .venv/bin/python -m garden …`, and `make` has the most common ones."
)
_EXIT_CODES = (
    "Exit codes: 0 means success, 1 that problems were found, 2 that the command was used incorrectly, 3 that you have to "
    "agree, but have not, or could not be asked."
)
_TEMPLATES = (
    "A template gets `page` (one of the types below whose names end in `Page`), `site` (a `SiteView`) and `settings` "
    "(Pelican's). Everything is ready to be shown: a template need not search for anything or build an address. "
    "[Your own colours, texts and pages](../theming.md) shows how to replace one."
)
EVERYWHERE = {
    "title": "what the page or the entry is called",
    "href": "address of a link, below the path of the site; empty where there is nothing to link to",
    "url": "address of the page, from the top of the site",
    "save_as": "file of the page in the output",
    "head": "what goes into the head of the page: `PageHead`",
    "summary": "its summary, or the beginning of its text",
    "lang": "language of a title, empty for that of the page it is on",
    "draft": "only a preview has the page",
    "body_html": "the text, as HTML",
}
"""What fields of these names mean in every type."""

_NOT_FOR_TEMPLATES = frozenset(("Artifact",))


def commands_page() -> str:
    """Return the page of the commands: what each is for, its arguments and its options."""
    lines = [
        "# Commands",
        "",
        _COMMANDS,
        "",
        _EXIT_CODES,
        "",
    ]
    for name, parser, summary in _commands(program(), "garden"):
        lines += [f"## {name}", "", _sentence(parser.description or summary), ""]
        if parser.epilog:
            lines += [_sentence(parser.epilog), ""]
        rows = [_row(action) for action in parser._actions if _is_shown(action)]
        if rows:
            lines += ["| argument | what it is for |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def settings_page() -> str:
    """Return the page of the settings, with the comments that the settings file has."""
    head = (FOLDER / "settings.md").read_text(encoding="utf-8").partition("```python")[0]
    return f"{head}```python\n{every_setting()}```\n"


def templates_page() -> str:
    """Return the page of what templates get: each type with its fields."""
    lines = [
        "# What templates get",
        "",
        _TEMPLATES,
        "",
        "These fields mean the same in every type; their rows below are empty.",
        "",
        "| field | what it is |",
        "|---|---|",
        *(f"| `{name}` | {text} |" for name, text in EVERYWHERE.items()),
        "",
    ]
    for module in (page, list_pages, entries, panels):
        source = inspect.getsource(module)
        for node in ast.parse(source).body:
            if isinstance(node, ast.ClassDef) and node.name not in _NOT_FOR_TEMPLATES:
                lines += _type(node, source.splitlines())
    return "\n".join(lines)


def _commands(
    parser: argparse.ArgumentParser, name: str
) -> Iterator[tuple[str, argparse.ArgumentParser, str]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for word, inner in sorted(action.choices.items()):
                yield f"{name} {word}", inner, helps[word]
                yield from _commands(inner, f"{name} {word}")


def _is_shown(action: argparse.Action) -> bool:
    return not isinstance(action, argparse._HelpAction | argparse._SubParsersAction)


def _row(action: argparse.Action) -> str:
    metavar = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    if action.choices:
        metavar = " / ".join(map(str, action.choices))
    shown = " ".join(action.option_strings) or metavar
    if action.option_strings and action.nargs != 0:
        shown += f" {metavar}"
    text = _sentence((action.help or "").replace("%(default)s", f"`{action.default}`"))
    return f"| `{shown}` | {text} |"


def _sentence(text: str) -> str:
    words = " ".join(text.split()).replace("|", "\\|")
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".")


def _type(node: ast.ClassDef, source: list[str]) -> list[str]:
    bases = [
        name
        for base in node.bases
        if not (name := ast.unparse(base)).startswith(("Protocol", "Struct", "Enum"))
    ]
    lines = [f"## {node.name}", "", _as_code(ast.get_docstring(node) or ""), ""]
    if bases:
        lines += ["It has the fields of " + ", ".join(f"`{base}`" for base in bases) + " too.", ""]
    rows = []
    values = [
        f"`{value.value.value}`"
        for value in node.body
        if isinstance(value, ast.Assign) and isinstance(value.value, ast.Constant)
    ]
    if values:
        lines += [f"Its values are {', '.join(values)}.", ""]
    for field in node.body:
        if isinstance(field, ast.AnnAssign):
            comment = source[(field.end_lineno or 1) - 1].partition("  # ")[2]
            kind = ast.unparse(field.annotation).replace("|", "\\|").replace("'", "")
            rows.append(f"| `{ast.unparse(field.target)}` | `{kind}` | {_as_code(comment)} |")
    return lines + (["| field | type | what it is |", "|---|---|---|", *rows, ""] if rows else [])


def _as_code(text: str) -> str:
    """Return a docstring as Markdown: its double backticks as single ones, a bare tag as code."""
    return re.sub(
        r"(?<![`\w])(<[a-z][^>`]*>|#\w+)(?!`)", r"`\1`", text.replace("``", "`").replace("|", "\\|")
    )


if __name__ == "__main__":
    for name, text in (
        ("commands", commands_page()),
        ("settings", settings_page()),
        ("templates", templates_page()),
    ):
        (FOLDER / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")
