"""Does the evidence answer the question? A verdict, a confidence, and which case it is when it does not.

Three things are looked at in the best evidence: whether the molecules asked about are there, which share of the
question's words is there, a rare word counting more (idf), and how near its vector lies. Confidence is a logistic
function of the last two; its three numbers were fitted on the fixed question set (`benchmarks/calibrate.py`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from index.ranking import Ranking
from index.tokens import name_words, words
from index.words import WordIndex
from qa.question import ReadQuestion
from qa.results import Case, Support, Verdict
from qa.settings import Settings

_LOOKED_AT: Final = 5
"""How many of the best hits are weighed."""
_COVERAGE: Final = 7.0
_NEARNESS: Final = 6.0
_LEVEL: Final = -7.0


@dataclass(frozen=True, slots=True)
class Found:
    """What of a question is in the evidence.

    Attributes:
        coverage: the greatest share of the question's words, by idf, that one hit holds, 0 to 1.
        nearness: the greatest cosine of a hit, -1 to 1.
    """

    coverage: float
    nearness: float

    @property
    def confidence(self) -> float:
        """That the documents answer, 0 to 1; higher is surer."""
        return 1 / (1 + math.exp(-(_COVERAGE * self.coverage + _NEARNESS * self.nearness + _LEVEL)))


def weigh(question: ReadQuestion, ranking: Ranking, texts: Sequence[str], known: WordIndex) -> Found:
    """What of the question is in the best evidence.

    Args:
        texts: the worded text of each hit, in the ranking's order.
        known: the library's words, for how rare each is.
    """
    asked = set(words(question.alone))
    total = sum(known.idf(word) for word in asked)
    best = 0.0
    for text in texts[:_LOOKED_AT]:
        held = asked & set(words(text))
        best = max(best, sum(known.idf(word) for word in held) / total if total else 0.0)
    return Found(best, max(ranking.dense[:_LOOKED_AT], default=0.0))


def judge(question: ReadQuestion, found: Found, texts: Sequence[str], known: WordIndex, settings: Settings) -> Support:
    """Verdict, confidence, case and reason.

    Args:
        texts: the worded text of each hit, best first.
    """
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
    case, reason = _case(question, texts, known)
    return Support(verdict, confidence, case, reason)


def _case(question: ReadQuestion, texts: Sequence[str], known: WordIndex) -> tuple[Case, str]:
    names = _listed([name.name for name in question.names])
    if names and (place := _missing_place(question, texts)):
        return "other-context", f"{names} is in these documents, but not together with {place}."
    if names:
        return "unknown-relation", f"{names} is in these documents, but what the question asks about it is not."
    if any(known.frequency(word) for word in words(question.alone)):
        return "unknown-relation", "Some words of the question occur in these documents, but nothing answers it."
    return "off-topic", "These documents are about something else."


def _missing_place(question: ReadQuestion, texts: Sequence[str]) -> str:
    """The organ or context of the question that no evidence naming the molecule names too; "" for none."""
    bases = {name_words(name)[0] for name in question.names}
    about = [held for held in (set(words(text)) for text in texts) if bases & held]
    for site in question.sites:
        if not any(f"site:{site.site}" in held for held in about):
            return site.text
    context = set(words(question.context)) - bases
    return question.context if context and not any(context & held for held in about) else ""


def _listed(names: Sequence[str]) -> str:
    unique = list(dict.fromkeys(names))
    return " and ".join([", ".join(unique[:-1]), unique[-1]] if len(unique) > 1 else unique)
