"""The same vault gives the same bytes, wherever, whenever and however it is built (HC-7)."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.support.building import ROOT
from tests.support.vault import write_vault

# Work shared out among as many processes as there are notes, and folders that list their entries backwards.
OTHERWISE = """
import multiprocessing, os, sys
import garden.vault.parallel as parallel

parallel.WORTH_SHARING, parallel._SHARE = 1, 1
os.cpu_count = lambda: 3
multiprocessing.set_start_method("forkserver")  # what Python 3.14 begins with
listdir, scandir = os.listdir, os.scandir
os.listdir = lambda *folder: listdir(*folder)[::-1]

class Backwards:
    def __init__(self, entries): self.left = list(entries)
    def __iter__(self): return self
    def __next__(self):
        if self.left:
            return self.left.pop()
        raise StopIteration
    def __enter__(self): return self
    def __exit__(self, *error): pass
    def close(self): pass

def backwards(*folder):
    with scandir(*folder) as entries:
        return Backwards(entries)

os.scandir = backwards
os.umask(0o077)
from pelican import main
main(sys.argv[1:])
"""

USUAL = ["-m", "pelican"]
ELSEWHERE = {
    "PYTHONHASHSEED": "4242",
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "LANGUAGE": "de",
    "HOME": "/nowhere",
}
WAYS: Mapping[str, tuple[list[str], Mapping[str, str]]] = {
    "usual": (USUAL, {"PYTHONHASHSEED": "1", "TZ": "UTC"}),
    "elsewhere": (USUAL, ELSEWHERE),
    "otherwise": (["-c", OTHERWISE], {"PYTHONHASHSEED": "77", "TZ": "America/St_Johns"}),
}


def picture(width: int, height: int) -> bytes:
    """A picture that is large enough for smaller variants."""
    content = BytesIO()
    Image.radial_gradient("L").resize((width, height)).convert("RGB").save(content, "PNG")
    return content.getvalue()


def notes() -> dict[str, str | bytes]:
    """One of everything whose order or time might come from somewhere else."""
    hierarchy = {
        f"tree/n{number}.md": f"---\ndate: 2024-01-{number:02}T23:30\ntags: [t{number % 3}, ü/x{number % 2}]\n---\n"
        f"up:: [[n{number // 2}]], [[Hub {number % 2}]]\n\nsame:: [[n{number % 5 + 1}]]\n\nWords [[Übung]] $x^{number}$ #own\n"
        for number in range(1, 16)
    }
    return {
        **hierarchy,
        "index.md": "---\ntitle: Home\n---\n![[tree/n1]]\n\n```breadcrumbs\ntype: mermaid\nfields: [down]\n```\n",
        "Übung.md": "---\naliases: [b, a]\nlang: de\nmodified: 2024-02-03\n---\n![[p.png]] ![[f.pdf]]\n\nText[^1]\n\n[^1]: Note.\n",
        "diagram.md": "```mermaid\ngraph TD\n  a --> b\n```\n\n```python\nprint({1, 2})\n```\n\n<div>own</div>\n",
        "sub/Übung.md": "[[../Übung]] [[nowhere]] [[also nowhere]]\n",
        "draft.md": "---\nstatus: draft\n---\n[[n1]]\n",
        "p.png": picture(1000, 700),
        "f.pdf": b"%PDF-1.4\n",
    }


def built(folder: Path, way: str, files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    """The files of a build under some circumstances."""
    program, environment = WAYS[way]
    source = write_vault(files, folder / "vault")
    for number, path in enumerate(source.rglob("*")):
        os.utime(path, (10**9 + len(way) * number, 10**9))
    settings = {"CACHE_PATH": str(folder / "cache"), "SITEURL": "https://example.org"}
    done = subprocess.run(
        [sys.executable, *program, str(source), "-s", "pelican.conf.py", "-o", str(folder / "out"), "-e"]
        + [f"{name}={json.dumps(value)}" for name, value in settings.items()],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "plugins")} | dict(environment),
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {
        path.relative_to(folder / "out").as_posix(): path.read_bytes()
        for path in (folder / "out").rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the build that the others are compared with."""
    return built(tmp_path_factory.mktemp("usual"), "usual", notes())


@pytest.mark.parametrize("way", [way for way in WAYS if way != "usual"])
def test_the_same_vault_gives_the_same_bytes(tmp_path: Path, usual: dict[str, bytes], way: str) -> None:
    """HC-7: hash seed, time zone, locale, home, place, times and order of files, processes, umask say nothing."""
    other = built(tmp_path / "another place" / way, way, dict(reversed(notes().items())))
    assert len(usual) > 100
    assert sorted(name for name in usual.keys() | other.keys() if usual.get(name) != other.get(name)) == []
