"""The list of papers and the page of findings where there are more of them than a page holds."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from corpus.store import Store
from index.library import change_library
from qa.overview import overview
from qa.service import Service
from tests.encoders import HashedEncoder
from tests.index.conftest import read_paper
from tests.web.browsing import IN_VIEW, at_both_sizes, serving
from tests.web.conftest import make_service
from tests.web.test_browser_looks import CONTRAST
from tests.web.test_check import words
from web.app import create_app

MANY = 120


def note(number: int) -> str:
    """A paper that cites an entry that is not there; every third has a year, the last cites twelve such entries."""
    cited = "".join(f"Foam {n} lies on stones [{n}]. " for n in range(2, 14)) if number == MANY else "Foam rests [7]."
    head = f'title: "Note {number:03d}"\nauthors: ["{"C. Díaz" if number % 2 else "A. Ito"}"]'
    year = "\nyear: 2019" if number % 3 == 0 else ""
    return f"---\n{head}{year}\n---\n\n## Foam\n\n{cited}\n\n## References\n\n1. Ito A. Foam. Foam Lett 2018;1:1.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of many notes; not to be changed."""
    path = tmp_path_factory.mktemp("many") / "library"
    readings = [read_paper(f"note-{number}", note(number)) for number in range(1, MANY + 1)]
    change_library(path, HashedEncoder(), add=readings).close()
    return path


@pytest.fixture(scope="module")
def many(folder: Path) -> Iterator[Service]:
    """A service over it."""
    service = make_service(folder)
    yield service
    service.close()


@pytest.fixture(scope="module")
def reader(many: Service) -> Iterator[TestClient]:
    """A client to an application over it."""
    with TestClient(create_app(many), follow_redirects=False) as client:
        yield client


def titles(markup: str) -> list[str]:
    """The numbers of the notes that a page tells of, in its order."""
    return re.findall(r'<h2[^>]*><a href="/documents/note-\d+">Note 0*(\d+)</a></h2>', markup)


def numbers(first: int, last: int, step: int = 1) -> list[str]:
    return list(map(str, range(first, last + 1, step)))


def leads(markup: str, rel: str) -> str | None:
    """Where the link to the page before or after leads."""
    found = re.search(rf'<a rel="{rel}"[^>]* href="([^"]*)"', markup)
    return html.unescape(found[1]) if found else None


def test_every_paper_is_on_one_page_of_the_list(reader: TestClient):
    """In the order of their titles, fifty a page, each page leading to the next."""
    seen, address, pages = [], "/documents", 0
    while address is not None:
        text = reader.get(address).text
        seen += titles(text)
        address, pages = leads(text, "next"), pages + 1
    assert seen == numbers(1, MANY)
    assert pages == 3
    assert leads(text, "prev") == "/documents?page=2#papers"
    assert "120 papers; 101–120 shown." in words(text)


def test_words_choose_among_the_papers_on_every_page(reader: TestClient):
    """The address holds both; the page that is shown is marked, and the words stand in the field."""
    text = reader.get("/documents", params={"page": 2, "q": " diaz "}).text
    assert titles(text) == numbers(101, MANY, 2)
    assert "60 of 120 papers hold these words; 51–60 shown." in words(text)
    assert re.findall(r'href="([^"]*)" aria-current="page"', text) == ["/documents?page=2&amp;q=diaz#papers"]
    assert leads(text, "prev") == "/documents?q=diaz#papers"
    assert 'value="diaz"' in text
    assert '<a href="/check?q=diaz">Check them</a>' in text
    assert titles(reader.get("/documents?q=2019+ito").text) == numbers(6, MANY, 6)


@pytest.mark.parametrize(
    ("page", "shown"),
    [("", "1–50"), ("0", "1–50"), ("-1", "1–50"), ("two", "1–50"), ("²", "1–50"), ("3", "101–120"), ("99", "101–120")],
)
def test_a_page_that_is_not_there_is_the_nearest_one(reader: TestClient, page: str, shown: str):
    """Papers go, and links to the pages after them stay."""
    response = reader.get("/documents", params={"page": page})
    assert (response.status_code, f"; {shown} shown." in words(response.text)) == (200, True)


def test_words_that_no_paper_holds_leave_a_way_back(reader: TestClient):
    """On both pages; what was asked is text, not markup."""
    for path in ("/documents", "/check"):
        text = reader.get(path, params={"q": "<b>zebra"}).text
        assert titles(text) == []
        assert 'value="&lt;b&gt;zebra"' in text
        assert re.search(rf'<a href="{path}(#papers)?">See all', text)


def test_the_page_of_findings_shows_each_paper_once(reader: TestClient):
    """Twenty a page, in the order of their titles; what is found is counted over all of them."""
    seen, address = [], "/check"
    while address is not None:
        text = reader.get(address).text
        seen += titles(text)
        address = leads(text, "next")
        assert "Everything 331" in words(text)
        assert "Unresolved citations 131 Papers without a year 80 Papers without a DOI 120" in words(text)
    assert seen == numbers(1, MANY)


