"""How good the answers of a service are on a set of questions: per category and overall.

Every question is asked as a user asks it, with as much evidence as a user is shown; `judge` tells what each answer is
worth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from corpus.errors import BadQuestionSet, QuestionError
from qa.evaluation import answer_metrics as metrics
from qa.evaluation.judge import AnswerResult, Judge
from qa.evaluation.judgments import Question
from qa.evaluation.retrieval import Summary, summary
from qa.service import Service


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
    def abstained(self) -> tuple[str, ...]:
        """Ids of the questions that were told that the documents do not answer, in order."""
        return tuple(result.id for result in self.results if result.abstained)

    @property
    def answerable(self) -> tuple[AnswerResult, ...]:
        """What came of the answerable questions, in order."""
        return tuple(result for result in self.results if result.answerable)

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


def _slow(values: Sequence[float]) -> float:
    """The 95th percentile of at least one value."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
