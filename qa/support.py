"""Does the evidence answer the question? A verdict, a confidence, and which case it is when it does not.

Looked at is the best evidence: whether one record holds together what the question asks about (`qa.demands`); which
share of the question's words one record holds, and one sentence of it, a rare word counting more (idf); and how near
its vector lies. Confidence is a logistic function of these; its weights were fitted on the fixed question set over both
libraries it can be asked of (`benchmarks/calibrate.py`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from operator import mul
from typing import Final

import numpy as np

from index.diseases import find_diseases
from index.drugs import find_drugs
from index.kind import is_kind
from index.mentions import NAMED, Mention, listed, symbols_in
from index.molecules import family, named_in, other_arm
from index.names import Name, find_names
from index.ranking import Ranker, Ranking
from index.sites import find_sites
from index.tokens import name_words, stem, without, words
from index.vocabulary import Asked, Vocabulary
from index.words import WordIndex
from qa.demands import demands
from qa.ordinary import is_ordinary
from qa.question import ReadQuestion
from qa.results import Case, Support, Verdict
from qa.settings import Settings
from qa.strangers import strangers

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
_NAMES: Final = frozenset({"molecule", "symbol", "drug", "author"})
"""The kinds that are asked about, rather than where something is asked about."""
_TOLD: Final = 6
"""How many words of a question a reason lists."""
_DOI_ONLY: Final = re.compile(r"(?:doi:?\s*|(?:https?://)?(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+", re.IGNORECASE)
_COUNT: Final = re.compile(r"\bhow\s+many\s+(?P<what>[\w-]+)", re.IGNORECASE)
_QUANTITY: Final = re.compile(
    r"\bhow\s+(?:much|long|often|large|big|high|small)\b|\b(?:percentage|fraction|proportion)\b", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"(?<![\w.-])(?!(?:19|20)\d\d\b)\d+(?:[.,]\d+)?(?![\w-])")
_MARKER: Final = re.compile(r"\[[\d,\s\u2013-]+\]")
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_GENITIVE: Final = re.compile(r"['\u2019]s\b")
_NAMES_ALL: Final = "The best evidence names it all."


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
        unsaid: words of the question that the best hit does not hold, as they were typed, everyday ones left out.
        strange: words of the question that no document holds in any form, as they were typed.
        lacks_number: a number is asked for, and the best hits give none.
    """

    coverage: float
    nearness: float
    together: tuple[Mention, ...]
    apart: tuple[Mention, ...]
    nowhere: tuple[Mention, ...]
    said: float
    unsaid: tuple[str, ...]
    strange: tuple[str, ...]
    lacks_number: bool

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


