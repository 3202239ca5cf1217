"""An author at work on a vault of which only a part is published; the same seed gives the same edits."""

import json
import shutil
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from random import Random
from typing import Any, Final, TypeVar

from tests.support.private_vault import (
    HIDDEN,
    LEFT_OUT,
    OF_DRAFTS,
    PARTS,
    PRIVATE,
    PUBLIC,
    SHUT,
    TEMPLATES,
    Piece,
    Vault,
    folder_of,
)

_ROOT: Final = Path(__file__).resolve().parents[2]
_Value = TypeVar("_Value")

Edit = tuple[str, tuple[Path, ...]]
"""What an author has done, in words, and the paths that have changed."""

_FOLDERS: Final = ("", "", "", "open", SHUT, TEMPLATES, LEFT_OUT, HIDDEN)
_ASKING: Final = (
    "```dataview\nTABLE file.name, file.tags, file.inlinks, client\n```\n\n```dataview\nTASK\n```\n\n"
    "```base\nviews: [{type: table, order: [file.name, file.tags, file.backlinks]}]\n```\n\n```tasks\ngroup by path\n```\n\n![[plan.canvas]]\n"
)
_DRAWING: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>{word}</text></svg>'
_USES: Final = (
    "[[{name}|that]]", "![[{name}]]", "up:: [[{name}]]", "next:: [[{name}]]", "[that]({name}.md)", "![[{name}#^x|that]]",
    "[[{alias}|that]]", "[[{title}|that]]", "`= [[{name}]].client`", "`= [[{name}]].file.tasks.text`",
)  # fmt: skip
"""How notes use others, such that nothing but the name of one that is missing may be seen."""


