"""What stands before every route, and what goes with every response."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from qa.service import Service
from web import problems
from web.app import create_app
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
    assert headers["cache-control"] == ("no-cache" if path.startswith("/static/") else "no-store")


def test_a_refusal_is_sealed(client: TestClient):
    """The guard's own answers carry the headers too."""
    response = client.post("/api/search", json={}, headers={"Origin": "null"})
    assert response.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("host", "passes"),
    [
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        ("192.168.1.7:8000", True),
        ("LOCALHOST:8000", True),
        ("exocite.localhost", True),
        ("papers.lab:8000", True),
        ("elsewhere.example:8000", False),
        ("localhost.elsewhere.example", False),
        ("127.0.0.1.elsewhere.example", False),
        ("mylocalhost", False),
        ("[::1", False),
    ],
)
def test_a_name_that_a_foreign_site_led_here_reads_nothing(host: str, passes: bool):
    """Over this machine alone it answers to numbers, to localhost, and to what it was told that it is called."""
    client = TestClient(_guarded(hosts={"papers.lab"}), base_url="http://127.0.0.1:8000")
    headers = {"Host": host, "Origin": f"http://{host}"}
    assert (client.get("/api/secret", headers=headers).status_code == 200) is passes
    if not passes:
        assert "EXOCITE_HOSTS" in client.post("/api/count", headers=headers).json()["detail"]


def test_over_a_network_it_may_be_called_anything():
    """Who opens it to others gives it a name that is not known here."""
    client = TestClient(_guarded(), base_url="http://192.168.1.7:8000")
    assert client.get("/api/secret", headers={"Host": "papers.lab"}).status_code == 200


def test_the_other_names_are_a_setting(own_service: Service):
    """In any letters, with blanks or without."""
    own_service.settings = replace(own_service.settings, hosts="Papers.lab, b.lab")
    client = TestClient(create_app(own_service), base_url="http://127.0.0.1:8000")
    hosts = ("papers.lab", "b.lab", "c.lab")
    assert [client.get("/healthz", headers={"Host": host}).status_code for host in hosts] == [200, 200, 403]


def small() -> TestClient:
    """A client of an application that takes bodies of at most 10 bytes."""
    return TestClient(_guarded(max_body=10))


def _guarded(**options: Any) -> FastAPI:
    """An application that says how many bytes came, and has something to read."""
    app = FastAPI()

    @app.post("/api/count")
    async def count(request: Request) -> int:
        return len(await request.body())

    @app.get("/api/secret")
    def secret() -> str:
        return "secret"

    problems.install(app, SECURITY_HEADERS)
    app.add_middleware(Guard, **options)
    return app


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
