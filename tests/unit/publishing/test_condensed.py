"""What a build says of a problem that many notes have."""

from garden.model.diagnostic import Diagnostic, Place
from garden.publishing.condensed import condensed


def test_one_thing_in_many_notes_is_reported_once() -> None:
    """More than twenty notes, not more than twenty places, make one line at the first (DG-7)."""

    def found(count: int, message: str) -> list[Diagnostic]:
        return [Diagnostic(Place(f"n{at:02}.md", 1, 1), "link-unresolved", message) for at in range(count)]

    several = [Diagnostic(Place("m.md", line, 1), "link-unresolved", "once") for line in range(1, 30)]
    brief = condensed([*found(21, "often"), *found(20, "seldom"), *several])
    assert [problem.message for problem in brief].count("seldom") == 20
    assert [problem.message for problem in brief].count("once") == 29
    (told,) = [problem for problem in brief if problem.message.startswith("often")]
    assert told.place.path == "n00.md"
    assert "20 other notes" in told.message
