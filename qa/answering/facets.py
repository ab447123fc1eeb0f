"""The parts of a question: what it names and asks, what each is worth, and which share of them a sentence holds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass
from typing import Final

from corpus.bylines import Byline
from index.drugs import asks_for_drugs
from index.mentions import asks_for_molecules
from index.names import Name
from index.subjects import agree
from index.tokens import words
from index.topics import find_topics
from index.words import WordIndex
from qa.answering.directions import claims_in, ways_in
from qa.candidates import Candidate, Told, tell
from qa.reading.definitions import thing_asked
from qa.reading.question import ReadQuestion
from qa.results import Evidence

_HOW: Final = re.compile(
    r"\b(?:how|why|mec[hk]?anisms?|pathways?|axis|signall?ing|roles?|functions?|explain)\b", re.IGNORECASE
)
_KINDS: Final = ("mir", "cancer", "site")
"""Kinds of which a question may name several ("in lung and liver cancer"): a sentence need not be on all."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question in parts.

    Attributes:
        names: the molecules asked about.
        genes: the genes and proteins asked about, as index words, where it names no molecule.
        weights: what each facet is worth: an index word, or `topic:` and a topic, of those that the library knows.
        kinds: the facets of each kind of which one is enough, with what they are worth.
        cancers: the organs whose cancers it names, or is limited to.
        many: it asks for molecules, and names none: each that is found is an answer.
        lowered: what those asked for are to lower, each by its key in `qa.answering.directions.Claim`, with its name.
        how: it asks how something comes about.
        drugs: it asks for drugs, and names none.
        clinical: it asks for what is seen in patients.
        authors: by whom it is to be.
        thing: what it asks to be told what it is; "" for any other question.
        tables: the labels of those in which it is to stand, as `qa.reading.tables` has them.
    """

    names: tuple[Name, ...]
    genes: frozenset[str]
    weights: dict[str, float]
    kinds: tuple[dict[str, float], ...]
    cancers: frozenset[str]
    many: bool
    lowered: dict[str, str]
    how: bool
    drugs: bool
    clinical: bool
    authors: tuple[Byline, ...]
    tables: tuple[str, ...]
    thing: str = ""

    def share(self, held: Set[str]) -> float:
        """The share of the question, by worth, that one who holds these facets holds, 0 to 1; of no question all."""
        most = sum(max(kind.values()) for kind in self.kinds)
        has = sum(max((worth for facet, worth in kind.items() if facet in held), default=0.0) for kind in self.kinds)
        return has / most if most else 1.0

    def elsewhere(self, told: Told) -> bool:
        """True for a sentence that names a cancer, and none of the organs whose cancers are asked about."""
        if not self.cancers or not told.cancers:
            return False
        return not agree(dict.fromkeys(self.cancers, ""), dict.fromkeys(told.organs, ""), "cancer")


def asking(
    question: ReadQuestion, known: WordIndex, cancers: Set[str] = frozenset(), *, in_words: bool = False
) -> Asking:
    """The question in parts, each worth its idf; a word that stands in no record is none of them.

    Args:
        cancers: the organs whose cancers the search was limited to.
        in_words: whether a topic is asked for by each of its words, rather than as one thing by any name.
    """
    text, told = question.alone, tell(question.alone)
    topics = () if in_words else find_topics(text)
    rest = text
    for topic in reversed(topics):
        rest = f"{rest[: topic.start]} {rest[topic.end :]}"
    facets = dict.fromkeys([*words(rest), *(f"topic:{topic.name}" for topic in topics)])
    weights = {facet: known.idf(facet) for facet in facets if known.frequency(facet)}
    return Asking(
        question.names,
        frozenset() if question.names else told.genes,
        weights,
        _by_kind(weights),
        told.cancers | cancers,
        many := asks_for_molecules(text),
        {key: thing for way, thing, key in ways_in(text) if many and way == "lowers"},
        _HOW.search(text) is not None,
        asks_for_drugs(text),
        told.clinical,
        question.authors,
        question.tables,
        thing_asked(text),
    )


def lowers(asked: Asking, one: Candidate, piece: Evidence) -> bool:
    """True where a sentence or a row plainly says that its molecule lowers what those asked for are to lower."""
    return any(claim.way == "lowers" and claim.key in asked.lowered for claim in claims_in(one, piece))


def _by_kind(weights: dict[str, float]) -> tuple[dict[str, float], ...]:
    kinds: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for facet, worth in weights.items():
        kind = facet.partition(":")[0]
        kinds[kind if kind in _KINDS else facet][facet] = worth
    return tuple(kinds.values())
