"""Deploying the candidate: its files replace those of the last site, all of them or none.

`publishing.folder.output` locks the folder, keeps its record and spares the files of others. Files with the same content
stay, so that an unchanged site costs one look at each file.
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
    """The names of the files that are now in place, and problems: files that were in the way or changed by others."""

    names: frozenset[str]
    problems: tuple[Diagnostic, ...]


class CandidateChangedError(AuthorError):
    """The candidate is not what the author has seen; nothing has been replaced."""


def deploy(candidate: Path, files: Mapping[str, BuiltFile], output: Output) -> Deployed:
    """Put exactly these files of the candidate into the output.

    Raises StorageError, and CandidateChangedError if a file is missing or its content is not that of `files`.
    """
    deployed = {name: known.content_hash for name, known in output.before.files.items()}
    if deployed == {name: file.content_hash for name, file in files.items()} and output.is_untouched():
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
