"""Golden cases: small vaults with what a reader must find in the site built from them.

`tests/golden/<section>/<RULE-ID>.yml` holds the cases of one rule of `docs/notes/`. A file is a list
of cases; the name of a case that shows what the rule excludes starts with `nope`.

    - name: a resolved link leads to the note
      note: See [[b]].                  # the text of a.md, the note that most cases are about
      vault: {b.md: text}               # more files, path: text
      body:                             # what holds inside the body (HC-3) of a.md's page
        links: {a: b.md}
      bodies: {b.md: {text: text}}      # the same for other pages
      page: {tags: []}                  # what holds on the whole page of a.md
      pages: {b.md: {rel: {backlinks: [a.md]}}}

A page is named by its note's path, by `= Title` (its `<h1>`), or by its address, `/tags/x/`.

What goes in:
  note, vault    texts of files
  binary         files as base64
  generate       files of repeated pieces: {path: [[piece, times], ...]}
  series         many files: {times, path, text}, with {i}, {next} (i + 1) and {back} (i - 1, of the last for 0)
  settings       the plugin's settings (lower case) and Pelican's (upper case)
  quiet          true: never with --verbose, which is else used when `info` is spoken of

A case is written into memory (`tests.support.in_memory`), which takes milliseconds; pages that it is not about are not even
rendered. One that is about Pelican's settings or how a build ends is built with the real Pelican.

Statements about a body or a page are in `tests.support.golden.statements`, those about the whole
output in `tests.support.golden.output`. Besides, every case checks `tests.support.golden.contract`: what must hold
for every site.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from garden.model.names import VaultPath
from garden.reading.source import read_source
from tests.support.building import ROOT, built, decoded
from tests.support.built_site import BuiltSite
from tests.support.effort import THOROUGH
from tests.support.golden.contract import check_code, check_contract, check_nothing_outside
from tests.support.golden.output import OUTPUT_WORDS, check_again, check_output
from tests.support.golden.statements import STATEMENTS
from tests.support.in_memory import written_in_memory

FOLDER = ROOT / "tests" / "golden"
MAIN_NOTE = "a.md"
INPUT_WORDS = frozenset(
    "name note vault binary generate series settings quiet body page bodies pages".split()
)

BUILD_WORDS = frozenset("exit quiet again".split())
"""Words of cases that are built."""

FILE_WORDS = OUTPUT_WORDS - {"diagnostics", "info", "messages", "dangling"}
"""Words of cases that are about more than pages and what is reported."""

Case = Mapping[str, Any]


class _TextLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # in C it takes a tenth of the time
    """YAML in which all but `null`, `true`, `false` and whole numbers is text."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag.rpartition(":")[2] in {"null", "int"}]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    if first in {"n", "N", "~", "", *"0123456789"}
}
_TextLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), ["t", "f"])


def load_cases() -> list[tuple[str, Case]]:
    """Every golden case with the rule id that its file is named by, in the order of files."""
    return [(file.stem, case) for file in sorted(FOLDER.glob("*/*.yml")) for case in read_file(file)]


def read_file(file: Path) -> list[Case]:
    """The cases of one file. Raises AssertionError when a case uses words that the language has not."""
    cases: list[Case] = yaml.load(file.read_text(encoding="utf-8"), Loader=_TextLoader)
    names = [str(case.get("name")) for case in cases]
    assert len(set(names)) == len(names), f"{file.name} has two cases of one name"
    for case in cases:
        where = f"{file.name}: {case.get('name')}"
        assert isinstance(case.get("name"), str), where
        unknown = set(case) - INPUT_WORDS - OUTPUT_WORDS
        assert not unknown, f"{where}: unknown words {sorted(unknown)}"
        assert set(case) - {"name"} - (INPUT_WORDS - {"body", "page", "bodies", "pages"}), (
            f"{where} says nothing"
        )
        for _, said in _sayings(case):
            unknown = set(said) - set(STATEMENTS)
            assert said, f"{where} has a page of which it says nothing"
            assert not unknown, f"{where}: unknown statements {sorted(unknown)}"
    return cases


