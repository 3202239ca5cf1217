"""The fields of the hierarchy by their compared names: their directions, inverses and bounds."""

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from garden.model.names import field_key
from garden.model.settings import RelationField


class RelationFields(Struct, frozen=True):
    """The fields of the hierarchy; all names are compared names (IF-4)."""

    names: tuple[str, ...]  # in the order of the settings
    directions: Mapping[str, str]  # one of GROUPS for each field, empty for none
    inverses: Mapping[str, str]  # of the fields that have one
    rounds: Mapping[str, int]  # see RelationField.rounds
    ups: frozenset[str]  # the fields with the direction "up", which lead to parents

    def of(self, direction: str) -> tuple[str, ...]:
        """Return the fields of one direction."""
        return tuple(name for name in self.names if self.directions[name] == direction)


@lru_cache(maxsize=8)
def fields_of(relations: tuple[RelationField, ...]) -> RelationFields:
    """Return the fields that the settings define."""
    directions = {field_key(relation.name): relation.direction for relation in relations}
    inverses = {field_key(relation.name): field_key(relation.inverse) for relation in relations}
    return RelationFields(
        tuple(directions),
        directions,
        {name: inverse for name, inverse in inverses.items() if inverse in directions},
        {field_key(relation.name): relation.rounds for relation in relations},
        frozenset(name for name, direction in directions.items() if direction == "up"),
    )
