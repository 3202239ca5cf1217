"""The scripts' pure parts: `tests/js/*.test.mjs`, written for `node --test`, run in the browser that is there anyway."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.browsing import static_host
from tests.support.building import ROOT
from tests.support.tabs import Tabs

Outcomes = dict[str, list[list[str]]]

PAGE_AT, WRONG_AT = "/tests/page.html", "/tests/js/wrong.test.mjs"
FILES = sorted((ROOT / "tests" / "js").glob("*.test.mjs"))
WRONG = """
import assert from "node:assert/strict";
import { test } from "node:test";
test("equal", () => assert.equal(1, "1"));
test("not a number", () => assert.equal(0, -0));
test("parts", () => assert.deepEqual([{ a: 1 }], [{ a: 2 }]));
test("more parts", () => assert.deepEqual({ a: 1 }, { a: 1, b: 1 }));
test("undefined is not missing", () => assert.deepEqual({ a: undefined }, { b: undefined }));
test("kinds", () => assert.deepEqual([], {}));
test("sets", () => assert.deepEqual(new Set([1]), new Set([2])));
test("ok", () => assert.ok(""));
test("match", () => assert.match("a", /b/));
test("later", async () => assert.ok(await Promise.resolve(0)));
test("thrown", () => { throw new TypeError("thrown"); });
test("no such claim", () => assert.doesNotThrow(() => {}));
"""

PAGE = """<!doctype html><link rel=icon href="data:,"><script type="importmap">
{"imports": {"node:test": "/tests/js/harness.js", "node:assert/strict": "/tests/js/harness.js"}}
</script>"""
RUN = """async (files) => {
  const { run, tests } = await import("/tests/js/harness.js");
  const outcomes = {};
  for (const file of files) {
    tests.length = 0;
    outcomes[file] = await import(file).then(run).catch((error) => [["the file itself", String(error)]]);
  }
  return outcomes;
}"""
"""What came of each test of some files: its name and what went wrong."""


@pytest.fixture(scope="session")
def repository() -> Iterator[str]:
    """The address of a host that has the repository, and a page beside it that knows where the stand-in for Node is."""
    with static_host(ROOT, "", {PAGE_AT: PAGE, WRONG_AT: WRONG}.get, cached=True) as address:
        yield address


@pytest.fixture(scope="module")
def outcomes(tabs: Tabs, repository: str) -> Outcomes:
    """What came of the tests of all files, which one page has run."""
    with tabs.visits() as visit:
        found: Outcomes = visit(repository, PAGE_AT).evaluate(RUN, [WRONG_AT, *map(address_of, FILES)])
        return found


def address_of(file: Path) -> str:
    """Where the host has a file of the repository."""
    return f"/{file.relative_to(ROOT).as_posix()}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_scripts_tests_pass(outcomes: Outcomes, file: Path) -> None:
    """Each test of the file has run, and none has failed."""
    found = outcomes[address_of(file)]
    assert len(found) == file.read_text(encoding="utf-8").count("\ntest(")
    assert [outcome for outcome in found if outcome[1]] == []


def test_what_is_wrong_fails(outcomes: Outcomes) -> None:
    """The stand-in for Node's own assertions notices what they notice."""
    found = outcomes[WRONG_AT]
    assert len(found) == WRONG.count("\ntest(")
    assert [name for name, wrong in found if not wrong] == []
