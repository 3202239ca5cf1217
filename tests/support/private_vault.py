"""A vault with private notes full of canary words, and which of them may be seen.

Each word names one note and one part of it: `zqbcdtx` is the title of the note `bcd`. So whatever shows such a word says whose
it is, and `Vault.visible` says which of them may be seen.
"""

import re
from dataclasses import dataclass, field
from typing import Final

WORD: Final = re.compile(rb"zq[bcdfghjk]{3}[a-z]x")
PARTS: Final = {
    name: letter + "x"
    for letter, name in zip(
        "tlhbgpnfkrc",
        (
            "title",
            "alias",
            "heading",
            "text",
            "tag",
            "property",
            "name",
            "field",
            "task",
            "footnote",
            "comment",
        ),
        strict=True,
    )
}

PRIVATE: Final = (
    "---\nstatus: draft\n{more}---\n{text}",
    "---\nStatus: Draft\n{more}---\n{text}",
    "---\nstatus:\n{more}---\n{text}",
    "---\nstatus: sesame\n{more}---\n{text}",
    "---\nstatus: [published, draft]\n{more}---\n{text}",
    "---\npublish: false\n{more}---\n{text}",
    "---\npublish: no\n{more}---\n{text}",
    "---\ndraft: true\n{more}---\n{text}",
    "---\ndraft: yes\n{more}---\n{text}",
    "---\npublished: false\n{more}---\n{text}",
    "---\nprivate: true\n{more}---\n{text}",
    "---\nvisibility: private\n{more}---\n{text}",
    "---\npublic: false\n{more}---\n{text}",
    "---\ndg-publish: false\n{more}---\n{text}",
    "---\nis_draft: true\n{more}---\n{text}",
    "---\nis_private: true\n{more}---\n{text}",
    "---\nunpublished: true\n{more}---\n{text}",
    "---\npermalink: false\n{more}---\n{text}",
    "---\nstauts: draft\n{more}---\n{text}",
    "---\npublih: false\n{more}---\n{text}",
    "---\nprivte: true\n{more}---\n{text}",
    "---\nmetadata:\n  status: draft\n{more}---\n{text}",
    "---\nstatus: draft\nbroken: [\n{more}---\n{text}",
    "---\n{more}---\nstatus: draft\n\n{text}",
    "---\n{more}---\nstatus:: draft\n\n{text}",
    "----\nstatus: draft\n----\n\n{text}",
    "# A heading\nstatus: draft\n\n{text}",
    "+++\ndraft = true\n+++\n{text}",
    "Title: Header\nStatus: draft\n\n{text}",
    "---\ndate: 2999-01-01\n{more}---\n{text}",
)
"""Notes in every notation that holds one back."""

PUBLIC: Final = "---\n{more}---\n{text}"

SHUT, TEMPLATES, LEFT_OUT, HIDDEN = "shut", "templates", "left-out", ".hidden"
OF_DRAFTS = "zqkkkvx"  # the name of this folder is a secret as long as all notes in it are private


@dataclass(slots=True)
class Piece:
    """A note or an attachment as it is on disk."""

    name: str  # of its file
    own: str  # how all other words in it begin
    form: str = PUBLIC
    uses: set[str] = field(default_factory=set)  # names of others
    is_outside: bool = False  # whether it is a link to a file outside the vault

    @property
    def words(self) -> set[str]:
        """Its words that readers may see if it is published."""
        return {
            self.name,
            *(self.own + letter for name, letter in PARTS.items() if name not in ("name", "comment")),
        }


@dataclass(slots=True)
class Vault:
    """What is in the vault: notes and attachments by their paths, and which folders are left out just now."""

    notes: dict[str, Piece] = field(default_factory=dict)
    drawings: dict[str, Piece] = field(default_factory=dict)
    plan: set[str] = field(default_factory=set)  # the names of notes in a canvas that is published
    no_notes: set[str] = field(default_factory=set)  # folders
    no_files: set[str] = field(default_factory=set)
    ignored: set[str] = field(default_factory=set)
    is_draft_by_default: bool = False

    def visible(self, *, drafts: bool) -> set[str]:
        """Return the words that may be seen where drafts are shown, or not."""
        no_files = {HIDDEN, *self.no_files, *self.ignored}
        left_out = {*self.no_notes, *no_files}
        read = {
            path: note
            for path, note in self.notes.items()
            if folder_of(path) not in left_out and not note.is_outside
        }
        shown = {
            path: note
            for path, note in read.items()
            if drafts or (note.form == PUBLIC and not self.is_draft_by_default)
        }
        used = {name for note in shown.values() for name in note.uses}
        used |= set() if self.is_draft_by_default and not drafts else self.plan
        drawings = {
            path: drawing
            for path, drawing in self.drawings.items()
            if drawing.name in used and folder_of(path) not in no_files and not drawing.is_outside
        }
        words = {word for piece in (*shown.values(), *drawings.values()) for word in piece.words}
        words |= used - {note.name for path, note in read.items() if path not in shown}
        return words | {folder_of(path) for path in (*shown, *drawings)}


def folder_of(path: str) -> str:
    """Return the folder of a path, empty for the vault itself."""
    return path.rpartition("/")[0]
