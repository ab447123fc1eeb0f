"""The pages in a real Chromium: asking, reading, following a citation, with and without scripts."""

from __future__ import annotations

import os
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn

from qa.service import Service
from web.app import create_app

pytestmark = pytest.mark.browser

QUESTION = "how does miR-21 promote metastasis in colorectal cancer"
ABSENT = "which bolts hold the bridge over the river Kwai"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
IN_VIEW = "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight && r.height > 0; }"
MARKED = "() => [...document.querySelectorAll('mark')].map(m => m.textContent).join('')"


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is; the tests skip where there is none, but never in CI."""
    found = os.environ.get("EXOCITE_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = "no Chromium is installed (looked for " + ", ".join(NAMES) + " and at EXOCITE_CHROMIUM)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@contextmanager
def serving(service: Service) -> Iterator[str]:
    """A real server over a service, on a free port of this machine: its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(service), log_level="error", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while thread.is_alive() and not server.started:
            thread.join(0.01)
        assert server.started
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(30)


@pytest.fixture(scope="session")
def address(service: Service) -> Iterator[str]:
    """Where the starter library is served."""
    with serving(service) as address:
        yield address


@pytest.fixture(scope="session")
def browser(chromium_path: str):
    """A Chromium without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def size() -> tuple[int, int]:
    """A laptop's window."""
    return 1280, 900


at_both_sizes = pytest.mark.parametrize("size", [(1280, 900), (380, 700)], ids=["wide", "narrow"])
"""On a laptop and on a phone."""


@pytest.fixture
def page(browser, address: str, size: tuple[int, int]):
    """A page whose every request stays on this host, and whose console stays silent."""
    context = browser.new_context(base_url=address, viewport={"width": size[0], "height": size[1]})
    yield from watched(context, address)


@pytest.fixture
def bare_page(browser, address: str, size: tuple[int, int]):
    """The same, with scripts switched off."""
    context = browser.new_context(
        base_url=address, viewport={"width": size[0], "height": size[1]}, java_script_enabled=False
    )
    yield from watched(context, address)


def watched(context, address: str):
    page = context.new_page()
    requests, said = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert requests
    assert [url for url in requests if not url.startswith(address + "/")] == []
    # a browser notes by itself each request that failed
    assert [each for each in said if not each.startswith("Failed to load resource:")] == []
    context.close()


def dense(text: str) -> str:
    return re.sub(r"\s", "", text)


def ask(page, question: str) -> None:
    page.fill("#q", question)
    page.press("#q", "Enter")
    page.wait_for_function("q => document.querySelector('.question')?.textContent === q", arg=question)
    page.wait_for_selector('[data-slot="verdict"][aria-busy="false"]')  # the last sentence has come


@at_both_sizes
def test_ask_read_and_open_a_citation(page, service: Service):
    """The answer's first citation leads to its card, the card to the paper, where exactly the evidence is in view."""
    said = service.ask(QUESTION)
    page.goto("/")
    ask(page, QUESTION)
    assert page.locator(".sentence").count() == len(said.answer.sentences)
    assert page.locator(".card").count() == len(said.evidence)
    first = said.evidence[said.answer.sentences[0].evidence[0] - 1]
    page.locator(".cite").first.click()
    assert page.url.endswith(f"#evidence-{first.rank}")
    card = page.locator(f"#evidence-{first.rank}")
    card.locator(".open").click()
    page.wait_for_selector("#evidence")
    assert page.url.endswith(f"/documents/{first.document.id}?start={first.start}&end={first.end}#evidence")
    assert page.locator("#evidence").evaluate(IN_VIEW)
    assert dense(page.evaluate(MARKED)) == dense(first.text)


@at_both_sizes
def test_a_cited_row_is_highlighted_and_in_view(page, service: Service):
    """A row far down a table is shown as one, within the window."""
    row = next(e for e in service.search("miR-21 colorectal cancer", kinds=["row"]).evidence)
    page.goto(f"/documents/{row.document.id}?start={row.start}&end={row.end}#evidence")
    assert page.locator("#evidence").evaluate(IN_VIEW)
    assert page.locator("tr.hit").count() == 1
    assert dense(page.evaluate(MARKED)) == dense(row.text)


