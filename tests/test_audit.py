"""The audit of the pinned packages passes only when the database of weaknesses has answered for each of them."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WEAK = 'echo \'{"dependencies": [{"name": "x", "vulns": [{"id": "CVE-1"}]}]}\'; exit 1'
FINE = 'echo \'{"dependencies": [{"name": "x", "vulns": []}]}\''
KNOWS_THE_WEAK_ONE = f'case "$*" in *--no-deps*) {WEAK};; esac'


@pytest.mark.parametrize(
    ("answers", "code", "said"),
    [
        (f"{KNOWS_THE_WEAK_ONE}\n{FINE}", 0, "requirements-dev.txt: no known weaknesses"),
        (f"{KNOWS_THE_WEAK_ONE}\n{WEAK}", 1, "CVE-1"),
        (f'{KNOWS_THE_WEAK_ONE}\ncase "$*" in *-dev*) {FINE};; *) {WEAK};; esac', 1, "requirements.txt: {"),
        (FINE, 2, "Not audited: the database does not know"),
        ("echo Traceback >&2; exit 1", 2, "Not audited: the database"),
        (
            f"{KNOWS_THE_WEAK_ONE}\necho 'not found on PyPI' >&2; exit 1",
            2,
            "not all packages of requirements.txt",
        ),
    ],
    ids=["fine", "weak", "one is weak", "a mirror without data", "not reachable", "not all known"],
)
def test_it_passes_only_when_all_has_been_looked_up(
    tmp_path: Path, answers: str, code: int, said: str
) -> None:
    """What asks the database is replaced: the network is not for tests."""
    program = tmp_path / "pip-audit"
    program.write_text(f"#!/bin/sh\n{answers}\n")
    program.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [ROOT / ".ci/audit"], env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    assert said in done.stdout + done.stderr
