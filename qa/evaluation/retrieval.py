"""How good a system is on a set of questions: per question, per category and overall, and against another system.

A system is anything with a name and a `run`; nothing here knows how it finds or weighs. Means of ranking figures are
over all answerable questions, found or not; unanswerable questions count only in the figures on confidence and on
saying "not in these documents".
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median, quantiles
from time import perf_counter
from typing import Protocol, TypeVar

from corpus.errors import BadQuestionSet
from corpus.records import Record, Reference
from index.hits import Hit
from qa.evaluation import judgments, metrics
from qa.evaluation.significance import bootstrap_interval
from qa.results import Verdict


class Asked(Protocol):
    """A question that can be evaluated: one of the fixed set, or of a BEIR folder."""

    @property
    def id(self) -> str:
        """Unique in its set."""

    @property
    def category(self) -> str:
        """What it tests, a word or two."""

    @property
    def question(self) -> str:
        """As typed."""

    @property
    def history(self) -> Sequence[str]:
        """Earlier questions, oldest first."""

    @property
    def answerable(self) -> bool:
        """False where the documents do not answer it."""


AskedT_contra = TypeVar("AskedT_contra", bound=Asked, contravariant=True)
QuestionT = TypeVar("QuestionT", bound=Asked)


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a system says to one question.

    Attributes:
        hits: best first, no record twice.
        confidence: that the documents answer, 0 to 1; higher is surer.
        verdict: None where the system gives none; then its abstentions are not counted.
    """

    hits: tuple[Hit, ...]
    confidence: float
    verdict: Verdict | None = None


class System(Protocol[AskedT_contra]):
    """A way to answer questions, under a name that is one word."""

    @property
    def name(self) -> str:
        """For tables and file names: `"fused"`, `"dense"`, `"words"`."""

    def run(self, question: AskedT_contra) -> Ranking:
        """What it says to the question, its history taken in."""


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What one question gave.

    Attributes:
        scores: every ranking figure by name; empty for an unanswerable question.
        hits: as returned, best first.
        relevant: how many records of the library are relevant (grade 1 or more).
        found: (rank, grade) of every relevant record returned, best rank first.
        took_ms: milliseconds.
        id, category, question, answerable, confidence, verdict: as in `Asked` and `Ranking`.
    """

    id: str
    category: str
    question: str
    answerable: bool
    scores: Mapping[str, float]
    confidence: float
    verdict: Verdict | None
    hits: tuple[Hit, ...]
    relevant: int
    found: tuple[tuple[int, int], ...]
    took_ms: float

    @property
    def abstained(self) -> bool | None:
        """Whether it was said not to be in the documents; None where the system gives no verdict."""
        return None if self.verdict is None else self.verdict == "absent"


class Scored(Protocol):
    """What came of one question, to be taken together with others."""

    @property
    def answerable(self) -> bool:
        """As in `Asked`."""

    @property
    def scores(self) -> Mapping[str, float]:
        """Figures by name; what a question has no figure of counts in no mean of it."""

    @property
    def abstained(self) -> bool | None:
        """Whether it was said not to be in the documents; None where nothing was said of that."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Means over some questions.

    Attributes:
        name: the category, or `"overall"`.
        questions: how many, unanswerable ones included.
        answerable: how many count in the means.
        means: by figure, in the order of their definitions; without the figures that no question has.
        intervals: by figure, the 95 % bootstrap interval (low, high) of the mean.
        abstention: how "not in these documents" was said, or None where the system gives no verdict.
    """

    name: str
    questions: int
    answerable: int
    means: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]
    abstention: metrics.Abstention | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What one system did with a set of questions; `results` are in the order of the questions.

    Attributes:
        overall: over all questions.
        categories: one each, in order of first appearance.
        auroc: of the confidence, answerable against unanswerable; None where either kind is absent.
        median_ms, slow_ms: milliseconds a question, the median and the 95th percentile.
    """

    system: str
    results: tuple[QuestionResult, ...]
    overall: Summary
    categories: tuple[Summary, ...]
    auroc: float | None
    median_ms: float
    slow_ms: float

    @property
    def scores(self) -> dict[str, Mapping[str, float]]:
        """The figures of every answerable question, by question id."""
        return {result.id: result.scores for result in self.results if result.answerable}

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """The verdict on every question that got one, by question id."""
        return {result.id: result.verdict for result in self.results if result.verdict is not None}

    @property
    def run(self) -> dict[str, tuple[Hit, ...]]:
        """The hits of every question, by question id: what a TREC run file holds."""
        return {result.id: result.hits for result in self.results}

    @property
    def without_evidence(self) -> tuple[str, ...]:
        """Ids of answerable questions for which the library holds no relevant record; they score 0."""
        return tuple(result.id for result in self.results if result.answerable and result.relevant == 0)


