"""Judges answers: what each says of the facts that answer its question, and what its citations are worth.

What an answer says is measured by `answer_metrics`, its citations by `bearing`, both from the documents themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from corpus.records import Reference
from corpus.stores import Stores
from index.tokens import words
from qa.evaluation import answer_metrics as metrics
from qa.evaluation.answer_metrics import Said
from qa.evaluation.bearing import Readings, fault, said_by
from qa.evaluation.judgments import Nugget, Question, nuggets_found
from qa.results import AskResponse, Case, Verdict
from qa.service import Service

NOT_HERE: Final = "Not in these documents"
"""What an answer begins with that says so; looked for in its text, since readers have no more than that."""


@dataclass(frozen=True, slots=True)
class AnswerResult:
    """What the answer to one question was worth.

    Attributes:
        scores: figures by name, of `answer_metrics.DEFINITIONS`; without those that there is nothing to count for.
        verdict, case: on the evidence, as in `Support`.
        abstained: the answer says that the documents do not answer, and has no sentence.
        text: the answer as the reader gets it.
        said: facts that answer and that the answer says.
        unsaid: those that the evidence shown holds, but the answer does not say.
        missing: those that neither the answer says nor any evidence shown holds.
        faults: what is wrong with citations, a sentence each.
        trail: (words read, share of the facts said by then) before the first sentence and after each, in order; empty
            for an unanswerable question.
        took_ms: milliseconds to write the answer, the search left out.
        id, category, question, answerable: as in `judgments.Question`.
    """

    id: str
    category: str
    question: str
    answerable: bool
    scores: Mapping[str, float]
    verdict: Verdict
    case: Case | None
    abstained: bool
    text: str
    said: tuple[Nugget, ...]
    unsaid: tuple[Nugget, ...]
    missing: tuple[Nugget, ...]
    faults: tuple[str, ...]
    trail: tuple[tuple[int, float], ...]
    took_ms: float

    @property
    def nuggets(self) -> int:
        """How many facts answer the question."""
        return len(self.said) + len(self.unsaid) + len(self.missing)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What came of an answer's sentences, in order, those that are flagged too.

    Attributes:
        said: of each what it says; one that is flagged says it of no record.
        each: of each the facts that it says by itself.
        lengths: words of the lead, then of each.
        faults: of each that is not flagged what its citation lacks, or "".
    """

    said: tuple[Said, ...]
    each: tuple[set[int], ...]
    lengths: tuple[int, ...]
    faults: tuple[str, ...]


class Judge:
    """Judges answers by the documents of the library that they were written from."""

    def __init__(self, service: Service) -> None:
        library = service.opened()
        self._store: Stores = library.store
        self._weight = library.ranker.words.idf
        self._reading: Readings = lru_cache(maxsize=None)(service.reading)
        self._cited: Callable[[str], Sequence[Reference]] = lru_cache(maxsize=None)(self._references)

    def result(self, question: Question, response: AskResponse) -> AnswerResult:
        """What the answer to the question is worth."""
        answer, nuggets = response.answer, [nugget for nugget in question.nuggets if nugget.grade == 2]
        heard = self._hear(response, nuggets)
        cited = {record: self._cited(record) for one in heard.said for record in one.records}
        covered, found = metrics.covered(nuggets, heard.said, cited), self._found(question, response)
        every = set(range(len(nuggets)))
        scores = self._written(heard, len(nuggets)) if answer.sentences else {}
        if nuggets:
            scores |= {
                "coverage": metrics.share(covered, every),
                "coverage in a sentence": metrics.share(set().union(*heard.each), every),
                "coverage of found": metrics.share(covered, found),
                "answered": float(bool(heard.faults)),
            }
        return AnswerResult(
            id=question.id,
            category=question.category,
            question=question.question,
            answerable=question.answerable,
            scores={name: score for name in metrics.DEFINITIONS if (score := scores.get(name)) is not None},
            verdict=response.support.verdict,
            case=response.support.case,
            abstained=answer.text.startswith(NOT_HERE) and not answer.sentences,
            text=answer.text,
            said=_at(nuggets, covered),
            unsaid=_at(nuggets, found - covered),
            missing=_at(nuggets, every - found - covered),
            faults=tuple(one for one in heard.faults if one),
            trail=_trail(nuggets, heard, cited),
            took_ms=response.took_ms["answer"],
        )

    def _hear(self, response: AskResponse, nuggets: Sequence[Nugget]) -> _Heard:
        """What the sentences of the answer say, and what their citations are worth."""
        evidence, sentences = response.evidence, response.answer.sentences
        ids = {piece.rank: piece.id for piece in evidence}
        said = tuple(
            Said(
                said_by(sentence, evidence, self._reading),
                tuple(ids[rank] for rank in sentence.evidence if rank in ids and sentence.check != "flagged"),
            )
            for sentence in sentences
        )
        cited = {record: self._cited(record) for one in said for record in one.records}
        return _Heard(
            said=said,
            each=tuple(metrics.covered_by_each(nuggets, said, cited)),
            lengths=tuple(metrics.count_words(text) for text in (response.answer.lead, *(s.text for s in sentences))),
            faults=tuple(fault(one, evidence, self._reading) for one in sentences if one.check != "flagged"),
        )

    def _written(self, heard: _Heard, nuggets: int) -> dict[str, float | None]:
        """The figures of an answer that has a sentence, whether its question is answerable or not."""
        return {
            "words": float(sum(heard.lengths)),
            "words a nugget": sum(heard.lengths) / nuggets if nuggets else None,
            "citation precision": heard.faults.count("") / len(heard.faults) if heard.faults else None,
            "redundancy": metrics.redundancy([words(one.text) for one in heard.said], self._weight),
            "repeats": metrics.repeats(heard.each),
            "flagged": 1 - len(heard.faults) / len(heard.said),
        }

    def _found(self, question: Question, response: AskResponse) -> set[int]:
        """Which of the facts that answer, by position among these, the evidence shown holds."""
        records = [self._store.record(piece.id) for piece in response.evidence]
        answering = [place for place, nugget in enumerate(question.nuggets) if nugget.grade == 2]
        held = nuggets_found(question, records, lambda record: self._cited(record.id))
        return {number for number, place in enumerate(answering) if place in held}

    def _references(self, record_id: str) -> Sequence[Reference]:
        return self._store.cited(self._store.record(record_id))


def _trail(
    nuggets: Sequence[Nugget], heard: _Heard, cited: Mapping[str, Sequence[Reference]]
) -> tuple[tuple[int, float], ...]:
    """How many words were read, and which share of the facts was said by then, at the lead and after each sentence."""
    if not nuggets:
        return ()
    return tuple(
        (sum(heard.lengths[: read + 1]), len(metrics.covered(nuggets, heard.said[:read], cited)) / len(nuggets))
        for read in range(len(heard.said) + 1)
    )


def _at(nuggets: Sequence[Nugget], places: Collection[int]) -> tuple[Nugget, ...]:
    return tuple(nuggets[place] for place in sorted(places))
