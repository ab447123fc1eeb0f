"""What of a question the best evidence holds: together, in one sentence, and near in meaning.

Looked at is whether one record holds together what the question asks about (`qa.judging.demands`); which share of the
question's words one record holds, and one sentence of it, a rare word counting more (idf); and how near its vector
lies. Confidence is a logistic function of these; its weights were fitted on the fixed question set over both libraries
it can be asked of (`benchmarks/calibrate.py`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from operator import mul
from typing import Final

import numpy as np

from index.kind import is_kind
from index.mentions import NAMED, Mention
from index.molecules import named_in, studied
from index.names import find_names
from index.ranking import Ranker, Ranking
from index.tokens import name_words, stem, without, words
from index.vocabulary import Vocabulary
from index.words import WordIndex
from qa.judging.demands import demands
from qa.judging.strangers import strangers
from qa.reading.bylines import TELLING
from qa.reading.ordinary import is_ordinary
from qa.reading.question import ReadQuestion

WEIGHED: Final = 10
"""How many of the best hits are looked at for what must be held together."""
_LOOKED_AT: Final = 5
"""How many of the best hits are looked at for the question's words, and for nearness."""
WEIGHTS: Final = {
    "coverage": 1.4,
    "said": 5.6,
    "nearness": 7.5,
    "named apart": -7.1,
    "organ apart": -5.1,
    "context apart": -0.3,
    "attribute apart": -5.2,
    "no number": -6.6,
}
"""What each feature of the evidence weighs, in units of the logistic function; see `features`."""
_LEVEL: Final = -5.8
# what is counted, as far as a verb or a preposition: "how many human genes are …"
_COUNT: Final = re.compile(
    r"\bhow\s+many\s+(?P<what>[\w-]+(?:\s+(?!(?:do|does|did|is|are|was|were|can|could|have|has|had|in|of|on|to|by|from|for"
    r"|with|that|which)\b)[\w-]+){0,2})",
    re.IGNORECASE,
)
_AFTER: Final = 5
"""How many words behind a number say what it counts."""
_QUANTITY: Final = re.compile(
    r"\bhow\s+(?:much|long|often|large|big|high|small)\b|\b(?:percentage|fraction|proportion)\b", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"(?<![\w.-])(?!(?:19|20)\d\d\b)\d+(?:[.,]\d+)?(?![\w-])")
_MARKER: Final = re.compile(r"\[[\d,\s\u2013-]+\]")
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_GENITIVE: Final = re.compile(r"['\u2019]s\b")


@dataclass(frozen=True, slots=True)
class Found:
    """What of a question is in the evidence.

    Attributes:
        coverage: the greatest share of the question's words, by idf, that one hit holds, 0 to 1; of several molecules
            asked about the best held counts.
        nearness: the greatest cosine of a hit, -1 to 1.
        together: what is demanded and held by the hit that holds most of it, most important first.
        apart: what is demanded and not held by the hit that holds most of it, most important first; empty where one
            hit holds it all.
        nowhere: that of it which no record of the library names.
        said: the greatest share of the question's words, by idf, that one sentence or row holds, 0 to 1.
        unsaid: words of the question that the best hit does not hold, as they were typed, everyday ones left out; of a
            question about authors, those that no hit tells of them.
        reworded: everyday ones.
        strange: words of the question that no document holds in any form, as they were typed.
        lacks_number: a number is asked for, and the best hits give none.
        doubted: what is apart, and held together with the rest by a row that its own study contradicts.
        by_title: of what is held together, that which none of the hits that hold it all names itself, but what stands
            above it or titles that it cites; where authors are asked about, nothing.
    """

    coverage: float
    nearness: float
    together: tuple[Mention, ...]
    apart: tuple[Mention, ...]
    nowhere: tuple[Mention, ...]
    said: float
    unsaid: tuple[str, ...]
    reworded: tuple[str, ...]
    strange: tuple[str, ...]
    lacks_number: bool
    doubted: tuple[Mention, ...]
    by_title: tuple[Mention, ...] = ()

    @property
    def confidence(self) -> float:
        """That the documents answer, 0 to 1; higher is surer."""
        level = sum(map(mul, WEIGHTS.values(), features(self)), _LEVEL)
        sure = 1 / (1 + math.exp(-level))
        # a molecule, a gene or a cancer that stands elsewhere is never made up for by words and nearness
        return sure / 2 if any(demand.kind in NAMED for demand in self.apart) else sure


