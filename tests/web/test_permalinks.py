"""What a permalink shows: the evidence, or that its text has changed, or that its paper is gone."""

from __future__ import annotations

import html
import re

from fastapi.testclient import TestClient

from qa.results import Evidence
from qa.scope import Scope
from qa.service import Service
from tests.web.conftest import PAPER


def evidence(service: Service) -> Evidence:
    """The passage of the small paper."""
    return service.search("walls of parcels", scope=Scope.of(documents=["small-parcels"], kinds=["passage"])).evidence[
        0
    ]


def words(markup: str) -> str:
    """What a reader sees of it."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


def test_an_unchanged_text_is_shown_in_its_paper(client: TestClient, service: Service):
    """The page of the paper, with exactly its characters highlighted."""
    piece = evidence(service)
    answer = client.get(piece.permalink)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/documents/small-parcels?start={piece.start}&end={piece.end}#evidence"


def test_a_text_that_moved_is_shown_where_it_stands_now(own_client: TestClient, own_service: Service):
    """The page says that the file has changed."""
    piece = evidence(own_service)
    own_service.add("small-parcels.md", PAPER.replace("## Findings\n", "## Findings\n\nA new beginning.\n").encode())
    answer = own_client.get(piece.permalink)
    assert answer.status_code == 200
    said = words(answer.text)
    assert "The text has changed since" in said
    assert "The words of the link stand elsewhere now" in said
    assert " ".join(piece.text.split()) in said
    link = re.search(r'href="(/documents/small-parcels\?[^"]+)">Show in the paper', answer.text)
    assert link
    start = re.search(r"start=(\d+)", link[1])
    assert start
    assert int(start[1]) > piece.start


def test_a_text_that_changed_is_never_shown_as_if_it_had_not(own_client: TestClient, own_service: Service):
    """The page says so, and what stands nearest."""
    piece = evidence(own_service)
    own_service.add("small-parcels.md", PAPER.replace("hand miR-21 to", "hand miR-210 to").encode())
    said = words(own_client.get(piece.permalink).text)
    assert "No one passage or row holds the words of the link now." in said
    assert "hand miR-210 to the liver" in said


def test_a_paper_without_evidence_says_so(own_client: TestClient, own_service: Service):
    """There is nothing near."""
    piece = evidence(own_service)
    own_service.add("small-parcels.md", b"# Small parcels\n")
    assert "The paper holds nothing to cite now." in words(own_client.get(piece.permalink).text)


def test_a_removed_paper_is_said_to_be_gone(own_client: TestClient, own_service: Service):
    """As a page with status 404, not as an empty one."""
    piece = evidence(own_service)
    own_service.remove("small-parcels")
    answer = own_client.get(piece.permalink)
    assert answer.status_code == 404
    assert "the paper 'small-parcels', which is not in this library: it was removed" in words(answer.text)


def test_an_address_that_is_none_is_refused_calmly(client: TestClient):
    """Numbers of any length, none, negative ones, and no digest."""
    assert client.get("/evidence/small-parcels/a-b").status_code == 422
    assert client.get("/evidence/small-parcels/-5-9?text=0").status_code == 422
    assert client.get("/evidence/small-parcels/12").status_code == 404
    assert client.get(f"/evidence/small-parcels/1-{'9' * 5000}?text=0").status_code == 422
    assert client.get(f"/evidence/small-parcels/0-{10**30}?text=0").status_code == 200
    assert client.get("/evidence/small-parcels/3-9").headers["location"].endswith("?start=3&end=9#evidence")
    assert client.get("/evidence/nowhere/3-9?text=0").status_code == 404


def test_each_card_has_its_link(client: TestClient, service: Service):
    """To be followed or copied, without a script too."""
    page = client.get("/", params={"q": "miR-21 walls of parcels"}).text
    for piece in service.ask("miR-21 walls of parcels").evidence:
        assert f'<a class="permalink" href="{piece.permalink}" data-copy>Permalink</a>' in page
