"""An author who does anything at all to a site, at random: what they write, rename, replace, take back and set.

The site is a Pelican project of its own: `pelican.conf.py` (the repository's settings, and what the author has set),
`vault/`, and `theme_overrides/`, which is not there at first. The same seed gives the same edits.
"""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

from tests.support.random_words import (
    FILES,
    FOLDERS,
    FRONT,
    NAMES,
    NOTEBOOKS,
    OF_PELICAN,
    OVERRIDES,
    SETTINGS,
    SPECIAL,
    UNWRITTEN,
    VIEWS,
    RandomWords,
)

ROOT: Final = Path(__file__).resolve().parents[2]


class Edit(NamedTuple):
    """What an author has done: in words, the paths that have changed by it, and whether the settings have."""

    words: str
    paths: tuple[Path, ...]
    settings: bool = False


class RandomAuthor:
    """Somebody who works on the site in `folder`."""

    def __init__(self, folder: Path, seed: int, notes: int = 40) -> None:
        """Write the project with about `notes` notes."""
        self.folder = folder
        self.vault = folder / "vault"
        self.conf = folder / "pelican.conf.py"
        self.settings: dict[str, Any] = {}
        self._random = Random(seed)
        self._words = RandomWords(self._random)
        self._taken: list[tuple[Path, bytes]] = []
        self.vault.mkdir(parents=True)
        self._save_settings()
        while sum(1 for _ in self.vault.rglob("*.md")) < min(notes, 90):
            self._save(self._some_path(), self._words.text())
        for name in (*FILES, *VIEWS, *NOTEBOOKS):
            if self._random.random() < 0.7:
                self._save(self.vault / name, self._words.content(name))

    def chosen(self) -> dict[str, Any]:
        """The settings of Pelican that the author has made, with the folders of their own templates, styles and texts."""
        own = self.folder / "theme_overrides"
        folders = {
            f"THEME_{name.upper()}_OVERRIDES": [str(own / name)]
            for name in ("templates", "css", "translations")
        }
        return {**self._of_pelican(), **folders, "GARDEN": self._of_garden()}

    def _of_pelican(self) -> dict[str, Any]:
        return {name: value for name, value in self.settings.items() if name in OF_PELICAN}

    def _of_garden(self) -> dict[str, Any]:
        settings = self.settings.items()
        return {name: value for name, value in settings if name not in OF_PELICAN and value is not None}

    def edit(self) -> Edit:
        """Do something."""
        kinds = self.kinds()
        while True:
            (kind,) = self._random.choices([kind for _, kind in kinds], [weight for weight, _ in kinds])
            if done := kind():
                return done

    def kinds(self) -> list[tuple[int, Callable[[], Edit | None]]]:
        """Return what the author may do, each with how often; what cannot be done just now returns None."""
        return [
            (14, self._append), (10, self._change_line), (10, self._rewrite), (6, self._create), (7, self._delete),
            (9, self._rename), (8, self._change_status), (5, self._retag), (4, self._change_front), (3, self._move_folder),
            (2, self._delete_folder), (8, self._replace_file), (6, self._change_view), (4, self._change_notebook),
            (6, self._set), (6, self._override), (5, self._change_special), (5, self._take_back), (2, self._touch),
            (2, self._break_encoding), (3, self._write_wanted), (3, self._duplicate), (2, self._many), (2, self._folder_for_note),
        ]  # fmt: skip

    # Notes ---------------------------------------------------------------------------------------

    def _append(self) -> Edit | None:
        note = self._note()
        if note is None:
            return None
        self._save(note, note.read_bytes() + f"\n\n{self._words.line()}\n".encode())
        return Edit(f"append to {note}", (note,))

    def _change_line(self) -> Edit | None:
        note = self._note()
        if note is None:
            return None
        lines = note.read_bytes().split(b"\n")
        at = self._random.randrange(len(lines))
        lines[at : at + self._random.randrange(2)] = [self._words.line().encode()]
        self._save(note, b"\n".join(lines))
        return Edit(f"change line {at} of {note}", (note,))

    def _rewrite(self) -> Edit | None:
        note = self._note()
        if note is None:
            return None
        self._save(note, self._words.text())
        return Edit(f"write {note} again", (note,))

    def _create(self) -> Edit:
        note = self._some_path()
        self._save(note, self._words.text())
        return Edit(f"create {note}", (note,))

    def _write_wanted(self) -> Edit:
        note = self.vault / f"{self._random.choice(UNWRITTEN)}.md"
        if note.exists():
            return self._removed(note)
        self._save(note, self._words.text())
        return Edit(f"write the wanted {note}", (note,))

    def _duplicate(self) -> Edit | None:
        note = self._note()
        if note is None:
            return None
        to = self.vault / self._random.choice(FOLDERS) / note.name
        self._save(to, note.read_bytes())
        return Edit(f"copy {note} to {to}", (to,))

    def _delete(self) -> Edit | None:
        note = self._note()
        return self._removed(note) if note else None

    def _rename(self) -> Edit | None:
        files = self._files()
        if not files:
            return None
        file = self._random.choice(files)
        if file.suffix == ".md":
            to = self._some_path()
        else:
            to = file.with_name(self._random.choice(["other", "pic", file.stem.upper()]) + file.suffix)
        to.parent.mkdir(parents=True, exist_ok=True)
        if to.is_dir():
            return None
        file.rename(to)
        return Edit(f"rename {file} to {to}", (file, to))

    def _change_status(self) -> Edit | None:
        """Make a draft of a note, or publish it."""
        note = self._note()
        if note is None:
            return None
        text = note.read_bytes()
        if text.startswith(b"---\nstatus: draft\n"):
            text = text.replace(b"status: draft\n", b"", 1)
        elif text.startswith(b"---\n"):
            text = text.replace(b"---\n", b"---\nstatus: draft\n", 1)
        else:
            text = b"---\nstatus: draft\n---\n" + text
        self._save(note, text)
        return Edit(f"draft and back {note}", (note,))

    def _retag(self) -> Edit | None:
        """Replace a tag everywhere, as a plugin does."""
        old, new = (f"t{self._random.randrange(1, 5)}".encode() for _ in range(2))
        changed = []
        for note in self._notes():
            text = note.read_bytes()
            if old in text:
                self._save(note, text.replace(old, new))
                changed.append(note)
        return Edit(f"retag {old!r} as {new!r}", tuple(changed)) if changed else None

    def _change_front(self) -> Edit | None:
        note = self._note()
        if note is None:
            return None
        text = note.read_bytes()
        line = self._words.filled(self._random.choice(FRONT)).encode()
        _, rule, rest = text.partition(b"---\n")
        self._save(
            note, b"---\n" + line + b"\n" + rest if rule and not _ else b"---\n" + line + b"\n---\n" + text
        )
        return Edit(f"add {line!r} to {note}", (note,))

    def _touch(self) -> Edit | None:
        """Save a note as it is."""
        note = self._note()
        if note is None:
            return None
        self._save(note, note.read_bytes())
        return Edit(f"save {note} as it is", (note,))

    def _break_encoding(self) -> Edit | None:
        note = self._note()
        if note is None:
            return None
        self._save(
            note, self._random.choice([b"", b"\xff\xfe\x00broken", b"\xef\xbb\xbfwith a mark\r\n[[a]]\r\n"])
        )
        return Edit(f"write odd bytes into {note}", (note,))

    def _many(self) -> Edit:
        """Change more notes than are shown one by one."""
        changed = []
        for note in self._notes()[:12]:
            self._save(note, note.read_bytes() + f"\nMore {self._random.random()}.\n".encode())
            changed.append(note)
        return Edit("append to many", tuple(changed))

    # Folders -------------------------------------------------------------------------------------

    def _move_folder(self) -> Edit | None:
        folders = self._folders()
        if not folders:
            return None
        folder = self._random.choice(folders)
        to = self.vault / self._random.choice(["a", "moved", "b c/inner", "übung"])
        if to.exists() or to.is_relative_to(folder):
            return None
        inside = [path for path in folder.rglob("*") if path.is_file()]
        to.parent.mkdir(parents=True, exist_ok=True)
        folder.rename(to)
        return Edit(f"move {folder} to {to}", (*inside, *(to / path.relative_to(folder) for path in inside)))

    def _delete_folder(self) -> Edit | None:
        folders = self._folders()
        if not folders or len(self._notes()) < 15:
            return None
        folder = self._random.choice(folders)
        inside = [path for path in folder.rglob("*") if path.is_file()]
        shutil.rmtree(folder)
        return Edit(f"delete {folder}", tuple(inside))

    def _folder_for_note(self) -> Edit | None:
        """Put a folder where a note was."""
        note = self._note()
        if note is None:
            return None
        self._take(note)
        note.unlink()
        inside = note / "within.md"
        self._save(inside, self._words.text())
        return Edit(f"a folder in the place of {note}", (note, inside))

    # Other files ---------------------------------------------------------------------------------

    def _replace_file(self) -> Edit:
        return self._write_or_remove(FILES, "replace", 0.25)

    def _change_view(self) -> Edit:
        return self._write_or_remove(VIEWS, "draw", 0.2)

    def _change_notebook(self) -> Edit:
        return self._write_or_remove(NOTEBOOKS, "run", 0.2)

    def _change_special(self) -> Edit:
        return self._write_or_remove(SPECIAL, "write", 0.4)

    def _write_or_remove(self, names: Sequence[str], verb: str, removed: float) -> Edit:
        """Write one of these files; one that is there is sometimes removed, as often as `removed` says."""
        name = self._random.choice(names)
        file = self.vault / name
        if file.exists() and self._random.random() < removed:
            return self._removed(file)
        self._save(file, self._words.content(name if names is SPECIAL else file.name))
        return Edit(f"{verb} {file}", (file,))

    def _override(self) -> Edit:
        """Write a template, style or text of their own, or take it back."""
        name = self._random.choice(list(OVERRIDES))
        file = self.folder / "theme_overrides" / name
        if file.exists() and self._random.random() < 0.4:
            return self._removed(file)
        if file.parent.exists() and self._random.random() < 0.1:
            shutil.rmtree(self.folder / "theme_overrides")
            return Edit("take all overrides back", (self.folder / "theme_overrides",))
        self._save(file, self._random.choice(OVERRIDES[name]).format(n=self._random.randrange(9)).encode())
        return Edit(f"override {name}", (file,))

    def _set(self) -> Edit:
        name = self._random.choice(list(SETTINGS))
        value = self._random.choice(SETTINGS[name])
        self.settings[name] = value
        self._save_settings()
        return Edit(f"set {name} to {value!r}", (self.conf,), settings=True)

    def _take_back(self) -> Edit | None:
        """Give a file the content that it had before."""
        if not self._taken:
            return None
        file, content = self._random.choice(self._taken[-20:])
        if file.is_dir() or any(path.is_file() for path in file.parents):
            return None
        self._save(file, content)
        return Edit(f"take {file} back", (file,))

    # Files ---------------------------------------------------------------------------------------

    def _files(self) -> list[Path]:
        # What is hidden stays where it is.
        found = (path for path in self.vault.rglob("*") if path.is_file())
        return sorted(path for path in found if not path.relative_to(self.vault).as_posix().startswith("."))

    def _notes(self) -> list[Path]:
        return [file for file in self._files() if file.suffix == ".md"]

    def _note(self) -> Path | None:
        notes = self._notes()
        return self._random.choice(notes) if notes else None

    def _folders(self) -> list[Path]:
        return sorted(
            path for path in self.vault.rglob("*") if path.is_dir() and ".obsidian" not in path.parts
        )

    def _some_path(self) -> Path:
        return self.vault / f"{self._random.choice(FOLDERS)}{self._random.choice(NAMES)}.md"

    def _save(self, file: Path, content: bytes) -> None:
        if file.is_file():
            self._take(file)
        elif file.is_dir():
            shutil.rmtree(file)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)

    def _take(self, file: Path) -> None:
        self._taken.append((file, file.read_bytes()))

    def _removed(self, file: Path) -> Edit:
        self._take(file)
        file.unlink()
        return Edit(f"delete {file}", (file,))

    def _save_settings(self) -> None:
        self.conf.write_text(
            "from runpy import run_path\n"
            f"globals().update({{k: v for k, v in run_path({str(ROOT / 'pelican.conf.py')!r}).items() if k.isupper()}})\n"
            f"globals().update({self._of_pelican()!r})\nGARDEN = GARDEN | {self._of_garden()!r}\n"
            f"THEME = {str(ROOT / 'theme')!r}\nPLUGIN_PATHS = [{str(ROOT / 'plugins')!r}]\nPATH = 'vault'\n"
        )
