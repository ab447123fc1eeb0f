"""Invariant 1 through the endpoint: whatever is asked, evidence is the very characters that it says it is."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from index.intake import sources_of, starter_sources, take_in
from qa.evaluation.judgments import load_questions
from qa.questions import fixed_set
from tests.encoders import HashedEncoder
from tests.web.conftest import make_service
from web.app import create_app

QUESTIONS = 1000


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory, request) -> Iterator[TestClient]:
    """A client to a library of the starter digests and, where they are at hand, the two reviews and JATS articles."""
    folder = tmp_path_factory.mktemp("spans") / "library"
    take_in(folder, HashedEncoder(), starter_sources())
    shared = request.config.rootpath.parent / "shared"
    if (shared / "documents").is_dir():
        take_in(folder, HashedEncoder(), sources_of([shared / "documents", shared / "jats"]))
    service = make_service(folder)
    with TestClient(create_app(service)) as client:
        yield client
    service.close()
    shutil.rmtree(folder)


def misplaced(client: TestClient, asked: list[dict[str, object]]) -> list[str]:
    """The evidence, by id, that is not the characters of the document's text it says it is."""
    ids = [paper["id"] for paper in client.get("/api/documents").json()]
    texts = {one: client.get(f"/api/documents/{one}/text").content.decode() for one in ids}
    wrong, seen = [], 0
    for request in asked:
        for piece in client.post("/api/search", json=request).json()["evidence"]:
            seen += 1
            if texts[piece["document"]["id"]][piece["start"] : piece["end"]] != piece["text"]:
                wrong.append(piece["id"])
    assert seen >= len(asked)
    return wrong


def test_evidence_for_the_fixed_set_stands_where_it_says(everything: TestClient):
    """Every piece for every question, follow-ups with their history."""
    asked = [{"question": one.question, "history": list(one.history)} for one in load_questions(fixed_set())]
    assert misplaced(everything, asked) == []


def test_evidence_for_questions_of_random_words_stands_where_it_says(everything: TestClient):
    """A thousand questions of one to six words of the documents, the same at every run."""
    papers = everything.get("/api/documents").json()
    texts = (everything.get(f"/api/documents/{paper['id']}/text").content.decode() for paper in papers)
    vocabulary = sorted({word for text in texts for word in re.findall(r"[^\s|]{2,30}", text)})
    chance = random.Random(1)  # noqa: S311 (no secret)
    asked = [{"question": " ".join(chance.choices(vocabulary, k=chance.randint(1, 6)))} for _ in range(QUESTIONS)]
    assert misplaced(everything, asked) == []


def test_a_paper_may_be_named_as_a_limit_and_the_spans_are_its_own(everything: TestClient):
    """Limited to one paper, every piece stands in that one."""
    for paper in everything.get("/api/documents").json():
        request = {"question": "exosomal microRNA in cancer", "documents": [paper["id"]], "k": 50}
        found = everything.post("/api/search", json=request).json()["evidence"]
        assert {piece["document"]["id"] for piece in found} <= {paper["id"]}
        assert misplaced(everything, [request] if found else []) == []
