"""The systems that an evaluation compares: the product as it is, and its ranking by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.errors import BadQuestionSet, QuestionError
from index.abbreviations import find_abbreviations
from index.concepts import Abbreviations
from index.encoder import Encoder, Progress, Vectors
from index.hits import Hit
from index.ranking import Mode, Ranker
from index.reranker import READ_AGAIN, Reranker, rerank
from index.statements import Statements, split
from index.vectors import VectorIndex
from index.vocabulary import Vocabulary
from index.words import WordIndex
from qa.evaluation.beir import BeirDocument
from qa.evaluation.judgments import Question
from qa.evaluation.retrieval import Asked, Ranking
from qa.service import Service

_DEEP = 100
"""Hits asked for each question of a benchmark: as deep as run files usually are."""


@dataclass(frozen=True, slots=True)
class LibrarySystem:
    """The service over a library, ranking as `name` says."""

    name: Mode
    service: Service
    k: int = _DEEP

    def run(self, question: Question) -> Ranking:
        """What the service finds, follow-ups taken with their history, and its verdict.

        Raises:
            BadQuestionSet: the question, or one of its history, is none that can be asked.
        """
        try:
            response = self.service.search(question.question, history=question.history, k=self.k, mode=self.name)
        except QuestionError as error:
            raise BadQuestionSet(f"Question {question.id} cannot be asked. {error}") from error
        hits = tuple(Hit(piece.id, piece.score, piece.rank) for piece in response.evidence)
        return Ranking(hits, response.support.confidence, response.support.verdict)


@dataclass(frozen=True, slots=True)
class Again:
    """What reads the best records again: its weight, and their texts by id."""

    reranker: Reranker
    weight: float
    texts: Mapping[str, str]


class RankerSystem:
    """A ranker by itself, which gives no verdict: over the documents of a benchmark, or as a step of an ablation.

    Args:
        name: of the system.
        ranker: as `beir_ranker` makes it, or that of a library.
        texts: what is asked, by question id.
        vectors: by what is asked, `(d,)` float32.
        weight: of the words against the vectors, 0 to 1.
        mode: how to rank.
        again: what reads the best hits again where the mode is `fused`; None for nothing.
    """

    def __init__(
        self,
        name: str,
        ranker: Ranker,
        texts: Mapping[str, str],
        vectors: Mapping[str, Vectors],
        weight: float,
        mode: Mode = "fused",
        again: Again | None = None,
    ) -> None:
        self.name = name
        self._ranker = ranker
        self._texts = texts
        self._vectors = vectors
        self._weight = weight
        self._mode = mode
        self._again = again

    def run(self, question: Asked) -> Ranking:
        """The best records; a ranker does not tell what has no answer, so the confidence says nothing."""
        text = self._texts[question.id]
        ranking = self._ranker.rank(self._vectors[text], text, _DEEP, weight=self._weight, mode=self._mode)
        if self._again is not None and self._mode == "fused":
            scores = {place: hit.score for place, hit in enumerate(ranking.hits)}
            texts = {place: self._again.texts[hit.record_id] for place, hit in enumerate(ranking.hits[:READ_AGAIN])}
            scores |= rerank(self._again.reranker, self._again.weight, text, self._ranker, ranking, texts)
            ranking = ranking.of(scores)
        return Ranking(ranking.hits, 1.0)


def beir_ranker(documents: Sequence[BeirDocument], encoder: Encoder, progress: Progress | None = None) -> Ranker:
    """Both indexes over the documents of a benchmark, made as those of a library are."""
    texts = [document.text for document in documents]
    vectors = VectorIndex.build(encoder.encode(texts, progress))
    vocabulary = Vocabulary(Abbreviations.of({one.id: find_abbreviations(one.text) for one in documents}))
    told = WordIndex.build([vocabulary.record_words(document.text, document.id) for document in documents])
    said = [[vocabulary.record_words(text, one.id) for text in split(one.text)] for one in documents]
    return Ranker(
        [document.id for document in documents], vectors, told, vocabulary=vocabulary, statements=Statements.build(said)
    )


def text_vectors(texts: Iterable[str], encoder: Encoder) -> dict[str, Vectors]:
    """The vector of each text, encoded once, by the text, `(d,)` float32, unit length."""
    unique = list(dict.fromkeys(texts))
    return {text: np.asarray(vector) for text, vector in zip(unique, encoder.encode(unique), strict=True)}
