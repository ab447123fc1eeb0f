"""How good the answers of a service are on a set of questions: per question, per category and overall.

Every question is asked as a user asks it, with as much evidence as a user is shown. What an answer says is judged by
`answer_metrics`, what its citations are worth by `bearing`, both from the documents themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median, quantiles

from corpus.errors import BadQuestionSet, QuestionError
from corpus.records import Reference
from corpus.store import Store
from index.tokens import words
from qa import answer_metrics as metrics
from qa.answer_metrics import Said
from qa.bearing import Readings, fault, said_by
from qa.evaluation import Summary, summary
from qa.judgments import Nugget, Question, nuggets_found
from qa.results import AskResponse, Verdict
from qa.service import Service

NOT_HERE = "Not in these documents"
"""What an answer begins with that says so; looked for in its text, since readers have no more than that."""


@dataclass(frozen=True, slots=True)
class AnswerResult:
    """What the answer to one question was worth.

    Attributes:
        scores: figures by name, of `answer_metrics.DEFINITIONS`; without those that there is nothing to count for.
        verdict: on the evidence.
        abstained: the answer says that the documents do not answer, and has no sentence.
        text: the answer as the reader gets it.
        unsaid: facts that answer and that the evidence shown holds, but the answer does not say.
        missing: facts that answer and that no evidence shown holds.
        faults: what is wrong with citations, a sentence each.
        took_ms: milliseconds to write the answer, the search left out.
        id, category, question, answerable: as in `judgments.Question`.
    """

    id: str
    category: str
    question: str
    answerable: bool
    scores: Mapping[str, float]
    verdict: Verdict
    abstained: bool
    text: str
    unsaid: tuple[Nugget, ...]
    missing: tuple[Nugget, ...]
    faults: tuple[str, ...]
    took_ms: float


@dataclass(frozen=True, slots=True)
class AnswerEvaluation:
    """What the answers to a set of questions were worth; `results` are in the order of the questions.

    Attributes:
        writers: who wrote the answers, in order of the alphabet.
        overall: over all questions.
        categories: one each, in order of first appearance.
        words: words a nugget, the median and the 95th percentile over the questions that have any.
        median_ms, slow_ms: milliseconds to write an answer, the median and the 95th percentile.
    """

    writers: tuple[str, ...]
    results: tuple[AnswerResult, ...]
    overall: Summary
    categories: tuple[Summary, ...]
    words: tuple[float, float] | None
    median_ms: float
    slow_ms: float

    @property
    def scores(self) -> dict[str, Mapping[str, float]]:
        """The figures of every question, by its id."""
        return {result.id: result.scores for result in self.results}

    @property
    def faulty(self) -> tuple[AnswerResult, ...]:
        """The answers that have a sentence whose citation does not bear it out."""
        return tuple(result for result in self.results if result.faults)


def evaluate_answers(
    service: Service, questions: Sequence[Question], progress: Callable[[int], None] | None = None
) -> AnswerEvaluation:
    """What the service's answers to the questions are worth, each asked once.

    Args:
        progress: called after every question with the number done.

    Raises:
        BadQuestionSet: there are no questions, or one cannot be asked.
    """
    if not questions:
        raise BadQuestionSet("There are no questions to evaluate; give a file with at least one.")
    judge = Judge(service)
    results, writers = [], set()
    for number, question in enumerate(questions, start=1):
        try:
            response = service.ask(question.question, history=question.history)
        except QuestionError as error:
            raise BadQuestionSet(f"Question {question.id} cannot be asked. {error}") from error
        writers.add(response.answer.writer)
        results.append(judge.result(question, response))
        if progress:
            progress(number)
    return summarise(results, tuple(sorted(writers)))


def summarise(results: Sequence[AnswerResult], writers: tuple[str, ...]) -> AnswerEvaluation:
    """The results, at least one, with their means, overall and by category."""
    names = list(dict.fromkeys(result.category for result in results))

    def taken(name: str, some: Sequence[AnswerResult]) -> Summary:
        return summary(name, some, metrics.DEFINITIONS)

    lengths = [result.scores["words a nugget"] for result in results if "words a nugget" in result.scores]
    times = [result.took_ms for result in results]
    return AnswerEvaluation(
        writers=writers,
        results=tuple(results),
        overall=taken("overall", results),
        categories=tuple(taken(name, [result for result in results if result.category == name]) for name in names),
        words=(median(lengths), _slow(lengths)) if lengths else None,
        median_ms=median(times),
        slow_ms=_slow(times),
    )


class Judge:
    """Judges answers by the documents of the library that they were written from."""

    def __init__(self, service: Service) -> None:
        library = service.opened()
        self._store: Store = library.store
        self._weight = library.ranker.words.idf
        self._reading: Readings = lru_cache(maxsize=None)(service.reading)
        self._cited: Callable[[str], Sequence[Reference]] = lru_cache(maxsize=None)(self._references)

    def result(self, question: Question, response: AskResponse) -> AnswerResult:
        """What the answer to the question is worth."""
        answer, nuggets = response.answer, [nugget for nugget in question.nuggets if nugget.grade == 2]
        asserted = [sentence for sentence in answer.sentences if sentence.check != "flagged"]
        ids = {piece.rank: piece.id for piece in response.evidence}
        said = [
            Said(
                said_by(sentence, response.evidence, self._reading),
                tuple(ids[rank] for rank in sentence.evidence if rank in ids),
            )
            for sentence in asserted
        ]
        faults = [fault(sentence, response.evidence, self._reading) for sentence in asserted]
        found = self._found(question, response)
        cited = {record: self._cited(record) for one in said for record in one.records}
        every = set(range(len(nuggets)))
        covered = metrics.covered(nuggets, said, cited)
        each = metrics.covered_by_each(nuggets, said, cited)
        length = metrics.count_words(answer.lead, *(sentence.text for sentence in answer.sentences))
        scores: dict[str, float | None] = {}
        if nuggets:
            scores |= {
                "coverage": metrics.share(covered, every),
                "coverage in a sentence": metrics.share(set().union(*each), every),
                "coverage of found": metrics.share(covered, found),
                "answered": float(bool(asserted)),
            }
        if answer.sentences:
            scores |= {
                "words": float(length),
                "words a nugget": length / len(nuggets) if nuggets else None,
                "citation precision": faults.count("") / len(faults) if faults else None,
                "redundancy": metrics.redundancy([words(one.text) for one in said], self._weight),
                "repeats": metrics.repeats(each),
                "flagged": 1 - len(asserted) / len(answer.sentences),
            }
        return AnswerResult(
            id=question.id,
            category=question.category,
            question=question.question,
            answerable=question.answerable,
            scores={name: score for name, score in scores.items() if score is not None},
            verdict=response.support.verdict,
            abstained=answer.text.startswith(NOT_HERE) and not answer.sentences,
            text=answer.text,
            unsaid=_at(nuggets, found - covered),
            missing=_at(nuggets, every - found - covered),
            faults=tuple(one for one in faults if one),
            took_ms=response.took_ms["answer"],
        )

    def _found(self, question: Question, response: AskResponse) -> set[int]:
        """Which of the facts that answer, by position among these, the evidence shown holds."""
        records = [self._store.record(piece.id) for piece in response.evidence]
        answering = [place for place, nugget in enumerate(question.nuggets) if nugget.grade == 2]
        held = nuggets_found(question, records, lambda record: self._cited(record.id))
        return {number for number, place in enumerate(answering) if place in held}

    def _references(self, record_id: str) -> Sequence[Reference]:
        return self._store.cited(self._store.record(record_id))


def _at(nuggets: Sequence[Nugget], places: Collection[int]) -> tuple[Nugget, ...]:
    return tuple(nuggets[place] for place in sorted(places))


def _slow(values: Sequence[float]) -> float:
    """The 95th percentile of at least one value."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
