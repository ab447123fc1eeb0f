"""The printed pages of a paper in a real Chromium: marked where the words are, beside the text or in its place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, permutations
from pathlib import Path

import pypdfium2
import pytest

from index.intake import Source, take_in
from qa.service import Service
from tests.encoders import HashedEncoder
from tests.printing import printed
from tests.web.browsing import IN_VIEW, MARKED, at_both_sizes, serving
from tests.web.conftest import make_service

pytestmark = pytest.mark.browser

CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")
PAGES = 6
VISIBLE = """number => {
  const pile = document.querySelector('.pile').getBoundingClientRect();
  const sheet = document.getElementById(`sheet-${number}`).getBoundingClientRect();
  return Math.min(pile.bottom, innerHeight, sheet.bottom) - Math.max(pile.top, 0, sheet.top) > 100;
}"""
PLACES = """() => [...document.querySelectorAll('.sheet rect')].map(rect => {
  const sheet = rect.closest('.sheet'), image = sheet.querySelector('img').getBoundingClientRect();
  const box = rect.getBoundingClientRect();
  return [Number(sheet.dataset.sheet), (box.left - image.left) / image.width, (box.top - image.top) / image.height,
    (box.right - image.left) / image.width, (box.bottom - image.top) / image.height];
})"""


def book() -> bytes:
    """Six pages of words, no two sentences alike, each page under a heading of its own."""
    words = ("tide", "heron", "foam", "lantern", "quokka", "gill", "winter", "miR-21", "miR-210", "kelp", "gull")
    turns = cycle(permutations(words, 9))
    pages = []
    for heading in ("Arrival", "Boats", "Currents", "Depths", "Estuary", "Farewell"):
        said = [" ".join(next(turns)).capitalize() + "." for _ in range(16)]
        pages.append(
            f"= {heading}\n{' '.join(said[:8])}\n\n{' '.join(said[8:])} The {heading.lower()} has {heading}stone."
        )
    look = '#set page(paper: "a5")\n#set text(font: "Libertinus Serif", hyphenate: false)\n'
    return printed(look + "\n#pagebreak()\n".join(pages))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service over that book."""
    folder = tmp_path_factory.mktemp("sheets") / "library"
    take_in(folder, HashedEncoder(), [Source("book.pdf", "upload:book.pdf", book)])
    service = make_service(folder)
    yield service
    service.close()


@pytest.fixture(scope="module")
def address(shelf: Service) -> Iterator[str]:
    """Where it is served: the pages of these tests are its."""
    with serving(shelf) as address:
        yield address


def to(shelf: Service, said: str) -> str:
    """The source page with these words of the book highlighted."""
    start = shelf.reading("book").document.text.index(said)
    return f"/documents/book?start={start}&end={start + len(said)}"


def shown_pictures(page) -> None:
    """The pictures in view have come."""
    page.wait_for_function("() => [...document.querySelectorAll('.sheet img')].some(i => i.complete && i.naturalWidth)")


def number(page) -> str:
    return page.locator(".turning output").inner_text()


@at_both_sizes
def test_the_mark_lies_over_the_very_words(page, shelf: Service):
    """What the PDF itself has printed under it is what is highlighted in the text."""
    said = "The depths has Depthsstone."
    page.goto(to(shelf, said))
    if not page.locator(".sheets").is_visible():
        page.locator("#view-sheets").check()
    shown_pictures(page)
    places = page.evaluate(PLACES)
    assert {place[0] for place in places} == {4}
    with pypdfium2.PdfDocument(book()) as document:
        sheet = document[3]
        width, height = sheet.get_size()
        words = [
            sheet.get_textpage().get_text_bounded(
                left * width + 1, (1 - bottom) * height + 4, right * width - 1, (1 - top) * height - 4
            )
            for _, left, top, right, bottom in places
        ]
    assert " ".join(" ".join(words).split()) == said.rstrip(".")  # a stop is lower than what is looked into


def test_beside_the_text_the_page_of_the_highlight_is_in_view(page, shelf: Service):
    """Both at once, in a laptop's window, and the number says which page it is."""
    page.goto(to(shelf, "The estuary has Estuarystone."))
    shown_pictures(page)
    assert page.evaluate(MARKED) == "The estuary has Estuarystone."
    assert page.locator("mark").first.evaluate(IN_VIEW)
    assert page.locator(".sheet rect").first.evaluate(IN_VIEW)
    assert number(page) == "5"
    text, sheets = page.locator(".paper").bounding_box(), page.locator(".sheets").bounding_box()
    assert text["x"] + text["width"] <= sheets["x"]


def test_pages_follow_the_text_that_is_read(page):
    """Scrolled to where page 4 begins, the text has page 4 beside it."""
    page.goto("/documents/book")
    assert number(page) == "1"
    page.locator('.leaf[data-page="4"]').evaluate("leaf => leaf.scrollIntoView({ block: 'start' })")
    page.wait_for_function("() => document.querySelector('.turning output').textContent === '4'")
    assert page.evaluate(VISIBLE, 4)
    assert page.locator(".leaf.here").get_attribute("data-page") == "4"


def test_pages_are_turned_by_buttons_and_keys(page):
    """One on, one back, and not beyond the last; the text stays where it is."""
    page.goto("/documents/book")
    page.get_by_role("button", name="Next page").click()
    page.wait_for_function("() => document.querySelector('.turning output').textContent === '2'")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.turning output').textContent === '3'")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => document.querySelector('.turning output').textContent === '2'")
    assert page.evaluate("() => scrollY") == 0
    for _ in range(PAGES + 2):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("n => document.querySelector('.turning output').textContent === n", arg=str(PAGES))


def test_a_page_number_in_the_text_leads_to_its_page(page):
    """Without leaving the text."""
    page.goto("/documents/book")
    page.locator('.leaf[data-page="3"]').click()
    page.wait_for_function("() => document.querySelector('.turning output').textContent === '3'")
    assert page.evaluate(VISIBLE, 3)
    assert page.url.endswith("/documents/book")


@pytest.mark.parametrize("size", [(380, 700)])
def test_on_a_phone_pages_take_the_place_of_the_text_and_give_it_back(page):
    """Each at the place of the other."""
    page.goto("/documents/book")
    assert page.locator(".paper").is_visible()
    assert not page.locator(".sheets").is_visible()
    page.locator('.leaf[data-page="5"]').click()
    assert not page.locator(".paper").is_visible()
    page.wait_for_function("() => document.querySelector('.turning output').textContent === '5'")
    page.locator("#view-text").check()
    assert page.locator('.leaf[data-page="5"]').evaluate(IN_VIEW)


def test_without_scripts_the_pages_are_there_too(bare_page, shelf: Service, address: str):
    """All of them to be scrolled through, and a link to the picture of the highlight's."""
    bare_page.goto(to(shelf, "The boats has Boatsstone."))
    assert bare_page.locator(".sheet").count() == PAGES
    assert bare_page.locator(".sheet").first.is_visible()
    assert not bare_page.locator(".turning").is_visible()
    there = bare_page.locator('.hint a[data-page="2"]').get_attribute("href")
    assert there == "/documents/book/pages/2.png"
    assert bare_page.request.get(address + there).headers["content-type"] == "image/png"


@at_both_sizes
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_pages_fit_and_stand_out(page, shelf: Service, scheme: str):
    """Nothing is wider than the window or too faint, in both views."""
    page.emulate_media(color_scheme=scheme)
    page.goto(to(shelf, "The boats has Boatsstone."))
    for view in ("#view-text", "#view-sheets"):
        if page.locator(view).is_visible():
            page.locator(view).check()
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate(CONTRAST) == []
