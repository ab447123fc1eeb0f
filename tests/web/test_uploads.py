"""Uploads: what is kept, what is reported, and names that cannot do harm."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import LibraryBusy, StorageFull
from index.intake import Source
from index.library import change_library
from qa.adding import Stopped
from qa.service import Service
from qa.settings import Settings
from qa.stopping import Stop
from tests.encoders import HashedEncoder
from tests.europepmc import Stage
from tests.web.conftest import PAPER
from web.app import create_app
from web.uploads import Incoming, happenings, safe_name

NOTE = "# On hats\n\nHats keep miR-33 warm in winter.\n"


def send(client: TestClient, *files: tuple[str, bytes], path: str = "/api/documents"):
    return client.post(path, files=[("file", file) for file in files])


@pytest.fixture
def served(tmp_path: Path, stage: Stage) -> Iterator[TestClient]:
    """A client to an application over an empty library that fetches from there."""
    change_library(tmp_path / "library", HashedEncoder()).close()
    service = Service(tmp_path / "library", Settings(europepmc_url=stage.base), HashedEncoder())
    with TestClient(create_app(service), raise_server_exceptions=False, follow_redirects=False) as client:
        yield client
    service.close()


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


def test_another_file_of_a_paper_names_the_one_that_is_kept(own_client: TestClient):
    """The page tells so too, without what that one gave."""
    (outcome,) = send(own_client, ("copy.md", PAPER.encode())).json()
    assert (outcome["status"], outcome["same_as"]) == ("unchanged", "small-parcels.md")
    page = send(own_client, ("copy.md", PAPER.encode()), path="/documents").text
    line = page[page.index("<strong>copy.md</strong>") :].partition("</li>")[0]
    assert ">same paper</span>" in line
    assert "passage" not in line


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
    """What went in before is kept, the others fail with the reason; where none was kept the error is the answer."""
    add_all = own_service.add_all

    def add_some(sources, identifiers, watch, stop):
        add_all([source for source in sources if source.name == "a.md"], identifiers, watch, stop)
        raise error

    monkeypatch.setattr(own_service, "add_all", add_some)
    files = [("a.md", NOTE.encode()), ("b.md", b"# B\n\nBees hum.\n"), ("c.md", b"# C\n\nCows low.\n")]
    response = send(own_client, *files)
    assert response.status_code == 201
    assert [(o["status"], o["reason"]) for o in response.json()] == [
        ("added", None), ("failed", str(error)), ("failed", str(error)),
    ]  # fmt: skip
    response = send(own_client, *files[1:])
    assert response.status_code == status
    assert response.json()["detail"] == str(error)
    assert [outcome["file"] for outcome in response.json()["outcomes"]] == ["b.md", "c.md"]


def test_files_of_one_request_become_one_generation(own_client: TestClient, own_service: Service):
    """They are encoded together; each says what was found in it."""
    before = own_service.opened().generation
    other = PAPER.replace("gut", "foam").replace(
        "10.1000/parcels.1", "10.1000/foam.1"
    )  # another paper, as its DOI says
    outcomes = send(own_client, ("hats.md", NOTE.encode()), ("parcels.md", other.encode())).json()
    assert [(o["status"], o["sections"], o["pages"]) for o in outcomes] == [("added", 0, None), ("added", 3, None)]
    assert [(o["document"]["rows"], o["document"]["references"]) for o in outcomes] == [(0, 0), (2, 2)]
    assert len(list((own_service.path / "generations").iterdir())) == 1
    assert own_service.opened().generation != before


def test_one_name_in_two_folders_is_two_papers(served: TestClient):
    """Dropped again, each replaces its own."""
    files = [("may/notes.md", NOTE.encode()), ("june/notes.md", NOTE.replace("33", "34").encode())]
    first, second = send(served, *files).json()
    assert (first["file"], second["file"]) == ("notes.md", "notes.md")
    assert first["document"]["id"] != second["document"]["id"]
    assert [o["status"] for o in send(served, *reversed(files)).json()] == ["unchanged", "unchanged"]


def test_two_files_of_one_name_at_once_are_as_if_sent_one_after_the_other(served: TestClient):
    """The last one stays; nothing is lost without a word."""
    outcomes = send(served, ("hats.md", NOTE.encode()), ("hats.md", NOTE.replace("33", "34").encode())).json()
    assert [(o["status"], o["document"]["id"]) for o in outcomes] == [("added", "hats"), ("replaced", "hats")]
    assert "miR-34" in served.get("/api/documents/hats/text").text


def test_hostile_names_are_names(served: TestClient, tmp_path: Path):
    """No folder, nothing invisible, no turned letters, not too long; nothing is written outside the library."""
    names = ["a\u200bb.md", "../../../etc/b.md", "x" * 300 + ".md", "\u202ec.md"]
    around = sorted(tmp_path.iterdir())
    outcomes = send(served, *((name, f"# {n}\n\nHat {n} is warm.\n".encode()) for n, name in enumerate(names))).json()
    assert [o["file"] for o in outcomes] == ["ab.md", "b.md", "x" * 197 + ".md", "c.md"]
    assert {o["status"] for o in outcomes} == {"added"}
    assert sorted(tmp_path.iterdir()) == around


def test_a_file_too_large_is_refused_before_it_is_read(served: TestClient, monkeypatch: pytest.MonkeyPatch):
    """With its size and the limit."""
    monkeypatch.setenv("EXOCITE_MAX_FILE_MB", "0.5")
    response = send(served, ("a.md", b"a" * 600_000), ("hats.md", NOTE.encode()))
    assert [o["status"] for o in response.json()] == ["unreadable", "added"]
    assert "it has 0.6 MB, and the limit is 0.5 MB" in response.json()[0]["reason"]


def events_of(response) -> list[tuple[str, object]]:
    """The events of a response, in order."""
    blocks = response.text.removesuffix("\n\n").split("\n\n")
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in
            (block.split("\n") for block in blocks)]  # fmt: skip


def test_an_upload_is_told_step_by_step(served: TestClient):
    """What was sent, what is read, how far it is encoded, each outcome when it is true, all of them in order."""
    files = [("hats.md", NOTE.encode()), ("empty.txt", b"")]
    response = served.post(
        "/api/documents", files=[("file", file) for file in files], headers={"Accept": "text/event-stream"}
    )
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    events = events_of(response)
    assert [name for name, _ in events if name != "encoding"] == [
        "begun", "reading", "reading", "outcome", "outcome", "done",
    ]  # fmt: skip
    said = dict(events)
    assert said["begun"] == {"files": ["hats.md", "empty.txt"]}
    assert [what["file"] for name, what in events if name == "outcome"] == ["empty.txt", "hats.md"]
    assert [(o["file"], o["status"]) for o in said["done"]] == [("hats.md", "added"), ("empty.txt", "unreadable")]
    assert said["encoding"]["done"] == said["encoding"]["total"] > 0


def test_a_library_that_is_busy_ends_the_events_with_a_problem(
    own_client: TestClient, own_service: Service, monkeypatch: pytest.MonkeyPatch
):
    """As RFC 9457 has it, with what became of each file."""

    def refuse(*_: object):
        msg = "Busy; try again."
        raise LibraryBusy(msg)

    monkeypatch.setattr(own_service, "add_all", refuse)
    headers = {"Accept": "text/event-stream"}
    response = own_client.post("/api/documents", files=[("file", ("hats.md", NOTE.encode()))], headers=headers)
    (begun, _), (name, problem) = events_of(response)
    assert (begun, name, problem["status"]) == ("begun", "problem", 503)
    assert [outcome["status"] for outcome in problem["outcomes"]] == ["failed"]


def test_an_upload_that_nobody_waits_for_is_not_taken_in(own_service: Service):
    """Closed after the first file was read, nothing of it is in the library."""
    before = own_service.opened().generation
    sources = tuple(Source(name, f"upload:{name}", NOTE.encode) for name in ("a.md", "b.md"))
    told = happenings(own_service, Incoming(sources), Stop())
    assert next(told).name == "begun"
    stop = Stop()
    told = happenings(own_service, Incoming(sources), stop)
    next(told)
    stop.say()
    told.close()
    assert own_service.opened().generation == before
    with pytest.raises(Stopped):
        own_service.add_all(sources, stop=stop)
    assert own_service.opened().generation == before


def test_an_article_is_added_by_its_identifier(served: TestClient, stage: Stage):
    """From the service that the settings name, once."""
    response = served.post("/api/documents", data={"identifier": "doi: 10.1000/foam.1"})
    assert response.status_code == 201
    assert [(o["file"], o["status"], o["document"]["id"]) for o in response.json()] == [("PMC77.xml", "added", "pmc77")]
    asked = len(stage.asked)
    again = served.post("/api/documents", data={"identifier": ["PMC77", "pmid:901"]})
    assert again.status_code == 200
    assert [o["status"] for o in again.json()] == ["unchanged"]
    assert len(stage.asked) == asked


def test_files_and_articles_go_together(served: TestClient):
    """Those that do not come stop nothing."""
    response = served.post(
        "/api/documents", data={"identifier": "PMC5 kelp PMC77"}, files=[("file", ("hats.md", NOTE.encode()))]
    )
    assert response.status_code == 201
    assert [(o["file"], o["status"]) for o in response.json()] == [
        ("hats.md", "added"), ("PMC77.xml", "added"), ("PMC5", "unreadable"), ("kelp", "unreadable"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "identifier",
    ["http://169.254.169.254/latest", "file:///etc/passwd", "PMC5/../../search", "https://example.org/PMC77", "PMC77x"],
)
def test_nothing_but_an_identifier_is_ever_asked_for(served: TestClient, stage: Stage, identifier: str):
    """Status 422; nobody is asked."""
    response = served.post("/api/documents", data={"identifier": identifier})
    assert response.status_code == 422
    assert "names no article" in response.json()["detail"]
    assert stage.asked == []


def test_an_article_that_does_not_come_is_a_problem(served: TestClient):
    """Status 502, with what to do; the page says the same."""
    response = served.post("/api/documents", data={"identifier": "PMC5"})
    assert (response.status_code, response.json()["type"]) == (502, "/docs#not-fetched")
    assert "PMC5: Europe PMC knows no such article" in response.json()["detail"]
    page = served.post("/documents", data={"identifier": "PMC5"})
    assert page.status_code == 502
    assert '<li class="unreadable"><strong>PMC5</strong>' in page.text


def test_too_many_articles_at_once_are_refused(served: TestClient, stage: Stage):
    """With the number that may be."""
    response = served.post("/api/documents", data={"identifier": " ".join(f"PMC{n}" for n in range(1, 52))})
    assert response.status_code == 422
    assert "50 may be at a time" in response.json()["detail"]
    assert stage.asked == []
