"""What a golden case can say of the whole output and of the build log.

files, no_files    globs of files that are there, that are not
same           {file of the output: file of the vault with the same bytes}
file_contains, file_lacks   {file: texts}
nowhere        texts that no file and no file name has, however it is escaped and in any case
case_nowhere   the same, in just this case
raw_nowhere    texts that no HTML and no XML file has as they stand
only_in        {text: globs of the files that may have it}
diagnostics    all errors and warnings, `path:line:column id`, in any order; `*` and `?` stand for what
               the rules leave open. When absent: there are none. `any` switches that off
info           all diagnostics of severity info among the ids of the rules, in the same form
messages       {id: texts that the first diagnostic with that id contains}
dangling       addresses that may lead nowhere, because the author wrote them
exit           the exit code; when absent, 0 unless there is an error
again          true: a second build of files made in another order, in another time zone, gives the same bytes
"""

import fnmatch
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.support.building import build, elsewhere
from tests.support.built_site import BuiltSite
from tests.support.golden.contract import SEVERITIES
from tests.support.vault import write_vault

OUTPUT_WORDS = frozenset(
    "files no_files same file_contains file_lacks nowhere case_nowhere raw_nowhere only_in diagnostics info "
    "messages dangling exit again".split()
)


def check_output(case: Mapping[str, Any], site: BuiltSite, source: Path) -> None:
    """Hold the output and the log against what a case says of them."""
    _check_exit(case, site)
    _check_files(case, site, source)
    _check_texts(case, site)
    _check_diagnostics(case, site)


def check_again(
    files: Mapping[str, str | bytes], site: BuiltSite, folder: Path, settings: Mapping[str, Any]
) -> None:
    """A second build under other circumstances gives the same bytes (HC-7)."""
    source = write_vault(dict(reversed(list(files.items()))), folder / "vault")
    with elsewhere():
        result = build(source, folder / "output", settings)
    second = BuiltSite(folder / "output", result.exit_code, result.log)
    assert second.exit_code == site.exit_code, second.log[-3000:]
    assert second.files == site.files
    for file in site.files:
        assert second.bytes_of(file) == site.bytes_of(file), f"{file} differs"


def check_lines(found: Iterable[str], wanted: Iterable[str]) -> None:
    """Every pattern matches one line of its own and no line is left; patterns without `*` choose first."""
    every = sorted(found)
    left = list(every)
    for pattern in sorted(wanted, key=lambda text: ("*" in text, text)):
        line = next((text for text in left if fnmatch.fnmatchcase(text, pattern)), None)
        assert line is not None, f"no {pattern} among {every}"
        left.remove(line)
    assert not left, f"unexpected: {left}"


def _check_exit(case: Mapping[str, Any], site: BuiltSite) -> None:
    if "exit" in case:
        assert site.exit_code == case["exit"], site.log[-3000:]
    else:
        has_error = any(SEVERITIES.get(problem.code) == "error" for problem in site.problems)
        assert site.exit_code == 0 or has_error, f"exit code {site.exit_code}\n{site.log[-3000:]}"


def _check_files(case: Mapping[str, Any], site: BuiltSite, source: Path) -> None:
    for pattern in case.get("files", ()):
        assert fnmatch.filter(site.files, pattern), f"no file {pattern} among {site.files}"
    for pattern in case.get("no_files", ()):
        found = fnmatch.filter(site.files, pattern)
        assert not found, f"unwanted files {found}"
    for copy, original in case.get("same", {}).items():
        assert copy in site.files, f"no file {copy}"
        assert site.bytes_of(copy) == (source / original).read_bytes(), f"{copy} was changed"


def _check_texts(case: Mapping[str, Any], site: BuiltSite) -> None:
    for file, texts in case.get("file_contains", {}).items():
        for text in texts:
            assert text in site.text_of(file), f"{file} lacks {text!r}"
    for file, texts in case.get("file_lacks", {}).items():
        for text in texts:
            assert text not in site.text_of(file), f"{file} has {text!r}"
    for text in case.get("nowhere", ()):
        found = site.files_with(text)
        assert not found, f"{text!r} is in {found}"
    for text in case.get("case_nowhere", ()):
        for file in site.files:
            assert text not in file + site.text_of(file), f"{text!r} is in {file}"
    for text in case.get("raw_nowhere", ()):
        for file in fnmatch.filter(site.files, "*ml"):
            assert text not in site.text_of(file), f"{text!r} is in {file}"
    for text, globs in case.get("only_in", {}).items():
        stray = [
            file for file in site.files_with(text) if not any(fnmatch.fnmatch(file, glob) for glob in globs)
        ]
        assert not stray, f"{text!r} is in {stray}"


def _check_diagnostics(case: Mapping[str, Any], site: BuiltSite) -> None:
    wanted = case.get("diagnostics", [])
    if wanted != "any":
        check_lines((str(problem) for problem in site.problems if problem.severity != "info"), wanted)
    if "info" in case:
        check_lines(
            (str(problem) for problem in site.problems if SEVERITIES.get(problem.code) == "info"),
            case["info"],
        )
    for code, texts in case.get("messages", {}).items():
        line = next((problem.text for problem in site.problems if problem.code == code), "")
        for text in texts:
            assert text in line, f"{text!r} is not in {line!r}"
