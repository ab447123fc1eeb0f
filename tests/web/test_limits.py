"""The limits of a question through the endpoint, its stream and the page."""

from __future__ import annotations

import html
import json
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from index.names import find_names
from qa.scope import EVERYTHING, Scope
from qa.service import Service
from tests.web.test_stream import parsed
from web.conversation import Conversation
from web.limits import MOST_LISTED, Address, parameters
from web.rendering import render

QUESTION = "what do exosomal miR-21 and miR-210 do in colorectal cancer"
DIGEST = "exosomal-mirnas-in-metastasis-digest"


def titles(service: Service) -> dict:
    return {paper.id: paper for paper in service.documents()}


def read_back(address: str) -> Scope:
    """The limits that the page reads from an address."""
    read: dict = {}
    for name, value in parse_qsl(urlsplit(address).query):
        read.setdefault(name, []).append(value)
    single = {name: read.pop(name)[0] for name in ("q", "from_year", "to_year") if name in read}
    return Address(**single, **read).scope()


# -- the endpoint


@pytest.mark.parametrize("path", ["/api/search", "/api/ask"])
def test_mir_21_lets_no_mir_210_through(client: TestClient, path: str):
    """Nor do the events of a stream."""
    body = {"question": QUESTION, "names": ["microRNA 21"], "k": 100}
    found = client.post(path, json=body).json()["evidence"]
    streamed = parsed(client.post("/api/ask", json=body, headers={"Accept": "text/event-stream"}).text)
    assert json.loads(streamed[0][1])["evidence"] == found
    assert found
    for piece in found:
        cells = [cell["text"] for cell in piece["row"]["cells"]] if piece["row"] else [piece["text"]]
        named = {name.base for name in find_names("; ".join(cells))}
        assert "miR-21" in named or not named  # a sentence may leave the name to the study that it cites


def test_every_limit_of_a_request_is_kept(client: TestClient, service: Service):
    """The endpoint finds what the service does with the same scope."""
    body = {
        "documents": [DIGEST, "small-parcels"],
        "kinds": ["row"],
        "from_year": 2021,
        "to_year": 2021,
        "names": ["miR-9", "KRIT1"],
        "cancers": ["colon", "breast cancer"],
    }
    scope = Scope((DIGEST, "small-parcels"), ("row",), 2021, 2021, ("miR-9", "KRIT1"), ("colon", "breast cancer"))
    found = client.post("/api/search", json={"question": QUESTION, **body}).json()["evidence"]
    said = service.search(QUESTION, scope=scope).evidence
    assert [piece["id"] for piece in found] == [piece.id for piece in said]
    assert {piece["document"]["id"] for piece in found} <= {"small-parcels"}


def test_null_and_no_limit_are_one(client: TestClient):
    """So are the empty lists of names and cancers."""
    plain = client.post("/api/search", json={"question": QUESTION}).json()["evidence"]
    for empty in (None, []):
        body = {"question": QUESTION, "from_year": None, "to_year": None, "names": empty, "cancers": empty}
        assert client.post("/api/search", json=body).json()["evidence"] == plain


def test_limits_that_leave_nothing_are_answered(client: TestClient):
    """Verdict absent, and the reason names the filters."""
    response = client.post("/api/ask", json={"question": QUESTION, "to_year": 1600})
    found = response.json()
    assert response.status_code == 200
    assert (found["evidence"], found["support"]["verdict"], found["support"]["case"]) == ([], "absent", "off-topic")
    assert "filters leave nothing to search" in found["support"]["reason"]


