"""What a build must import only where it needs it: time that every build would pay."""

import subprocess
import sys
from pathlib import Path

from tests.support.building import ROOT, run_pelican

_AGAIN = """
import sys
from pelican import main
arguments = [{vault!r}, "-s", {conf!r}, "-o", {output!r}, "-e", {cache!r}]
main(arguments)
print(sorted(name for name in sys.modules if name.startswith(("garden.reading.document", "garden.views."))))
"""


def test_an_unchanged_vault_needs_neither_the_parser_nor_the_views(tmp_path: Path) -> None:
    """The second of two builds reads no note and evaluates no query."""
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "a.md").write_text("`= this.file.name`\n", encoding="utf-8")
    conf, output = str(ROOT / "pelican.conf.py"), str(tmp_path / "output")
    cache = f'CACHE_PATH="{tmp_path / "cache"}"'
    program = _AGAIN.format(vault=str(vault), conf=conf, output=output, cache=cache)
    run_pelican([str(vault), "-s", conf, "-o", output, "-e", cache])
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    assert run.stdout.strip().split("\n")[-1] == "[]"
