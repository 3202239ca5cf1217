"""`make profile`: where the time of a cold build goes, by part of the program.

The build runs in one process under Python's profiler, which makes calls dearer than they are: shares say more than
seconds. Each part has the time spent in its own functions; what a library does for it is listed by library.
"""

import argparse
import cProfile
import os
import pstats
import sys
import sysconfig
import tempfile
from collections import Counter
from pathlib import Path
from unittest.mock import patch

from tests.bench.vaults import make_vault

ROOT = Path(__file__).resolve().parents[2]
_OURS = ROOT / "plugins" / "garden"
_PACKAGES = Path(sysconfig.get_path("purelib"))


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
    times = {place: own for place, (_, _, own, _, _) in stats.stats.items()}  # type: ignore[attr-defined]  # its own stubs leave it out
    total = sum(times.values())
    parts: Counter[str] = Counter()
    for (file, _, _), own in times.items():
        parts[_part(file)] += own
    print(f"{total:.1f} s under the profiler\n")
    for part, own in parts.most_common(20):
        print(f"{own / total:6.1%}  {part}")
    print()
    for (file, line, function), own in sorted(times.items(), key=lambda item: -item[1])[: options.functions]:
        place = f"{_part(file)}: {Path(file).name}:{line}" if line else "built in"
        print(f"{own / total:6.1%}  {function}  ({place})")


def _profiled(vault: Path, folder: Path) -> pstats.Stats:
    from pelican import main as pelican

    arguments = [str(vault), "-s", str(ROOT / "pelican.conf.py"), "-o", str(folder / "out")]
    profile = cProfile.Profile()
    with patch.object(os, "cpu_count", lambda: 1):
        profile.runcall(pelican, [*arguments, "-e", f'CACHE_PATH="{folder / "cache"}"'])
    return pstats.Stats(profile)


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
