"""The endpoint: the contract that users script against, and every way of getting it wrong."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest
from fastapi.testclient import TestClient

from qa.results import AskResponse, Evidence, SearchResponse
from qa.scope import Scope
from qa.service import Service
from tests.web.conftest import PAPER

QUESTION = "which target does miR-21 silence in the liver"
CURLED = "how does miR-21 promote metastasis in colorectal cancer"


def post(client: TestClient, path: str = "/api/search", **body: object):
    return client.post(path, json={"question": QUESTION, **body})


def problem(response) -> dict:
    """The problem that a response is; it is one, and says so everywhere."""
    assert response.headers["content-type"] == "application/problem+json"
    found = response.json()
    assert found["status"] == response.status_code
    assert found["type"].startswith("/docs#")
    assert found["detail"].endswith(".")
    assert "Traceback" not in response.text
    return found


def test_search_gives_every_field_of_the_contract(client: TestClient):
    """The answer has exactly the fields of `SearchResponse`, its evidence those of `Evidence`."""
    found = post(client, question=CURLED, k=3).json()
    assert set(found) == {field.name for field in fields(SearchResponse)}
    assert [each["rank"] for each in found["evidence"]] == [1, 2, 3]
    assert all(set(each) == {field.name for field in fields(Evidence)} for each in found["evidence"])
    assert set(found["support"]) == {"verdict", "confidence", "case", "reason"}
    assert set(found["library"]) == {"hash", "documents", "records", "encoder"}


def test_search_is_what_the_service_says(client: TestClient, service: Service):
    """Nothing is lost, added or rounded on the way to JSON, but the time it took."""
    found = post(client, history=["what does miR-9 do"], k=4, kinds=["row"]).json()
    said = service.search(QUESTION, history=["what does miR-9 do"], k=4, scope=Scope(kinds=("row",)))
    assert found["question"] == said.question
    assert [each["id"] for each in found["evidence"]] == [each.id for each in said.evidence]
    assert [each["score"] for each in found["evidence"]] == [each.score for each in said.evidence]
    assert {each["kind"] for each in found["evidence"]} == {"row"}
    assert found["interpreted"]["question"] == said.interpreted.question
    assert found["settings"] == said.settings


def test_every_evidence_is_that_span_of_the_text_that_is_served(client: TestClient):
    """`text[start:end] == evidence.text`, in characters of what `/text` gives."""
    for each in post(client, question=CURLED, k=25).json()["evidence"]:
        served = client.get(f"/api/documents/{each['document']['id']}/text")
        assert served.headers["content-type"] == "text/plain; charset=utf-8"
        assert served.content.decode("utf-8")[each["start"] : each["end"]] == each["text"]


def test_documents_narrows_the_search(client: TestClient):
    """Evidence comes from the named papers alone."""
    found = post(client, documents=["small-parcels"], k=100).json()["evidence"]
    assert {each["document"]["id"] for each in found} == {"small-parcels"}


def test_a_row_comes_with_its_table_and_cells(client: TestClient):
    """The only row on KRIT1 of the small paper is row 1 of Table 1."""
    found = post(client, question="miR-21 KRIT1", documents=["small-parcels"], kinds=["row"]).json()["evidence"]
    row = next(each["row"] for each in found if "KRIT1" in each["text"])
    text = client.get("/api/documents/small-parcels/text").content.decode("utf-8")
    assert (row["table"], row["number"], row["caption"]) == ("Table 1", 1, "Table 1. Cargo by tumour")
    assert [(cell["header"], cell["text"], cell["carried"]) for cell in row["cells"][:3]] == [
        ("miRNA", "miR-21", False),
        ("Tumour", "colon", False),
        ("Target", "KRIT1", False),
    ]
    assert all(text[cell["start"] : cell["end"]] == cell["text"] for cell in row["cells"])


def test_ask_gives_search_and_answer(client: TestClient):
    """Each sentence names evidence that is there, and the text ends with its ranks."""
    found = post(client, "/api/ask", question=CURLED).json()
    assert set(found) == {field.name for field in fields(AskResponse)}
    ranks = {each["rank"] for each in found["evidence"]}
    assert found["answer"]["sentences"]
    for sentence in found["answer"]["sentences"]:
        assert sentence["evidence"]
        assert set(sentence["evidence"]) <= ranks
        assert sentence["text"] in found["answer"]["text"]
    assert found["answer"]["writer"] == "extractive"


def test_a_question_the_papers_do_not_answer_is_answered_so(client: TestClient):
    """Status 200, verdict absent, a case, no sentence, and the nearest evidence."""
    response = client.post("/api/ask", json={"question": "which bolts hold the bridge over the river Kwai"})
    found = response.json()
    assert response.status_code == 200
    assert found["support"]["verdict"] == "absent"
    assert found["support"]["case"] is not None
    assert found["answer"]["sentences"] == []
    assert found["answer"]["text"].startswith("Not in these documents")


def test_tabs_and_line_ends_are_blanks(client: TestClient):
    """A question pasted over two lines is one line."""
    assert post(client, question="\twhat is\nmiR-21 ").json()["question"] == "what is miR-21"


@pytest.mark.parametrize("length", [1, 2000])
def test_shortest_and_longest_questions_are_answered(client: TestClient, length: int):
    """1 and 2,000 characters are allowed."""
    assert post(client, question="x" * length).status_code == 200


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"question": ""}, "/question"),
        ({"question": " \t\n"}, "/question"),
        ({"question": "x" * 2001}, "/question"),
        ({"question": "miR\x0021"}, "/question"),
        ({"question": "miR\x1b21"}, "/question"),
        ({"question": 21}, "/question"),
        ({"question": None}, "/question"),
        ({}, "/question"),
        ({"question": "a", "k": 0}, "/k"),
        ({"question": "a", "k": 101}, "/k"),
        ({"question": "a", "k": "10"}, "/k"),
        ({"question": "a", "k": 2.5}, "/k"),
        ({"question": "a", "k": True}, "/k"),
        ({"question": "a", "history": "b"}, "/history"),
        ({"question": "a", "history": [""]}, "/history/0"),
        ({"question": "a", "history": ["b", "c" * 2001]}, "/history/1"),
        ({"question": "a", "history": ["b"] * 51}, "/history"),
        ({"question": "a", "documents": "small-parcels"}, "/documents"),
        ({"question": "a", "documents": [3]}, "/documents/0"),
        ({"question": "a", "kinds": ["figure"]}, "/kinds/0"),
        ({"question": "a", "knids": ["row"]}, "/knids"),
    ],
)
@pytest.mark.parametrize("path", ["/api/search", "/api/ask"])
def test_a_field_that_cannot_be_used_is_named(client: TestClient, path: str, body: dict, pointer: str):
    """Status 422 and a pointer to the field."""
    response = client.post(path, json=body)
    assert response.status_code == 422
    assert [error["pointer"] for error in problem(response)["errors"]] == [pointer]


def test_the_longest_history_is_read(client: TestClient):
    """Fifty earlier questions are allowed."""
    assert post(client, history=["what is miR-21"] * 50).status_code == 200


@pytest.mark.parametrize("body", [b"{", b"", b'{"question": "a",}', b"\xff\xfe", b"[" * 20_000, b"null", b"[]", b'"a"'])
def test_a_body_that_is_not_the_object_asked_for_is_refused(client: TestClient, body: bytes):
    """Status 400 or 422, never an error of the server."""
    response = client.post("/api/search", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in {400, 422}
    problem(response)


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b'{"question": "caf\xe9"}', 400, "The body is not UTF-8"),
        (b'{"question": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400, "The body is nested too deeply"),
        (b"[]", 422, "The body: It should be one JSON object"),
        (b'"a"', 422, "The body: It should be one JSON object"),
    ],
    ids=["latin-1", "deep", "list", "string"],
)
def test_what_is_wrong_with_a_body_is_said(client: TestClient, body: bytes, status: int, words: str):
    """Its encoding, its nesting, or that it is no object."""
    response = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == status
    assert problem(response)["detail"].startswith(words)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "It is missing; give it."),
        ({"question": 21}, "It should be text, in quotation marks."),
        ({"question": "a", "k": "10"}, "It should be a whole number, without quotation marks."),
        ({"question": "a", "k": 0}, "It should be 1 or more."),
        ({"question": "a", "k": 101}, "It should be 100 or less."),
        ({"question": "a", "history": "b"}, "It should be a list, in square brackets."),
        ({"question": "a", "history": ["b"] * 51}, "It should hold at most 50 entries; it holds 51."),
        ({"question": "a", "kinds": ["figure"]}, "It should be 'passage' or 'row'."),
        ({"question": "a", "knids": []}, "There is no such field; check its spelling or leave it out."),
    ],
)
def test_what_is_wrong_with_a_field_is_said_in_the_users_words(client: TestClient, body: dict, message: str):
    """Not in those of the library that checks it."""
    assert [error["message"] for error in problem(client.post("/api/ask", json=body))["errors"]] == [message]


def test_text_in_the_place_of_an_upload_is_told_what_to_send(client: TestClient):
    """No word about the program's classes."""
    found = problem(client.post("/api/documents", data={"file": "moss"}))
    assert found["errors"] == [
        {"pointer": "/file/0", "message": "It should be a file; send it as `curl -F file=@paper.md` does."}
    ]


