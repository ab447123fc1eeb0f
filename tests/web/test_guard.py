"""What stands before every route, and what goes with every response."""

from __future__ import annotations

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from web import problems
from web.guard import SECURITY_HEADERS, Guard, same_origin


@pytest.mark.parametrize(
    ("origin", "host", "same"),
    [
        (None, "127.0.0.1:8000", True),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", True),
        ("http://localhost", "localhost:80", True),
        ("https://papers.lab", "papers.lab:443", True),
        ("http://[::1]:8000", "[::1]:8000", True),
        ("HTTP://LocalHost:8000", "localhost:8000", True),
        ("null", "127.0.0.1:8000", False),
        ("", "127.0.0.1:8000", False),
        ("http://127.0.0.1:9000", "127.0.0.1:8000", False),
        ("http://127.0.0.1.evil.org:8000", "127.0.0.1:8000", False),
        ("http://evil.org", "127.0.0.1:8000", False),
        ("http://127.0.0.1:x", "127.0.0.1:8000", False),
    ],
)
def test_only_our_own_pages_and_scripts_are_of_the_same_origin(origin: str | None, host: str, same: bool):
    """Host and port must be equal; a script sends no origin, a hidden one is foreign."""
    assert same_origin(origin, host) is same


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/documents/small-parcels/remove"),
        ("POST", "/documents"),
        ("POST", "/api/documents"),
        ("DELETE", "/api/documents/small-parcels"),
        ("POST", "/api/search"),
    ],
)
def test_a_foreign_page_changes_nothing(own_client: TestClient, method: str, path: str):
    """Status 403, and the paper is still there."""
    response = own_client.request(method, path, headers={"Origin": "https://elsewhere.org"})
    assert response.status_code == 403
    assert own_client.get("/documents/small-parcels").status_code == 200


def test_a_foreign_page_may_link_here(client: TestClient):
    """Reading is not changing."""
    assert client.get("/", headers={"Origin": "https://elsewhere.org"}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/documents", "/api/documents", "/nowhere", "/static/exocite.css", "/docs"])
def test_every_response_is_sealed(client: TestClient, path: str):
    """The security headers go with pages, data, errors and files alike."""
    headers = client.get(path).headers
    assert {name: headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert headers["cache-control"] == "no-cache"


def test_a_refusal_is_sealed(client: TestClient):
    """The guard's own answers carry the headers too."""
    response = client.post("/api/search", json={}, headers={"Origin": "null"})
    assert response.headers["x-frame-options"] == "DENY"


def small() -> TestClient:
    """An application that takes bodies of at most 10 bytes and says how many came."""
    app = FastAPI()

    @app.post("/api/count")
    async def count(request: Request) -> int:
        return len(await request.body())

    problems.install(app, SECURITY_HEADERS)
    app.add_middleware(Guard, max_body=10)
    return TestClient(app)


def test_a_body_is_read_up_to_the_limit_and_no_further():
    """Ten bytes pass, eleven are a problem 413."""
    client = small()
    assert client.post("/api/count", content=b"x" * 10).json() == 10
    response = client.post("/api/count", content=b"x" * 11)
    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"


def test_a_body_that_does_not_say_its_length_is_counted():
    """Sent in pieces without a length, it is refused when the eleventh byte comes."""
    response = small().post("/api/count", content=iter([b"x" * 6, b"x" * 6]))
    assert response.status_code == 413
    assert response.json()["type"] == "/docs#too-large"
