"""Search, as a dialog on every page and as a page."""

from functools import partial
from urllib.parse import unquote, urlsplit

import yaml
from playwright.sync_api import Locator, Page, expect

from garden.hosts.settings.configuration import load_settings
from garden.linking.relation import Node
from garden.reading.search_terms import terms
from garden.vault.scan import scan
from garden.vault.site import read_site
from tests.support.browsing import STRICT, static_host, until
from tests.support.building import ROOT
from tests.support.built_site import BuiltSite
from tests.support.in_memory import SiteInMemory
from tests.support.vault import write_vault

SEARCH = ROOT / "tests" / "search"


def results(place: Locator) -> Locator:
    """What was found; the choices of the filters are options, too."""
    return place.get_by_role("listbox").get_by_role("option")


def dialog_for(page: Page, text: str) -> Locator:
    """Open the dialog and ask for something."""
    dialog = page.locator("dialog.search[open]")
    if not dialog.count():
        page.keyboard.press("/")
        until(page, "document.querySelector('dialog.search[open]')")
    ask(dialog, text)
    return dialog


def ask(place: Locator, text: str) -> None:
    """Ask for something, and wait until that is answered."""
    status = place.get_by_role("status")
    status.evaluate("(status) => { status.textContent = ''; }")
    place.get_by_role("combobox").first.fill(text)
    status.evaluate(
        "async (status) => { while (!status.textContent) await new Promise((resolve) => setTimeout(resolve, 5)); }"
    )


def test_results_have_title_trail_and_marked_sentence(open_page):
    """A word of the text finds its note, with where it belongs and the sentence in which the word is marked."""
    page = open_page("/", shared=True)
    dialog = dialog_for(page, "mackerel")
    found = results(dialog).first
    expect(found).to_contain_text("Reading the sky")
    expect(found.locator(".trail-line")).to_have_text("Weather")
    expect(found.locator("mark").first).to_have_text("mackerel")
    expect(dialog.get_by_role("status")).to_have_text("1 result")


def test_arrows_and_enter(open_page):
    """The arrows move through the results, and Enter opens the one that is marked."""
    page = open_page("/")
    dialog = dialog_for(page, "cumulus")
    expect(results(dialog).nth(1)).to_be_visible()
    field = dialog.get_by_role("combobox").first
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("ArrowUp")
    chosen = results(dialog).and_(page.locator("[aria-selected=true]"))
    expect(chosen).to_have_count(1)
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    target = chosen.get_attribute("href")
    field.press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path == urlsplit(target).path)


def test_filters(open_page):
    """A branch narrows the results."""
    page = open_page("/", shared=True)
    dialog = dialog_for(page, "the")
    status = dialog.get_by_role("status")
    expect(status).to_contain_text("results")
    everywhere = int(status.inner_text().split()[0])
    dialog.get_by_label("Branch").select_option("Weather")
    until(
        page,
        f"!document.querySelector('dialog.search [role=status]').textContent.startsWith('{everywhere} ')",
    )
    for trail in dialog.locator(".trail-line").all_inner_texts():
        assert trail.startswith("Weather")
    dialog.get_by_label("Branch").select_option("")


def test_whether_the_best_answer_is_in_a_branch_is_known(open_page):
    """So that the search begins in the branch of a page only for questions that the branch answers best."""
    page = open_page("/", shared=True)
    best = page.evaluate(
        """async (questions) => {
            const { open } = await import("/theme/js/components/search-engine.js");
            const engine = await open("/search/index.json", "en");
            const answers = questions.map((question) => engine.search(question, { branch: "Weather", tag: [] }));
            return (await Promise.all(answers)).map(({ isBest }) => isBest);
        }""",
        ["mackerel", "drift"],
    )
    assert best == [True, False]


def test_tags_intersect(open_page):
    """Several tags leave the notes that have all of them, without a word typed; each can be taken away again."""
    page = open_page("/search/?tag=weather/clouds&tag=observing")
    status = page.locator("main").get_by_role("status")
    expect(status).to_have_text("1 result")
    expect(results(page.locator("main"))).to_contain_text(["Reading the sky"])
    page.get_by_role("button", name="Remove the tag “observing”").click()
    expect(status).not_to_have_text("1 result")
    assert page.url.endswith("?tag=weather%2Fclouds")
    page.locator("main [name=tag]").select_option("ice")
    expect(results(page.locator("main"))).to_contain_text(["Cirrus"])


def test_sections_follow_their_note(open_page):
    """A note whose title was asked for opens at its top; its sections with the word are entries of their own."""
    page = open_page("/", shared=True)
    dialog = dialog_for(page, "drift")
    expect(results(dialog).first).to_have_attribute("href", "/drift/")
    sections = dialog.locator(".search-results .section")
    expect(sections.first).to_have_attribute("href", "/drift/#data-drift")


def test_nothing_found_is_reported(open_page):
    """A word that no note has finds nothing; the page says so, and offers the pages that lead to all notes."""
    page = open_page("/", shared=True)
    dialog = dialog_for(page, "zzyzx")
    expect(dialog.get_by_role("status")).to_have_text("Nothing found for “zzyzx”.")
    expect(results(dialog).get_by_text("Map")).to_be_visible()
    dialog.get_by_role("combobox").first.press("Enter")
    expect(dialog).to_be_visible()


