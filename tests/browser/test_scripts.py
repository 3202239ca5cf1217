"""The scripts' pure parts: `tests/js/*.test.mjs`, written for `node --test`, run in the browser that is there anyway."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route

from tests.support.building import ROOT

FILES = sorted((ROOT / "tests" / "js").glob("*.test.mjs"))
PAGE = """<!doctype html><script type="importmap">
{"imports": {"node:test": "/tests/js/harness.js", "node:assert/strict": "/tests/js/harness.js"}}
</script>"""
RUN = """async (file) => {
  await import(file);
  return (await import("/tests/js/harness.js")).run();
}"""


def outcomes(browser: Browser, name: str, text: str = "") -> list[list[str]]:
    """What came of each test of a file: its name and what went wrong. A `text` stands for the file's own."""
    context = browser.new_context(base_url="http://scripts.test")

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/":
            route.fulfill(content_type="text/html", body=PAGE)
        else:
            script = text if path == name and text else (ROOT / path.lstrip("/")).read_text(encoding="utf-8")
            route.fulfill(content_type="text/javascript", body=script)

    try:
        context.route("**", answer)
        page = context.new_page()
        page.goto("/")
        found: list[list[str]] = page.evaluate(RUN, name)
        return found
    finally:
        context.close()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_scripts_tests_pass(browser: Browser, file: Path) -> None:
    """Each test of the file has run, and none has failed."""
    found = outcomes(browser, "/" + file.relative_to(ROOT).as_posix())
    assert len(found) == file.read_text(encoding="utf-8").count("\ntest(")
    assert [outcome for outcome in found if outcome[1]] == []


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


def test_what_is_wrong_fails(browser: Browser) -> None:
    """The stand-in for Node's own assertions notices what they notice."""
    found = outcomes(browser, "/tests/js/wrong.test.mjs", WRONG)
    assert len(found) == WRONG.count("\ntest(")
    assert [name for name, wrong in found if not wrong] == []