@pytest.mark.parametrize(
    ("body", "pointers", "words"),
    [
        ({"from_year": 1499}, ["/from_year"], "1500 or more"),
        ({"to_year": 2201}, ["/to_year"], "2200 or less"),
        ({"from_year": "2019"}, ["/from_year"], "whole number"),
        ({"from_year": True}, ["/from_year"], "whole number"),
        ({"from_year": 2020, "to_year": 2010}, [], "exchange the two years"),
        ({"names": "miR-21"}, ["/names"], "list"),
        ({"names": ["miR-21", " "]}, ["/names/1"], "is empty; type it"),
        ({"cancers": ["x" * 201]}, ["/cancers/0"], "at most 200"),
        ({"names": ["x"] * 51}, ["/names"], "at most 50 entries"),
        ({"cancers": ["x"] * 51}, ["/cancers"], "at most 50 entries"),
    ],
)
def test_a_limit_that_cannot_be_used_is_a_problem(client: TestClient, body: dict, pointers: list[str], words: str):
    """Status 422, the field and what to do."""
    response = client.post("/api/ask", json={"question": "a", **body})
    found = response.json()
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert [error["pointer"] for error in found.get("errors", [])] == pointers
    assert words in found["detail"]


# -- the address

names = st.lists(st.sampled_from(["miR-21", "miR-200a, b and c", "TGF-β", "1,25-D", "5-FU", "let-7, -98"]), unique=True)


@given(names, names, st.none() | st.integers(1500, 1800), st.none() | st.integers(1800, 2200))
def test_an_address_holds_the_limits(some: list[str], cancers: list[str], first: int | None, last: int | None):
    """What is written is what is read."""
    scope = Scope(("a-b", "c"), ("row",), first, last, tuple(some), tuple(cancers))
    assert read_back(Conversation("a", ("b",), scope).url) == scope
    assert parameters(EVERYTHING) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("miR-21, PTEN", ("miR-21", "PTEN")),
        ("miR-21;PTEN ; ", ("miR-21", "PTEN")),
        (" , ", ()),
        ("miR-200a, b and c", ("miR-200a, b and c",)),
        ("miR-21, -155, TGF-β", ("miR-21, -155", "TGF-β")),
        ("miR-21; -155", ("miR-21", "-155")),
        ("1,25-dihydroxyvitamin D, PTEN", ("1,25-dihydroxyvitamin D", "PTEN")),
    ],
)
def test_commas_and_semicolons_part_names_but_break_no_list(typed: str, expected: tuple[str, ...]):
    """What a comma ties to a microRNA's name would be lost alone."""
    assert Address(names=[typed]).scope().names == expected


def test_the_form_gives_back_what_it_shows(service: Service):
    """Its lines are read as the same names, whatever they hold."""
    scope = Scope(names=("PTEN", "5-FU"), cancers=("HCC", "CRC"))
    page = render("welcome.html", examples=("a",), library=service.library(), ready=True, papers={}, limits=scope)
    shown = {field: re.search(rf'name="{field}" value="([^"]*)"', page)[1] for field in ("names", "cancers")}
    assert Address(names=[shown["names"]], cancers=[shown["cancers"]]).scope() == scope


# -- the page


def test_the_page_limits_and_shows_what_it_is_limited_to(client: TestClient, service: Service):
    """Evidence is that of the scope, and each limit is a link to the page without it."""
    limits = [("documents", DIGEST), ("from_year", "2001"), ("names", "miR-21, PTEN"), ("cancers", "bowel cancer")]
    scope = Scope(documents=(DIGEST,), from_year=2001, names=("miR-21", "PTEN"), cancers=("bowel cancer",))
    text = client.get("/", params=[("q", QUESTION), *limits, ("to_year", "")]).text
    said = service.ask(QUESTION, scope=scope)
    assert re.findall(r'class="open" href="/documents/[^"]*start=(\d+)', text) == [
        str(piece.start) for piece in said.evidence
    ]
    chips = re.findall(r'<a href="([^"]*)" aria-label="Remove the limit: ([^"]*)"', text)
    title = titles(service)[DIGEST].title
    assert [name for _, name in chips] == [
        f"Paper {title}", "Name miR-21", "Name PTEN", "Cancer bowel cancer", "From 2001",
    ]  # fmt: skip
    without = read_back(html.unescape(chips[1][0]))
    assert without == Scope(documents=(DIGEST,), from_year=2001, names=("PTEN",), cancers=("bowel cancer",))
    assert read_back(html.unescape(chips[0][0])).documents is None
    assert "5 set" in text


