"""Trail, relations and backlinks of a note in plain HTML, for foreign themes.

Templates of such a theme call `{{ garden(article) }}` to place this block; if none does, it follows the text. A
template `garden.html` of the author or of the theme replaces ours.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import jinja2
from markupsafe import Markup

from garden.hosts.pelican.templates.message_catalogs import MessageCatalogs
from garden.model.names import SaveAs
from garden.model.pages.page import NotePage
from garden.model.routes import STATIC_FOLDER

STYLESHEET: Final = SaveAs(f"{STATIC_FOLDER}/garden.css")
"""The path of the block's style sheet in the output."""

_FOLDER: Final = Path(__file__).with_name("block")
"""The folder of our own template and style sheet."""

_CALLOUT: Final = 'class="callout'
"""What is in a body with a callout, which needs the style sheet."""

_CALL: Final = re.compile(r"\bgarden\(")
"""The call of the block in a template."""


class NoteBlock:
    """Renders the block of each note in the language of its page."""

    def __init__(self, templates: Sequence[str], catalogs: MessageCatalogs, base: str) -> None:
        """Look for the template in the folders `templates` first; `base` is the path of the site on its host."""
        self._catalogs = catalogs
        self._stylesheet = f"{base}/{STYLESHEET}"
        self._styles = Markup('<link rel="stylesheet" href="{}">').format(self._stylesheet)
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader([*templates, _FOLDER]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        self._language = ""

    def html(self, content: object) -> str:
        """Return the block of a note or hub, or only the style sheet that its text needs; nothing for any other content."""
        view = getattr(content, "view", None)
        if not isinstance(view, NotePage):
            return Markup("")
        if not (view.trails or view.relations or view.backlinks.entries):
            return self._styles if _CALLOUT in view.body_html else Markup("")
        if view.head.lang != self._language:
            self._language = view.head.lang
            messages: Any = self._environment
            messages.install_gettext_translations(self._catalogs.translation(view.head.lang), newstyle=True)
        template = self._environment.get_template("garden.html")
        return Markup(template.render(note=view, stylesheet=self._stylesheet))  # noqa: S704 (an escaping template made it)


def block_styles() -> bytes:
    """Return the style sheet of the block."""
    return (_FOLDER / "garden.css").read_bytes()


def calls_block(templates: Sequence[str]) -> bool:
    """Say whether a template in these folders calls the block itself."""
    files = (file for folder in templates for file in Path(folder).rglob("*.html"))
    return any(_CALL.search(file.read_text(encoding="utf-8", errors="replace")) for file in files)


def template_folders(pelican: Mapping[str, Any]) -> list[str]:
    """Return the folders of the templates of a site: the author's own, then the theme's."""
    return [*pelican.get("THEME_TEMPLATES_OVERRIDES", ()), str(Path(pelican["THEME"]) / "templates")]