def test_the_form_on_the_home_page_leads_to_the_page(open_page):
    """Letters typed into it are not shortcuts. The page answers its address `/search/?q=…`, and typing keeps the address right."""
    page = open_page("/")
    field = page.locator(".search-form input")
    field.click()
    field.press_sequentially("j/?k")
    expect(field).to_have_value("j/?k")
    expect(page.locator("dialog[open]")).to_have_count(0)
    field.fill("mackerel")
    field.press("Enter")
    page.wait_for_url("**/search/?q=mackerel")
    expect(results(page.locator("main")).first).to_contain_text("Reading the sky")
    ask(page.locator("main"), "jar")
    expect(results(page.locator("main")).first).to_contain_text("Rain gauge")
    assert page.url.endswith("?q=jar")


def test_words_of_other_scripts(open_page):
    """Arabic words are found."""
    page = open_page("/سماء/")
    dialog = dialog_for(page, "السحب")
    expect(results(dialog).first).to_contain_text("قراءة السماء")
    expect(results(dialog).first).to_have_attribute("lang", "ar")
    expect(results(dialog).first).to_have_css("direction", "rtl")


def test_a_result_leads_to_its_section(open_page):
    """The heading under which the word stands follows the title, and the link leads there."""
    page = open_page("/", shared=True)
    dialog = dialog_for(page, "ripples")
    found = results(dialog).first
    expect(found.locator(".title")).to_have_text("Reading the sky › Heights")
    # The browser marks the word on arrival.
    assert str(found.get_attribute("href")).endswith("/reading-the-sky/#heights:~:text=ripples")


def test_other_endings_are_found(open_page):
    """Words begin as they were typed; one with another ending is found where the exact one is nowhere."""
    page = open_page("/", shared=True)
    dialog = dialog_for(page, "cumul")
    expect(results(dialog).first.locator(".title")).to_contain_text("Cumulus")
    ask(dialog, "breakfasting")
    expect(results(dialog).first).to_contain_text("Reading the sky")
    expect(results(dialog).first.locator("mark")).to_have_text("breakfast")


def test_the_script_cuts_words_as_the_index_does(open_page):
    """What a note is found by and what a reader types are cut alike in every script."""
    page = open_page("/", shared=True)
    texts = [
        "Data-versions, snake_case & C3PO; 1.5 kB",
        "Größe, cafés, İstanbul, ﬁne, naïve",
        "Docker部署数据版本。モデルのガイド",
        "قراءة السَّماء, देवनागरी, ไทย, Ελληνικά, 데이터 버전",
        "x" * 60 + " 😀 a\u0301 ½ ²",
        "C++, c#, a+b, i++x; والنسخ الاحتياطي للمدينة",
    ]
    asked = page.evaluate(
        """async (texts) => {
            const { queryWords, termsOf } = await import("/theme/js/lib/search-terms.js");
            return texts.map((text) => queryWords(text).flatMap(termsOf));
        }""",
        texts,
    )
    for text, found in zip(texts, asked, strict=True):
        known = set(terms(text))
        assert set(found) <= known, text
        # The index has the last character of a run alone, too.
        assert all(len(term) == 1 for term in known - set(found)), text


_ASK = """async ([questions]) => {
    const { open } = await import("/theme/js/components/search-engine.js");
    const { titledFirst } = await import("/theme/js/lib/search-core.js");
    const engine = await open("/search/index.json", "en");
    const answers = [];
    for (const question of questions) {
        const { places, words } = await engine.search(question, { branch: "", tag: [] });
        const found = await Promise.all(places.slice(0, 12).map((place) => engine.describe(place)));
        answers.push(titledFirst(found, question, words).map(({ url }) => decodeURIComponent(url)));
    }
    return answers;
}"""


def file_at(site: BuiltSite, path: str) -> str | None:
    """What a site has at a path; of its pages only those that are asked for are rendered."""
    file = unquote(path).removeprefix("/")
    return site.bytes_of(file).decode("utf-8") if file in site.files else None


def test_questions_are_answered(open_at, tmp_path):
    """Of what readers ask of two vaults nine in ten find their note among the first three."""
    asked = yaml.safe_load((SEARCH / "questions.yml").read_text(encoding="utf-8"))
    technical = write_vault(
        yaml.safe_load((SEARCH / "vault.yml").read_text(encoding="utf-8")), tmp_path / "vault"
    )
    ranks: list[int] = []
    chosen, _ = load_settings(ROOT / "pelican.conf.py")
    for name, vault in {"content": ROOT / "content", "technical": technical}.items():
        read = read_site(scan(vault, chosen), chosen)
        urls = read.snapshot.addresses
        site = SiteInMemory(vault, read, whole=True)
        with static_host(tmp_path, STRICT, partial(file_at, site)) as address:
            answers = open_at(address, "/robots.txt").evaluate(
                _ASK, [[question for question, _ in asked[name]]]
            )
        for (question, path), answer in zip(asked[name], answers, strict=True):
            wanted = f"/{urls[Node('note', path)]}"
            ranks.append(answer.index(wanted) + 1 if wanted in answer else 0)
            assert answer, question
    first_three = sum(0 < rank <= 3 for rank in ranks) / len(ranks)
    mean_reciprocal = sum(1 / rank for rank in ranks if rank) / len(ranks)
    assert len(ranks) >= 60
    assert first_three >= 0.95, f"{first_three:.2f}"
    assert mean_reciprocal >= 0.9, f"{mean_reciprocal:.3f}"


def test_what_was_meant_is_shown(open_page):
    """A misspelt word finds what it was meant to be; where no note has all words, the page says so."""
    page = open_page("/", shared=True)
    dialog = dialog_for(page, "mackrel")
    expect(results(dialog).first).to_contain_text("Reading the sky")
    expect(dialog.get_by_role("status")).to_have_text("1 result · Did you mean “mackerel”?")
    ask(dialog, "mackerel qqqqq")
    expect(dialog.get_by_role("status")).to_have_text("No note has all of these words; 1 has some of them.")
