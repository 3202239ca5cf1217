"""Parts of a file are reused as long as no answer to their questions has changed, and the file knows all of these questions."""

from collections.abc import Sequence

from garden.rendering.tracking.questions import QuestionNumbers, Tracker
from garden.rendering.tracking.reusable_parts import MadeParts, ReusableParts


class Lists:
    """Makes files of parts: each asks for a title, the file itself for all names."""

    def __init__(self) -> None:
        self._tracker = Tracker()
        self._parts: MadeParts = {}
        self.made: list[str] = []  # the parts that were made, and not reused

    def number(self, subject: str, key: str) -> int:
        """Return the number of a question."""
        return self._tracker.numbers(subject)[key]

    def file(self, names: Sequence[str], *changed: int) -> set[int]:
        """Make a file with these names after some answers have changed; return the questions that were asked."""
        self.made.clear()
        parts = ReusableParts(self._tracker, self._parts, frozenset(changed))
        with self._tracker.recording() as asked:
            self._tracker.ask("names", "first")
            for name in names:
                parts.part(name, lambda name=name: self._title(name))
            self._tracker.ask("names", "last")
        self._parts = parts.made
        return _numbers(asked)

    def _title(self, name: str) -> str:
        self._tracker.ask("title", name)
        self.made.append(name)
        return name.title()

    def all_numbers(self, names: Sequence[str]) -> set[int]:
        """Return the numbers of all questions that a file with these names asks."""
        return {
            self.number("names", "first"),
            self.number("names", "last"),
            *(self.number("title", name) for name in names),
        }


def _numbers(asked: QuestionNumbers) -> set[int]:
    assert len(asked) == len(set(asked))
    return set(asked)


def test_a_file_knows_the_questions_of_its_parts():
    """Those of parts that were reused as well: else the file would not be made again when one of their answers changes."""
    lists = Lists()
    for _ in range(3):
        assert lists.file("abc") == lists.all_numbers("abc")
    assert not lists.made


def test_only_parts_with_another_answer_are_made():
    """A new part, and one whose answer has changed; one that has not been asked for meanwhile is not known any more."""
    lists = Lists()
    lists.file("abc")
    assert lists.file("abcd", lists.number("title", "b")) == lists.all_numbers("abcd")
    assert lists.made == ["b", "d"]
    lists.file("ab")
    lists.file("abc")
    assert lists.made == ["c"]


def test_a_part_has_its_own_questions_only():
    """An answer that another part, or the file itself, has asked for does not concern it."""
    lists = Lists()
    lists.file("ab")
    lists.file("ab", lists.number("names", "first"), lists.number("names", "last"))
    assert not lists.made


def test_files_have_nothing_of_each_other():
    """What was asked for one is not asked for the next."""
    lists = Lists()
    lists.file("ab")
    assert lists.file("c") == lists.all_numbers("c")
