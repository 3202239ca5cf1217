"""The theme of a site: its templates and messages, some of them replaced by the author's own."""

from collections.abc import Callable, Mapping, Sequence
from gettext import NullTranslations
from html import escape
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from markupsafe import escape as escape_markup

from garden.hosts.pelican.templates.engine import Message, quick_environment
from garden.hosts.pelican.templates.loading import Templates
from garden.hosts.pelican.templates.message_catalogs import ENGLISH, MessageCatalogs, Messages
from garden.hosts.pelican.templates.mistakes import UnknownName, template_mistake
from garden.model.errors import TemplateError
from garden.rendering.summaries import summary_pieces


class _Text(str):
    """A message: text, which is escaped when a page shows it, whoever wrote it."""

    __slots__ = ("_html",)

    def __init__(self, text: str) -> None:
        self._html = escape(text)

    def __html__(self) -> str:
        return self._html


class _PageMessages:
    """The message functions for the page that is being rendered, under Jinja's names.

    Pages are rendered one after the other; `use` sets the language of the next one. The functions are called like Jinja's
    own new-style ones, but a message without placeholders is looked up and escaped once, not on every page. `escapes` says
    whether the template escapes its output, as nearly all do.
    """

    def __init__(self, translation: Messages) -> None:
        self._texts: dict[str, dict[str, _Text]] = {}
        self.use(translation)

    def use(self, translation: Messages) -> None:
        """Use another language from now on."""
        self._translation = translation
        self.language = translation.language
        self._known = self._texts.setdefault(translation.language, {})

    def gettext(self, escapes: bool, message: str, **placeholders: object) -> str:
        """Return a message with its placeholders filled."""
        if placeholders:
            return _filled(escapes, self._translation.gettext(message), placeholders)
        known = self._known.get(message)
        if known is None:
            known = self._known[message] = _Text(self._translation.gettext(message) % {})
        return known

    def ngettext(self, escapes: bool, singular: str, plural: str, number: int, **placeholders: object) -> str:
        """Return the form of a message for a number."""
        return _filled(
            escapes, self._translation.ngettext(singular, plural, number), {"num": number} | placeholders
        )

    def pgettext(self, escapes: bool, use: str, message: str, **placeholders: object) -> str:
        """Return a message whose words have another meaning elsewhere; `use` distinguishes them."""
        return _filled(escapes, self._translation.pgettext(use, message), placeholders)

    def npgettext(
        self, escapes: bool, use: str, singular: str, plural: str, number: int, **placeholders: object
    ) -> str:
        """Return the form for a number of a message whose words have another meaning elsewhere."""
        text = self._translation.npgettext(use, singular, plural, number)
        return _filled(escapes, text, {"num": number} | placeholders)

    def plural_forms(self, singular: str, plural: str) -> Mapping[str, str]:
        """Return the forms of a message by plural category."""
        return self._translation.plural_forms(singular, plural)


def _filled(escapes: bool, text: str, placeholders: Mapping[str, object]) -> str:
    """Fill the placeholders of a message; the values are escaped if the template `escapes`."""
    if not escapes:
        return text % placeholders
    # As Markup does it itself, without an object for each value that escapes what is shown of it.
    values = {name: gap if type(gap) is int else escape_markup(gap) for name, gap in placeholders.items()}
    return Markup(escape(text) % values)  # noqa: S704 (escaped here)


