"""Reads from git, by running the program `git`, who changed which file when.

The repository is untrusted data: no program that its settings name is run (hooks, file monitors, signatures,
filters), nothing is fetched, no lock is taken. If git is missing, or refuses to read the repository, there is no
history.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Final, NamedTuple

from msgspec import Struct

from garden.model.note import Revision

# `subprocess` is imported where it is needed: it is slow to import, and many vaults are not in a repository.

_SAFE: Final = (
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "log.showSignature=false",
)
"""Options that keep git from running programs that the repository's settings name."""

_ENVIRONMENT: Final = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C.UTF-8",
}
_FORMAT: Final = "%x01%H%x02%aI%x02%aN%x02%s"
"""A commit in the log: \\x01, then the id, the author's date and name, and the subject, separated by \\x02."""

_PATIENCE: Final = 120
"""Seconds after which reading the log is given up."""


class FileChange(NamedTuple):
    """The change of a file in a commit. Paths are relative to the vault; blobs are git's ids of contents."""

    kind: str  # a letter: A for added, C for copied, M for modified, D for deleted, R for renamed
    before: str
    after: str
    old_blob: str
    new_blob: str


class Repository(Struct, frozen=True):
    """A vault in a repository. `head` is the commit that is checked out, `grafts` are the commits whose parents are missing."""

    vault: Path
    head: str
    grafts: frozenset[str] = frozenset()

    def changes(self) -> Iterator[tuple[Revision, list[FileChange]]]:
        """Yield the commits that changed files of the vault, the newest first."""
        command = (
            "log",
            "--raw",
            "-z",
            "-M",
            "--no-abbrev",
            "--relative",
            "--no-ext-diff",
            f"--format={_FORMAT}",
            "HEAD",
            "--",
            ".",
        )
        out = _git(self.vault, command)
        for entry in (out or b"").split(b"\x01")[1:]:
            head, _, raw = entry.partition(b"\0")
            commit, moment, author, subject = head.decode("utf-8", "replace").split("\x02", 3)
            yield Revision(commit, moment, author, subject.strip()), list(_file_changes(raw))


def log_of_commits(vault: Path) -> Path | None:
    """Return the file to which git adds a line whenever a commit is made or checked out, None outside a repository."""
    found = _git(vault, ("rev-parse", "--git-path", "logs/HEAD")) if _is_in_repository(vault) else None
    return vault.resolve() / found.decode("utf-8", "surrogateescape").strip() if found else None


def _is_in_repository(vault: Path) -> bool:
    return any((folder / ".git").exists() for folder in (vault.resolve(), *vault.resolve().parents))


def find_repository(vault: Path) -> Repository | None:
    """Return the repository that a vault is in, None where there is none with a commit."""
    if not _is_in_repository(vault):
        return None
    found = _git(vault, ("rev-parse", "HEAD", "--git-path", "shallow"))
    if not found:
        return None
    head, _, shallow = found.decode("utf-8", "surrogateescape").strip().partition("\n")
    file = vault / (shallow or "shallow")
    grafts = file.read_text(encoding="ascii").split() if shallow and file.is_file() else []
    return Repository(vault, head, frozenset(grafts))


class Blobs:
    """The contents of files in all commits, read by one git process that runs until `close`."""

    def __init__(self, vault: Path) -> None:
        """Start git. Raises OSError."""
        import subprocess

        self._process: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603 (git, with options of ours)
            ["git", *_SAFE, "cat-file", "--batch"],  # noqa: S607 (the author's own git)
            cwd=vault,
            env=os.environ | _ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def content(self, blob: str) -> bytes | None:
        """Return a content by its id, None for one that the repository does not have."""
        stdin, stdout = self._pipes()
        try:
            stdin.write(f"{blob}\n".encode())
            stdin.flush()
            words = stdout.readline().split()
            if len(words) != 3:  # the id, the type and the size, or else that there is no such content
                return None
            size = int(words[2])
            return stdout.read(size + 1)[:size]  # a line break follows the content
        except (OSError, ValueError):
            return None

    def close(self) -> None:
        """End git."""
        stdin, stdout = self._pipes()
        stdin.close()
        stdout.close()
        self._process.wait()

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return self._process.stdin, self._process.stdout


def _file_changes(raw: bytes) -> Iterator[FileChange]:
    """Parse the output of `git log --raw -z` for one commit: `:modes ids kind`, path, and for a renamed file its new path."""
    fields = iter(raw.decode("utf-8", "surrogateescape").lstrip("\n\0").split("\0"))
    for field in fields:
        words = field.lstrip("\n").lstrip(":").split()
        if len(words) != 5:
            continue
        _, _, old_blob, new_blob, kind = words
        before = next(fields, "")
        after = next(fields, "") if kind[0] in "RC" else before
        yield FileChange(kind[0], before, after, old_blob, new_blob)


def _git(folder: Path, arguments: Sequence[str]) -> bytes | None:
    """Run git and return what it prints, None if it fails."""
    import subprocess

    try:
        done = subprocess.run(  # noqa: S603 (git, with options of ours)
            ["git", *_SAFE, *arguments],  # noqa: S607 (the author's own git)
            cwd=folder,
            env=os.environ | _ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
