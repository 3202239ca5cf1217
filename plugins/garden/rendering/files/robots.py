"""`robots.txt`: everything may be read; the sitemap is there. Nothing is named that is not public."""

from garden.model import routes
from garden.model.names import SaveAs
from garden.model.pages.page import Artifact
from garden.model.settings import Settings
from garden.rendering.body.hrefs import canonical


def robots(settings: Settings) -> Artifact:
    """Return `robots.txt`; a sitemap can be named only when the site's address is known."""
    sitemap = canonical(settings, routes.SITEMAP)
    lines = ["User-agent: *", "Disallow:", *([f"Sitemap: {sitemap}"] if sitemap else [])]
    return Artifact(SaveAs(routes.ROBOTS), ("\n".join(lines) + "\n").encode())
