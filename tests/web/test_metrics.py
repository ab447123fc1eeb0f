"""Counts for Prometheus."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from qa.service import Service
from web.app import create_app


@pytest.fixture
def fresh(service: Service):
    """A client to a new application, in which nothing was counted yet."""
    with TestClient(create_app(service)) as client:
        yield client


def values(client: TestClient) -> dict[str, float]:
    lines = client.get("/metrics").text.splitlines()
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if not line.startswith("#")}


def test_requests_are_counted_by_route_and_never_by_address(fresh: TestClient):
    """Two papers are one route; an unknown address is `other`."""
    fresh.get("/api/documents/small-parcels")
    fresh.get("/api/documents/no-such")
    fresh.get("/secret-question")
    found = values(fresh)
    route = 'route="/api/documents/{document_id}"'
    assert found[f'exocite_requests_total{{method="GET",{route},status="200"}}'] == 1
    assert found[f'exocite_requests_total{{method="GET",{route},status="404"}}'] == 1
    assert found['exocite_requests_total{method="GET",route="other",status="404"}'] == 1
    assert not any("small-parcels" in name or "secret" in name for name in found)


def test_each_question_is_counted_once_with_its_verdict(fresh: TestClient):
    """By the endpoint, as JSON and as events, by the page and by a running page."""
    absent = "which bolts hold the bridge over the river Kwai"
    fresh.post("/api/search", json={"question": absent})
    fresh.post("/api/ask", json={"question": absent})
    fresh.post("/api/ask", json={"question": absent}, headers={"Accept": "text/event-stream"})
    fresh.get("/", params={"q": absent})
    fresh.get("/turn", params={"q": absent})
    counted = {name: value for name, value in values(fresh).items() if name.startswith("exocite_verdicts_total")}
    assert list(counted.values()) == [5]
    assert 'verdict="absent"' in next(iter(counted))


def test_the_size_of_the_library_is_told(fresh: TestClient, service: Service):
    """As the library says, and that it is ready."""
    found = values(fresh)
    assert found["exocite_library_documents"] == service.library().documents
    assert found["exocite_library_records"] == service.library().records
    assert found["exocite_ready"] == 1


def test_the_format_is_prometheus_text(fresh: TestClient):
    """The content type names the format's version."""
    assert fresh.get("/metrics").headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
