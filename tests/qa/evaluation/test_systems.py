from __future__ import annotations

import numpy as np
import pytest

from corpus.errors import BadQuestionSet
from index.ranking import MODES
from qa.evaluation.beir import BeirDocument, BeirQuestion
from qa.evaluation.judgments import Nugget, Question
from qa.evaluation.systems import LibrarySystem, RankerSystem, beir_ranker, text_vectors
from qa.service import Service
from tests.encoders import HashedEncoder

PAPERS = (
    BeirDocument("d1", "Kelp bends in the tide"),
    BeirDocument("d2", "Moss drinks fog, and moss sleeps"),
    BeirDocument("d3", "Gulls sleep on the tide"),
)


def asked(text: str, *history: str) -> Question:
    """A question of a set."""
    return Question("q1", "x", text, history, (Nugget(("moss",), None, 2),))


@pytest.mark.parametrize("mode", MODES)
def test_the_service_is_measured_as_it_is(small: Service, mode):
    """Hits, confidence and verdict are those of its search, the history taken in."""
    ranking = LibrarySystem(mode, small).run(asked("and miR-210?", "which moss drinks miR-21"))
    found = small.search("which moss drinks miR-210", k=100, mode=mode)
    assert [(hit.record_id, hit.score, hit.rank) for hit in ranking.hits] == [
        (piece.id, piece.score, piece.rank) for piece in found.evidence
    ]
    assert (ranking.confidence, ranking.verdict) == (found.support.confidence, found.support.verdict)


@pytest.mark.parametrize("bad", [asked("x" * 2001), asked("a\0b"), asked("and?", "a\0b")])
def test_a_question_that_cannot_be_asked_is_named(small: Service, bad: Question):
    """It is the question set that is at fault."""
    with pytest.raises(BadQuestionSet, match="Question q1 cannot be asked"):
        LibrarySystem("fused", small).run(bad)


def beir_system(mode, weight: float = 0.5, papers=PAPERS, text: str = "does moss sleep") -> RankerSystem:
    """A system over the papers with one question."""
    encoder = HashedEncoder()
    ranker = beir_ranker(papers, encoder)
    return RankerSystem(mode, ranker, {"q1": text}, text_vectors([text], encoder), weight, mode)


def test_a_benchmarks_documents_are_ranked_by_the_words_they_share():
    """d2 holds both words, d3 one, d1 none."""
    ranking = beir_system("words").run(BeirQuestion("q1", "does moss sleep", ("d2",)))
    assert [hit.record_id for hit in ranking.hits if hit.score > 0] == ["d2", "d3"]
    assert ranking.verdict is None


def test_a_benchmarks_documents_are_ranked_by_their_vectors():
    """Cosines by hand: d2 shares moss twice, so it lies nearest; every document has a place."""
    encoder = HashedEncoder()
    ranking = beir_system("dense").run(BeirQuestion("q1", "does moss sleep", ("d2",)))
    question, *papers = encoder.encode(["does moss sleep", *(paper.text for paper in PAPERS)])
    assert ranking.hits[0].record_id == "d2"
    assert {hit.record_id: hit.score for hit in ranking.hits} == {
        paper.id: pytest.approx(float(question @ vector), abs=1e-6)
        for paper, vector in zip(PAPERS, papers, strict=True)
    }


def test_a_weight_of_one_ranks_by_words_and_of_none_by_vectors():
    """The mode that fuses, at its ends."""
    question = BeirQuestion("q1", "does moss sleep", ("d2",))
    for weight, mode in ((1.0, "words"), (0.0, "dense")):
        fused = [hit.record_id for hit in beir_system("fused", weight).run(question).hits]
        assert fused == [hit.record_id for hit in beir_system(mode).run(question).hits]


def test_each_text_is_encoded_once():
    """Its vector is found by the text, of unit length."""
    encoder = HashedEncoder()
    vectors = text_vectors(["moss", "tide tide", "moss"], encoder)
    assert encoder.encoded == ["moss", "tide tide"]
    assert np.array_equal(vectors["tide tide"], encoder.encode(["tide"])[0])


def test_a_benchmarks_documents_find_what_they_abbreviate():
    """d5 only has the short form that d4 defines; asked in full, the words find both."""
    papers = (
        *PAPERS,
        BeirDocument("d4", "Gulls dread hepatocellular carcinoma (HCC)"),
        BeirDocument("d5", "No tern minds HCC"),
    )
    question = BeirQuestion("q1", "hepatocellular carcinoma", ("d4",))
    system = beir_system("words", papers=papers, text=question.question)
    assert [hit.record_id for hit in system.run(question).hits if hit.score > 0] == ["d4", "d5"]
