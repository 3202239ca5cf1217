"""The meaning of a page's directives for search engines (FM-18)."""


def is_indexable(robots: str) -> bool:
    """Say whether these directives let search engines list the page."""
    return not {"noindex", "none"} & set(robots.split(", "))
