"""The fields of the hierarchy by what they do: directions, inverses, the groups that trails follow."""

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from garden.model.names import field_key
from garden.model.settings import RelationField


class RelationFields(Struct, frozen=True):
    """The compared names (IF-4) of all fields, in the order of the settings.

    `directions` has the group of each field, empty for none; `inverses` the inverse of those that
    have one, and `rounds` how long that is implied by what is implied itself.
    """

    names: tuple[str, ...]
    directions: Mapping[str, str]
    inverses: Mapping[str, str]
    rounds: Mapping[str, int]
    ups: frozenset[str]

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
