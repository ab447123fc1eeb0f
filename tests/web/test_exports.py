"""Answers in other formats, from the endpoint and from the page's links."""

from __future__ import annotations

import csv
import io
import json
import re
from html import escape, unescape

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from fastapi.testclient import TestClient

from qa.scope import Scope
from qa.service import Service
from web.conversation import Conversation

QUESTION = "how does miR-21 promote metastasis in colorectal cancer"
TYPES = {
    "markdown": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "bibtex": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl-json": "application/vnd.citationstyles.csl+json",
}


@pytest.mark.parametrize("form", TYPES)
@pytest.mark.parametrize("path", ["/api/ask", "/api/search"])
def test_the_endpoint_writes_every_format(client: TestClient, service: Service, path: str, form: str):
    """What the service writes, under its media type."""
    answer = client.post(path, params={"format": form}, json={"question": QUESTION})
    said = service.ask(QUESTION) if path == "/api/ask" else service.search(QUESTION)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == TYPES[form]
    assert answer.content.decode() == service.export(said, form)  # type: ignore[arg-type]


def test_the_formats_agree_with_the_evidence(client: TestClient, service: Service):
    """As many lines as pieces of evidence; one work a key in all three bibliographies."""
    texts = {
        form: client.post("/api/ask", params={"format": form}, json={"question": QUESTION}).content.decode()
        for form in TYPES
    }
    rows = list(csv.DictReader(io.StringIO(texts["csv"].removeprefix("\ufeff"), newline="")))
    assert [row["id"] for row in rows] == [piece.id for piece in service.ask(QUESTION).evidence]
    keys = [entry.key for entry in parse_string(texts["bibtex"]).entries]
    assert keys == [entry["id"] for entry in rispy.loads(texts["ris"])]
    assert keys == [item["id"] for item in json.loads(texts["csl-json"])]
    assert len(keys) == len(set(keys)) > 1


def test_the_limits_of_the_question_hold_in_the_file(client: TestClient, service: Service):
    """The links below an answer keep them, and what is saved is what is shown."""
    asked = Conversation(QUESTION, (), Scope.of(kinds=["row"], names=["miR-21"]))
    assert f'href="{escape(asked.export_url("csv"))}"' in client.get(asked.url).text
    saved = client.get(asked.export_url("csv")).content.decode().removeprefix("﻿")
    rows = list(csv.DictReader(io.StringIO(saved, newline="")))
    assert [row["id"] for row in rows] == [one.id for one in service.ask(QUESTION, scope=asked.scope).evidence]
    assert {row["kind"] for row in rows} == {"row"}


def test_json_stays_what_it_was(client: TestClient):
    """Without a format, and with it named."""
    plain = client.post("/api/ask", json={"question": QUESTION})
    named = client.post("/api/ask", params={"format": "json"}, json={"question": QUESTION})
    assert plain.headers["content-type"] == named.headers["content-type"] == "application/json"
    assert plain.json()["answer"] == named.json()["answer"]


def test_an_unknown_format_is_refused_with_those_there_are(client: TestClient):
    """As a problem, from the endpoint; as a page, from the link."""
    answer = client.post("/api/ask", params={"format": "docx"}, json={"question": QUESTION})
    assert answer.status_code == 422
    assert "'markdown', 'csv', 'bibtex', 'ris', 'csl-json' or 'json'" in answer.json()["detail"]
    page = client.get("/export", params={"format": "docx", "q": QUESTION})
    assert (page.status_code, page.headers["content-type"]) == (422, "text/html; charset=utf-8")


def test_an_answer_links_to_itself_in_every_format(client: TestClient, service: Service):
    """The links hold the whole conversation and give files with a name."""
    first = "how does miR-21 promote metastasis in colorectal cancer"
    page = client.get("/", params=[("q", "and in breast cancer?"), ("h", first)]).text
    links = [unescape(link) for link in re.findall(r'href="(/export\?[^"]+)"', page)]
    assert [link.rpartition("=")[2] for link in links] == [*TYPES, "json"]
    said = service.ask("and in breast cancer?", history=[first])
    saved = client.get(links[2])
    assert saved.headers["content-disposition"].startswith('attachment; filename="')
    assert saved.headers["content-disposition"].endswith('.bib"')
    assert saved.content.decode() == service.export(said, "bibtex")


def test_a_file_is_named_for_its_question(client: TestClient):
    """In letters that every file system takes; a question without such letters gets a name too."""
    saved = client.get("/export", params={"q": 'Which miR-21\\"/é" targets?', "format": "csv"})
    assert saved.headers["content-disposition"] == 'attachment; filename="which-mir-21-targets.csv"'
    saved = client.get("/export", params={"q": "β?", "format": "csl-json"})
    assert saved.headers["content-disposition"] == 'attachment; filename="answer.csl.json"'


def test_nothing_to_save_offers_no_links(empty_client: TestClient):
    """An empty library has no evidence."""
    assert "/export?" not in empty_client.get("/", params={"q": QUESTION}).text


def test_a_question_that_cannot_be_asked_is_a_page(client: TestClient):
    """The links are followed by people."""
    answer = client.get("/export", params={"q": " ", "format": "csv"})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "text/html; charset=utf-8")
