"""The pages about papers in a real Chromium: following a citation to its words, and from there on."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.scope import Scope
from qa.service import Service
from tests.web.browsing import IN_VIEW, MARKED, QUESTION, ask, at_both_sizes, dense, serving

pytestmark = pytest.mark.browser


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
    page.wait_for_url("**/documents/**")  # and loaded: its script hears keys only then
    assert f"/documents/{first.document.id}?start={first.start}&end={first.end}&q=" in page.url
    assert page.locator("#evidence").evaluate(IN_VIEW)
    assert dense(page.evaluate(MARKED)) == dense(first.text)


@pytest.mark.parametrize("scripts", [True, False])
def test_steps_lead_from_one_evidence_to_the_next_and_back(browser, address: str, service: Service, scripts: bool):
    """By link with and without scripts, by `n` and `p` with them; each time the evidence is in view."""
    first, second, *_ = service.ask(QUESTION).evidence
    context = browser.new_context(base_url=address, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"/?q={QUESTION}")
    page.locator(".card .open").first.click()
    page.wait_for_url("**/documents/**")  # and loaded: its script hears keys only then
    for step, piece in (("next", second), ("prev", first)):
        if scripts:
            page.keyboard.press(step[0])
        else:
            page.locator(f"a[rel={step}]").click()
        page.wait_for_url(f"**start={piece.start}&end={piece.end}&**")
        assert page.locator("#evidence").evaluate(IN_VIEW)
    page.locator(".walk .back").click()
    page.wait_for_url("**#evidence-1")
    context.close()


def test_a_marker_leads_to_its_entry_and_the_entry_back(page):
    """By fragments alone."""
    page.goto("/documents/small-parcels")
    page.locator("a.marker").first.click()
    assert page.url.endswith("#ref-1")
    page.locator("#ref-1 .cited a").first.click()
    assert page.locator(page.url[page.url.index("#") :]).evaluate(IN_VIEW)


@at_both_sizes
def test_a_cited_row_is_highlighted_and_in_view(page, service: Service):
    """A row far down a table is shown as one, within the window."""
    row = next(e for e in service.search("miR-21 colorectal cancer", scope=Scope(kinds=("row",))).evidence)
    page.goto(f"/documents/{row.document.id}?start={row.start}&end={row.end}#evidence")
    assert page.locator("#evidence").evaluate(IN_VIEW)
    assert page.locator("tr.hit").count() == 1
    assert dense(page.evaluate(MARKED)) == dense(row.text)


def test_an_address_without_a_fragment_shows_its_highlight_too(page, service: Service):
    """A link made by a script need not know the fragment's name."""
    last = service.reading("exosomal-mirnas-in-metastasis-digest").passages[-1]
    page.goto(f"/documents/{last.document_id}?start={last.start}&end={last.end}")
    assert page.locator("#evidence").evaluate(IN_VIEW)


def test_a_paper_is_added_and_removed(browser, own_service: Service, tmp_path: Path):
    """By the form, with its file; and taken out again after a second look."""
    file = tmp_path / "hats.md"
    file.write_text("# On hats\n\nHats keep miR-33 warm in winter.\n", encoding="utf-8")
    with serving(own_service) as address:
        page = browser.new_page()
        page.goto(f"{address}/documents")
        page.set_input_files("#file", file)
        page.locator(".upload [type=submit]").click()
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


def test_going_back_shows_no_paper_that_was_removed_meanwhile(browser, own_service: Service):
    """The browser kept neither the paper nor the answer that quotes it, and is told that the paper is gone."""
    with serving(own_service) as address:
        page = browser.new_page(base_url=address)
        for path in ("/documents/small-parcels", "/?q=what+silences+KRIT1", "/documents"):
            page.goto(path)
        own_service.remove("small-parcels")
        page.go_back()
        assert "KRIT1 [1]" not in page.content()
        page.go_back()
        assert "There is no document 'small-parcels'" in page.content()
        page.close()
