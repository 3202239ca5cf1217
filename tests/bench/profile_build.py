"""`make profile`: where the time of a cold build goes, by stage and by part of the program.

The build runs in one process under Python's profiler, which makes calls dearer than they are: shares say more than
seconds. They are shares of processor time, so that other programs do not count. A stage has everything that is done in it; a
part the time spent in its own functions, and what a library does for it is listed by library.
"""

import argparse
import cProfile
import os
import pstats
import sys
import sysconfig
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Final
from unittest.mock import patch

from tests.bench.vaults import make_vault

ROOT = Path(__file__).resolve().parents[2]
_OURS = ROOT / "plugins" / "garden"
_PACKAGES = Path(sysconfig.get_path("purelib"))

_STAGES: Final = (
    ("finding the files of the vault", "vault/scan.py", "scan"),
    ("reading notes", "vault/site.py", "_read_share"),
    ("linking", "linking/link_vault.py", "__init__"),
    ("what pages need of the whole vault", "rendering/catalog.py", "prepare"),
    ("pages of notes", "publishing/page_writer.py", "_write_notes"),
    ("… of which their text", "rendering/body/fill.py", "fill"),
    ("… of which their template", "publishing/page_writer.py", "_render"),
    ("… of which cards and pictures", "publishing/pictures/page_pictures.py", "with_picture"),
    ("smaller variants of images", "publishing/pictures/images.py", "image_files"),
    ("lists, feeds and search", "publishing/site_writer.py", "_write_lists"),
    ("lists, feeds and search", "publishing/site_writer.py", "_share_lists"),
    ("putting files into place", "publishing/folder/output.py", "replace"),
    ("keeping links for the next build", "publishing/kept/kept_site.py", "keep"),
)
"""By name, the function in which a stage is, with its file."""


def main() -> None:
    """Build a vault and print the shares."""
    parser = argparse.ArgumentParser(description="Say where the time of a cold build goes.")
    parser.add_argument("vault", nargs="?", type=Path, help="a folder of notes (default: a generated one)")
    parser.add_argument("--notes", type=int, default=1000, help="notes of the generated one (default: 1000)")
    parser.add_argument("--functions", type=int, default=15, help="how many functions to list (default: 15)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        vault = options.vault or make_vault(Path(folder) / "vault", options.notes)
        stats = _profiled(vault, Path(folder))
    total = sum(own for _, _, own, _, _ in stats.stats.values())  # type: ignore[attr-defined]  # its own stubs leave it out
    print(f"{total:.1f} s under the profiler\n\nby stage:")
    for stage, taken in _stages(stats).items():
        print(f"{taken / total:6.1%}  {stage}")
    print("\nby part of the program:")
    times = {place: own for place, (_, _, own, _, _) in stats.stats.items()}  # type: ignore[attr-defined]  # its own stubs leave it out
    parts: Counter[str] = Counter()
    for (file, _, _), own in times.items():
        parts[_part(file)] += own
    for part, own in parts.most_common(20):
        print(f"{own / total:6.1%}  {part}")
    print("\nby function:")
    for (file, line, function), own in sorted(times.items(), key=lambda item: -item[1])[: options.functions]:
        place = f"{_part(file)}: {Path(file).name}:{line}" if line else "built in"
        print(f"{own / total:6.1%}  {function}  ({place})")


def _profiled(vault: Path, folder: Path) -> pstats.Stats:
    from pelican import main as pelican

    arguments = [str(vault), "-s", str(ROOT / "pelican.conf.py"), "-o", str(folder / "out")]
    profile = cProfile.Profile(time.process_time)
    with patch.object(os, "cpu_count", lambda: 1):
        profile.runcall(pelican, [*arguments, "-e", f'CACHE_PATH="{folder / "cache"}"'])
    return pstats.Stats(profile)


def _stages(stats: pstats.Stats) -> dict[str, float]:
    """Return the seconds of each stage, with all that it calls."""
    found: dict[str, float] = {}
    for (file, _, function), (_, _, _, taken, _) in stats.stats.items():  # type: ignore[attr-defined]  # the same
        for stage, place, name in _STAGES:
            if function == name and file == str(_OURS / place):
                found[stage] = found.get(stage, 0.0) + taken
    return {stage: found[stage] for stage, _, _ in _STAGES if stage in found}


def _part(file: str) -> str:
    """Return the part of the program that a file belongs to: two folders deep in ours, a package elsewhere."""
    path = Path(file)
    if path.is_relative_to(_OURS):
        return "garden/" + "/".join(path.relative_to(_OURS).parts[:-1][:2])
    if path.is_relative_to(ROOT / "theme"):
        return "theme/templates"
    if path.is_relative_to(_PACKAGES):
        return path.relative_to(_PACKAGES).parts[0]
    return "built in" if file == "~" else "Python's library"


if __name__ == "__main__":
    sys.exit(main())
