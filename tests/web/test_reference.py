"""The page that describes the endpoint."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient

from web.problems import PROBLEM_KINDS

CONTRACT = [
    ("POST", "/api/search"),
    ("POST", "/api/ask"),
    ("GET", "/api/mechanisms"),
    ("GET", "/api/documents"),
    ("GET", "/api/documents/{document_id}"),
    ("GET", "/api/documents/{document_id}/text"),
    ("POST", "/api/documents"),
    ("DELETE", "/api/documents/{document_id}"),
    ("GET", "/api/conversations"),
    ("POST", "/api/conversations"),
    ("DELETE", "/api/conversations"),
    ("GET", "/api/conversations/{conversation}"),
    ("PATCH", "/api/conversations/{conversation}"),
    ("DELETE", "/api/conversations/{conversation}"),
    ("GET", "/api/conversations/{conversation}/export"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/v1/models"),
    ("GET", "/v1/models/{model}"),
    ("POST", "/v1/chat/completions"),
    ("GET", "/metrics"),
]


def test_openapi_describes_the_contract_and_no_page(client: TestClient):
    """Exactly the addresses of the contract."""
    paths = client.get("/openapi.json").json()["paths"]
    found = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert found == set(CONTRACT)


def test_the_page_shows_every_address_shape_and_error(client: TestClient):
    """Nothing that OpenAPI describes is left out, and every problem's type leads here."""
    page = client.get("/docs").text
    for method, path in CONTRACT:
        assert f'<span class="method">{method}</span> {path}</code>' in page
    for shape in ("QuestionRequest", "SearchResponse", "AskResponse", "Evidence", "Support", "Paper", "Outcome"):
        assert f'id="{shape}"' in page
    for kind in PROBLEM_KINDS:
        assert f'id="{kind.slug}"' in page


def test_the_page_says_what_is_allowed(client: TestClient):
    """Bounds are in words, next to their field."""
    page = re.sub(r"\s+", " ", client.get("/docs").text)
    assert "<td>integer, at least 1, at most 100</td>" in page
    assert "string, at least 1 characters, at most 2,000 characters" in page
    assert "<dd><code>offset</code> integer, at least 0. How many to leave out before those.</dd>" in page


def test_the_page_loads_nothing_from_elsewhere(client: TestClient):
    """Only links that begin with a slash or a fragment, and our own files."""
    page = client.get("/docs").text
    assert re.findall(r'(?:src|href)="(?!/|#)([^"]*)"', page) == []