def test_an_address_without_a_fragment_shows_its_highlight_too(page, service: Service):
    """A link made by a script need not know the fragment's name."""
    last = service.reading("exosomal-mirnas-in-metastasis-digest").passages[-1]
    page.goto(f"/documents/{last.document_id}?start={last.start}&end={last.end}")
    assert page.locator("#evidence").evaluate(IN_VIEW)


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
    page.wait_for_selector("#evidence")
    assert page.locator("#evidence").evaluate(IN_VIEW)


def test_a_question_that_cannot_be_asked_is_said_in_place(page):
    """The page and what was typed stay; nothing else happens."""
    page.goto("/")
    page.locator("#q").evaluate("e => { e.maxLength = 9999; e.value = 'x'.repeat(2001); }")
    with page.expect_response("**/turn?*"):
        page.press("#q", "Enter")
    page.wait_for_selector(".ask .problem")
    assert "2,001" in page.locator(".ask .problem").inner_text()
    assert len(page.input_value("#q")) == 2001
    assert page.url.endswith("/")


def test_a_service_that_is_gone_is_said_in_place(page):
    """A request that fails leaves the page as it was, with a note."""
    page.goto("/")
    page.route("**/turn?*", lambda route: route.abort())
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


@at_both_sizes
@pytest.mark.parametrize(
    "path", ["/", f"/?q={QUESTION}", f"/?q={ABSENT}", "/documents", "/documents/small-parcels", "/docs"]
)
def test_no_page_is_wider_than_the_window(page, path: str):
    """Nothing need be scrolled sideways to be read, but wide tables in their own frame."""
    page.goto(path)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", [f"/?q={QUESTION}", f"/?q={ABSENT}", "/documents", "/documents/small-parcels?start=80&end=200"]
)
def test_text_stands_out_from_its_ground(page, path: str, scheme: str):
    """Every text has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3, formula of its glossary)."""
    page.emulate_media(color_scheme=scheme)
    page.goto(path)
    assert page.evaluate(Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")) == []


def test_a_paper_is_added_and_removed(browser, own_service: Service, tmp_path: Path):
    """By the form, with its file; and taken out again after a second look."""
    file = tmp_path / "hats.md"
    file.write_text("# On hats\n\nHats keep miR-33 warm in winter.\n", encoding="utf-8")
    with serving(own_service) as address:
        page = browser.new_page()
        page.goto(f"{address}/documents")
        page.set_input_files("#file", file)
        page.locator(".upload button").click()
        page.wait_for_selector(".outcomes .added")
        paper = page.locator(".papers > li", has_text="On hats")
        paper.locator("summary").click()
        paper.locator("button.danger").click()
        page.wait_for_selector("text=Removed hats")
        assert page.locator(".papers > li", has_text="On hats").count() == 0
        page.close()


@at_both_sizes
def test_a_permalink_is_copied_and_leads_to_its_words(page, service: Service):
    """The whole address, this host included; a reader who follows it sees exactly the evidence."""
    page.goto("/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, QUESTION)
    first = service.ask(QUESTION).evidence[0]
    link = page.locator("#evidence-1 .permalink")
    link.click()
    page.wait_for_function("() => document.querySelector('#evidence-1 .permalink').textContent === 'Link copied'")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == page.evaluate("() => location.origin") + first.permalink
    page.goto(copied)
    assert page.locator("#evidence").evaluate(IN_VIEW)
    assert dense(page.evaluate(MARKED)) == dense(first.text)


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


@at_both_sizes
def test_what_to_know_of_the_papers_fits_the_window(page):
    """The header stays on one line, and nothing is wider than the window."""
    page.goto("/check")
    tops = page.locator(".masthead a").evaluate_all(
        "links => links.map(a => Math.round(a.getBoundingClientRect().top))"
    )
    assert max(tops) - min(tops) < 12
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
