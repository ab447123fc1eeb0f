"""How the pages look in a real Chromium: nothing too wide, nothing too faint."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.service import Service
from tests.web.browsing import ABSENT, LIMITED, QUESTION, at_both_sizes

pytestmark = pytest.mark.browser

CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")


@at_both_sizes
@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"/?q={QUESTION}{LIMITED}",
        f"/?q={ABSENT}",
        "/documents",
        "/conversations",
        "/documents/small-parcels",
        "/docs",
        "/mechanisms?cancers=breast+cancer",
    ],
)
def test_no_page_is_wider_than_the_window(page, path: str):
    """Nothing need be scrolled sideways to be read, but wide tables in their own frame."""
    page.goto(path)
    page.evaluate("() => document.querySelector('.limits')?.setAttribute('open', '')")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@at_both_sizes
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_kept_conversation_fits_and_stands_out(page, service: Service, scheme: str):
    """The middle one of three questions, with what can be done with it open; so do the list and its forms."""
    kept = service.conversations.begin(earlier=[QUESTION, "W" * 2000, ABSENT])
    page.emulate_media(color_scheme=scheme)
    for path in (f"/c/{kept}/1", f"/c/{kept}/2", "/conversations"):
        page.goto(path)
        page.evaluate("() => document.querySelectorAll('details').forEach(each => each.setAttribute('open', ''))")
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        f"/?q={QUESTION}{LIMITED}",
        f"/?q={ABSENT}",
        "/documents",
        "/conversations",
        "/documents/small-parcels?start=80&end=200",
        "/mechanisms?cancers=breast+cancer",
    ],
)
def test_text_stands_out_from_its_ground(page, path: str, scheme: str):
    """Every text has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3, formula of its glossary)."""
    page.emulate_media(color_scheme=scheme)
    page.goto(path)
    page.evaluate("() => document.querySelector('.limits')?.setAttribute('open', '')")
    assert page.evaluate(CONTRAST) == []


@at_both_sizes
def test_what_to_know_of_the_papers_fits_the_window(page):
    """The links of the header stay on one line, and nothing is wider than the window."""
    page.goto("/check")
    tops = page.locator(".masthead nav a").evaluate_all(
        "links => links.map(a => Math.round(a.getBoundingClientRect().top))"
    )
    assert max(tops) - min(tops) < 12
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
