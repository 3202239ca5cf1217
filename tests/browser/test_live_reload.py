"""Writing: what is saved appears by itself, and a mistake in a template is shown where the author looks."""

from playwright.sync_api import expect

from tests.support.browsing import OWN_FILE, STRICT, garden_serve, until
from tests.support.vault import write_vault


def test_a_saved_note_appears_and_a_broken_template_is_reported(tmp_path, tabs):
    """Edit a note: the page changes. Break a template: the log lies over the page. Mend it: the page is back."""
    notes = write_vault({"a.md": "# A note\n\nFirst words.\n"}, tmp_path / "vault")
    templates = tmp_path / "templates" / "partials"
    templates.mkdir(parents=True)
    conf = f"THEME_TEMPLATES_OVERRIDES = [{str(templates.parent)!r}]\n"
    with garden_serve(tmp_path, STRICT, conf) as address:
        page = tabs.page()
        page.goto(f"{address}/a/")
        expect(page.locator(".prose")).to_have_text("First words.")
        # What scripts have added for a reader who is there is no reason to load the page again.
        page.mouse.move(5, 5)
        page.locator("link[href*='scripted.css']").wait_for(state="attached")
        until(page, f"{OWN_FILE} > 0")
        page.evaluate("window.mark = 1")
        (notes / "a.md").write_text("# A note\n\nOther words.\n", encoding="utf-8")
        expect(page.locator(".prose")).to_have_text("Other words.")
        assert page.evaluate("window.mark") == 1
        (templates / "facts.html").write_text("{{ no_such_name }}", encoding="utf-8")
        overlay = page.get_by_role("dialog", name="The build has failed")
        expect(overlay).to_contain_text("no_such_name")
        (templates / "facts.html").write_text("<p>My own facts.</p>", encoding="utf-8")
        expect(page.get_by_text("My own facts.")).to_be_visible()
        expect(overlay).to_have_count(0)
        page.goto("about:blank")
