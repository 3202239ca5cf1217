"""The evaluator of a linked vault: made when the first view is met, kept while that vault is rendered."""

from collections.abc import Callable

from garden.linking.snapshot import Snapshot
from garden.model.body import Body
from garden.model.names import VaultPath
from garden.model.settings import Settings
from garden.rendering.tracking import untracked
from garden.views.evaluation import Evaluator

_last: list[tuple[Snapshot, Settings, Evaluator]] = []


def evaluator(snapshot: Snapshot, bodies: Callable[[VaultPath], Body], settings: Settings) -> Evaluator:
    """Return the evaluator of this very snapshot."""
    # It keeps what it has looked up: whoever asks it depends on the whole vault.
    snapshot = untracked(snapshot)
    for known, with_settings, found in _last:
        if known is snapshot and with_settings.today == settings.today:
            return found
    made = Evaluator(snapshot, bodies, settings)
    _last[:] = [(snapshot, settings, made)]
    return made