def features(found: Found) -> tuple[float, ...]:
    """What is looked at of the evidence, in the order of `WEIGHTS`, each 0 to 1 save the nearness, -1 to 1.

    Besides coverage, what one sentence says, and nearness: whether a name, an organ, the context or the attribute asked
    for stands apart from the rest, and whether a number is wanting.
    """
    kinds = {demand.kind for demand in found.apart}
    apart = (not kinds.isdisjoint(NAMED), "organ" in kinds, "context" in kinds, "attribute" in kinds)
    return (found.coverage, found.said, found.nearness, *map(float, apart), float(found.lacks_number))


def weigh(
    question: ReadQuestion,
    ranking: Ranking,
    ranker: Ranker,
    texts: Sequence[str],
    told: Sequence[Set[str] | None] = (),
) -> Found:
    """What of the question is in the best evidence; rows that their own studies contradict do not count.

    Args:
        ranking: of the question.
        ranker: that made it.
        texts: what each of the best `WEIGHED` hits itself says, best first.
        told: the index words of what each of them tells of the authors, and in the tables, asked about; None for all of
            it, and where none is asked about.
    """
    known = ranker.words
    places = range(len(texts))
    telling = [i for i in places if i >= len(told) or told[i] != frozenset()]
    sound = [i for i in telling if ranking.positions[i] not in ranker.contradicted]
    held = _held(set(words(question.alone)), ranking, known)
    demanded = demands(question, ranking.mentions, ranking.asked, known)
    by_study = studied(question.names, known) if question.names and len(sound) < len(telling) else ()
    document_ids = [hit.record_id.rpartition(":")[0] for hit in ranking.hits[: len(texts)]]
    by_hit = []
    for i in places:
        there = [demand for demand in demanded if ranking.positions[i] in demand.positions]
        if ranking.positions[i] in by_study and i not in sound:  # it should stand beside the molecule asked about
            there = [one for one in demanded if one in there or one.kind == "molecule"]
        if i < len(told) and (theirs := told[i]) is not None:
            there = [one for one in there if not one.words or any(thing & theirs for thing in one.words)]
            held[i] = {word for word in held[i] if not theirs.isdisjoint(ranking.asked.naming(word))}
        by_hit.append([one for one in there if _beside(one, question, texts[i], ranker.vocabulary, document_ids[i])])

    # of as many, what is most important: "miR-21 and cisplatin, but not together with lung cancer"
    # what authors are asked about may stand in any record that tells of them; else the best is looked at
    lacking = [_unsaid(question, held[i]) for i in (sound if question.authors else sound[:1])]
    missing = min(lacking, key=len, default=())
    sure = (by_hit[i] for i in sound)
    best = max(sure, key=lambda held: (len(held), [demand in held for demand in demanded]), default=[])
    doubtful = [some for some in by_hit if all(demand in some for demand in best)]
    return Found(
        coverage=_coverage(question, [held[i] for i in sound if i < _LOOKED_AT], known),
        nearness=max((ranking.dense[i] for i in sound if i < _LOOKED_AT), default=0.0),
        together=tuple(best),
        apart=tuple(demand for demand in demanded if demand not in best),
        nowhere=tuple(demand for demand in demanded if len(demand.positions) == 0),
        said=max((ranking.said[i] for i in sound if i < _LOOKED_AT), default=0.0),
        unsaid=tuple(word for word in missing if not is_ordinary(word)),
        reworded=tuple(word for word in missing if is_ordinary(word) and not TELLING.fullmatch(word)),
        strange=strangers(question, ranking.asked, known),
        lacks_number=_lacks_number(question.alone, [texts[i] for i in sound[:3]]),
        by_title=tuple(
            demand
            for demand in best
            if (demand.kind in {"molecule", "symbol", "drug"} or _is_for_molecules(demand))
            and not question.authors
            and not any(
                _is_said(demand, question, ranker.vocabulary.said(texts[i], document_ids[i]))
                for i in sound
                if all(one in by_hit[i] for one in best)
            )
        ),
        doubted=tuple(demand for demand in demanded if demand not in best and any(demand in one for one in doubtful)),
    )


