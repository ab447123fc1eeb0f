"""The chat page in a real Chromium: asking, limits, saving, with and without scripts."""

from __future__ import annotations

import threading

import pytest

from qa.service import Service
from tests.web.browsing import ABSENT, IN_VIEW, QUESTION, ask, at_both_sizes, dense, limit, serving

pytestmark = pytest.mark.browser


@at_both_sizes
def test_a_follow_up_needs_no_reload_and_survives_one(page):
    """The page stays, its address holds the conversation, and a reload or going back shows the same."""
    page.goto("/")
    page.evaluate("() => { window.stayed = true; }")
    ask(page, QUESTION)
    ask(page, "and in breast cancer?")
    assert page.evaluate("() => window.stayed")
    assert page.locator(".earlier a").all_inner_texts() == [QUESTION]
    understood = page.locator(".interpreted").inner_text()
    answer = page.locator(".sentences").inner_text()
    assert "breast" in understood
    assert "miR-21" in understood
    page.reload()
    assert page.evaluate("() => window.stayed") is None
    assert page.locator(".interpreted").inner_text() == understood
    assert page.locator(".sentences").inner_text() == answer
    assert page.locator(".earlier a").all_inner_texts() == [QUESTION]
    page.go_back()
    page.wait_for_function("q => document.querySelector('.question')?.textContent === q", arg=QUESTION)
    assert page.locator(".earlier").count() == 0


def test_how_it_was_understood_can_be_corrected(page):
    """The question on its own is edited and asked, without what came before."""
    page.goto("/")
    ask(page, QUESTION)
    ask(page, "and in breast cancer?")
    page.locator(".understood summary").click()
    page.fill("#edit", "what does miR-105 do in breast cancer")
    page.press("#edit", "Enter")
    page.wait_for_function("() => document.querySelector('.question').textContent.includes('miR-105')")
    assert page.locator(".earlier").count() == 0


@at_both_sizes
def test_not_in_these_documents(page):
    """It says so where the answer would stand, and marks what is nearest."""
    page.goto("/")
    ask(page, ABSENT)
    assert page.locator(".absent h2").inner_text() == "Not in these documents"
    assert page.locator(".absent").evaluate(IN_VIEW)
    assert page.locator(".sentence").count() == 0
    cards = page.locator(".card")
    assert cards.count() == page.locator(".card .badge").count()


@at_both_sizes
def test_everything_works_without_scripts(bare_page, service: Service):
    """Ask, follow up, open a citation, land on the highlight; all by plain forms and links."""
    page = bare_page
    page.goto("/")
    page.fill("#q", QUESTION)
    page.press("#q", "Enter")
    page.wait_for_selector(".made")
    first = service.ask(QUESTION).evidence[0]
    page.fill("#q", "and in breast cancer?")
    page.locator(".ask button").click()
    page.wait_for_selector(".interpreted")
    assert page.locator(".earlier a").all_inner_texts() == [QUESTION]
    page.locator(".earlier a").click()
    page.wait_for_selector("#evidence-1")
    page.locator("#evidence-1 .open").click()
    page.wait_for_selector("mark")
    shown = page.locator("#evidence").bounding_box()
    assert 0 <= shown["y"] <= page.viewport_size["height"] - 20
    assert dense("".join(page.locator("mark").all_text_contents())) == dense(first.text)


@at_both_sizes
def test_limits_are_shown_kept_and_removed(page):
    """Chosen by hand, kept by a follow-up and a reload, and taken off one by one by addresses without the empty."""
    page.goto("/")
    limit(page, names="miR-21, PTEN", from_year="2001")
    page.get_by_label("Table rows").check()
    ask(page, QUESTION)
    chips = page.locator(".limited li .spelling")
    assert chips.all_inner_texts() == ["Table rows", "miR-21", "PTEN", "2001"]
    assert page.locator(".limited").evaluate(IN_VIEW)
    ask(page, "and in breast cancer?")
    assert chips.all_inner_texts() == ["Table rows", "miR-21", "PTEN", "2001"]
    assert set(page.locator(".card .kind").all_inner_texts()) == {"Table row"}
    page.reload()
    page.get_by_label("Remove the limit: Name PTEN").click()
    page.wait_for_url("**/?q=*")
    assert "PTEN" not in page.url
    assert chips.all_inner_texts() == ["Table rows", "miR-21", "2001"]
    assert page.locator(".earlier a").all_inner_texts() == [QUESTION]
    page.get_by_text("Remove all").click()
    page.wait_for_selector(".limited", state="detached")


