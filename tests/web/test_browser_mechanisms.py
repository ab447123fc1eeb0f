"""The page of mechanisms in a real Chromium: what leads where, with a mouse, a keyboard, and without scripts."""

from __future__ import annotations

import pytest

from tests.web.browsing import MARKED, QUESTION, ask, at_both_sizes

pytestmark = pytest.mark.browser

MECHANISMS = "/mechanisms?names=miR-92a-3p"
INSIDE = """() => [...document.querySelectorAll('.drawn .node')].filter(node => {
  const box = node.querySelector('rect').getBoundingClientRect();
  return [...node.querySelectorAll('text')].some(text => {
    const own = text.getBoundingClientRect();
    return own.left < box.left || own.right > box.right || own.top < box.top || own.bottom > box.bottom;
  });
}).map(node => node.textContent)"""


@at_both_sizes
def test_words_in_the_table_open_the_paper_at_these_very_words(bare_page):
    """Without scripts, on a laptop and on a phone."""
    bare_page.goto(MECHANISMS)
    cell = bare_page.locator('.mechanisms [data-label="Target"] a').first
    words = cell.inner_text()
    cell.click()
    assert bare_page.locator("mark").first.inner_text() == words


@at_both_sizes
def test_every_label_of_the_drawing_is_inside_its_box(page):
    """Whatever font this machine has."""
    page.goto("/mechanisms")
    assert page.locator(".drawn .node").count() > 10
    assert page.evaluate(INSIDE) == []


@at_both_sizes
def test_a_drawing_that_is_cut_says_so(page):
    """On a phone, where it is wider than the screen, and not on a laptop, where it is not."""
    page.goto(MECHANISMS)
    cut = page.evaluate(
        "() => { const d = document.querySelector('.drawn > .scroll'); return d.scrollWidth > d.clientWidth; }"
    )
    assert page.locator(".drawn .sideways").is_visible() == cut == (page.viewport_size["width"] < 500)


def test_boxes_and_lines_of_the_drawing_are_reached_by_keyboard(page):
    """A box with the focus opens the paper at its word; a skip link leads past them all to the table."""
    page.goto(MECHANISMS)
    page.locator(".past").focus()
    assert page.evaluate("() => document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.matches('.drawn .edge')")
    page.locator(".drawn .node").first.focus()
    name = page.evaluate("() => document.activeElement.querySelector('title').textContent")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**")
    assert name.removeprefix("miR-") in page.evaluate(MARKED)


def test_an_answer_that_streams_in_shows_its_mechanisms(page):
    """The table and the drawing come with the rest; a number leads to the evidence's card."""
    page.goto("/")
    ask(page, QUESTION)
    page.locator(".said .mechanisms .cite").first.click()
    assert page.evaluate("() => document.querySelector('.card:target') !== null")
    assert page.locator(".said svg.graph .node").count() > 1
