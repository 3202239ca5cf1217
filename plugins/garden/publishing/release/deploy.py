"""From the candidate to the site: its files replace those of the last site, all or none.

The folder's lock, its record and the files of others are `publishing.folder.output`'s. What stands there with the same
content is kept, so that an unchanged site costs a look at each file.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from garden.model.diagnostic import Diagnostic
from garden.model.errors import AuthorError
from garden.model.names import SaveAs
from garden.publishing.folder.output import Output
from garden.publishing.release.candidate import BuiltFile


class Deployed(NamedTuple):
    """The names of the files that are now in place, and of those that were in the way or had been changed by others."""

    names: frozenset[str]
    problems: tuple[Diagnostic, ...]


class CandidateChangedError(AuthorError):
    """The candidate is not what the author has seen; nothing has been replaced."""


def deploy(candidate: Path, files: Mapping[str, BuiltFile], output: Output) -> Deployed:
    """Put exactly these files of the candidate into the output.

    Raises StorageError, and CandidateChangedError when a file is not there or has another content than `files` says.
    """
    stands_there = {name: known.content_hash for name, known in output.before.files.items()}
    if stands_there == {name: file.content_hash for name, file in files.items()} and output.is_untouched():
        return Deployed(frozenset(files), ())
    with output:
        for name, file in sorted(files.items()):
            save_as = SaveAs(name)
            try:
                output.copy(save_as, candidate / name, file.content_hash)
            except FileNotFoundError:
                raise _changed(name) from None
            if output.files[save_as].content_hash != file.content_hash:
                raise _changed(name)
        problems = output.replace(at_once=True)
        output.remember("", (), 0, (0, 0, 0))
    return Deployed(frozenset(output.files), tuple(problems))


def _changed(name: str) -> CandidateChangedError:
    return CandidateChangedError(
        f"{name} was changed while the site was being published, perhaps by another build: nothing was replaced; "
        "publish again"
    )
