"""A test that nobody runs proves nothing."""

from fnmatch import fnmatch

import pytest

from tests.support.building import ROOT


def test_every_test_is_run(pytestconfig: pytest.Config) -> None:
    """`make test` finds all files of tests, whatever their folders are called; only the measurements stand apart."""
    assert pytestconfig.getini("testpaths") == ["tests"]
    not_entered, patterns = pytestconfig.getini("norecursedirs"), pytestconfig.getini("python_files")
    files = [path.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("*.py")]
    tests = [path for path in files if path.name.startswith("test_") and "node_modules" not in path.parts]
    assert len(tests) > 100
    for path in tests:
        assert any(fnmatch(path.name, pattern) for pattern in patterns), path
        assert not any(fnmatch(part, pattern) for part in path.parts[:-1] for pattern in not_entered), path
        assert "\ndef test_" in (ROOT / "tests" / path).read_text(encoding="utf-8"), path
