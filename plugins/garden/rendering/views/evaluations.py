"""Evaluates views of a linked vault, with an evaluator that is created for the first view and kept for this vault."""

from collections.abc import Callable

from garden.linking.snapshot import Snapshot
from garden.model.body import Body
from garden.model.names import VaultPath
from garden.model.settings import Settings
from garden.model.views.queries import LiveView
from garden.rendering.tracking.questions import untracked
from garden.views.evaluation import Answer, Evaluator
from garden.views.facts import facts_of

_last: list[tuple[Snapshot, Settings, Evaluator]] = []
"""The last evaluator with its vault and settings, or nothing."""


def answer_view(
    snapshot: Snapshot,
    bodies: Callable[[VaultPath], Body],
    settings: Settings,
    view: LiveView,
    host: VaultPath,
) -> Answer:
    """Return the result of a view in the note at `host`; the caller has to record the facts that the view depends on."""
    whole = untracked(snapshot, facts_of(view))
    return _evaluator(whole, bodies, settings).answer(view, host)


def _evaluator(snapshot: Snapshot, bodies: Callable[[VaultPath], Body], settings: Settings) -> Evaluator:
    """Return the evaluator of this snapshot, which caches what it has looked up."""
    for known, with_settings, found in _last:
        if known is snapshot and with_settings.today == settings.today:
            return found
    made = Evaluator(snapshot, bodies, settings)
    _last[:] = [(snapshot, settings, made)]
    return made