def test_malformed_json_says_where_it_breaks(client: TestClient):
    """The comma stands at character 16."""
    body = b'{"question": "a",}'
    response = client.post("/api/search", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 400
    assert "breaks at character 1" in problem(response)["detail"]


def test_a_lone_surrogate_is_not_text(client: TestClient):
    """JSON can write half of a character; it is refused like a control character."""
    body = b'{"question": "miR \\ud800"}'
    response = client.post("/api/search", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    problem(response)


def test_json_without_its_content_type_is_told_what_to_send(client: TestClient):
    """`curl -d` sends a form's content type; the message names the header."""
    body = json.dumps({"question": QUESTION})
    response = client.post("/api/search", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert response.status_code == 422
    assert "Content-Type: application/json" in problem(response)["detail"]


@pytest.mark.parametrize("path", ["/api/search", "/api/ask"])
def test_an_unknown_document_in_a_search_is_an_error(client: TestClient, path: str):
    """Not an empty result: status 404, naming the id."""
    response = post(client, path, documents=["small-parcels", "no-such"])
    assert response.status_code == 404
    assert "no-such" in problem(response)["detail"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/documents/no-such"),
        ("GET", "/api/documents/no-such/text"),
        ("DELETE", "/api/documents/no-such"),
        ("GET", "/api/documents/..%2f..%2fetc"),
        ("GET", "/api/nothing"),
        ("GET", "/api"),
        ("POST", "/api/documents/small-parcels/text/more"),
    ],
)
def test_what_is_not_there_is_a_problem_404(client: TestClient, method: str, path: str):
    """Unknown ids and unknown addresses under /api alike."""
    response = client.request(method, path)
    assert response.status_code == 404
    problem(response)


def test_a_method_that_an_address_does_not_take_is_a_problem_405(client: TestClient):
    """It names the methods that it takes."""
    response = client.get("/api/search")
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    problem(response)


def test_documents_are_listed_with_counts_and_without_paths(client: TestClient, service: Service):
    """Every paper, by id, and never where on this machine its file lies."""
    listed = client.get("/api/documents").json()
    assert [each["id"] for each in listed] == [summary.id for summary in service.documents()]
    own = next(each for each in listed if each["id"] == "small-parcels")
    assert own["title"] == "Small parcels: a note on vesicles"
    assert own["authors"] == ["A. Ito", "B. Cruz", "C. Diaz", "D. Eze"]
    assert (own["year"], own["doi"], own["file"]) == (2021, "10.1000/parcels.1", "small-parcels.md")
    assert (own["rows"], own["references"]) == (2, 2)
    assert not {"source", "path"} & set(own)


def test_one_document_has_headings_and_its_reference_list(client: TestClient):
    """All that the list has, and the headings and entries in order."""
    listed = client.get("/api/documents").json()
    one = client.get("/api/documents/small-parcels").json()
    assert {name: one[name] for name in listed[0]} == next(each for each in listed if each["id"] == "small-parcels")
    text = client.get("/api/documents/small-parcels/text").text
    assert [heading["text"] for heading in one["headings"]][:2] == ["Findings", "Cargo"]
    assert all(text[h["start"] :].startswith(h["text"]) for h in one["headings"])
    assert [entry["marker"] for entry in one["bibliography"]] == ["1", "2"]
    assert one["bibliography"][0]["doi"] == "10.1000/cell.4"


def test_text_is_served_character_for_character(client: TestClient, service: Service):
    """No line end, no Greek letter and no blank is changed on the way."""
    text = service.reading("small-parcels").document.text
    assert client.get("/api/documents/small-parcels/text").content == text.encode("utf-8")
    assert "TGF-β" in text


def test_what_was_removed_cannot_be_removed_again(own_client: TestClient):
    """Status 204, then 404; that it is gone everywhere is another test's (`tests/test_removal.py`)."""
    assert own_client.delete("/api/documents/small-parcels").status_code == 204
    assert own_client.delete("/api/documents/small-parcels").status_code == 404


def test_health(client: TestClient):
    """The service runs, and is ready once its model is loaded."""
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}


def test_not_ready_until_the_model_is_loaded(starter_folder):
    """Status 503 with a time to come back; health does not wait for the model."""
    from qa.settings import Settings
    from tests.encoders import HashedEncoder
    from web.app import create_app

    cold = Service(starter_folder, Settings(), HashedEncoder())
    with TestClient(create_app(cold)) as client:
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.headers["retry-after"] == "2"
        problem(response)
        assert client.get("/healthz").status_code == 200
        cold.warm()
        assert client.get("/readyz").status_code == 200
    cold.close()


def test_the_small_paper_is_its_own(client: TestClient):
    """The paper that these tests rest on is in the library as written."""
    assert "silences KRIT1" in PAPER
    assert "silences KRIT1" in client.get("/api/documents/small-parcels/text").text
