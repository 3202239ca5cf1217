"""Hundreds of random edits of a site that is being served, as a program: `python tests/property/long_serving.py --help`.

After each edit what `garden serve` serves is, byte for byte, what a preview built from nothing is; and what `garden html`
brings up to date is a public site built from nothing. With `--browser` a page is open, and what it shows after the edit
is what it shows when it is opened then.
"""

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from garden.hosts.pelican.process import ERRORS_EXIT_CODE, STAYS, ForkingBuilder, pelican_arguments
from garden.hosts.serve.live_reload import Builds
from garden.hosts.serve.serve import DevServer
from garden.hosts.serve.web_server import SiteServer
from garden.hosts.settings.configuration import PREVIEW_FOLDER
from tests.property.test_rebuilding import files_of
from tests.support.random_author import Edit, RandomAuthor

WITH_ERRORS = 4


def quiet(_line: str) -> None:
    """Print nothing."""


class Places:
    """Builds of one site: one kept up to date by `serve`, one by `html`, and what the two are from nothing."""

    def __init__(self, author: RandomAuthor, folder: Path) -> None:
        self._author = author
        self._folder = folder
        out = folder / "served" / "out"
        self.builds = Builds()
        self.server = SiteServer(("127.0.0.1", 0), out, self.builds)
        site = self._builder("served", {"SITEURL": "", STAYS: "yes", PREVIEW_FOLDER: str(out)})
        self.served = DevServer(site, self.builds, self.server)
        self._kept = self._builder("kept", {})
        self._first = {
            "served": self._builder(
                "preview", {"SITEURL": "", PREVIEW_FOLDER: str(folder / "preview" / "out")}
            ),
            "kept": self._builder("public", {}),
        }

    def _builder(self, name: str, settings: dict[str, str]) -> ForkingBuilder:
        chosen = {"CACHE_PATH": str(self._folder / name / "cache"), ERRORS_EXIT_CODE: WITH_ERRORS, **settings}
        return ForkingBuilder(pelican_arguments(self._author.conf, None, self._folder / name / "out", chosen))

    def follow(self, edit: Edit | None) -> None:
        """Let the two sites that are kept follow an edit, as saving and `garden html` do."""
        self.served.build(self._author.vault, frozenset(edit.paths if edit else ()))
        self.served.wait()
        self.kept_code = self._kept.build(quiet).code

    def differences(self) -> list[str]:
        """What the kept sites have otherwise than those built from nothing."""
        found = []
        codes = {
            "kept": self.kept_code,
            "served": 1 if self.builds.last.failed else WITH_ERRORS * self.builds.last.errors,
        }
        for name, builder in self._first.items():
            place = self._folder / ("preview" if name == "served" else "public")
            shutil.rmtree(place, ignore_errors=True)
            outcome = builder.build(quiet)
            if outcome.code != codes[name]:
                found.append(
                    f"{name}: ended with {codes[name]}, from nothing {outcome.code}: {outcome.log[-600:]}"
                )
            if outcome.code not in (0, WITH_ERRORS):
                continue
            now, fresh = files_of(self._folder / name / "out"), files_of(place / "out")
            found += [f"{name}: {path} should not be" for path in sorted(now.keys() - fresh.keys())]
            found += [f"{name}: {path} is missing" for path in sorted(fresh.keys() - now.keys())]
            found += [
                f"{name}: {path} differs"
                for path in sorted(now.keys() & fresh.keys())
                if now[path] != fresh[path]
            ]
        return found

    def close(self) -> None:
        """End all builders."""
        self.served.close()
        for builder in (self._kept, *self._first.values()):
            builder.close()


def run(folder: Path, seed: int, edits: int, notes: int) -> list[str]:
    """Edit so often; return what went wrong."""
    author = RandomAuthor(folder / "site", seed, notes)
    places = Places(author, folder)
    wrong: list[str] = []
    kinds: Counter[str] = Counter()
    try:
        places.follow(None)
        for number in range(edits):
            edit = author.edit()
            places.follow(edit)
            kinds[edit.words.split()[0]] += 1
            if number % 25 == 24:
                print(f"seed {seed}: {number + 1} edits, {len(wrong)} wrong", flush=True)
            found = places.differences()
            if found:
                wrong.append(f"seed {seed}, edit {number}: {edit.words}")
                print(wrong[-1], *found[:12], sep="\n    ", flush=True)
                evidence = folder / f"wrong{number}"
                for name in ("served", "kept", "preview", "public", "site"):
                    shutil.copytree(folder / name, evidence / name, ignore=shutil.ignore_patterns("cache"))
                # The next edit begins from a right site, so that each difference is told once.
                for name in ("served", "kept"):
                    shutil.rmtree(folder / name)
                places.served._site.refresh()
                places.follow(None)
    finally:
        places.close()
    print(f"seed {seed}: {edits} edits, {len(wrong)} wrong, {dict(kinds)}", flush=True)
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--edits", type=int, default=100)
    parser.add_argument("--notes", type=int, default=40)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    wrong = []
    for seed in arguments.seeds:
        folder = arguments.folder or Path(tempfile.mkdtemp(prefix="serving-"))
        place = folder / f"seed{seed}"
        shutil.rmtree(place, ignore_errors=True)
        wrong += run(place, seed, arguments.edits, arguments.notes)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