def _beside(demand: Mention, question: ReadQuestion, text: str, vocabulary: Vocabulary, document_id: str) -> bool:
    """True unless what is demanded is said of another molecule, or the molecule of another cancer.

    A gene must share a sentence with the molecule in a text that names other molecules too; a cancer need not, unless
    every sentence on the molecule names other ones. A drug must not be named where other molecules are, and only there.
    """
    if demand.kind not in {"symbol", "drug", "cancer"} or not question.names:
        return True
    held = vocabulary.said(text, document_id)
    on_it = [said for said in held if named_in(question.names, said)]
    if any(thing & said for thing in demand.words for said in on_it):
        return True
    if demand.kind == "symbol":
        return len({name.base for name in find_names(text)}) < 2
    if demand.kind == "drug":
        naming = [said for said in held if any(thing & said for thing in demand.words)]
        return not naming or not all(_names_any("mir:", said) for said in naming)
    return not on_it or not all(_names_any("cancer:", said) for said in on_it)


def _is_said(demand: Mention, question: ReadQuestion, said: Sequence[Set[str]]) -> bool:
    """True where one of the sentences names what is demanded."""
    if demand.kind == "molecule":
        return any(named_in(question.names, words) for words in said)
    if _is_for_molecules(demand):
        return any(_names_any("mir:", words) for words in said)
    return any(thing & words for thing in demand.words for words in said)


def _is_for_molecules(demand: Mention) -> bool:
    """True where any microRNA is asked for."""
    return demand.kind == "attribute" and not demand.words


def _names_any(kind: str, said: Set[str]) -> bool:
    """True where some of these index words name a thing of the kind."""
    return any(word.startswith(kind) for word in said)


def _lacks_number(question: str, texts: Sequence[str]) -> bool:
    """True where a number is asked for and the texts give none; where things are counted, none of such things."""
    if counted := _COUNT.search(question):
        what = set(map(stem, _WORD.findall(counted["what"])))
        after = (set(map(stem, _WORD.findall(after))) for text in texts for after in _after_numbers(text))
        return all(what.isdisjoint(some) for some in after)
    return _QUANTITY.search(question) is not None and not any(map(_after_numbers, texts))


def _after_numbers(text: str) -> list[str]:
    """The words after each number of a text that is no name, no reference and no year, up to five."""
    plain = _MARKER.sub(" ", without(text, find_names(text)))
    return [" ".join(plain[match.end() :].split()[:_AFTER]) for match in _NUMBER.finditer(plain)]


def _coverage(question: ReadQuestion, held: Sequence[set[str]], known: WordIndex) -> float:
    """The greatest share of the question's words, by idf, that a hit holds.

    A hit that names no molecule of those asked about counts nothing; of several molecules any will do.
    """
    names = [frozenset(name_words(name)) for name in question.names]
    asked = set(words(question.alone)).union(*names)
    others = asked.difference(*names)

    def weight(has: set[str]) -> float:
        return _weight(others & has, known) + max((_weight(name & has, known) for name in names), default=0.0)

    sharing = [has for has in held if not names or named_in(question.names, has)]
    total = weight(asked)
    return max(map(weight, sharing), default=0.0) / total if total else 0.0


def _weight(some: Set[str], known: WordIndex) -> float:
    return sum(known.idf(word) for word in sorted(some))


def _held(wanted: set[str], ranking: Ranking, known: WordIndex) -> list[set[str]]:
    """Which of the words wanted each hit holds, itself or in another name of the same thing; best hit first."""
    looked_at = np.array(ranking.positions[:WEIGHED], dtype=np.int64)
    held: list[set[str]] = [set() for _ in looked_at]
    ways: list[tuple[str, tuple[str, ...]]] = [(word, (word,)) for word in sorted(wanted)]
    ways += [(concept, group.surface) for group in ranking.asked.groups for concept in group.concepts]
    for way, hit in zip(*np.nonzero(known.held_each([word for word, _ in ways], looked_at)), strict=True):
        held[hit].update(ways[way][1])
    return held


def _unsaid(question: ReadQuestion, held: set[str]) -> tuple[str, ...]:
    """The words of the question, as typed, of which a hit holds nothing; its names, and that for microRNAs, aside."""
    rest = _GENITIVE.sub(" ", without(question.alone, question.names))
    typed = (match[0] for match in _WORD.finditer(rest) if (said := set(words(match[0]))) and not said & held)
    return tuple(dict.fromkeys(word for word in typed if not is_kind(word)))
