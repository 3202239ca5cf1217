"""Finds translations, which are notes with the same slug in different languages, and gives each its address (TI-7)."""

from collections.abc import Iterable, Mapping, Sequence

from garden.linking.addresses.notes import AddressRequest, file_url
from garden.model.names import Url, VaultPath, short_enough
from garden.model.note import Document
from garden.model.settings import Settings

_IS_TRANSLATION = "translation"

NoteTranslations = Mapping[VaultPath, tuple[VaultPath, ...]]
"""For each listed note that has translations: all of them, itself included, the one with the plain address first."""


def translated(
    requests: Iterable[AddressRequest], settings: Settings
) -> tuple[list[AddressRequest], NoteTranslations]:
    """Return the requests, with the language in the addresses of translations, and which notes are translations of each other.

    Of several notes in one language the first is the translation: a written slug goes before a file's name, a short path
    before a long one. The others merely have the same name, as any two notes may.
    """
    every = list(requests)
    by_url: dict[str, list[AddressRequest]] = {}
    for request in every:
        if request.key not in ("url", "save_as"):
            by_url.setdefault(request.url.casefold(), []).append(request)
    moved: dict[VaultPath, AddressRequest] = {}
    together: dict[VaultPath, tuple[VaultPath, ...]] = {}
    for asking in by_url.values():
        first = _first_of_each_language(asking, settings)
        if len(first) < 2:
            continue
        original = _original(first, settings)
        others = [request for request in first.values() if request is not original]
        # A hidden note gets its address, but no page lists it as a translation (PB-2).
        paths = tuple(one.document.path for one in (original, *others) if one.document.listed)
        if len(paths) > 1:
            together |= dict.fromkeys(paths, paths)
        for request in others:
            url = _address(request, _language(request.document, settings), settings)
            # The property `lang` asks for this address, so it counts as written and goes before those from file names.
            moved[request.document.path] = AddressRequest(request.document, url, request.key or "lang")
    return [moved.get(request.document.path, request) for request in every], together


def _first_of_each_language(
    asking: Sequence[AddressRequest], settings: Settings
) -> dict[str, AddressRequest]:
    """Return the first request in each language, by language; nothing for a single request."""
    if len(asking) < 2:
        return {}
    found: dict[str, AddressRequest] = {}
    for request in sorted(asking, key=lambda one: (not one.key, len(one.document.path), one.document.path)):
        found.setdefault(_language(request.document, settings).lower(), request)
    return dict(sorted(found.items()))


def _original(first: Mapping[str, AddressRequest], settings: Settings) -> AddressRequest:
    """Return the one with the plain address: in the site's language, or else one that does not call itself a translation."""
    own = first.get(settings.language.lower())
    return own or next(
        (request for request in first.values() if not says_translation(request.document)),
        next(iter(first.values())),
    )


def says_translation(document: Document) -> bool:
    """Say whether the properties of a note declare it a translation."""
    properties = document.meta.properties
    return any(
        key.lower() == _IS_TRANSLATION and str(value).strip().lower() == "true"
        for key, value in properties.items()
    )


def _language(document: Document, settings: Settings) -> str:
    return document.meta.lang or settings.language


def _address(request: AddressRequest, language: str, settings: Settings) -> Url:
    """Return the address of a translation: by the pattern of the settings, or else below its language."""
    slug = request.url.rstrip("/")
    try:
        written = settings.translation_url.format(slug=slug, lang=language)
    except (KeyError, IndexError, ValueError, AttributeError):
        written = ""  # the pattern has a placeholder that notes have no value for
    return short_enough(file_url(written) or Url(f"{language}/{request.url}"), request.document.path)
