"""What a linking can take over from the previous one of the same vault, because no change of the vault affects it.

Each method answers that for the result of one step: it compares everything that the step depends on. A condition that is
missing here shows as a site that differs from one built from scratch, which `tests/property/test_linking_again.py` looks for.
"""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from garden.linking.addresses.pages import facts_of_address
from garden.linking.hierarchy.explicit import facts_of_relations, typed_resolutions
from garden.linking.home_note import facts_of_home
from garden.linking.incremental.vault_changes import VaultChanges, same_where_equal
from garden.linking.note_groups import facts_of_groups
from garden.linking.snapshot import Snapshot
from garden.linking.sources import CollectedEdges
from garden.model.names import VaultPath

if TYPE_CHECKING:
    from garden.linking.link_vault import Linking


class FormerLinking(NamedTuple):
    """The previous linking of a vault, and the changes of the vault since then."""

    linking: "Linking"
    changes: VaultChanges

    def has_same_groups(self) -> bool:
        """Say whether the same notes have the same tags, categories and authors."""
        return not self.changes.differ(facts_of_groups)

    def has_same_home(self) -> bool:
        """Say whether the same note is the home page."""
        named_in_settings = self.linking.settings.home
        return not (named_in_settings and self.changes.names) and not self.changes.differ(facts_of_home)

    def has_same_wanted_parents(self, collected: CollectedEdges) -> bool:
        """Say whether the same parents have no note; `collected` are the present relations from other sources."""
        changes, before = self.changes, self.linking
        return not (
            changes.names
            or changes.differ(facts_of_relations)
            or changes.affect(before.wanted_parents.hubs.values())
            or collected != before.collected
        )

    def has_same_addresses(self, present: "Linking") -> bool:
        """Say whether all pages ask for the same addresses, and the ledger has the same entries for them."""
        before = self.linking
        return (
            present.known.is_equivalent_to(before.known)
            and (present.home and present.home.path) == (before.home and before.home.path)
            and present.wanted_parents.hubs == before.wanted_parents.hubs
            and present.groups.names == before.groups.names
            and not self.changes.differ(partial(facts_of_address, settings=present.settings))
            and not self.changes.affect(problem.place for problem in before.pages.problems)
        )

    def has_same_relations(self, present: "Linking") -> bool:
        """Say whether all relations are the same, and no place of a problem with them has moved."""
        before, changes = self.linking, self.changes
        return (
            present.wanted_parents is before.wanted_parents
            and present.collected == before.collected
            and not changes.differ(facts_of_relations)
            and not changes.affect(problem.place for problem in before.hierarchy.problems)
            and self._has_same_typed_resolutions(present, present.references.resolved)
        )

    def _has_same_typed_resolutions(self, present: "Linking", paths: Iterable[VaultPath]) -> bool:
        """Say whether the typed links of the notes at `paths` lead to the same as before."""
        notes, resolutions = self.changes.before, self.linking.references.resolutions
        return all(
            list(typed_resolutions(present.documents[path], present.resolutions[path]))
            == list(typed_resolutions(notes[path], resolutions[path]))
            for path in paths
        )


def with_same_objects(former: Snapshot, present: Snapshot) -> Snapshot:
    """Return the present snapshot with the very mappings and values of the former one where they are equal."""
    names = [name for name in present.__struct_fields__ if type(getattr(present, name)) is dict]
    kept = {name: same_where_equal(getattr(former, name), getattr(present, name)) for name in names}
    lines = same_where_equal(former.ledger.lines, present.ledger.lines)
    return replace(present, ledger=replace(present.ledger, lines=lines), **kept)