def evaluate(
    system: System[QuestionT],
    questions: Sequence[QuestionT],
    qrels: Mapping[str, Mapping[str, int]],
    nuggets: Mapping[str, Sequence[Collection[str]]] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Evaluation:
    """What the system did with the questions, each asked once, the first once more before that, to warm up.

    Args:
        system: what is measured.
        questions: in the order in which to ask them.
        qrels: for each question id the grades of the judged records, higher is better; a question that is not named
            has no relevant record.
        nuggets: for each question id, one collection a fact that answers (grade 2): the ids of the records that hold
            it. Without it, or without facts, a question has no `nuggets@10`.
        progress: called after every question with the number done.

    Raises:
        BadQuestionSet: there are no questions, or two have one id.
        ValueError: the system returned a record twice for one question.
    """
    _check(questions)
    system.run(questions[0])
    results = []
    for number, question in enumerate(questions, start=1):
        start = perf_counter()
        ranking = system.run(question)
        took_ms = (perf_counter() - start) * 1000
        holders = (nuggets or {}).get(question.id, ())
        results.append(_result(question, ranking, qrels.get(question.id, {}), holders, took_ms))
        if progress:
            progress(number)
    return summarise(system.name, results)


def summarise(system: str, results: Sequence[QuestionResult]) -> Evaluation:
    """The results, at least one, with their means, overall and by category."""
    names = list(dict.fromkeys(result.category for result in results))
    times = [result.took_ms for result in results]
    return Evaluation(
        system=system,
        results=tuple(results),
        overall=summary("overall", results),
        categories=tuple(summary(name, [result for result in results if result.category == name]) for name in names),
        auroc=metrics.auroc(
            [result.confidence for result in results if result.answerable],
            [result.confidence for result in results if not result.answerable],
        ),
        median_ms=median(times),
        slow_ms=quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0],
    )


def nugget_holders(
    questions: Iterable[judgments.Question],
    qrels: Mapping[str, Mapping[str, int]],
    records: Iterable[Record],
    references_of: Callable[[Record], Sequence[Reference]],
) -> dict[str, list[frozenset[str]]]:
    """For each question id, one set a fact that answers (grade 2): the ids of the records that state it.

    `qrels` is what `judgments.qrels` gave for the same records: only records it grades are looked at.
    """
    by_id = {record.id: record for record in records}
    held: dict[str, list[frozenset[str]]] = {}
    for question in questions:
        graded = {i: by_id[i] for i in qrels.get(question.id, {}) if i in by_id}
        stated = {i: judgments.nuggets_found(question, [record], references_of) for i, record in graded.items()}
        held[question.id] = [
            frozenset(i for i, positions in stated.items() if position in positions)
            for position, nugget in enumerate(question.nuggets)
            if nugget.grade == 2
        ]
    return held


def questions_hash(questions: Iterable[Asked]) -> str:
    """SHA-256, hexadecimal, of the questions' ids, categories, wordings, histories and answerability, in any order."""
    parts = sorted([q.id, q.category, q.question, list(q.history), q.answerable] for q in questions)
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _check(questions: Sequence[Asked]) -> None:
    if not questions:
        raise BadQuestionSet("There are no questions to evaluate; give a file with at least one.")
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            raise BadQuestionSet(f"Two questions have the id {question.id}; give each its own.")
        seen.add(question.id)


def _result(
    question: Asked,
    ranking: Ranking,
    grades: Mapping[str, int],
    holders: Sequence[Collection[str]],
    took_ms: float,
) -> QuestionResult:
    ids = [hit.record_id for hit in ranking.hits]
    if len(set(ids)) != len(ids):
        message = f"a record was returned twice for question {question.id}"
        raise ValueError(message)
    scores: dict[str, float] = {}
    if question.answerable:
        scores = metrics.ranking_scores(ids, grades)
        if holders:
            scores[metrics.NUGGETS] = metrics.nugget_recall(ids, holders, 10)
    return QuestionResult(
        id=question.id,
        category=question.category,
        question=question.question,
        answerable=question.answerable,
        scores=scores,
        confidence=ranking.confidence,
        verdict=ranking.verdict,
        hits=ranking.hits,
        relevant=sum(grade > 0 for grade in grades.values()),
        found=tuple((rank, grades[i]) for rank, i in enumerate(ids, start=1) if grades.get(i, 0) > 0),
        took_ms=took_ms,
    )


def summary(name: str, results: Sequence[Scored], figures: Iterable[str] = tuple(metrics.DEFINITIONS)) -> Summary:
    """The means of the figures over these results, under a name."""
    columns = {
        figure: values
        for figure in figures
        if (values := [result.scores[figure] for result in results if figure in result.scores])
    }
    intervals = {figure: bootstrap_interval(values) for figure, values in columns.items()}
    abstention = None
    if all(result.abstained is not None for result in results):
        abstention = metrics.abstention((bool(result.abstained), not result.answerable) for result in results)
    return Summary(
        name=name,
        questions=len(results),
        answerable=sum(result.answerable for result in results),
        means={figure: fmean(values) for figure, values in columns.items()},
        intervals={figure: interval for figure, interval in intervals.items() if interval},
        abstention=abstention,
    )
