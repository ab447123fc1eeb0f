"""Uploads: what is kept, what is reported, and names that cannot do harm."""

from __future__ import annotations

import unicodedata

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import LibraryBusy, StorageFull
from qa.service import Service
from tests.web.conftest import PAPER
from web.uploads import safe_name

NOTE = "# On hats\n\nHats keep miR-33 warm in winter.\n"


def send(client: TestClient, *files: tuple[str, bytes], path: str = "/api/documents"):
    return client.post(path, files=[("file", file) for file in files])


@given(st.text() | st.none())
def test_a_safe_name_names_a_file_here(given_name: str | None):
    """Never empty, never a folder, never hidden, nothing invisible, at most 200 characters."""
    name = safe_name(given_name)
    assert name
    assert not name.startswith(".")
    assert not set("/\\") & set(name)
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in name)
    assert len(name) <= 200


def test_a_file_is_added_and_found(own_client: TestClient):
    """Status 201; the paper is listed, and a search finds it."""
    response = send(own_client, ("hats.md", NOTE.encode()))
    assert response.status_code == 201
    (outcome,) = response.json()
    assert (outcome["file"], outcome["status"], outcome["reason"]) == ("hats.md", "added", None)
    assert outcome["document"]["id"] == "hats"
    body = {"question": "what keeps miR-33 warm", "documents": ["hats"]}
    found = own_client.post("/api/search", json=body).json()["evidence"]
    assert found[0]["text"] == "Hats keep miR-33 warm in winter."


def test_the_same_file_again_changes_nothing(own_client: TestClient):
    """Status 200, since nothing was made."""
    before = own_client.post("/api/search", json={"question": "hats"}).json()["library"]["hash"]
    response = send(own_client, ("small-parcels.md", PAPER.encode()))
    assert response.status_code == 200
    assert [outcome["status"] for outcome in response.json()] == ["unchanged"]
    assert own_client.post("/api/search", json={"question": "hats"}).json()["library"]["hash"] == before


def test_a_changed_file_of_the_same_name_replaces(own_client: TestClient):
    """Its id stays, its old words are gone."""
    changed = PAPER.replace("KRIT1", "PTEN")
    response = send(own_client, ("small-parcels.md", changed.encode()))
    assert [(o["status"], o["document"]["id"]) for o in response.json()] == [("replaced", "small-parcels")]
    assert "KRIT1" not in own_client.get("/api/documents/small-parcels/text").text


def test_files_that_cannot_be_read_are_reported_and_the_others_kept(own_client: TestClient):
    """Status 201 with an outcome for each, in order."""
    response = send(
        own_client, ("empty.txt", b""), ("hats.md", NOTE.encode()), ("photo.md", b"\x89PNG\r\n\x1a\n\0\0\0"),
        ("song.mp3", b"la la"),
    )  # fmt: skip
    assert response.status_code == 201
    outcomes = response.json()
    assert [outcome["status"] for outcome in outcomes] == ["unreadable", "added", "unreadable", "unreadable"]
    assert all(outcome["reason"] for outcome in outcomes if outcome["status"] == "unreadable")


def test_where_no_file_can_be_read_it_is_a_problem(own_client: TestClient):
    """Status 422, naming each file, with the outcomes; the library is as it was."""
    before = own_client.get("/api/documents").json()
    response = send(own_client, ("empty.txt", b""), ("song.mp3", b"la la"))
    assert response.status_code == 422
    found = response.json()
    assert found["type"] == "/docs#unreadable-file"
    assert "empty.txt: " in found["detail"]
    assert [outcome["file"] for outcome in found["outcomes"]] == ["empty.txt", "song.mp3"]
    assert own_client.get("/api/documents").json() == before


@pytest.mark.parametrize("kwargs", [{}, {"files": [("paper", ("a.md", b"# A"))]}, {"json": {"file": "a.md"}}])
def test_an_upload_without_a_file_is_refused(own_client: TestClient, kwargs: dict):
    """Status 422, pointing at the field."""
    response = own_client.post("/api/documents", **kwargs)
    assert response.status_code == 422
    assert [error["pointer"] for error in response.json()["errors"]] == ["/file"]


def test_a_broken_multipart_body_is_a_problem(own_client: TestClient):
    """Status 400, never an error of the server."""
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    response = own_client.post("/api/documents", content=b"--x\r\nnonsense", headers=headers)
    assert response.status_code in {400, 422}
    assert response.headers["content-type"] == "application/problem+json"


def test_a_name_with_folders_stays_here(own_client: TestClient):
    """Only the last part of the name is kept."""
    (outcome,) = send(own_client, ("../../etc/hats.md", NOTE.encode())).json()
    assert (outcome["file"], outcome["document"]["file"]) == ("hats.md", "hats.md")


@pytest.mark.parametrize(
    ("error", "status"), [(LibraryBusy("Busy; try again."), 503), (StorageFull("Full; make room."), 507)]
)
def test_a_library_that_takes_no_more_halts_the_upload(
    own_client: TestClient, own_service: Service, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
):
    """The first file is kept, the others fail with the reason; where none was kept the error is the answer."""
    add, calls = own_service.add, []

    def add_once(name: str, data: bytes):
        calls.append(name)
        if len(calls) > 1:
            raise error
        return add(name, data)

    monkeypatch.setattr(own_service, "add", add_once)
    files = [("a.md", NOTE.encode()), ("b.md", b"# B\n\nBees hum.\n"), ("c.md", b"# C\n\nCows low.\n")]
    response = send(own_client, *files)
    assert response.status_code == 201
    assert [(o["status"], o["reason"]) for o in response.json()] == [
        ("added", None), ("failed", str(error)), ("failed", str(error)),
    ]  # fmt: skip
    assert calls == ["a.md", "b.md"]
    response = send(own_client, *files[1:])
    assert response.status_code == status
    assert response.json()["detail"] == str(error)
