"""The theme as Pelican gives it: its templates and messages, some of them replaced by the author's own."""

from collections.abc import Mapping, Sequence
from gettext import NullTranslations
from hashlib import sha256
from html import escape
from pathlib import Path
from pickle import PicklingError
from typing import Any

import jinja2
from jinja2.nodes import EvalContext
from markupsafe import Markup
from pelican.generators import Generator

from garden.hosts.pelican.templates.engine import Message, prepare_environment
from garden.hosts.pelican.templates.message_catalogs import ENGLISH, MessageCatalogs, Messages
from garden.hosts.pelican.templates.mistakes import UnknownName, template_mistake
from garden.hosts.settings.completion import PLUGIN_NAMES, THEME_OVERRIDES
from garden.model.errors import TemplateError
from garden.rendering.summaries import summary_pieces


class _Text(str):
    """A message: text, no matter who wrote it, and therefore escaped where a page shows it."""

    __slots__ = ("_html",)

    def __init__(self, text: str) -> None:
        self._html = escape(text)

    def __html__(self) -> str:
        return self._html


class _PageMessages:
    """The messages of the page that is being rendered, under the names that Jinja has for them.

    Pages are rendered one after the other, each in the language of its `translation`. They are called as Jinja's
    own new-style functions are, but a message without gaps is looked up and escaped once and not on every page.
    """

    def __init__(self, translation: Messages) -> None:
        self._texts: dict[str, dict[str, _Text]] = {}
        self.use(translation)

    def use(self, translation: Messages) -> None:
        """Speak another language from now on."""
        self._translation = translation
        self.language = translation.language
        self._known = self._texts.setdefault(translation.language, {})

    def gettext(self, context: EvalContext, message: str, **gaps: object) -> str:
        """Return a message, its gaps filled."""
        if gaps:
            return _filled(context, self._translation.gettext(message), gaps)
        known = self._known.get(message)
        if known is None:
            known = self._known[message] = _Text(self._translation.gettext(message) % {})
        return known

    def ngettext(self, context: EvalContext, singular: str, plural: str, number: int, **gaps: object) -> str:
        """Return the form of a message that a number wants."""
        return _filled(context, self._translation.ngettext(singular, plural, number), {"num": number} | gaps)

    def pgettext(self, context: EvalContext, use: str, message: str, **gaps: object) -> str:
        """Return a message that means something else elsewhere."""
        return _filled(context, self._translation.pgettext(use, message), gaps)

    def npgettext(
        self, context: EvalContext, use: str, singular: str, plural: str, number: int, **gaps: object
    ) -> str:
        """Return the form that a number wants of a message that means something else elsewhere."""
        text = self._translation.npgettext(use, singular, plural, number)
        return _filled(context, text, {"num": number} | gaps)

    def plural_forms(self, singular: str, plural: str) -> Mapping[str, str]:
        """Return the forms of a message by plural category."""
        return self._translation.plural_forms(singular, plural)


def _filled(context: EvalContext, text: str, gaps: Mapping[str, object]) -> str:
    """Fill the gaps of a message; what is filled in is escaped where a page is written."""
    return (Markup(escape(text)) if context.autoescape else text) % gaps  # noqa: S704 (escaped here)


class Theme:
    """The theme's templates and files, as the core's publisher uses them."""

    def __init__(self, folder: Path, generator: Generator, version: str) -> None:
        """Use the environment that Pelican has made for `generator`, with what templates of ours need; `theme_version` gives its version."""
        pelican = generator.settings
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
        self._generator = generator
        self._site: object = None
        self._rendered: dict[tuple[str, str], Markup] = {}
        generator.env = self._environment(generator.env)
        # One name for all settings: Jinja copies every global for every partial that a page includes.
        generator.env.globals["settings"] = generator.context

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how another process, which has inherited nothing, gets the same theme."""
        generator = self._generator
        if not PLUGIN_NAMES.issuperset(generator.settings["PLUGINS"]):
            raise PicklingError("another plugin may have changed the templates' environment")
        paths = generator.path, generator.theme, generator.output_path
        return _started_theme, (self.folder, self.version, generator.context, generator.settings, paths)

    def render(self, template: str, language: str, **view: object) -> str:
        """Return a page whose interface speaks `language` (a BCP 47 tag).

        Raises TemplateError, with its place, for what is wrong in a template or a catalog.
        """
        self._messages.use(self._catalogs.translation(language))
        try:
            text: str = self._generator.get_template(template).render(view)
        except Exception as error:
            mistake = template_mistake(error, [*view, *self._generator.env.globals])
            if mistake is None:
                raise
            raise TemplateError(mistake) from error
        return text

    def translations(self, language: str) -> NullTranslations:
        """Return the interface's messages in a language, in English where they are missing."""
        return self._catalogs.translation(language)

    @jinja2.pass_context
    def _once(self, context: jinja2.runtime.Context, template: str) -> Markup:
        """Return a partial that is the same on every page in one language: it sees `site` and the messages alone.

        It is rendered for the first of them.
        """
        site = context["site"]
        if site is not self._site:
            self._site, self._rendered = site, {}
        key = template, self._messages.language
        if key not in self._rendered:
            rendered = self._generator.env.get_template(template).render(site=site)
            self._rendered[key] = Markup(rendered)  # noqa: S704 (what a template gives has escaped what is in it)
        return self._rendered[key]

    def _environment(self, pelicans: jinja2.Environment) -> jinja2.Environment:
        """Return the environment with what templates of ours need; other generators keep their own."""
        made: Any = pelicans.overlay(
            # Everything that comes from a note is escaped, and a misspelt name in a template is an error.
            autoescape=True,
            undefined=UnknownName,
            trim_blocks=True,
            lstrip_blocks=True,
            # Looking at the files behind templates again and again costs a third of a page's time.
            auto_reload=False,
            extensions=["jinja2.ext.i18n"],
            # Compiled templates are kept in the system's folder for temporary files.
            bytecode_cache=pelicans.bytecode_cache or jinja2.FileSystemBytecodeCache(),
        )
        prepare_environment(made)
        messages = self._messages
        # What `{% trans %}` is compiled to calls them in the new style.
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


def _started_theme(
    folder: Path, version: str, context: Any, settings: Mapping[str, Any], paths: tuple[str, str, str]
) -> Theme:
    return Theme(folder, Generator(context, settings, *paths), version)


def theme_version(folder: Path, pelican: Mapping[str, Any]) -> str:
    """Return a hash of the theme's files and of the author's that replace or follow some of them."""
    digest = sha256()
    own = [root for name in THEME_OVERRIDES for root in pelican.get(name, ())]
    for root in [folder, *map(Path, own)]:
        for file in sorted(path for path in root.rglob("*") if path.is_file()):
            digest.update(f"{file.relative_to(root)}\0".encode("utf-8", "surrogateescape"))
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
