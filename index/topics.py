"""Cells, processes and samples in lay and clinical words, made one in questions and in documents.

A small table written by hand, of words that readers use for one thing and papers for the same. Phrases are held
against the stems of a text, so that a table row says each once: "leaky vessel" is "leaky vessels" too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from index.tokens import stem

# topic: what it is called, a phrase between bars
_CELLS: Final = {
    "adipocyte": "adipocyte|fat cell|adipose cell",
    "astrocyte": "astrocyte|astroglia",
    "dendritic cell": "dendritic cell|DC|antigen presenting cell",
    "endothelium": "endothelial|endothelium|HUVEC|vessel lining|vascular lining|blood vessel wall",
    "fibroblast": "fibroblast|CAF|myofibroblast",
    "macrophage": "macrophage|TAM|Kupffer",
    "neuron": "neuron|neuronal|nerve cell",
    "NK cell": "NK cell|natural killer|NK",
    "osteoclast": "osteoclast|osteoclastogenesis|bone resorbing cell|bone resorption",
    "stem cell": "stem cell|stemness|stem-like|CSC",
    "T cell": "T cell|T lymphocyte|CD8|CD4|lymphocyte",
}
_PROCESSES: Final = {
    "angiogenesis": "angiogenesis|angiogenic|neoangiogenesis|vascularization|neovascularization|blood vessel formation"
    "|blood vessel growth|new blood vessel|new vessel|vessel formation|vessel growth|tube formation",
    "apoptosis": "apoptosis|apoptotic|programmed cell death|cell death|cell suicide",
    "drug resistance": "drug resistance|drug resistant|chemoresistance|chemoresistant|chemotherapy resistance"
    "|therapy resistance|therapeutic resistance|treatment resistance|resistance to chemotherapy|resistance to therapy"
    "|resistance to treatment|resistance to drug|resistant to chemotherapy|resistance mechanism",
    "glycolysis": "glycolysis|glycolytic|Warburg|sugar metabolism|glucose metabolism|glucose uptake",
    "hypoxia": "hypoxia|hypoxic|low oxygen|lack of oxygen|oxygen poor|oxygen deprivation|oxygen shortage",
    "immune escape": "immune escape|immune evasion|immunosuppression|immunosuppressive|immune suppression"
    "|escape from immune|escape the immune|evade the immune|evade immune|immune surveillance",
    "leakiness": "vascular permeability|vessel permeability|permeability|leaky vessel|vessel leakiness|vessel leakage"
    "|vascular leakiness|vascular leakage|leaky blood vessel|barrier integrity|vascular integrity|leakiness",
    "metastasis": "metastasis|metastases|metastatic|metastasize|dissemination|disseminate|cancer spread"
    "|spread of cancer|spread of tumor|tumor spread",
    "niche": "premetastatic niche|pre-metastatic niche|PMN|metastatic soil",
    "tight junction": "tight junction|cell junction|endothelial junction|intercellular junction|junction protein",
}
_ASKED: Final = {  # of any of them
    "diagnosis": "biomarker|diagnostic|diagnosis|diagnose|early detection",
    "prognosis": "prognosis|prognostic|survival|outcome",
    "size": "size|diameter|how big|how large|nucleotide",
}
_TOPICS: Final = _CELLS | _PROCESSES | _ASKED
PROCESSES: Final = frozenset(_PROCESSES)
"""The topics that are something that happens, neither cells nor what is asked of any."""

_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as a text names it: the characters `[start, end)`, and which it is."""

    name: str
    start: int
    end: int


def find_topics(text: str) -> tuple[Topic, ...]:
    """Every topic that `text` names, in order; of phrases that begin at one word the longest counts."""
    phrases = _phrases()
    stems = list(map(stem, _WORD.findall(text)))
    begins = [place for place, first in enumerate(stems) if first in phrases]
    if not begins:
        return ()
    words = list(_WORD.finditer(text))
    found, beyond = [], 0
    for place in begins:
        known = phrases[stems[place]] if place >= beyond else ()
        for phrase, name in known:
            end = place + len(phrase)
            if tuple(stems[place:end]) == phrase:
                found.append(Topic(name, words[place].start(), words[end - 1].end()))
                beyond = end
                break
    return tuple(found)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The phrases that begin with each stem, longest first, each with its topic."""
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, phrases in _TOPICS.items():
        for phrase in phrases.split("|"):
            stems = tuple(stem(word) for word in _WORD.findall(phrase))
            by_first.setdefault(stems[0], []).append((stems, name))
    for known in by_first.values():
        known.sort(key=lambda pair: (-len(pair[0]), pair))
    return by_first
