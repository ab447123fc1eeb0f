"""The printed pages of a paper: their pictures, who may keep them, and how they stand beside its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from corpus.errors import UnknownDocument
from corpus.pages import Box, Layout, Page
from index.intake import Source, sources_of, take_in
from qa.service import Service
from tests.encoders import HashedEncoder
from tests.printing import darkest, decoded, printed, word
from tests.web.conftest import make_service
from web.app import create_app
from web.sheets import Mark, breaks, sheets

TIDE = "/documents/tide"
MOSS = "# Moss\n\nGreen moss drinks fog with miR-210. Stones keep the quokka warm.\n"


@pytest.fixture
def papers(tmp_path: Path) -> Iterator[Service]:
    """A service over a paper with pages and one without, free to be changed."""
    (tmp_path / "moss.md").write_text(MOSS, encoding="utf-8")
    tide = Source("tide.pdf", "upload:tide.pdf", printed)
    take_in(tmp_path / "library", HashedEncoder(), [tide, *sources_of([tmp_path / "moss.md"])])
    service = make_service(tmp_path / "library")
    yield service
    service.close()


@pytest.fixture
def reader(papers: Service) -> Iterator[TestClient]:
    """A client to it."""
    with TestClient(create_app(papers), raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def test_a_page_is_a_picture_of_what_is_printed(reader: TestClient, papers: Service):
    """As wide as asked; ink where its words stand, none beside them."""
    answer = reader.get(f"{TIDE}/pages/2.png?width=840")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    image, reading = decoded(answer.content), papers.reading("tide")
    assert image.size == (840, 600)
    box = word(reading, "quokka")
    assert darkest(image, reading.layout, box) < 100
    assert darkest(image, reading.layout, Box(0, 1, 2, 0, box.top, 40, box.bottom)) == 255
    assert decoded(reader.get(f"{TIDE}/pages/1.png").content).size[0] == 1_000


@pytest.mark.parametrize("width", ["49", "2401", "-1", "wide", "1e3", "9" * 30])
def test_a_width_out_of_bounds_is_refused(reader: TestClient, width: str):
    """With a page that says so."""
    answer = reader.get(f"{TIDE}/pages/1.png", params={"width": width})
    assert answer.status_code == 422
    assert "text/html" in answer.headers["content-type"]


@pytest.mark.parametrize("number", ["0", "3", "-1", "9" * 30])
def test_a_page_that_is_not_there_is_not_found(reader: TestClient, number: str):
    """And the answer says how many there are."""
    answer = reader.get(f"{TIDE}/pages/{number}.png")
    assert answer.status_code == 404
    assert "has 2 pages" in answer.text


@pytest.mark.parametrize(
    "path", ["/documents/moss/pages/1.png", "/documents/nobody/pages/1.png", f"{TIDE}/pages/1.gif"]
)
def test_what_has_no_pages_shows_none(reader: TestClient, path: str):
    """Nor has what is not in the library, nor is there another kind of picture."""
    assert reader.get(path).status_code == 404


def test_a_browser_may_keep_a_picture_but_must_ask_each_time(reader: TestClient):
    """It is told by its name that nothing changed; another width or page has another name."""
    first = reader.get(f"{TIDE}/pages/1.png?width=60")
    assert first.headers["cache-control"] == "private, no-cache"
    tag = first.headers["etag"]
    again = reader.get(f"{TIDE}/pages/1.png?width=60", headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    others = [reader.get(f"{TIDE}/pages/{rest}") for rest in ("1.png?width=61", "2.png?width=60")]
    assert len({tag, *(each.headers["etag"] for each in others)}) == 3
    assert all(each.status_code == 200 for each in others)


def test_removed_means_that_no_page_resolves(reader: TestClient):
    """Not even to a browser that has its picture."""
    tag = reader.get(f"{TIDE}/pages/1.png").headers["etag"]
    assert reader.delete("/api/documents/tide").status_code == 204
    for headers in ({}, {"If-None-Match": tag}):
        answer = reader.get(f"{TIDE}/pages/1.png", headers=headers)
        assert answer.status_code == 404
        assert "etag" not in answer.headers
    assert reader.get(TIDE).status_code == 404


def test_a_page_is_drawn_from_the_library_as_it_is_when_it_is_drawn(papers: Service):
    """What was looked up before a change is found again after it; what was removed is not."""
    before = papers.picture("tide", 1, 70)
    papers.add("ferns.md", b"# Ferns\n\nBrown spores ride on warm air.")
    assert decoded(before.draw()).size == (70, 50)
    before = papers.picture("tide", 1, 70)
    papers.remove("tide")
    with pytest.raises(UnknownDocument):
        before.draw()


def test_a_page_that_cannot_be_drawn_is_a_clear_problem(reader: TestClient, papers: Service):
    """The text is there all the same."""
    kept = papers.opened().parts.original("tide")
    assert kept is not None
    kept.write_bytes(b"%PDF-1.7 but no more")
    answer = reader.get(f"{TIDE}/pages/1.png")
    assert answer.status_code == 502
    assert "Page 1 cannot be drawn" in answer.text
    assert "Tidal parcels" in reader.get(TIDE).text


def test_the_source_page_shows_all_pages_with_the_highlight_marked(reader: TestClient, papers: Service):
    """One rectangle over the words of the span, on the second page; each picture says which page it is."""
    reading = papers.reading("tide")
    start = reading.document.text.index("foam and miR-210")
    page = reader.get(f"{TIDE}?start={start}&end={start + 16}").text
    assert re.findall(r'alt="([^"]*)"', page) == [f"Page {n} of 2 of {reading.document.title}" for n in (1, 2)]
    (second,) = re.findall(r'<figure class="sheet" id="sheet-2".*?</figure>', page, re.DOTALL)
    assert page.count('fetchpriority="high"') == second.count('fetchpriority="high"') == 1  # it comes before the others
    assert page.count("<rect") == second.count("<rect") == 1
    box = word(reading, "foam")
    assert f'x="{box.left:.1f}" y="{box.top:.1f}"' in second
    assert f'href="{TIDE}/pages/2.png" data-page="2">p. 2</a>' in page  # what leads there without a script


def test_page_numbers_stand_where_pages_begin_and_add_no_text(reader: TestClient):
    """They are drawn by the style sheet, so that the text stays the text."""
    page = reader.get(TIDE).text
    leaves = re.findall(r'<a class="leaf" href="([^"]*)" data-page="(\d)" aria-label="Page \d"></a>(\w+)', page)
    assert leaves == [(f"{TIDE}/pages/1.png", "1", "Parcels"), (f"{TIDE}/pages/2.png", "2", "Cargo")]


def test_a_paper_without_pages_is_shown_as_ever(reader: TestClient, papers: Service):
    """So is one whose file is gone from the library."""
    kept = papers.opened().parts.original("tide")
    assert kept is not None
    kept.unlink()
    for path in ("/documents/moss", TIDE):
        page = reader.get(path)
        assert page.status_code == 200
        assert "sheet" not in page.text.replace("stylesheet", "")
        assert 'class="leaf"' not in page.text


def test_evidence_says_its_page_and_leads_there(reader: TestClient):
    """`p. 2` beside the card of what stands on page 2 is a link to it in the paper."""
    page = reader.get("/", params={"q": "which walls carry foam and miR-210 in winter"}).text
    found = re.search(r'<a href="(/documents/tide\?start=[^"]*#evidence)">p\. (\d)</a>', page)
    assert found


def test_boxes_of_one_line_become_one_mark():
    """Two words beside each other, a column further off, the next line, and the next page."""
    boxes = (
        Box(0, 2, 1, 10, 10, 30, 20),
        Box(3, 5, 1, 33, 9, 50, 20),
        Box(6, 8, 1, 120, 10, 140, 20),
        Box(9, 11, 1, 10, 24, 30, 34),
        Box(12, 14, 2, 10, 10, 30, 20),
    )
    shown = sheets(Layout((Page(200, 100), Page(100, 50)), boxes), (0, 14))
    assert [sheet.marks for sheet in shown] == [
        (Mark(10, 9, 40, 11), Mark(120, 10, 20, 10), Mark(10, 24, 20, 10)),
        (Mark(10, 10, 20, 10),),
    ]
    assert [(sheet.number, sheet.width, sheet.height, sheet.first) for sheet in shown] == [
        (1, 200, 100, True),
        (2, 100, 50, False),
    ]
    assert all(sheet.marks == () and not sheet.first for sheet in sheets(Layout((Page(1, 1),), boxes), None))


def test_a_page_that_begins_within_a_word_is_named_before_the_next():
    """`migra` ends page 1, `tion` begins page 2; a table of page 1 stands between two parts of page 2."""
    text = "cell migration ends here now"
    spans = [(0, 4, 1), (5, 10, 1), (10, 14, 2), (15, 19, 2), (20, 24, 1), (25, 28, 2)]
    layout = Layout((Page(9, 9),), tuple(Box(start, end, page, 0, 0, 1, 1) for start, end, page in spans))
    assert breaks(layout, text) == {0: 1, 15: 2, 20: 1, 25: 2}
