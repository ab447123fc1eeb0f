"""Files that mean harm, sent to the endpoint."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.hostile import BAD, page


def test_harm_that_is_sent_is_told_of_and_the_paper_beside_it_kept(
    own_client: TestClient, monkeypatch: pytest.MonkeyPatch
):
    """Status 201, with what is wrong with each; nothing of this machine is told."""
    monkeypatch.setenv("EXOCITE_MAX_MEMORY_MB", "800")
    names = [name for name in BAD if not name.endswith(".bib")]
    files = [("file", (name, BAD[name]())) for name in names if name != "long-attribute.xml"]
    files.append(("file", ("../../tide.pdf", page())))
    response = own_client.post("/api/documents", files=files)
    assert response.status_code == 201
    told = response.json()
    assert {one["status"] for one in told[:-1]} == {"unreadable"}
    assert all(one["reason"] for one in told[:-1])
    assert (told[-1]["file"], told[-1]["status"]) == ("tide.pdf", "added")
    assert "root:" not in response.text
    assert "nobody foresaw" not in response.text
    found = own_client.post("/api/search", json={"question": "what does the harbour pilot keep"}).json()["evidence"]
    assert "harbour pilot" in found[0]["text"]
