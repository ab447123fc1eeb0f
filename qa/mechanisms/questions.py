"""Questions about a mechanism: what a molecule does, to what, and through what."""

from __future__ import annotations

import re
from typing import Final

from index.mentions import asks_for_molecules
from qa.mechanisms.genes import genes_in
from qa.mechanisms.verbs import relations_in
from qa.reading.question import ReadQuestion

_SAYS_SO: Final = re.compile(
    r"\b(?:mech?anis(?:ms?|tic\w*)|pathways?|ax[ei]s|cascades?|signall?ing|roles?\s+(?:of|do|does|in)|what\s+roles?"
    r"|(?:via|through|by)\s+wh(?:at|ich)(?!\s+(?:method|kit|year))|which\s+genes?)\b",
    re.IGNORECASE,
)
_TARGET: Final = re.compile(r"\btarget(?:s|ed|ing)?\b(?!\s+(?:cells?|organs?|populations?))", re.IGNORECASE)
_HOW: Final = re.compile(
    r"\b(?:how|why)\s+(?:do|does|did|is|are|can|could|might|would)\b|\bwhat\s+(?:do|does|did|happens|effects?)\b"
    r"|\b(?:in\s+what\s+way|by\s+what\s+route|explain|what\s+part|the\s+link|act(?:s|ing)?\s+(?:on|upon)|knocks?\s+down)\b",
    re.IGNORECASE,
)
_PARTICLE: Final = re.compile(
    r"\b(?:exosom\w*|(?:extracellular\s+)?vesicles?|EVs?|micro-?RNAs?|mi-?RNAs?)\b", re.IGNORECASE
)
# numbers and methods, not mechanisms
_MEASURED: Final = re.compile(
    r"\bhow\s+(?:many|much|long|large|big|often)\b|\b(?:sensitivity|specificity|dose|hazard|cohort|concentration|half-life"
    r"|isolated|detects?|patients\s+were|year|size|diameter|fraction|kit)\b",
    re.IGNORECASE,
)


def is_mechanism_question(read: ReadQuestion) -> bool:
    """True for a question that a table of mechanisms answers: how, through what, what a molecule does to what.

    It names a mechanism, a pathway, a target or a role; or it asks how or why of a microRNA or an exosome; or it has a
    relation word ("inhibit", "drives") beside a microRNA or a gene, named or asked for. What it says on its own counts,
    history included. How much, how many and by which method are other questions.
    """
    text = read.alone
    if _MEASURED.search(text):
        return False
    molecule = bool(read.names) or asks_for_molecules(text)
    acting = molecule or bool(genes_in(text))
    return bool(
        _SAYS_SO.search(text)
        or (acting and (_TARGET.search(text) or relations_in(text)))
        or (_HOW.search(text) and (molecule or _PARTICLE.search(text)))
    )