class PrivateAuthor:
    """Somebody who works on the vault at `root`, beside which there are files that are none of its business."""

    def __init__(self, root: Path, seed: int) -> None:
        """Write a vault with some notes of each kind."""
        self.root = root
        self.vault = Vault(no_notes={TEMPLATES, SHUT}, no_files={LEFT_OUT})
        self._random = Random(seed)
        self._ids = (f"zq{a}{b}{c}" for a, b, c in product("bcdfghjk", repeat=3))
        self._forms = self._shuffled(PRIVATE)
        self._elsewhere = root.parent / "elsewhere"
        self._elsewhere.mkdir(parents=True)
        self._save(".obsidian/templates.json", json.dumps({"folder": TEMPLATES}))
        self._save_exclusions()
        self._save("ask.md", _ASKING)
        for folder in _FOLDERS:
            self._create(folder, PUBLIC)
            self._create(folder, next(self._forms))
        self._create(OF_DRAFTS, next(self._forms))
        self._plan()
        self.conf = root.parent / "pelican.conf.py"
        self._save_settings()
        (root / "away").symlink_to(self._elsewhere)

    def edits(self) -> Iterator[Callable[[], Edit]]:
        """Yield what the author may do, again and again, each time in another order."""
        kinds = (
            self._new_draft, self._new_draft, self._new_note, self._new_note_left_out, self._hold_back, self._publish, self._rewrite,
            self._rename, self._delete, self._use_private, self._use_drawing, self._leave_out, self._link_out, self._link_drawing_out,
            self._move, self._several, self._plan, self._set,
        )  # fmt: skip
        yield from self._shuffled(kinds)

    def _shuffled(self, values: tuple[_Value, ...]) -> Iterator[_Value]:
        while True:
            yield from self._random.sample(values, len(values))

    # What is written -------------------------------------------------------------------------------

    def _save(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.is_symlink():
            file.unlink()
        file.write_text(text, encoding="utf-8")
        return file

    def _save_exclusions(self) -> tuple[Path, ...]:
        filters = sorted(f"{folder}/" for folder in self.vault.no_notes - {TEMPLATES})
        return (
            self._save(".obsidian/app.json", json.dumps({"userIgnoreFilters": filters})),
            self._save(".obsidian/publish.json", json.dumps({"excluded": sorted(self.vault.no_files)})),
        )

    @property
    def settings(self) -> dict[str, Any]:
        """The settings of Pelican that the author has made."""
        garden = {
            "build_date": "2026-01-01",
            "private_keys": ["client"],
            "ignore": sorted(self.vault.ignored),
            "default_status": "draft" if self.vault.is_draft_by_default else "published",
        }
        return {"WITH_FUTURE_DATES": False, "GARDEN": garden}

    def _save_settings(self) -> Path:
        chosen = {"THEME": str(_ROOT / "theme"), "PLUGIN_PATHS": [str(_ROOT / "plugins")], **self.settings}
        own = str(_ROOT / "pelican.conf.py")
        lines = [
            "from runpy import run_path",
            f"globals().update({{k: v for k, v in run_path({own!r}).items() if k.isupper()}})",
        ]
        lines += (f"{name} = {value!r}" for name, value in chosen.items())
        self.conf.write_text("\n".join(lines), encoding="utf-8")
        return self.conf

    def _create(self, folder: str, form: str) -> Edit:
        own = next(self._ids)
        note = Piece(own + PARTS["name"], own, form, {self._draw(folder)})
        path = f"{folder}/{note.name}.md".lstrip("/")
        self.vault.notes[path] = note
        return f"create {path} as {form!r}", (self._write(path),)

    def _draw(self, folder: str) -> str:
        own = next(self._ids)
        name = own + PARTS["name"]
        path = f"{folder}/{name}.svg".lstrip("/")
        self.vault.drawings[path] = Piece(name, own)
        self._save(path, _DRAWING.format(word=own + PARTS["text"]))
        return name

    def _write(self, path: str) -> Path:
        """Write a note as it is now."""
        note = self.vault.notes[path]
        title, alias, heading, text, tag, of_property, _, of_field, task, footnote, comment = (
            note.own + letter for letter in PARTS.values()
        )
        more = f"title: {title}\naliases: [{alias}]\ntags: [{tag}]\nclient: {of_property}\nup: '[[index]]'\n"
        drawings = {drawing.name for drawing in self.vault.drawings.values()}
        used = "\n\n".join(
            f"![[{name}.svg]]" if name in drawings else self._use(name) for name in sorted(note.uses)
        )
        body = (
            f"# {heading}\n\n{text} %%{comment}%% <!-- {comment} --> words[^1] #{tag}/{tag}\n\n{of_field}:: {of_field}\n\n"
            f"%%\n{comment}\n%%\n\n- [ ] {task} ^{note.own}\n\n[^1]: {footnote}\n\n{used}\n"
        )
        return self._save(path, note.form.format(more=more, text=body))

    def _use(self, name: str) -> str:
        return self._random.choice(
            [
                "[[{0}|that]]",
                "![[{0}]]",
                "up:: [[{0}]]",
                "[that]({0}.md)",
                "![[{0}#^x|that]]",
                "next:: [[{0}]]",
            ]
        ).format(name)

    # What the author does --------------------------------------------------------------------------

    def _some(self, *, public: bool) -> str:
        """Return the path of some note that is in the vault, written as a public or a private one; make one if there is none."""
        paths = [
            path
            for path, note in self.vault.notes.items()
            if (note.form == PUBLIC) == public and not note.is_outside
        ]
        return self._random.choice(paths or [self._made(public=public)])

    def _made(self, *, public: bool) -> str:
        self._create("", PUBLIC if public else next(self._forms))
        return list(self.vault.notes)[-1]

    def _new_draft(self) -> Edit:
        return self._create(self._random.choice(("", "open", OF_DRAFTS)), next(self._forms))

    def _new_note(self) -> Edit:
        return self._create(self._random.choice(("", "open")), PUBLIC)

    def _new_note_left_out(self) -> Edit:
        return self._create(
            self._random.choice((HIDDEN, *sorted(self.vault.no_notes), *sorted(self.vault.no_files))), PUBLIC
        )

    def _hold_back(self) -> Edit:
        return self._become(self._some(public=True), next(self._forms))

    def _publish(self) -> Edit:
        return self._become(self._some(public=False), PUBLIC)

    def _rewrite(self) -> Edit:
        """Write other words into a note, public or not."""
        return self._become(
            path := self._some(public=self._random.random() < 0.5), self.vault.notes[path].form
        )

    def _become(self, path: str, form: str) -> Edit:
        """Write a note with new words."""
        before = self.vault.notes[path]
        self.vault.notes[path] = Piece(before.name, next(self._ids), form, before.uses)
        return f"write {path} as {form!r}", (self._write(path),)

    def _rename(self) -> Edit:
        path = self._some(public=self._random.random() < 0.5)
        note = self.vault.notes.pop(path)
        name = next(self._ids) + PARTS["name"]
        to = f"{folder_of(path)}/{name}.md".lstrip("/")
        self.vault.notes[to] = Piece(name, note.own, note.form, note.uses)
        (self.root / path).rename(self.root / to)
        return f"rename {path} to {to}", (self.root / path, self.root / to)

    def _move(self) -> Edit:
        """Move a public note into a folder that is left out, or a note from there to where it is seen."""
        path = self._some(public=True)
        inside = folder_of(path) in ("", "open")
        folder = self._random.choice((HIDDEN, SHUT, LEFT_OUT)) if inside else "open"
        to = f"{folder}/{path.rpartition('/')[2]}"
        (self.root / folder).mkdir(exist_ok=True)
        self.vault.notes[to] = self.vault.notes.pop(path)
        shutil.move(self.root / path, self.root / to)
        return f"move {path} to {to}", (self.root / path, self.root / to)

    def _delete(self) -> Edit:
        path = self._some(public=self._random.random() < 0.5)
        del self.vault.notes[path]
        (self.root / path).unlink()
        return f"delete {path}", (self.root / path,)

    def _use_private(self) -> Edit:
        """Link to a private note, or embed it."""
        path, private = self._some(public=True), self._some(public=False)
        note = self.vault.notes[path]
        note.uses.add(self.vault.notes[private].name)
        return f"use {private} in {path}", (self._write(path),)

    def _use_drawing(self) -> Edit:
        path, drawing = self._some(public=True), self._random.choice(sorted(self.vault.drawings))
        self.vault.notes[path].uses.add(self.vault.drawings[drawing].name)
        return f"use {drawing} in {path}", (self._write(path),)

    def _leave_out(self) -> Edit:
        """Leave a folder out, or let it in."""
        chosen = self.vault.no_notes if self._random.random() < 0.5 else self.vault.no_files
        folder = self._random.choice(("open", SHUT, LEFT_OUT))
        chosen ^= {folder}
        return (
            f"leave out {sorted(self.vault.no_notes)} and {sorted(self.vault.no_files)}",
            self._save_exclusions(),
        )

    def _set(self) -> Edit:
        """Change a setting: what is ignored, or whether a note that says nothing is a draft."""
        if self._random.random() < 0.5 or self.vault.is_draft_by_default:
            self.vault.is_draft_by_default = not self.vault.is_draft_by_default
        else:
            self.vault.ignored ^= {self._random.choice(("open", SHUT))}
        return f"set {self.settings}", (self._save_settings(),)

    def _plan(self) -> Edit:
        """Draw a canvas of some notes."""
        paths = [path for path in self.vault.notes if folder_of(path) != OF_DRAFTS]
        chosen = self._random.sample(sorted(paths), 4)
        self.vault.plan = {self.vault.notes[path].name for path in chosen}
        place = {"x": 0, "y": 0, "width": 9, "height": 9}
        nodes = [{"id": path, "type": "file", "file": path, **place} for path in chosen[:2]]
        texts = (f"![[{self.vault.notes[path].name}]]" for path in chosen[2:])
        nodes += [{"id": text, "type": "text", "text": text, **place} for text in texts]
        return f"plan {chosen}", (self._save("plan.canvas", json.dumps({"nodes": nodes, "edges": []})),)

    def _link_out(self) -> Edit:
        """Replace a note by a link to a file outside the vault, whose words nobody may see."""
        path = self._some(public=True)
        own = next(self._ids)
        self.vault.notes[path].is_outside = True
        return f"link {path} out", (self._linked(path, f"{own}{PARTS['text']} and [[{own}{PARTS['name']}]]"),)

    def _link_drawing_out(self) -> Edit:
        path = self._random.choice(sorted(self.vault.drawings))
        self.vault.drawings[path].is_outside = True
        word = next(self._ids) + PARTS["text"]
        return f"link {path} out", (self._linked(path, _DRAWING.format(word=word)),)

    def _linked(self, path: str, text: str) -> Path:
        """Replace a file by a link to one outside with this text."""
        outside, file = self._elsewhere / path.replace("/", "-"), self.root / path
        outside.write_text(text, encoding="utf-8")
        file.unlink()
        file.symlink_to(outside)
        return file

    def _several(self) -> Edit:
        """Do some things at once, as a program does."""
        done = [kind() for kind in (self._hold_back, self._new_draft, self._use_private)]
        return "; ".join(words for words, _ in done), tuple(path for _, paths in done for path in paths)
