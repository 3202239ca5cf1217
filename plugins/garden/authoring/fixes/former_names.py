"""Former names of notes: a link that still uses one can only mean the renamed note.

They come from two sources: the history of the git repository, and the ledger of what has been published.
"""

from collections.abc import Iterator, Mapping

from garden.linking.ledger.state import KnownAddresses
from garden.linking.ledger.text import parse_ledger
from garden.model.names import Folded, VaultPath, fold, stem
from garden.vault.git.history import file_histories
from garden.vault.git.log import find_repository
from garden.vault.ledger_file import notes_out_of_sight
from garden.vault.site import Site


def former_names(site: Site) -> Mapping[Folded, VaultPath]:
    """Return the present paths of renamed notes by their former file names, without those that several notes had."""
    found: dict[Folded, set[VaultPath]] = {}
    present = {fold(stem(path)) for path in site.snapshot.documents}
    for old, new in _renamed(site):
        name = fold(stem(old))
        if name not in present and new in site.snapshot.documents:
            found.setdefault(name, set()).add(VaultPath(new))
    return {name: next(iter(paths)) for name, paths in found.items() if len(paths) == 1}


def _renamed(site: Site) -> Iterator[tuple[str, str]]:
    """Yield pairs of a former and a present path."""
    repository = find_repository(site.files.root)
    if repository is not None:
        for path, history in file_histories(repository).items():
            yield from ((former, path) for former in history.former)
    ledger = parse_ledger(site.files.ledger)
    documents = site.snapshot.documents
    known = KnownAddresses(ledger, documents, notes_out_of_sight(site.files.root, ledger, documents))
    yield from known.paths.items()