def test_limits_need_no_scripts_and_no_mouse(bare_page):
    """Tab leads from the question to them; a paper is chosen by the space bar, the question asked by Enter."""
    page = bare_page
    page.goto("/")
    page.fill("#q", QUESTION)
    for key in ("Tab", "Tab", "Enter", "Tab"):  # the button, the disclosure, open, the first paper
        page.keyboard.press(key)
    page.keyboard.press("Space")
    page.focus('.limits [name="cancers"]')
    page.keyboard.type("bowel cancer")
    page.keyboard.press("Enter")
    page.wait_for_selector(".limited")
    assert page.locator(".limited li .kind").all_inner_texts() == ["Paper", "Cancer"]
    first = page.locator(".limited li .spelling").first.inner_text()
    assert set(page.locator(".card cite").all_inner_texts()) == {first}


def test_the_keyboard_is_enough(page):
    """`/` is the box; j and k, or the arrows, walk the evidence; Enter opens it."""
    page.goto("/")
    ask(page, QUESTION)
    focused = "() => document.activeElement.id"
    page.keyboard.press("j")
    assert page.evaluate(focused) == "evidence-1"
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "evidence-3"
    page.keyboard.press("k")
    assert page.evaluate(focused) == "evidence-2"
    page.keyboard.press("/")
    assert page.evaluate(focused) == "q"
    page.keyboard.type("j/k")
    assert page.input_value("#q") == "j/k"
    page.locator("#evidence-2").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**")  # and loaded: its script hears keys only then
    assert page.locator("#evidence").evaluate(IN_VIEW)


def test_a_question_that_cannot_be_asked_is_said_in_place(page):
    """The page and what was typed stay; nothing else happens."""
    page.goto("/")
    page.locator("#q").evaluate("e => { e.maxLength = 9999; e.value = 'x'.repeat(2001); }")
    with page.expect_response("**/turn"):
        page.press("#q", "Enter")
    page.wait_for_selector(".ask .problem")
    assert "2,001" in page.locator(".ask .problem").inner_text()
    assert len(page.input_value("#q")) == 2001
    assert page.url.endswith("/")


def test_a_service_that_is_gone_is_said_in_place(page):
    """A request that fails leaves the page as it was, with a note."""
    page.goto("/")
    page.route("**/turn", lambda route: route.abort())
    page.fill("#q", QUESTION)
    page.press("#q", "Enter")
    page.wait_for_selector(".ask .problem")
    assert "did not answer" in page.locator(".ask .problem").inner_text()


def test_an_answer_can_be_stopped(browser, own_service: Service, monkeypatch: pytest.MonkeyPatch):
    """While it is awaited there is a button, and after it a note in place of the answer."""
    released, stream = threading.Event(), own_service.stream

    def held(*args, **kwargs):
        released.wait(60)
        yield from stream(*args, **kwargs)

    monkeypatch.setattr(own_service, "stream", held)
    with serving(own_service) as address:
        page = browser.new_page()
        page.goto(address)
        page.fill("#q", QUESTION)
        page.press("#q", "Enter")
        page.locator("[data-stop]").click()
        page.wait_for_selector("[data-slot=verdict] .note")
        assert "Stopped" in page.locator("[data-slot=verdict]").inner_text()
        assert page.locator(".question").inner_text() == QUESTION
        released.set()
        page.close()


@pytest.mark.parametrize("kind", ["page", "bare_page"])
def test_an_answer_is_saved_by_its_links(request: pytest.FixtureRequest, service: Service, kind: str):
    """With scripts, where the answer came in pieces, and without."""
    page = request.getfixturevalue(kind)
    if kind == "page":
        page.goto("/")
        ask(page, QUESTION)
    else:
        page.goto(f"/?q={QUESTION}")
    with page.expect_download() as saved:
        page.get_by_role("link", name="BibTeX").click()
    assert saved.value.suggested_filename == "how-does-mir-21-promote-metastasis-in-colorectal-cancer.bib"
    assert saved.value.path().read_text(encoding="utf-8") == service.export(service.ask(QUESTION), "bibtex")
