"""Does the evidence answer the question? A verdict, a confidence, and which case it is when it does not.

Three things are looked at in the best evidence: which share of the question's words one hit holds, a rare word
counting more (idf) and only hits that name the molecules asked about counting at all; how near its vector lies; and
whether something asked about is missing: a place ("in liver cancer", "in asthma") where the molecule is named, or a
gene's symbol anywhere. Confidence is a logistic function of the three; its numbers were fitted on the fixed question
set over both libraries it can be asked of.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from index.names import find_names
from index.ranking import Ranking
from index.sites import find_sites
from index.tokens import name_words, words
from index.words import WordIndex
from qa.question import ReadQuestion
from qa.results import Case, Support, Verdict
from qa.settings import Settings

# a gene, protein or RNA as it is written: at least three capitals and digits, the first a capital
_SYMBOL: Final = re.compile(r"\b[A-Z][A-Z0-9]{2,}(?:-[A-Z0-9]+)*\b")
WEIGHED: Final = 10
"""How many of the best hits are looked at for a place."""
_LOOKED_AT: Final = 5
"""How many of the best hits are looked at for the question's words, and for nearness."""
_COVERAGE: Final = 6.9
_NEARNESS: Final = 8.65
_MISSING: Final = -4.1
_LEVEL: Final = -6.5


@dataclass(frozen=True, slots=True)
class Found:
    """What of a question is in the evidence.

    Attributes:
        coverage: the greatest share of the question's words, by idf, that one hit naming its molecules holds, 0 to 1.
        nearness: the greatest cosine of a hit, -1 to 1.
        missing_place: the place asked about that no hit naming a molecule of the question names; "" for none.
        missing_symbol: a symbol asked about that the library names nowhere; "" for none.
    """

    coverage: float
    nearness: float
    missing_place: str
    missing_symbol: str

    @property
    def confidence(self) -> float:
        """That the documents answer, 0 to 1; higher is surer."""
        missing = bool(self.missing_place or self.missing_symbol)
        level = _LEVEL + _COVERAGE * self.coverage + _NEARNESS * self.nearness + _MISSING * missing
        return 1 / (1 + math.exp(-level))


def weigh(question: ReadQuestion, ranking: Ranking, known: WordIndex) -> Found:
    """What of the question is in the best evidence.

    Args:
        ranking: of the question.
        known: the library's words: which record holds which, and how rare each is.
    """
    asked = set(words(question.alone))
    total = sum(known.idf(word) for word in asked)
    bases = {name_words(name)[0] for name in question.names}
    held = _held(asked, ranking, known)
    about = [found for found in held if not bases or bases & found]
    shares = [
        sum(known.idf(word) for word in found & asked) / total if total else 0.0
        for found in held[:_LOOKED_AT]
        if not bases or bases & found
    ]
    nearness = max(ranking.dense[:_LOOKED_AT], default=0.0)
    missing = _missing_place(question, about, bases)
    return Found(max(shares, default=0.0), nearness, missing, _missing_symbol(question, known))


def _held(asked: set[str], ranking: Ranking, known: WordIndex) -> list[set[str]]:
    """Which of the words asked about each hit holds, best hit first."""
    held: list[set[str]] = [set() for _ in ranking.positions[:WEIGHED]]
    for word in sorted(asked):
        for hit in np.flatnonzero(np.isin(ranking.positions[:WEIGHED], known.holders(word))):
            held[hit].add(word)
    return held


def judge(question: ReadQuestion, found: Found, known: WordIndex, settings: Settings) -> Support:
    """Verdict, confidence, case and reason, from what was found."""
    missing = [name for name in question.names if not any(known.frequency(word) for word in name_words(name)[:1])]
    if missing:
        names = _listed([name.name for name in missing])
        return Support("absent", 0.0, "unknown-name", f"{names} is named nowhere in these documents.")
    confidence = round(found.confidence, 4)
    verdict: Verdict = (
        "supported" if confidence >= settings.supported else "absent" if confidence < settings.absent else "partial"
    )
    if verdict == "supported":
        return Support(verdict, confidence, None, "The evidence names what the question asks about, together.")
    case, reason = _case(question, found, known)
    return Support(verdict, confidence, case, reason)


def _case(question: ReadQuestion, found: Found, known: WordIndex) -> tuple[Case, str]:
    if found.missing_symbol:
        return "unknown-name", f"{found.missing_symbol} is named nowhere in these documents."
    names = _listed([name.name for name in question.names])
    if names and found.missing_place:
        return "other-context", f"{names} is in these documents, but not together with {found.missing_place}."
    if names:
        return "unknown-relation", f"{names} is in these documents, but what the question asks about it is not."
    if any(known.frequency(word) for word in words(question.alone)):
        return "unknown-relation", "Some words of the question occur in these documents, but nothing answers it."
    return "off-topic", "These documents are about something else."


def _missing_place(question: ReadQuestion, about: Sequence[set[str]], bases: set[str]) -> str:
    """The organ or context of the question that no evidence about its molecules names too; "" for none."""
    for site in question.sites:
        if not any(f"site:{site.site}" in held for held in about):
            return site.text
    context = set(words(question.context)) - bases
    return question.context if context and not any(context & held for held in about) else ""


def _missing_symbol(question: ReadQuestion, known: WordIndex) -> str:
    """The first symbol of the question, `BRCA1` or `HOTAIR`, of which the library holds no word; "" for none."""
    for match in _SYMBOL.finditer(question.alone):
        if find_names(match[0]) or find_sites(match[0]):
            continue
        if not any(known.frequency(word) for word in words(match[0])):
            return match[0]
    return ""


def _listed(names: Sequence[str]) -> str:
    unique = list(dict.fromkeys(names))
    return " and ".join([", ".join(unique[:-1]), unique[-1]] if len(unique) > 1 else unique)
