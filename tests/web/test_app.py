"""The application, put together."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from corpus.errors import LibraryMissing
from qa.service import Service
from tests.encoders import HashedEncoder
from web.app import create_app


def test_it_serves_the_service_that_it_is_given(service: Service):
    """The papers listed are those of the service."""
    with TestClient(create_app(service)) as client:
        assert len(client.get("/api/documents").json()) == len(service.documents())


def test_it_opens_the_library_of_the_environment(starter_folder: Path, monkeypatch: pytest.MonkeyPatch):
    """Where no service is given, `EXOCITE_LIBRARY` says which library; its papers are there before the model is."""
    monkeypatch.setenv("EXOCITE_LIBRARY", str(starter_folder))
    # the library was made with it
    monkeypatch.setattr("index.encoder.SentenceEncoder", lambda _model, _exports: HashedEncoder())
    monkeypatch.setattr(Service, "warm", lambda _: None)
    with TestClient(create_app()) as client:
        assert "small-parcels" in {paper["id"] for paper in client.get("/api/documents").json()}
        assert client.get("/readyz").status_code == 503


def test_without_a_library_it_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The error says so, before anything is served."""
    monkeypatch.setenv("EXOCITE_LIBRARY", str(tmp_path / "none"))
    with pytest.raises(LibraryMissing), TestClient(create_app()):
        pass


def test_one_process_can_hold_two(service: Service):
    """Counts of one are not counts of the other."""
    with TestClient(create_app(service)) as first, TestClient(create_app(service)) as second:
        first.get("/healthz")
        assert 'route="/healthz"' in first.get("/metrics").text
        assert 'route="/healthz"' not in second.get("/metrics").text
