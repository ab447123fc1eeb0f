"""Conversations in a real Chromium: asked, opened again, renamed, saved, deleted, with and without scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qa.conversations.exporting import export_conversation
from qa.conversations.files import FILE
from qa.conversations.store import Conversations
from qa.service import Service
from tests.web.browsing import IN_VIEW, QUESTION, ask, at_both_sizes

pytestmark = pytest.mark.browser

FOLLOW_UP = "and in breast cancer?"
SHOWN = "q => document.querySelector('.question')?.textContent === q"


@pytest.fixture(autouse=True)
def empty(service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shared service has a history of its own for each test."""
    monkeypatch.setattr(service, "conversations", Conversations(tmp_path / FILE))


def turns(service: Service) -> list[list[str]]:
    """The questions of each conversation, the last changed first."""
    store = service.conversations
    return [[turn.question for turn in store.conversation(card.id).turns] for card in store.cards().conversations]


def test_going_back_and_forth_and_reloading_keeps_nothing_twice(page, service: Service):
    """Each question has its address; the history of the browser walks them, and that of Exocite stays as it is."""
    page.goto("/")
    ask(page, QUESTION)
    first = page.url
    ask(page, FOLLOW_UP)
    assert re.search(r"/c/[0-9a-f]{16}/1$", first)
    assert page.url == first[:-1] + "2"
    page.go_back()
    page.wait_for_function(SHOWN, arg=QUESTION)
    assert page.url == first
    assert page.locator(".later a").all_inner_texts() == [FOLLOW_UP]
    page.go_forward()
    page.wait_for_function(SHOWN, arg=FOLLOW_UP)
    page.reload()
    assert page.locator(".earlier li").all_inner_texts() == [f"{QUESTION} answered"]
    page.go_back()
    page.wait_for_function(SHOWN, arg=QUESTION)
    page.go_back()
    page.wait_for_selector(".examples")
    assert turns(service) == [[QUESTION, FOLLOW_UP]]


def test_without_scripts_it_is_the_same(bare_page, service: Service):
    """By forms alone; sending one leads to an address, so that reloading sends nothing again."""
    page = bare_page
    page.goto("/")
    for question in (QUESTION, FOLLOW_UP):
        page.fill("#q", question)
        page.press("#q", "Enter")
        page.wait_for_selector(".question")
    page.wait_for_url("**/c/*/2")
    page.reload()
    page.go_back()
    page.wait_for_url("**/c/*/1")
    page.reload()  # a browser may show the page as it was
    page.locator(".later a").click()
    page.wait_for_url("**/c/*/2")
    assert turns(service) == [[QUESTION, FOLLOW_UP]]


def test_two_windows_on_one_conversation(page, service: Service):
    """Each follows on what it shows; both questions are in the conversation, which either window then shows."""
    page.goto("/")
    ask(page, QUESTION)
    other = page.context.new_page()
    other.goto(page.url)
    ask(page, FOLLOW_UP)
    ask(other, "and in the lung?")
    assert other.url.endswith("/3")
    understood = service.ask("and in the lung?", history=[QUESTION]).interpreted.question
    assert other.locator(".interpreted").inner_text() == understood
    other.reload()
    assert other.locator(".apart").inner_text() == f"Follows on “{QUESTION}”."
    assert other.locator(".earlier a").all_inner_texts() == [QUESTION, FOLLOW_UP]
    assert turns(service) == [[QUESTION, FOLLOW_UP, "and in the lung?"]]


@at_both_sizes
def test_a_conversation_is_found_opened_and_gone_on_with(page, service: Service):
    """From the list, by a word of a question in another spelling; its latest question is open."""
    service.conversations.begin(earlier=["what does miR-210 do"])
    service.conversations.begin(earlier=["moss", "what does miR-21 target"])
    page.goto("/")
    page.get_by_role("link", name="History").click()
    page.fill("#search", "mir21")
    page.press("#search", "Enter")
    page.wait_for_url("**search=mir21*")
    page.locator(".conversations h2 a").click()
    page.wait_for_function(SHOWN, arg="what does miR-21 target")
    assert page.locator(".earlier li").all_inner_texts() == ["moss not answered yet"]
    ask(page, "and PTEN?")
    assert turns(service)[0] == ["moss", "what does miR-21 target", "and PTEN?"]


@pytest.mark.parametrize("kind", ["page", "bare_page"])
def test_a_conversation_is_renamed_saved_and_deleted(request: pytest.FixtureRequest, service: Service, kind: str):
    """From its own page; deleting takes a second look, and leads to the list without it."""
    page = request.getfixturevalue(kind)
    kept = service.conversations.begin(earlier=[QUESTION])
    page.goto(f"/c/{kept}")
    page.locator(".kept .change summary").click()
    page.get_by_label("Title").fill("Niches & walls")
    page.get_by_role("button", name="Rename").click()
    page.wait_for_selector("text=Niches & walls")
    with page.expect_download() as saved:
        page.locator(".kept").get_by_role("link", name="Markdown").click()
    assert saved.value.suggested_filename == "niches-walls.md"
    whole = service.conversations.conversation(kept)
    assert saved.value.path().read_text(encoding="utf-8") == export_conversation(service, whole, "markdown")
    page.locator(".kept .change summary").click()
    page.get_by_role("button", name="Delete this conversation").click()
    page.wait_for_selector("text=Nothing has been asked yet.")
    assert turns(service) == []


def test_the_keyboard_is_enough_for_the_list(page, service: Service):
    """Tab leads through search, title, files, renaming; what is opened stays in the window."""
    service.conversations.begin(earlier=[QUESTION])
    page.goto("/conversations")
    page.focus("#search")
    seen = []
    for _ in range(5):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("() => document.activeElement.textContent.trim()"))
    assert seen == ["Find", QUESTION, "Markdown", "JSON", "Rename or delete…"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Monday")
    page.keyboard.press("Enter")
    page.wait_for_url("**/c/*")
    assert page.locator(".kept .title").inner_text() == "Monday"


def test_a_source_page_leads_back_to_the_conversation(page, service: Service):
    """Over the next evidence, to its card in the very turn; a follow-up there goes on."""
    page.goto("/")
    ask(page, QUESTION)
    asked = page.url
    page.locator("#evidence-1 .open").click()
    page.wait_for_url("**/documents/**")  # and loaded: its script hears keys only then
    page.keyboard.press("n")
    page.wait_for_selector("text=Evidence 2 of")
    page.locator(".walk .back").click()
    page.wait_for_url(f"{asked}#evidence-2")
    assert page.locator("#evidence-2 header").evaluate(IN_VIEW)
    ask(page, FOLLOW_UP)
    assert turns(service) == [[QUESTION, FOLLOW_UP]]


def test_a_history_that_cannot_be_written_is_said_beside_the_answer(page, service: Service):
    """The answer is there all the same, at the address of the question."""
    assert service.conversations.path is not None
    service.conversations.path.write_bytes(b"damaged" * 1000)
    page.goto("/")
    ask(page, QUESTION)
    assert "/?q=" in page.url
    assert "Not kept in your history." in page.locator(".unkept").inner_text()
    assert page.locator(".sentence").count() > 0
