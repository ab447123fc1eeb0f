"""The systems that an evaluation compares: the product as it is, and each of its two sides alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.errors import BadQuestionSet, QuestionError
from index.abbreviations import find_abbreviations
from index.encoder import Encoder, Progress, Vectors
from index.hits import Hit
from index.ranking import Mode, Ranker
from index.reranker import READ_AGAIN, Reranker, rerank
from index.statements import Statements, split
from index.vectors import VectorIndex
from index.vocabulary import Vocabulary
from index.words import WordIndex
from qa.beir import BeirDocument, BeirQuestion
from qa.evaluation import Ranking
from qa.judgments import Question
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
    """What reads the best documents of a benchmark again: its weight, and their texts by id."""

    reranker: Reranker
    weight: float
    texts: Mapping[str, str]


class BeirSystem:
    """The product's ranking over the documents of a benchmark, each one record; the name says how it ranks.

    Args:
        ranker: as `beir_ranker` makes it.
        vectors: of the questions, by question id, `(d,)` float32.
        weight: of the words against the vectors, 0 to 1.
        again: what reads the best hits again where the name is `fused`; None for nothing.
    """

    def __init__(
        self,
        name: Mode,
        ranker: Ranker,
        vectors: dict[str, Vectors],
        weight: float,
        again: Again | None = None,
    ) -> None:
        self.name = name
        self._ranker = ranker
        self._vectors = vectors
        self._weight = weight
        self._again = again

    def run(self, question: BeirQuestion) -> Ranking:
        """The best documents; a benchmark has no question without an answer, so the confidence says nothing."""
        ranking = self._ranker.rank(
            self._vectors[question.id], question.question, _DEEP, weight=self._weight, mode=self.name
        )
        if self._again is not None and self.name == "fused":
            scores = {place: hit.score for place, hit in enumerate(ranking.hits)}
            texts = {place: self._again.texts[hit.record_id] for place, hit in enumerate(ranking.hits[:READ_AGAIN])}
            scores |= rerank(self._again.reranker, self._again.weight, question.question, self._ranker, ranking, texts)
            ranking = ranking.of(scores)
        return Ranking(ranking.hits, 1.0)


def beir_ranker(documents: Sequence[BeirDocument], encoder: Encoder, progress: Progress | None = None) -> Ranker:
    """Both indexes over the documents of a benchmark, made as those of a library are."""
    texts = [document.text for document in documents]
    vectors = VectorIndex.build(encoder.encode(texts, progress))
    vocabulary = Vocabulary({document.id: find_abbreviations(document.text) for document in documents})
    told = WordIndex.build([vocabulary.record_words(document.text, document.id) for document in documents])
    said = [[vocabulary.record_words(text, one.id) for text in split(one.text)] for one in documents]
    return Ranker(
        [document.id for document in documents], vectors, told, vocabulary=vocabulary, statements=Statements.build(said)
    )


def question_vectors(questions: Sequence[BeirQuestion], encoder: Encoder) -> dict[str, Vectors]:
    """The vector of each question, by its id, `(d,)` float32, unit length."""
    vectors = encoder.encode([question.question for question in questions])
    return {question.id: np.asarray(vectors[row]) for row, question in enumerate(questions)}
