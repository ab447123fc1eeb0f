"""From the source page of one evidence to that of the next, within one answer."""

from __future__ import annotations

import html
import re

import pytest
from fastapi.testclient import TestClient

from qa.scope import Scope
from qa.service import Service
from web.conversation import Conversation
from web.walk import walk

QUESTION = "how does miR-21 promote metastasis in colorectal cancer"


def test_each_evidence_knows_the_one_before_and_the_one_after(service: Service):
    """In the order of the answer; the first has none before, the last none after."""
    found = service.search(QUESTION).evidence
    asked = Conversation(QUESTION)
    for place, piece in enumerate(found):
        here = walk(service, asked, piece.document.id, (piece.start, piece.end))
        assert (here.rank, here.count) == (piece.rank, len(found))
        assert here.previous == (found[place - 1] if place else None)
        assert here.following == (found[place + 1] if place + 1 < len(found) else None)


def test_a_span_that_is_no_evidence_of_the_answer_has_no_neighbours(service: Service):
    """The way back is there."""
    here = walk(service, Conversation(QUESTION), "small-parcels", (0, 3))
    assert (here.rank, here.previous, here.following) == (None, None, None)


def test_the_history_of_a_follow_up_counts(service: Service):
    """The evidence is that of the question as it was understood."""
    asked = Conversation("and in breast cancer?", (QUESTION,))
    first, second, *_ = service.search(asked.question, history=asked.history).evidence
    assert walk(service, asked, first.document.id, (first.start, first.end)).following == second


def test_links_lead_through_the_whole_answer_and_back(client: TestClient, service: Service):
    """From the first card by `next` to the last evidence, each highlighted; and from each to its card."""
    asked = Conversation("and in breast cancer?", (QUESTION,))
    found = service.search(asked.question, history=asked.history).evidence
    path: str | None = asked.source_url(found[0])
    for piece in found:
        assert path is not None
        text = client.get(path.partition("#")[0]).text
        assert f"Evidence {piece.rank} of {len(found)} for" in text
        assert f'href="{html.escape(asked.url)}#evidence-{piece.rank}"' in text
        assert f"start={piece.start}&end={piece.end}&q=and+in+breast" in path
        following = re.search(r'<a rel="next" href="([^"]*)"', text)
        path = html.unescape(following[1]) if following else None
    assert path is None


def test_the_limits_of_the_question_hold_on_the_way(client: TestClient, service: Service):
    """Among rows alone the second follows the first, in fewer steps than among all; the addresses keep the limits."""
    asked = Conversation(QUESTION, (), Scope.of(kinds=["row"], names=["miR-21"]))
    found = service.search(QUESTION, scope=asked.scope).evidence
    assert len(found) > 1
    assert {piece.kind for piece in found} == {"row"}
    text = client.get(asked.source_url(found[0]).partition("#")[0]).text
    assert f"Evidence 1 of {len(found)} for" in text
    assert f'<a rel="next" href="{html.escape(asked.source_url(found[1]))}"' in text
    assert "&kinds=row&names=miR-21#evidence" in asked.source_url(found[1])


@pytest.mark.parametrize("question", ["", "  ", "x" * 2001, "\x00"])
def test_a_bad_question_in_the_address_leaves_the_paper_as_it_is(client: TestClient, question: str):
    """The paper is shown, without steps."""
    response = client.get("/documents/small-parcels", params={"start": 80, "end": 90, "q": question})
    assert response.status_code == 200
    assert response.text == client.get("/documents/small-parcels", params={"start": 80, "end": 90}).text


def test_a_limit_that_cannot_be_used_leaves_the_paper_as_it_is(client: TestClient):
    """As a bad question does."""
    response = client.get("/documents/small-parcels", params={"q": QUESTION, "from_year": "soon"})
    assert (response.status_code, 'class="walk"' in response.text) == (200, False)


def test_without_a_question_there_are_no_steps(client: TestClient):
    """A paper opened by itself."""
    assert 'class="walk"' not in client.get("/documents/small-parcels").text