def test_one_kind_of_finding_can_be_chosen(reader: TestClient):
    """Among the papers that hold some words; only what is of that kind is shown."""
    text = reader.get("/check?q=diaz&kind=no-year").text
    assert titles(text)[:4] == ["1", "5", "7", "11"]
    assert set(re.findall(r'data-kind="([^"]*)"', text)) == {"no-year"}
    assert leads(text, "next") == "/check?page=2&q=diaz&kind=no-year#findings"
    assert '<input type="hidden" name="kind" value="no-year">' in text
    assert '<a href="/check?q=diaz&amp;kind=no-year" aria-current="true">' in text
    assert titles(reader.get("/check?kind=nothing").text) == numbers(1, 20)


def test_of_a_paper_with_many_findings_the_rest_is_a_link_away(reader: TestClient, many: Service):
    """Ten among others; by itself all, each with its place."""
    text = reader.get("/check?page=6").text
    assert text.count("<li data-kind=") == 19 * 2 + sum(n % 3 != 0 for n in range(101, 120)) + 10
    assert '<a href="/check?document=note-120">3 more findings in this paper</a>' in text
    alone = reader.get("/check?document=note-120").text
    (found,) = overview(many.opened().store, f"note-{MANY}")
    assert len(found.findings) == 13
    assert all(finding.message in words(alone) for finding in found.findings)


def test_a_removal_leads_back_to_the_page_it_came_from(own_client: TestClient):
    """With the words that were looked for."""
    form = re.search(
        r'action="/documents/small-parcels/remove".*?</form>', own_client.get("/documents?q=parcels").text, re.DOTALL
    )
    assert '<input type="hidden" name="q" value="parcels">' in form[0]
    own = {"Origin": "http://testserver"}
    response = own_client.post("/documents/small-parcels/remove", headers=own, data={"q": "parcels", "page": "3"})
    assert response.headers["location"] == "/documents?removed=small-parcels&page=3&q=parcels"
    text = own_client.get(response.headers["location"]).text
    assert "Removed <code>small-parcels</code>" in text
    assert "No paper holds all of these words" in text


def test_a_page_of_findings_looks_into_the_papers_on_it_alone(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """However many there are, and into each once; the list of papers into none."""
    service, looked_into = make_service(folder), []
    whole = Store.reading
    monkeypatch.setattr(Store, "reading", lambda self, one: looked_into.append(one) or whole(self, one))
    with TestClient(create_app(service)) as client:
        client.get("/documents?q=diaz&page=2")
        assert looked_into == []
        for _ in range(2):
            client.get("/check?q=diaz&page=2")
            assert looked_into == [f"note-{number}" for number in range(41, 80, 2)]
    service.close()


LISTS = ["/documents?page=2", "/documents?q=diaz&page=2", "/documents?q=zebra", "/check?page=3", "/check?kind=no-year"]


@pytest.fixture
def window(browser, many: Service, size: tuple[int, int]):
    """A window onto the library, and where it is."""
    with serving(many) as address:
        context = browser.new_context(base_url=address, viewport={"width": size[0], "height": size[1]})
        yield context.new_page()
        context.close()


@pytest.mark.browser
@at_both_sizes
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_long_lists_fit_and_stand_out(window, scheme: str):
    """On a laptop and a phone, by day and by night."""
    window.emulate_media(color_scheme=scheme)
    for path in LISTS:
        window.goto(path)
        assert window.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        assert window.evaluate(CONTRAST) == []


@pytest.mark.browser
@at_both_sizes
def test_the_keyboard_looks_through_the_list(window):
    """`/` leads to the field, Enter finds, `n` and `p` turn the pages; the list is in view each time."""
    window.goto("/documents")
    window.keyboard.press("/")
    window.keyboard.type("diaz")
    window.keyboard.press("Enter")
    window.wait_for_url("**/documents?q=diaz#papers")
    assert titles(window.content()) == numbers(1, 99, 2)
    assert window.locator(".seek").evaluate(IN_VIEW)
    window.keyboard.press("n")
    window.wait_for_url("**/documents?page=2&q=diaz#papers")
    assert titles(window.content()) == numbers(101, MANY, 2)
    assert window.locator(".seek").evaluate(IN_VIEW)
    window.keyboard.press("p")
    window.wait_for_url("**/documents?q=diaz#papers")
    assert titles(window.content()) == numbers(1, 99, 2)


@pytest.mark.browser
def test_without_scripts_the_list_is_looked_through_too(browser, many: Service):
    """By the form and by links alone."""
    with serving(many) as address:
        context = browser.new_context(base_url=address, java_script_enabled=False)
        page = context.new_page()
        page.goto("/check")
        page.fill("#q", "diaz")
        page.press("#q", "Enter")
        page.wait_for_url("**/check?q=diaz#findings")
        page.get_by_role("link", name="Papers without a year").click()
        page.wait_for_url("**/check?q=diaz&kind=no-year")
        page.get_by_role("link", name="Next").click()
        page.wait_for_url("**/check?page=2&q=diaz&kind=no-year#findings")
        assert titles(page.content()) == [str(n) for n in range(1, MANY, 2) if n % 3][20:]
        context.close()