def needs_a_build(case: Case) -> bool:
    """Say whether a case is about what only a build with Pelican does."""
    return bool(BUILD_WORDS & case.keys()) or any(name.isupper() for name in case.get("settings", ()))


def is_about_all(case: Case) -> bool:
    """Say whether a case is about other pages than those of notes and hubs; where there is time for it, each one is."""
    return (
        THOROUGH
        or bool(FILE_WORDS & case.keys())
        or any(key.startswith("/") for key in case.get("pages", ()))
    )


def check_case(case: Case, folder: Path) -> None:
    """Convert or build the case's vault below `folder` and hold the result against what the case says."""
    files = files_of(case)
    settings = settings_of(case)
    work = folder / "inner" / "work"  # two folders deep, to notice what climbs out of the output
    if needs_a_build(case):
        site = built(files, work, settings, verbose="info" in case and not case.get("quiet", False))
    else:
        site = written_in_memory(files, work, settings, whole=is_about_all(case))
    check_site(case, site, work / "vault")
    check_code(site, texts_of(files))
    check_nothing_outside(folder, "inner/work/vault", "inner/work/output", "inner/work/cache")
    if case.get("again"):
        check_again(files, site, folder / "again", settings)


def files_of(case: Case) -> dict[str, str | bytes]:
    """The vault of a case."""
    files: dict[str, str | bytes] = dict(case.get("vault", {}))
    if "note" in case:
        files[MAIN_NOTE] = case["note"]
    files.update(decoded(case.get("binary", {})))
    for name, pieces in case.get("generate", {}).items():
        files[name] = "".join(piece * times for piece, times in pieces)
    for series in case.get("series", ()):
        times = series["times"]
        for i in range(times):
            words = {"{i}": str(i), "{next}": str(i + 1), "{back}": str((i - 1) % times)}
            files[_filled(series["path"], words)] = _filled(series["text"], words)
    return files


def texts_of(files: Mapping[str, str | bytes]) -> Iterator[str]:
    """The texts of a vault's notes and bases as the site reads them: one kind of line ends."""
    for name, content in files.items():
        if name.lower().endswith((".md", ".base")):
            data = content if isinstance(content, bytes) else content.encode("utf-8")
            yield read_source(VaultPath(name), data).text


def settings_of(case: Case) -> dict[str, Any]:
    """The Pelican settings of a case; those of the plugin are in `GARDEN`."""
    written = case.get("settings", {})
    pelican = {name: value for name, value in written.items() if name.isupper()}
    garden = {name: value for name, value in written.items() if not name.isupper()}
    return pelican | ({"GARDEN": garden} if garden else {})


def check_site(case: Case, site: BuiltSite, source: Path) -> None:
    """Hold a built site against what a case says. Raises AssertionError at the first difference."""
    check_contract(site, frozenset(case.get("dangling", ())))
    for (key, inside), said in _sayings(case):
        page = site.page(key)
        scope = page.body if inside else page.root
        assert scope is not None, f"{page.file} has no body"
        for word, value in said.items():
            STATEMENTS[word](site, page, scope, value)
    check_output(case, site, source)


def _sayings(case: Case) -> Iterable[tuple[tuple[str, bool], Mapping[str, Any]]]:
    """What a case says of which page; the second part of the key is true for a body."""
    if "body" in case:
        yield (MAIN_NOTE, True), case["body"]
    if "page" in case:
        yield (MAIN_NOTE, False), case["page"]
    for key, said in case.get("bodies", {}).items():
        yield (key, True), said
    for key, said in case.get("pages", {}).items():
        yield (key, False), said


def _filled(text: str, words: Mapping[str, str]) -> str:
    for word, value in words.items():
        text = text.replace(word, value)
    return text
