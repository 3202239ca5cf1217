"""Generated vaults: notes of about 500 words with links, code, a table and a place in a tree."""

import random
from collections.abc import Callable
from pathlib import Path

_CHILDREN = 8
_FOLDERS = 8
_SYLLABLES = "an bel cor dun er fal gim hur in jas kel lum mor nar ost pel quin ros sil tur".split()
_SMALL = "the of and a to in is that it for on with as by this from or at but not are".split()


Link = Callable[[int], str]
"""A link to the note of a number, in some generator's notation."""


def wiki(number: int) -> str:
    """Return a link as Obsidian writes it."""
    return f"[[{name(number)}]]"


def make_vault(folder: Path, count: int, *, link: Link = wiki, seed: int = 7) -> Path:
    """Write `count` notes into `folder`; only those with wiki-links name their parents, too."""
    words = _words(random.Random(seed))
    for number in range(count):
        (folder / file(number)).parent.mkdir(parents=True, exist_ok=True)
        note = _note(number, count, words, random.Random(f"{seed} {number}"), link)
        (folder / file(number)).write_text(note, encoding="utf-8")
    return folder


def file(number: int) -> str:
    """Return the path of a note in its vault."""
    return f"part-{number % _FOLDERS}/{name(number)}.md"


def name(number: int) -> str:
    """Return the stem of a note."""
    return f"note-{number:05d}"


def _words(chance: random.Random) -> list[str]:
    return sorted({"".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(3000)})


def _note(number: int, count: int, words: list[str], chance: random.Random, link: Link) -> str:
    def sentence() -> str:
        picked = [
            chance.choice(_SMALL if chance.random() < 0.4 else words) for _ in range(chance.randint(8, 18))
        ]
        if chance.random() < 0.2:
            picked[3] = chance.choice(("**{}**", "*{}*", "`{}`")).format(picked[3])
        return " ".join(picked).capitalize() + "."

    def paragraph(length: int) -> str:
        return " ".join(sentence() for _ in range(length))

    others = [(number + chance.randrange(1, count)) % count if count > 1 else 0 for _ in range(5)]
    parent = (number - 1) // _CHILDREN
    rows = [
        f"| {chance.choice(words)} | {chance.randint(1, 999)} | {chance.choice(words)} |" for _ in range(5)
    ]
    function = chance.choice(words)
    return "\n".join(
        [
            "---",
            f"Title: {' '.join(chance.choices(words, k=4)).capitalize()} {number}",
            f"Date: {2015 + number % 10}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
            f"Category: part-{number % _FOLDERS}",
            f"Tags: tag-{chance.randrange(60)}, tag-{chance.randrange(60)}",
            f"Slug: {name(number)}",
            "---",
            "",
            *([f"up::{link(parent)}", ""] if number and link is wiki else []),
            paragraph(6),
            "",
            f"## {' '.join(chance.choices(words, k=5))}",
            "",
            f"{paragraph(5)} See {link(others[0])} and {link(others[1])}.",
            "",
            "```python",
            f"def {function}(items, limit={chance.randint(2, 99)}):",
            "    total = 0",
            "    for index, item in enumerate(items):",
            f"        if index > limit:  # {chance.choice(words)}",
            "            break",
            f"        total += item * {chance.random():.3f}",
            f'    return {{"{function}": total, "ok": total > 0}}',
            "```",
            "",
            paragraph(5),
            "",
            "| name | value | remark |",
            "|------|------:|--------|",
            *rows,
            "",
            f"## {' '.join(chance.choices(words, k=5))}",
            "",
            *[f"- {sentence()}" for _ in range(5)],
            "",
            f"{paragraph(5)} Compare {link(others[2])} with {link(others[3])}.",
            "",
        ]
    )