def weigh(question: ReadQuestion, ranking: Ranking, ranker: Ranker, texts: Sequence[str]) -> Found:
    """What of the question is in the best evidence; rows that their own studies contradict do not count.

    Args:
        ranking: of the question.
        ranker: that made it.
        texts: what each of the best `WEIGHED` hits itself says, best first.
    """
    known = ranker.words
    sound = [i for i, position in enumerate(ranking.positions[:WEIGHED]) if position not in ranker.contradicted]
    held = _held(set(words(question.alone)), ranking, known)
    demanded = demands(question, ranking.mentions, ranking.asked, known)
    by_hit = []
    for i in sound:
        there = [demand for demand in demanded if ranking.positions[i] in demand.positions]
        document_id = ranking.hits[i].record_id.rpartition(":")[0]
        by_hit.append([one for one in there if _beside(one, question, texts[i], ranker.vocabulary, document_id)])
    # of as many, what is most important: "miR-21 and cisplatin, but not together with lung cancer"
    best = max(by_hit, key=lambda held: (len(held), [demand in held for demand in demanded]), default=[])
    return Found(
        coverage=_coverage(question, [held[i] for i in sound if i < _LOOKED_AT], known),
        nearness=max((ranking.dense[i] for i in sound if i < _LOOKED_AT), default=0.0),
        together=tuple(best),
        apart=tuple(demand for demand in demanded if demand not in best),
        nowhere=tuple(demand for demand in demanded if demand.nowhere),
        said=max((ranking.said[i] for i in sound if i < _LOOKED_AT), default=0.0),
        unsaid=_unsaid(question, held[sound[0]]) if sound else (),
        strange=strangers(question, ranking.asked, known),
        lacks_number=_lacks_number(question.alone, [texts[i] for i in sound[:3]]),
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


def _names_any(kind: str, said: Set[str]) -> bool:
    """True where some of these index words name a thing of the kind."""
    return any(word.startswith(kind) for word in said)


def _lacks_number(question: str, texts: Sequence[str]) -> bool:
    """True where a number is asked for and the texts give none; where things are counted, none of such things."""
    if counted := _COUNT.search(question):
        what = stem(counted["what"])
        return not any(what in map(stem, _WORD.findall(after)) for text in texts for after in _after_numbers(text))
    return _QUANTITY.search(question) is not None and not any(map(_after_numbers, texts))


def _after_numbers(text: str) -> list[str]:
    """The words after each number of a text that is no name, no reference and no year, up to three."""
    plain = _MARKER.sub(" ", without(text, find_names(text)))
    return [" ".join(plain[match.end() :].split()[:3]) for match in _NUMBER.finditer(plain)]


def judge(question: ReadQuestion, asked: Asked, found: Found, known: WordIndex, settings: Settings) -> Support:
    """Verdict, confidence, case and reason, from what was found."""
    if len(known) == 0:
        return Support("absent", 0.0, "off-topic", "There is nothing in this library to search.")
    if is_kind(question.alone):
        return Support("absent", 0.0, "unknown-name", "The question names no microRNA: give its number, as in miR-21.")
    if _DOI_ONLY.fullmatch(question.alone):
        return Support("absent", 0.0, "off-topic", "A DOI cannot be searched for; ask about what that study found.")
    nowhere = [name for name in question.names if not any(map(known.frequency, asked.naming(name_words(name)[0])))]
    if nowhere and len(nowhere) == len(question.names):
        reason = _named_nowhere([name.name for name in nowhere])
        if kin := listed([word.removeprefix("mir:").replace("mir-", "miR-") for word in family(nowhere, known)]):
            reason = f"{reason.removesuffix('.')}; of the same family, {kin} {'are' if ' and ' in kin else 'is'}."
        return Support("absent", 0.0, "unknown-name", reason)
    if reason := _wrong_arms(question.names, found):
        return Support("absent", 0.0, "unknown-name", reason)
    case, reason = _case(question, found, known, settings)
    confidence = found.confidence
    if confidence < settings.supported and found.together and not found.apart and _is_all_names(question):
        confidence = settings.supported  # it asks what there is on them, and there is something
        case, reason = None, _NAMES_ALL
    if confidence >= settings.absent and (cap := _cap(question, asked, found, known, case, reason)):
        confidence = min(confidence, (settings.absent + settings.supported) / 2)
        case, reason = cap
    confidence = round(confidence, 4)
    verdict: Verdict = (
        "supported" if confidence >= settings.supported else "absent" if confidence < settings.absent else "partial"
    )
    return Support(verdict, confidence, None if verdict == "supported" else case or "unknown-relation", reason)


def _cap(
    question: ReadQuestion, asked: Asked, found: Found, known: WordIndex, case: Case | None, reason: str
) -> tuple[Case, str] | None:
    """Why the evidence answers in part at most, however near and alike it is; None where nothing stands against it."""
    nowhere = [name for name in question.names if not any(map(known.frequency, asked.naming(name_words(name)[0])))]
    if nowhere:
        return "unknown-name", _named_nowhere([name.name for name in nowhere])
    if unsure := _arm_unsaid(question.names, asked, known):
        return "unknown-name", unsure
    if case is not None:
        return case, reason
    if found.strange:
        return "unknown-name", _named_nowhere(found.strange[:_TOLD])
    if found.lacks_number:
        return "unknown-relation", "The question asks for a number; the best evidence gives none."
    return None


def _case(question: ReadQuestion, found: Found, known: WordIndex, settings: Settings) -> tuple[Case | None, str]:
    """What is missing, and in words; no case where one record holds together all that is demanded."""
    named = [demand for demand in found.together if demand.kind != "attribute"]
    together = listed([demand.text for demand in named])
    for demand in found.nowhere:
        if demand.kind in _NAMES:
            return "unknown-name", _named_nowhere([demand.text], "cited" if demand.kind == "author" else "named")
    if found.apart:
        first = found.apart[0]
        case: Case = "unknown-relation" if first.kind in _NAMES else "other-context"
        if not together:
            return case, f"{first.text} is not what these documents are about."
        return case, f"{together} {_is(named)} in these documents, but not together with {first.text}."
    if found.confidence >= settings.absent:
        return None, _unmentioned(found, settings)
    unsaid = listed(found.unsaid[:_TOLD])
    if found.strange and any(known.frequency(word) for word in words(question.alone)):
        there = f", unlike {together}." if together else "."
        return "unknown-name", f"{_named_nowhere(found.strange[:_TOLD]).removesuffix('.')}{there}"
    if together:
        but = f"not: {unsaid}" if unsaid else "nothing there answers the question"
        return "unknown-relation", f"{together} {_is(named)} in these documents, but {but}."
    if any(known.frequency(word) for word in words(question.alone)):
        return "unknown-relation", "Some words of the question occur in these documents, but nothing answers it."
    return "off-topic", "These documents are about something else, or in another language than the question."


def _unmentioned(found: Found, settings: Settings) -> str:
    """What the best evidence lacks, where one record holds together all that is demanded."""
    if found.unsaid:
        return f"The best evidence does not mention: {listed(found.unsaid[:_TOLD])}."
    if found.confidence >= settings.supported:
        return _NAMES_ALL
    but = "in no one sentence" if found.said < 1 else "is worded unlike the question"
    return f"{_NAMES_ALL.removesuffix('.')}, but {but}."


def _is_all_names(question: ReadQuestion) -> bool:
    """True where nothing is left of a question without its molecules, genes, drugs, diseases, cancers and organs."""
    rest = without(question.alone, question.names)
    sites = (site.text for site in find_sites(rest))
    for name in (*symbols_in(rest), *find_drugs(rest), *find_diseases(rest), *sites):
        rest = rest.replace(name, " ")
    return not words(rest)


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
    """The words of the question, as typed, of which a hit holds nothing; its names are looked at elsewhere.

    Everyday words and the one for microRNAs are left out: evidence that says it otherwise lacks nothing.
    """
    rest = _GENITIVE.sub(" ", without(question.alone, question.names))
    typed = (match[0] for match in _WORD.finditer(rest) if (said := set(words(match[0]))) and not said & held)
    return tuple(dict.fromkeys(word for word in typed if not is_ordinary(word) and not is_kind(word)))


def _wrong_arms(names: Sequence[Name], found: Found) -> str:
    """That only the other arm of the molecule asked about is named; "" where that is not so."""
    if not any(demand.kind == "molecule" for demand in found.nowhere):
        return ""
    arms = [(name.name, other.name) for name in names if (other := other_arm(name))]
    return " ".join(f"{name} is named nowhere in these documents; its other arm, {other}, is." for name, other in arms)


def _arm_unsaid(names: Sequence[Name], asked: Asked, known: WordIndex) -> str:
    """That a molecule is named without the arm asked about; "" where that is not so."""
    for name in names:
        if any(map(known.frequency, asked.naming(name_words(name)[-1]))):
            continue
        if name.name.endswith("*"):  # which arm that was is told by the strength of each, not by the name
            return f"These documents name {name.base}, but not as {name.name}."
        if other_arm(name):
            return f"These documents name {name.base} without saying which arm; {name.name} is not named as such."
    return ""


def _named_nowhere(names: Sequence[str], done: str = "named") -> str:
    return f"{listed(names)} {'are' if len(names) > 1 else 'is'} {done} nowhere in these documents."


def _is(demanded: Sequence[Mention]) -> str:
    return "are" if len(demanded) > 1 or any(" and " in demand.text for demand in demanded) else "is"
