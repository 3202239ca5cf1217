"""What the directives for search engines mean that a page carries (FM-18)."""


def is_indexable(robots: str) -> bool:
    """Say whether these directives let search engines list the page."""
    return not {"noindex", "none"} & set(robots.split(", "))
