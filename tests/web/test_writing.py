"""Answers in the words of a played language model, on the page and at the endpoint."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder
from tests.playing import Stage, answering, saying, silent, stage
from tests.web.browsing import serving
from tests.web.test_pages import page, words
from tests.web.test_stream import parsed
from web.app import create_app

ASKED = "what do small parcels hand to the liver by miR-21"
TRUE = "Parcels from gut tumours bring miR-21 to the liver, where it silences KRIT1 [1].\n"
FALSE = "Parcels from gut tumours bring miR-210 to the <b>liver</b> ![x](http://e.org/?a) [1].\n"


@pytest.fixture
def playing() -> Iterator[Stage]:
    """A server that plays a model."""
    with stage() as running:
        yield running


@pytest.fixture
def written(starter_folder: Path, playing: Stage) -> Iterator[Service]:
    """A service over the starter library that asks the played model."""
    service = Service(starter_folder, Settings(llm_base_url=playing.url, llm_model="played"), HashedEncoder())
    service.warm()
    yield service
    service.close()


@pytest.fixture
def asking(written: Service) -> Iterator[TestClient]:
    """A client to an application over that service."""
    with TestClient(create_app(written), raise_server_exceptions=False) as client:
        yield client


def test_a_page_shows_who_wrote_and_what_does_not_stand(asking: TestClient, playing: Stage):
    """With its reasons, apart; what a model wrote is text and no markup."""
    playing.part = saying(FALSE + TRUE)
    shown = page(asking, ASKED)
    said = words(shown)
    assert "Written by played from the evidence below; each sentence was checked against it without a model." in said
    assert '<li class="sentence checked">Parcels from gut tumours bring miR-21 to the liver' in shown
    assert '<li class="sentence flagged">Parcels from gut tumours bring miR-210 to the &lt;b&gt;liver' in shown
    assert "No part of the answer. " in said
    assert shown.index("miR-210 to the") > shown.index("it silences KRIT1")
    assert "e.org" not in shown


def test_a_page_says_why_the_papers_are_quoted(asking: TestClient, playing: Stage):
    """Under the quoted answer."""
    playing.part = answering(401)
    said = words(page(asking, ASKED))
    assert (
        "Quoted from the papers; no language model wrote this. "
        "The language model's endpoint answered 401; check EXOCITE_LLM_API_KEY."
    ) in said


def test_the_pieces_of_a_running_page_are_on_the_whole_page_too(asking: TestClient, playing: Stage):
    """The sentences in the same order, the flagged one last."""
    playing.part = saying(FALSE + TRUE)
    whole = words(page(asking, ASKED))
    events = parsed(asking.get("/turn", params={"q": ASKED}).text)
    shown = [words(data) for name, data in events if name in {"sentence", "done"}]
    assert len(shown) == 3
    places = [whole.index(each) for each in shown]
    assert places == sorted(places)


def test_the_endpoint_says_who_should_write(asking: TestClient, playing: Stage):
    """The model where one is set, unless the quoted answer is asked for."""
    playing.part = saying(FALSE + TRUE)
    answers = [
        asking.post("/api/ask", json={"question": ASKED, **more}).json()["answer"]
        for more in ({}, {"writer": None}, {"writer": "model"}, {"writer": "extractive"})
    ]
    assert [answer["writer"] for answer in answers] == ["played", "played", "played", "extractive"]
    checks = [(sentence["check"], bool(sentence["reasons"])) for sentence in answers[0]["sentences"]]
    assert checks == [("checked", False), ("flagged", True)]
    assert "miR-210" not in answers[0]["text"]


def test_without_a_model_none_can_be_asked_to_write(client: TestClient):
    """A problem that says what to set, streamed or not; an unknown writer is one too."""
    for accept in ("application/json", "text/event-stream"):
        response = client.post("/api/ask", json={"question": ASKED, "writer": "model"}, headers={"accept": accept})
        assert (response.status_code, response.json()["type"]) == (422, "/docs#bad-setting")
        assert "EXOCITE_LLM_BASE_URL" in response.json()["detail"]
    assert client.post("/api/ask", json={"question": ASKED, "writer": "Ito"}).status_code == 422
    assert client.post("/api/search", json={"question": ASKED, "writer": "model"}).status_code == 422


def test_a_client_that_goes_away_ends_the_request_to_the_model(written: Service, playing: Stage):
    """While its first word is waited for."""
    reached = threading.Event()

    def part(call) -> None:
        reached.set()
        silent(call)

    playing.part = part
    with serving(written) as address:
        connection = http.client.HTTPConnection(urlsplit(address).netloc)
        headers = {"accept": "text/event-stream", "content-type": "application/json"}
        connection.request("POST", "/api/ask", json.dumps({"question": ASKED}), headers)
        connection.getresponse().read1(10)
        assert reached.wait(30)
        connection.close()
        assert playing.left.wait(30)
