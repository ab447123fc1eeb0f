"""Errors as answers: which status, which words, and never how the program is made."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus import errors
from web import problems
from web.problems import PROBLEM_KINDS, problem_of


@pytest.mark.parametrize(
    ("error", "status", "slug"),
    [
        (errors.QuestionError("Empty."), 422, "question"),
        (errors.UnreadableFile("a.txt", "it is empty."), 422, "unreadable-file"),
        (errors.UnknownDocument("No a."), 404, "unknown-document"),
        (errors.UnknownRecord("No a."), 404, "unknown-record"),
        (errors.BadSetting("k."), 422, "bad-setting"),
        (errors.InputError("k."), 422, "invalid"),
        (errors.BadQuestionSet("Line 3."), 422, "invalid"),
        (errors.LibraryBusy("Busy."), 503, "library-busy"),
        (errors.StorageFull("Full."), 507, "storage-full"),
        (errors.LibraryDamaged("Damaged."), 503, "library"),
        (errors.LibraryMissing("Missing."), 503, "library"),
        (errors.EncoderError("Model."), 503, "encoder"),
        (errors.ModelError("Gone."), 502, "language-model"),
    ],
)
def test_each_error_has_its_status_and_keeps_its_words(error: errors.ExociteError, status: int, slug: str):
    """The kind is that of the error's class or the nearest above it; the detail is the error's message."""
    found = problem_of(error).document()
    assert (found.status, found.type, found.detail) == (status, f"/docs#{slug}", str(error))


def test_what_passes_by_itself_says_when_to_come_back():
    """A busy library is free again soon; an unknown document is not."""
    assert dict(problem_of(errors.LibraryBusy("Busy.")).headers) == {"Retry-After": "5"}
    assert dict(problem_of(errors.UnknownDocument("No a.")).headers) == {}


def test_every_kind_has_its_own_name():
    """No two kinds share a slug, so `/docs#SLUG` is one place."""
    slugs = [kind.slug for kind in PROBLEM_KINDS]
    assert len(set(slugs)) == len(slugs)


def broken() -> TestClient:
    app = FastAPI()

    @app.get("/api/broken")
    @app.get("/broken")
    @app.get("/turn")
    def fail() -> None:
        raise RuntimeError("the secret of /home/somebody")

    problems.install(app, {"X-Sealed": "yes"})
    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize("path", ["/api/broken", "/broken", "/turn"])
def test_an_unexpected_error_says_nothing_of_the_program(path: str, caplog: pytest.LogCaptureFixture):
    """Status 500, sealed; the secret is in the log and not in the answer."""
    response = broken().get(path)
    assert response.status_code == 500
    assert response.headers["x-sealed"] == "yes"
    assert "secret" not in response.text
    assert "Traceback" not in response.text
    assert "secret" in caplog.text


def test_scripts_get_problems_readers_get_pages_and_running_pages_get_fragments():
    """The same error in three forms, by who asks."""
    client = broken()
    assert client.get("/api/broken").json()["type"] == "/docs#internal"
    assert client.get("/broken").text.startswith("<!doctype html>")
    assert client.get("/turn").text.startswith('<div class="note problem"')
