"""What each part of the product adds: systems that each do one thing more than the one before, up to the product.

Every step is the product's own ranker over the same records and vectors; what differs is what words are made of, which
of its sides counts, and whether a follow-up is asked as typed or made to stand alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from index.encoder import Vectors
from index.ranking import Mode, Ranker
from index.wording import Wording
from qa.evaluation.retrieval import Evaluation
from qa.evaluation.significance import Difference, difference
from qa.evaluation.systems import RankerSystem

FIGURES: Final = ("nDCG@10", "success@1", "recall@5", "MRR@10")
"""The figures shown of each step; changes are told of the first."""

EVERYTHING: Final = "everything"
"""The last step: the product as it is."""

_PLAIN: Final = Wording(names=False, abbreviations=False, synonyms=False)
_NAMES: Final = replace(_PLAIN, names=True)
_ABBREVIATIONS: Final = replace(_NAMES, abbreviations=True)
_SYNONYMS: Final = replace(_ABBREVIATIONS, synonyms=True)


@dataclass(frozen=True, slots=True)
class _Step:
    """One system of an ablation; `alone` where a follow-up is made to stand alone, `said` where sentences count."""

    name: str
    wording: Wording
    mode: Mode = "fused"
    alone: bool = False
    said: bool = False


_STEPS: Final = (
    _Step("words", _PLAIN, "words"),
    _Step("dense", _PLAIN, "dense"),
    _Step("+ fusion", _PLAIN),
    _Step("+ names", _NAMES),
    _Step("+ abbreviations", _ABBREVIATIONS),
    _Step("+ lay synonyms", _SYNONYMS),
    _Step("+ follow-ups", _SYNONYMS, alone=True),
    _Step("+ sentences", _SYNONYMS, alone=True, said=True),
)
MEANINGS: Final[Mapping[str, str]] = {
    "words": "BM25 over plain stemmed words, the question as typed",
    "dense": "cosine of the embeddings, the question as typed",
    "+ fusion": "both of these, compared with the better one",
    "+ names": "spellings of a microRNA are one, near names are kept apart, what is named counts",
    "+ abbreviations": "what papers abbreviate is one with what it stands for",
    "+ lay synonyms": "lay and clinical words are one, and other names that were added",
    "+ follow-ups": "a follow-up is made to stand alone",
    "+ sentences": "what one sentence says together counts more",
    EVERYTHING: "the product: rows that their own study contradicts are set back too",
}
"""What each step is or adds, in the order of the steps."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a step gave.

    Attributes:
        evaluation: under the name of the step.
        before: the step it is compared with; "" for the first.
        change: in nDCG@10, this step minus `before`; None where there is nothing to compare.
    """

    evaluation: Evaluation
    before: str = ""
    change: Difference | None = None


def systems(
    ranker: Ranker,
    told: Sequence[tuple[str, str]],
    questions: Mapping[str, tuple[str, str]],
    vectors: Mapping[str, Vectors],
    weight: float,
) -> Iterator[RankerSystem]:
    """Every step but the last, in order; word indexes are made in memory, each when it is first needed.

    Args:
        ranker: the product's.
        told: the words' text and the document id of each of its positions.
        questions: each as (typed, made to stand alone), by id.
        vectors: by those texts, `(d,)` float32.
        weight: of the words against the vectors, 0 to 1.
    """
    for (wording, said), steps in groupby(_STEPS, key=lambda step: (step.wording, step.said)):
        reworded = ranker.reworded(told, wording, said=said)
        for step in steps:
            texts = {id_: both[step.alone] for id_, both in questions.items()}
            yield RankerSystem(step.name, reworded, texts, vectors, weight, step.mode)


def compared(steps: Sequence[Evaluation], product: Evaluation) -> tuple[Measured, ...]:
    """The steps and the product as the last, each compared with the one before.

    The fusion is compared with the better of its two sides, by nDCG@10: it must beat both.
    """
    every = [*steps, replace(product, system=EVERYTHING)]
    return (Measured(every[0]), *(_against(one, _before(place, every)) for place, one in enumerate(every) if place))


def _before(place: int, steps: Sequence[Evaluation]) -> Evaluation:
    if steps[place].system != "+ fusion":
        return steps[place - 1]
    return max(steps[:place], key=lambda side: side.overall.means.get(FIGURES[0], 0.0))


def _against(step: Evaluation, before: Evaluation) -> Measured:
    pairs = [(scores[FIGURES[0]], before.scores[id_][FIGURES[0]]) for id_, scores in step.scores.items()]
    return Measured(step, before.system, difference(FIGURES[0], pairs) if pairs else None)
