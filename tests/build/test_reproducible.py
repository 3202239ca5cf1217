"""The same vault gives the same bytes, wherever, whenever and however it is built (HC-7)."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.support.building import QUICK, ROOT, run_pelican
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

ELSEWHERE = {
    "PYTHONHASHSEED": "4242",
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "LANGUAGE": "de",
    "HOME": "/nowhere",
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
        # An address that a second note asks for.
        "addresses.jsonl": '{"garden":"addresses","version":1}\n'
        '{"address":"/notes/","note":"b/notes.md","old":["/early/","/a b/","/page.html"]}\n',
        "b/notes.md": "the old one\n",
        "a/notes.md": "---\nslug: notes\n---\nthe new one\n",
        "p.png": picture(1000, 700),
        "f.pdf": b"%PDF-1.4\n",
    }


def arguments(folder: Path, files: Mapping[str, str | bytes]) -> list[str]:
    """Write a vault and return the command line that builds it."""
    source = write_vault(files, folder / "vault")
    for number, path in enumerate(source.rglob("*")):
        os.utime(path, (10**9 + len(str(folder)) * number, 10**9))
    settings = {"CACHE_PATH": str(folder / "cache"), "SITEURL": "https://example.org"}
    written = [f"{name}={json.dumps(value)}" for name, value in settings.items()]
    return [str(source), "-o", str(folder / "out"), "-e", *written]


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the files of a site."""
    return {
        path.relative_to(folder / "out").as_posix(): path.read_bytes()
        for path in (folder / "out").rglob("*")
        if path.is_file()
    }


def test_the_same_vault_gives_the_same_bytes(tmp_path: Path) -> None:
    """HC-7: hash seed, time zone, locale, home, place, times and order of files, processes, umask say nothing.

    One build is in this process, with what other tests have left in it; in the other one everything else differs.
    """
    done = run_pelican([*arguments(tmp_path, notes()), "-s", str(QUICK)])
    assert done.exit_code == 0, done.log
    other = tmp_path / "another place"
    elsewhere = subprocess.run(
        [
            sys.executable,
            "-c",
            OTHERWISE,
            *arguments(other, dict(reversed(notes().items()))),
            "-s",
            "pelican.conf.py",
        ],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "plugins")} | ELSEWHERE,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    assert elsewhere.returncode == 0, elsewhere.stdout + elsewhere.stderr
    usual, otherwise = files_of(tmp_path), files_of(other)
    assert len(usual) > 100
    names = usual.keys() | otherwise.keys()
    assert sorted(name for name in names if usual.get(name) != otherwise.get(name)) == []
