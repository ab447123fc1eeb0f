"""Server-sent events: their format, their order, and that they say what the JSON answer says."""

from __future__ import annotations

import json
import re

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from web.stream import event

QUESTION = "how does miR-21 promote metastasis in colorectal cancer"


def parsed(body: str) -> list[tuple[str, str]]:
    """The events of a stream, read as the HTML standard says; all of its line ends end lines."""
    events, name, data = [], "", []
    for line in re.split(r"\r\n|\r|\n", body):
        if line == "":
            if name:
                events.append((name, "\n".join(data)))
            name, data = "", []
        else:
            field, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if field == "event":
                name = value
            elif field == "data":
                data.append(value)
    return events


@given(st.text())
def test_data_survives_but_for_the_kind_of_its_line_ends(data: str):
    """Whatever is sent comes out again, lines ended by line feeds."""
    try:
        sent = event("sentence", data).decode()
    except UnicodeEncodeError:
        return  # half a character is no text
    assert parsed(sent) == [("sentence", re.sub(r"\r\n|\r", "\n", data))]


def stream(client: TestClient, **body: object):
    return client.post("/api/ask", json={"question": QUESTION, **body}, headers={"Accept": "text/event-stream"})


def without_times(response: dict) -> dict:
    return {name: value for name, value in response.items() if name != "took_ms"}


def test_events_are_evidence_lead_sentences_then_done(client: TestClient):
    """In this order, and together they are the JSON answer."""
    response = stream(client)
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    events = [(name, json.loads(data)) for name, data in parsed(response.text)]
    names = [name for name, _ in events]
    answer = client.post("/api/ask", json={"question": QUESTION}).json()
    assert names == ["evidence", "lead", *["sentence"] * len(answer["answer"]["sentences"]), "done"]
    assert [data for name, data in events if name == "sentence"] == answer["answer"]["sentences"]
    lead = {"text": answer["answer"]["lead"], "disagreements": answer["answer"]["disagreements"]}
    assert events[1][1] == lead
    assert without_times(events[-1][1]) == without_times(answer)
    search = client.post("/api/search", json={"question": QUESTION}).json()
    assert without_times(events[0][1]) == without_times(search)


def test_an_answer_without_sentences_still_has_evidence_and_done(client: TestClient):
    """What the papers do not say streams like anything else."""
    events = parsed(stream(client, question="which bolts hold the bridge over the river Kwai").text)
    assert [name for name, _ in events] == ["evidence", "done"]


@pytest.mark.parametrize(
    ("body", "status"), [({"question": ""}, 422), ({"k": 0}, 422), ({"documents": ["no-such"]}, 404)]
)
def test_what_cannot_be_asked_is_a_problem_and_no_stream(client: TestClient, body: dict, status: int):
    """The status is that of the JSON answer."""
    response = stream(client, **body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
