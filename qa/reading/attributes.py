"""What a question asks for of a study rather than of biology: a dose, a sensitivity, the number of patients.

Reviews seldom give it, while all else that the question names stands there; so evidence that lacks the very word of
it does not answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.kind import one_kind
from index.names import find_names
from index.tokens import is_stopword, stem, without
from qa.reading.ordinary import is_ordinary

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_PHRASE: Final = r"(?P<asked>[^\W\d_][\w-]*(?:\s+[^\W\d_][\w-]*){0,2}?)"
_BEFORE: Final = (
    r"(?:of|in|for|with|on|to|by|from|between|at|after|during|is|are|was|were|do|does|did|has|have|can|that)"
)
_ASKED_FOR: Final = (
    re.compile(rf"\b(?:what|which)\s+(?:is|are|was|were)\s+(?:the|its|their)\s+{_PHRASE}\s+{_BEFORE}\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:what|which)\s+(?!(?:is|are|was|were|do|does|did|has|have|can)\b){_PHRASE}\s+{_BEFORE}\b", re.IGNORECASE
    ),
    re.compile(r"\bhow\s+(?:many|much)\s+(?P<asked>[\w-]+)", re.IGNORECASE),
    re.compile(r"\bhow\s+(?:is|are|was|were)\s[\w\s,-]*?\b(?P<asked>\w+ed)\b", re.IGNORECASE),
)
_ASKING: Final = re.compile(r"\b(?:what|which)\s+(?P<rest>[^\W\d_][\w-]*(?:\s+[^\W\d_][\w-]*){1,2})", re.IGNORECASE)
_QUESTION: Final = re.compile(
    r"\b(?:what|which|who|whose|where|when|why|how|do|does|did|is|are|was|were|can)\b", re.IGNORECASE
)
GENERIC: Final = frozenset(
    map(
        stem,
        """gene protein microrna rna ncrna noncoding cargo molecule factor transcription marker vesicle exosome exosomal
        cell immune cancer tumour disease organ tissue body fluid context subtype mechanism pathway signalling target
        direct effect affected role function process step way route reason cause part relation link relationship
        connection difference influence impact importance meaning consequence result outcome evidence study paper review
        source name example type kind sort thing main other same regulated involved changed influenced altered caused
        downstream upstream happens fraction proportion percentage share size anticancer antitumour chemotherapeutic
        cytotoxic author group team laboratory researcher scientist""".split(),  # noqa: SIM905 (a list of quoted words is harder to read)
    )
)
"""Stems of words that ask for a kind of thing, or for a part of a mechanism: the answer is one, and need not say so."""
_OF_STUDIES: Final = frozenset(
    map(
        stem,
        """sensitivity specificity accuracy auc dose dosage concentration cohort sample enrolled recruited patients mice
        animals participants survival hazard odds ratio prevalence incidence cost price isolation isolated
        purified ultracentrifugation primer antibody sequence chromosome half-life toxicity side approval approved
        trial country funding statistical significance kit reagent software centrifuge microscope device company
        manufacturer""".split(),  # noqa: SIM905 (likewise)
    )
)


def attribute_asked(question: str) -> str:
    """What a question asks for by its own word; of mere keywords those that studies are described by; "" for neither.

    >>> attribute_asked("What is the sensitivity of plasma miR-21?"), attribute_asked("which gene does miR-21 silence?")
    ('sensitivity', '')
    >>> attribute_asked("hazard ratio for survival with high miR-1247-3p")
    'hazard ratio survival'
    >>> [attribute_asked(f"Which {one} use exosomes?") for one in ("clinical trials", "vaccines", "cells")]
    ['clinical trials', 'vaccines', '']
    """
    rest = one_kind(without(question, find_names(question)))
    for pattern in _ASKED_FOR:
        if match := pattern.search(rest):
            asked = [word for word in _WORD.findall(match["asked"]) if not is_stopword(word.lower())]
            return "" if any(stem(word) in GENERIC for word in asked) else " ".join(asked)
    if asking := _ASKING.search(rest):
        return _before_verb(asking["rest"].split())
    if _QUESTION.search(rest):
        return ""
    return " ".join(word for word in _WORD.findall(rest) if stem(word) in _OF_STUDIES)


def _before_verb(after: Sequence[str]) -> str:
    """What stands before an everyday verb, if that is the second or third word: "which clinical trials use …".

    Before any verb what studies are described by: "which kit isolates …".
    """
    if stem(after[0]) in _OF_STUDIES:
        return after[0]
    for place, word in enumerate(after[1:], start=1):
        if is_ordinary(word):
            asked = [before for before in after[:place] if not is_stopword(before.lower())]
            generic = any(stem(before) in GENERIC or is_ordinary(before) for before in asked)
            return "" if generic else " ".join(asked)
    return ""
