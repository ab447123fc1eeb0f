"""Mechanisms at the endpoint and on the pages: the contract, the limits, and what cannot be asked."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import fields
from html import unescape

import pytest
from fastapi.testclient import TestClient

from qa.results import Mechanism, MechanismEntry, MechanismResponse
from qa.scope import Scope
from qa.service import Service
from tests.web.test_api import problem
from tests.web.test_pages import ABSENT, QUESTION, page
from tests.web.test_stream import parsed


def test_the_table_has_exactly_the_fields_of_its_contract(client: TestClient):
    """Those of `MechanismResponse`, `MechanismEntry` and `Mechanism`."""
    found = client.get("/api/mechanisms", params={"limit": 2}).json()
    assert set(found) == {field.name for field in fields(MechanismResponse)}
    assert len(found["mechanisms"]) == 2
    for each in found["mechanisms"]:
        assert set(each) == {field.name for field in fields(MechanismEntry)}
        assert set(each["mechanism"]) == {field.name for field in fields(Mechanism)}


def test_every_cell_is_that_span_of_the_text_that_is_served(client: TestClient):
    """`text[start:end] == cell.text`, in characters of what `/text` gives."""
    found = client.get("/api/mechanisms", params={"names": "miR-21"}).json()["mechanisms"]
    assert found
    for each in found:
        served = client.get(f"/api/documents/{each['document']['id']}/text").text
        said = each["mechanism"]
        assert served[said["start"] : said["end"]] == each["text"]
        for cell in ("molecule", "direction", "source", "recipient", "target", "pathway", "effect", "cancer"):
            assert all(served[slot["start"] : slot["end"]] == slot["text"] for slot in said[cell])


def test_limits_and_question_are_those_of_the_service(client: TestClient, service: Service):
    """Repeated parameters are several values; nothing is lost on the way to JSON."""
    asked = [("names", "miR-21"), ("names", "miR-155"), ("cancers", "bowel cancer"), ("kinds", "row"), ("limit", "5")]
    found = client.get("/api/mechanisms", params=asked).json()
    scope = Scope(kinds=("row",), names=("miR-21", "miR-155"), cancers=("bowel cancer",))
    said = service.mechanisms(scope=scope, limit=5)
    assert found["total"] == said.total > 0
    assert [each["mechanism"]["id"] for each in found["mechanisms"]] == [each.mechanism.id for each in said.mechanisms]
    answered = client.get("/api/mechanisms", params={"question": QUESTION}).json()
    assert answered["total"] == service.mechanisms(QUESTION).total > 0


def test_the_table_as_csv_has_the_same_lines(client: TestClient):
    """A file to save, in UTF-8."""
    params = {"names": "miR-21", "limit": 7}
    response = client.get("/api/mechanisms", params={**params, "format": "csv"})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="mechanisms.csv"'
    lines = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    found = client.get("/api/mechanisms", params=params).json()["mechanisms"]
    assert [line["id"] for line in lines] == [each["mechanism"]["id"] for each in found]


@pytest.mark.parametrize(
    ("query", "status", "word"),
    [
        ("limit=0", 422, "/limit"),
        ("limit=1001", 422, "/limit"),
        ("offset=-1", 422, "/offset"),
        ("format=xml", 422, "/format"),
        ("kinds=figure", 422, "/kinds/0"),
        ("names=+", 422, "/names/0"),
        ("question=", 422, "/question"),
        ("year=2020", 422, "/year"),
        ("from_year=2021&to_year=2020", 422, "exchange"),
        ("documents=nowhere", 404, "nowhere"),
    ],
)
def test_what_cannot_be_asked_is_a_problem(client: TestClient, query: str, status: int, word: str):
    """Which says what is wrong."""
    response = client.get(f"/api/mechanisms?{query}")
    assert response.status_code == status
    assert word in problem(response)["detail"]


def test_an_answer_says_its_mechanisms_where_it_is_about_one(client: TestClient):
    """In its JSON, each with a piece of its evidence."""
    answered = client.post("/api/ask", json={"question": QUESTION}).json()
    assert answered["mechanisms"]
    assert {said["id"] for said in answered["mechanisms"]} <= {piece["id"] for piece in answered["evidence"]}


def test_the_page_shows_a_table_whose_cells_lead_to_their_words(client: TestClient, service: Service):
    """Each link of a cell opens the paper at the characters of the cell."""
    text = client.get("/mechanisms", params={"names": "miR-92a-3p"}).text
    (entry, *_) = service.mechanisms(scope=Scope(names=("miR-92a-3p",))).mechanisms
    for slot in (*entry.mechanism.molecule, *entry.mechanism.target, *entry.mechanism.effect):
        href = f'href="/documents/{entry.document.id}?start={slot.start}&amp;end={slot.end}#evidence"'
        assert href in text
    assert '<svg class="graph"' in text
    assert 'aria-current="page"' not in text
    assert 'value="miR-92a-3p"' in text


def test_the_page_pages(client: TestClient, service: Service):
    """Fifty lines each; the links before and after lead on within the limits."""
    total = service.mechanisms().total
    assert total > 50
    first = client.get("/mechanisms").text
    assert first.count('<tr role="row">') == 51
    assert 'rel="prev"' not in first
    (after,) = re.findall(r'rel="next" href="([^"]*)"', first)
    second = client.get(unescape(after)).text
    assert second.count('<tr role="row">') == min(50, total - 50) + 1
    assert 'rel="prev" href="/mechanisms?offset=0#table"' in second
    assert client.get("/mechanisms?offset=99999999999999999999").status_code == 200


def test_the_downloads_are_of_the_same_limits(client: TestClient):
    """As many mechanisms as the page says."""
    text = client.get("/mechanisms", params={"q": QUESTION, "cancers": "bowel cancer"}).text
    (said,) = re.findall(r'<p class="total" role="status">(\d+) mechanisms?\.', text)
    (url,) = re.findall(r'<a href="(/api/mechanisms\?[^"]*format=json)"', text)
    assert client.get(unescape(url)).json()["total"] == int(said) > 0


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("names=miR-99999", 200, "say nothing of mechanisms that fits"),
        ("from_year=soon", 422, "is no year"),
        ("documents=nowhere", 404, "There is no document"),
        ("q=a%00b", 422, "control character"),
        (f"q={ABSENT.replace(' ', '+')}", 200, "say nothing of mechanisms that fits"),
    ],
)
def test_nothing_and_errors_are_said_on_the_page(client: TestClient, query: str, status: int, words: str):
    """With the limits still there to be changed."""
    response = client.get(f"/mechanisms?{query}")
    assert (response.status_code, words in response.text) == (status, True)
    assert '<form class="narrow"' in response.text


def test_what_is_typed_is_no_markup(client: TestClient):
    """A question and a limit come back as text."""
    text = client.get("/mechanisms", params={"q": '"><b>x', "names": "<i>y</i>"}).text
    assert "<b>x" not in text
    assert "<i>y" not in text


def test_an_empty_library_says_how_to_fill_it(empty_client: TestClient):
    """On the page, and nothing at the endpoint."""
    assert '<a href="/documents">Add your papers</a>' in empty_client.get("/mechanisms").text
    assert empty_client.get("/api/mechanisms").json()["total"] == 0


def test_an_answer_about_a_mechanism_shows_a_table_that_leads_to_its_evidence(client: TestClient):
    """On the whole page and in pieces alike; an answer about something else shows none."""
    whole = page(client)
    section = whole[whole.index('<section class="said"') :]
    (rank, *_) = re.findall(r'<a class="cite" href="#evidence-(\d+)"', section)
    assert f'id="evidence-{rank}"' in whole
    events = dict(parsed(client.get("/turn", params={"q": QUESTION}).text))
    assert " ".join(events["mechanisms"].split()) in " ".join(whole.split())
    assert '<section class="said"' not in page(client, "which microRNAs are biomarkers in plasma")
