"""A test that nobody runs proves nothing."""

import re
import subprocess
import sys

from tests.support.building import ROOT


def test_every_test_is_run() -> None:
    """`make test` finds all files of tests, whatever their folders are called; only the measurements stand apart."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found = set(re.findall(r"^(tests/[\w/]+\.py)::", done.stdout, re.MULTILINE))
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py")}
    assert found == files