def test_a_page_without_limits_shows_none(client: TestClient):
    """Nor does one whose form was sent with nothing in it."""
    blank = dict.fromkeys(("from_year", "to_year", "names", "cancers"), "")
    for more in ({}, blank):
        text = client.get("/", params={"q": QUESTION, **more}).text
        assert 'class="limited"' not in text
        assert 'class="on"' not in text


def test_limits_are_kept_through_follow_ups(client: TestClient):
    """In the form at the foot, in the question put differently, and in the earlier questions."""
    params = [("q", "and in breast cancer?"), ("h", QUESTION), ("names", "miR-21"), ("kinds", "row")]
    text = client.get("/", params=params).text
    foot = text[text.rindex('<form class="ask"') :]
    assert 'name="names" value="miR-21"' in foot
    assert 'name="kinds" value="row" checked' in foot
    edit = text[text.index('<form class="edit"') : text.index("</form>")]
    assert '<input type="hidden" name="names" value="miR-21">' in edit
    earlier = re.search(r'<nav class="earlier".*?<a href="([^"]*)"', text, re.DOTALL)[1]
    assert read_back(html.unescape(earlier)) == Scope(kinds=("row",), names=("miR-21",))


def test_a_running_page_keeps_the_limits(client: TestClient):
    """The frame shows them, and the evidence is that of the whole page."""
    params = [("q", QUESTION), ("names", "miR-21"), ("from_year", "2001")]
    events = dict(parsed(client.get("/turn", params=params).text))
    whole = client.get("/", params=params).text
    assert "Remove the limit: Name miR-21" in events["turn"]
    assert "Remove the limit: From 2001" in events["turn"]
    spans = r'class="open" href="/documents/[^"]*start=\d+'
    assert re.findall(spans, events["evidence"]) == re.findall(spans, whole)


def test_what_is_typed_is_text_and_never_markup(client: TestClient):
    """In a limit, in the form and in a problem."""
    for name in ("names", "cancers", "from_year", "kinds"):
        assert "<script>alert" not in client.get("/", params={"q": QUESTION, name: "<script>alert(1)</script>"}).text


@pytest.mark.parametrize(
    ("limits", "status", "words"),
    [
        ({"from_year": "2020", "to_year": "2010"}, 422, "exchange the two years"),
        ({"from_year": "soon"}, 422, "years of four digits"),
        ({"names": "x" * 201}, 422, "at most 200"),
        ({"kinds": "figure"}, 422, "passage or row"),
        ({"documents": "no-such"}, 404, "no-such"),
    ],
)
def test_a_limit_that_cannot_be_used_is_said_in_place(client: TestClient, limits: dict, status: int, words: str):
    """With all that was typed still there, the earlier questions included, and the limits in view."""
    response = client.get("/", params={"q": "and in breast cancer?", "h": QUESTION, **limits})
    assert response.status_code == status
    assert words in html.unescape(response.text)
    assert '<details class="limits" open>' in response.text
    assert f'<input type="hidden" name="h" value="{QUESTION}">' in response.text
    if "documents" not in limits:
        assert all(f'value="{value}"' in response.text for name, value in limits.items() if name != "kinds")
        assert client.get("/turn", params={"q": QUESTION, **limits}).status_code == status


def test_limits_that_leave_nothing_say_so_and_nothing_else(client: TestClient):
    """Not that the papers are about something else."""
    text = client.get("/", params={"q": QUESTION, "names": "miR-9999"}).text
    assert "The filters leave nothing to search" in text
    assert "about something else" not in text


def test_a_large_library_lists_only_the_papers_that_are_chosen(service: Service):
    """And says why; a page must not grow with the library."""
    paper = service.documents()[0]
    many = {f"paper-{n}": paper for n in range(MOST_LISTED)} | {paper.id: paper}
    shown = {"examples": ("a",), "library": service.library(), "ready": True, "papers": many}
    assert "201 papers are too many to list" in render("welcome.html", limits=EVERYTHING, **shown)
    assert 'name="documents"' not in render("welcome.html", limits=EVERYTHING, **shown)
    chosen = render("welcome.html", limits=Scope(documents=(paper.id,)), **shown)
    assert re.findall(r'name="documents" value="([^"]*)" checked', chosen).count(paper.id) == MOST_LISTED + 1