class Theme:
    """The theme's templates and files, in the form that publishing uses (`PageTheme`)."""

    def __init__(self, folder: Path, templates: Templates, version: str) -> None:
        """Use the environment of `templates`, extended for our templates; `version` is that of `theme_version`."""
        pelican = templates.settings
        self.folder = folder
        self.version = version
        self.styles: Sequence[Path] = [
            file for own in pelican.get("THEME_CSS_OVERRIDES", ()) for file in sorted(Path(own).glob("*.css"))
        ]
        self._catalogs = MessageCatalogs(
            folder / "translations",
            [Path(own) for own in pelican.get("THEME_TRANSLATIONS_OVERRIDES", ())],
            [Path(own) for own in pelican.get("THEME_TEMPLATES_OVERRIDES", ())],
            Path(pelican["CACHE_PATH"]) / "translations",
        )
        self._messages = _PageMessages(self._catalogs.translation(ENGLISH))
        self._templates = templates
        self._site: object = None
        self._rendered: dict[tuple[str, str], Markup] = {}
        templates.env = self._environment(templates.env)
        # One global for all settings, since Jinja copies all globals for every partial that a page includes.
        templates.env.globals["settings"] = templates.context
        self._quick = quick_environment(templates.env, version)
        self._slow: set[str] = set()  # templates that have no quick code, or whose quick code fails

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how to create the same theme in another process, when this one is pickled."""
        return Theme, (self.folder, self._templates, self.version)

    def render(self, template: str, language: str, **view: object) -> str:
        """Return a page whose interface is in `language` (a BCP 47 tag).

        Raises TemplateError, with its place, for a mistake in a template or a catalog.
        """
        self._messages.use(self._catalogs.translation(language))
        try:
            return self._text(f"{template}.html", view, lambda: self._templates.get_template(template))
        except Exception as error:
            mistake = template_mistake(error, [*view, *self._templates.env.globals])
            if mistake is None:
                raise
            raise TemplateError(mistake) from error

    def _text(self, file: str, view: Mapping[str, object], careful: Callable[[], jinja2.Template]) -> str:
        """Return the text that the template in `file` renders for a view, with its quick code if it has one.

        `careful` returns the template with Jinja's own code.
        """
        if file not in self._slow:
            try:
                text: str = self._quick.get_template(file).render(view)
            except Exception:  # noqa: BLE001 (a mistake in the template is raised again by Jinja's own code)
                # Jinja's own code either supports what this does not, or says what is wrong.
                self._slow.add(file)
            else:
                return text
        return careful().render(view)

    def translations(self, language: str) -> NullTranslations:
        """Return the interface's messages in a language, in English where they are missing."""
        return self._catalogs.translation(language)

    @jinja2.pass_context
    def _once(self, context: jinja2.runtime.Context, template: str) -> Markup:
        """Return a partial that is the same on every page in one language, since it uses only `site` and the messages.

        It is rendered for the first page that includes it.
        """
        site = context["site"]
        if site is not self._site:
            self._site, self._rendered = site, {}
        key = template, self._messages.language
        if key not in self._rendered:
            # It is rendered once for each language, so compiling quick code for it would not be worth it.
            rendered = self._templates.env.get_template(template).render(site=site)
            self._rendered[key] = Markup(rendered)  # noqa: S704 (the template has escaped what is in it)
        return self._rendered[key]

    def _environment(self, given: jinja2.Environment) -> jinja2.Environment:
        """Return a copy of the environment with the additions that our templates need."""
        made: Any = given.overlay(
            # Everything that comes from a note is escaped, and a misspelt name in a template is an error.
            autoescape=True,
            undefined=UnknownName,
            trim_blocks=True,
            lstrip_blocks=True,
            # Checking the files of templates for changes again and again takes a third of a page's time.
            auto_reload=False,
            extensions=["jinja2.ext.i18n"],
            # Compiled templates are kept in the system's folder for temporary files.
            bytecode_cache=given.bytecode_cache or jinja2.FileSystemBytecodeCache(),
        )
        messages = self._messages
        # Jinja's "new style": `{% trans %}` passes the values of placeholders to the message functions.
        made.newstyle_gettext = True
        made.globals |= {
            "_": Message(messages.gettext),
            "gettext": Message(messages.gettext),
            "ngettext": Message(messages.ngettext),
            "pgettext": Message(messages.pgettext),
            "npgettext": Message(messages.npgettext),
            "plural_forms": messages.plural_forms,
            "once": self._once,
            "summary_pieces": summary_pieces,
        }
        environment: jinja2.Environment = made
        return environment
