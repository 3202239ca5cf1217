"""The files that list notes for programs: feeds, the graph, concepts, `llms.txt`."""

from collections.abc import Callable, Iterable, Mapping

from garden.model.pages.page import Artifact
from garden.rendering.body.fill import Bodies
from garden.rendering.catalog import Catalog
from garden.rendering.files.concepts import concepts
from garden.rendering.files.feeds import feeds
from garden.rendering.files.graph import graph
from garden.rendering.files.llms import llms
from garden.rendering.pages.map import map_drawing


def note_lists(catalog: Catalog, bodies: Bodies) -> Mapping[str, Callable[[], Iterable[Artifact]]]:
    """Return the function that makes each group of files."""
    return {
        "feeds": lambda: feeds(catalog, bodies),
        "graph": lambda: (graph(catalog), map_drawing(catalog)),
        "concepts": lambda: (concepts(catalog),),
        "llms": lambda: (llms(catalog),),
    }
