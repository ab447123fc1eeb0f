"""A second reading of the best evidence by a cross-encoder, from the settings to the response."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import EncoderError
from index.reranker import READ_AGAIN, CrossReranker
from qa.evaluation.beir import BeirDocument, BeirQuestion
from qa.evaluation.systems import Again, RankerSystem, beir_ranker, text_vectors
from qa.scope import Scope
from qa.service import Service
from qa.settings import Settings
from tests.crossencoders import write_cross_encoder
from tests.encoders import HashedEncoder

QUESTION = "how does metastasis spread"
NAMED = "what does miR-105 do in metastasis"

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def folder(starter: Service, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a cross-encoder that knows every word of the starter documents."""
    texts = [record.text for record in starter.opened().store.records()]
    return write_cross_encoder(tmp_path_factory.mktemp("models") / "second", [QUESTION, NAMED, *texts])


@pytest.fixture(scope="module")
def reading(starter: Service, folder: Path) -> Iterator[Service]:
    """A service over the starter documents in which the cross-encoder alone orders what is read again."""
    service = Service(starter.path, Settings(reranker=str(folder), reranker_weight=1.0), HashedEncoder())
    yield service
    service.close()


def test_the_best_evidence_stands_as_the_cross_encoder_says(starter: Service, reading: Service, folder: Path):
    """Of passages, so that no row is contradicted: the same twenty, by its scores; what follows is untouched."""
    before = starter.search(QUESTION, k=40, scope=Scope(kinds=("passage",))).evidence
    after = reading.search(QUESTION, k=40, scope=Scope(kinds=("passage",))).evidence
    scores = CrossReranker(str(folder)).scores(QUESTION, [piece.text for piece in before[:READ_AGAIN]])
    by_score = [before[i].id for i in np.argsort(-scores, kind="stable")]
    assert [piece.id for piece in after[:READ_AGAIN]] == by_score
    assert by_score != [piece.id for piece in before[:READ_AGAIN]]
    assert after[READ_AGAIN:] == before[READ_AGAIN:]


def test_how_much_is_shown_changes_nothing_and_every_order_is_total(reading: Service):
    """Nor does asking again, of another service."""
    for question in (QUESTION, NAMED):
        long = reading.search(question, k=100).evidence
        assert reading.search(question, k=10).evidence == long[:10]
        assert [piece.rank for piece in long] == list(range(1, len(long) + 1))
        assert all((-one.score, one.id) < (-other.score, other.id) for one, other in pairwise(long))
        other = Service(reading.path, reading.settings, HashedEncoder())
        assert other.search(question, k=100).evidence == long
        other.close()


def test_no_other_molecule_passes_the_one_asked_about(starter: Service, reading: Service):
    """Whatever stood below a passage that miR-105 finds, and is found by others alone, stands below it still."""
    ranker = starter.opened().ranker
    on_it = {ranker.ids[position] for position in ranker.words.holders("mir:mir-105")}
    before = [piece.id for piece in starter.search(NAMED, k=READ_AGAIN, scope=Scope(kinds=("passage",))).evidence]
    after = [piece.id for piece in reading.search(NAMED, k=READ_AGAIN, scope=Scope(kinds=("passage",))).evidence]
    pairs = [(a, b) for a, b in combinations(before, 2) if a in on_it and b not in on_it]
    assert len(pairs) > READ_AGAIN
    assert all(after.index(a) < after.index(b) for a, b in pairs)
    assert after != before


def test_a_response_names_the_cross_encoder_and_times_it(starter: Service, reading: Service):
    """By its folder's name, with its weight, as a stage of its own; without one nothing is said of it."""
    response = reading.search(QUESTION)
    assert response.settings == {**starter.search(QUESTION).settings, "reranker": "second", "reranker_weight": 1.0}
    assert list(response.took_ms) == ["filter", "encode", "wait", "rank", "look up", "rerank", "weigh", "cite"]


def test_one_side_alone_is_not_read_again(starter: Service, reading: Service):
    """To compare with is what each side says."""
    for mode in ("dense", "words"):
        assert reading.search(QUESTION, mode=mode).evidence == starter.search(QUESTION, mode=mode).evidence


def test_a_cross_encoder_that_is_not_here_is_said_to_be_so_at_the_start(starter: Service):
    """Before a question is asked."""
    with pytest.raises(EncoderError, match="The model 'none-such' is not on this machine"):
        Service(starter.path, Settings(reranker="none-such"), HashedEncoder())


def test_one_that_cannot_be_loaded_is_told_by_ready(starter: Service, tmp_path: Path):
    """As for the embedding model."""
    service = Service(starter.path, Settings(reranker=str(tmp_path)), HashedEncoder())
    service.warm()
    with pytest.raises(EncoderError, match="cannot be loaded"):
        service.ready()
    service.close()


def test_a_benchmark_is_read_again_too(folder: Path, starter: Service):
    """What is measured with the setting is what it does; a side alone stays as it is."""
    texts = [record.text for record in starter.opened().store.records()][:30]
    documents = [BeirDocument(f"d{i:02}", text) for i, text in enumerate(texts)]
    question = BeirQuestion("q", QUESTION)
    ranker = beir_ranker(documents, HashedEncoder())
    texts = {question.id: question.question}
    vectors = text_vectors(texts.values(), HashedEncoder())
    again = Again(CrossReranker(str(folder)), 1.0, {one.id: one.text for one in documents})
    for mode, same in (("fused", False), ("dense", True)):
        both = (RankerSystem(mode, ranker, texts, vectors, 0.5, mode, one) for one in (None, again))
        plain, second = (one.run(question).hits for one in both)
        assert sorted(hit.record_id for hit in plain) == sorted(hit.record_id for hit in second)
        assert (plain == second) is same
