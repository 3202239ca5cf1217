"""Writes the bibliography entry with which a note is cited, in the format BibTeX."""

from typing import Final

from garden.model.pages.page import NotePage
from garden.model.settings import Settings

# Texts in BibTeX are TeX.
_ESCAPES: Final = str.maketrans({char: f"\\{char}" for char in "{}&%$#_"})


def citation(settings: Settings, page: NotePage) -> str:
    """Return the entry for a note."""
    authors = " and ".join(author.title for author in page.authors) or settings.author
    fields = {
        "title": page.title.translate(_ESCAPES),
        "author": authors.translate(_ESCAPES),
        "year": str(page.date.year) if page.date else "",
        "howpublished": settings.site_name.translate(_ESCAPES),
        "url": page.head.canonical,
    }
    key = page.url.rstrip("/").replace("/", "-")
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{lines}}}"
