"""Cells, processes and parts of the body in the words that a retelling may use for them, each made one.

A table written by hand, finer than that of `index.topics`, which it falls back on: there a fibroblast and a
cancer-associated one are found together, here what is said of the one is not said of the other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from index.tokens import stem
from index.topics import find_topics

_CELLS: Final = {
    "adipocyte": "adipocyte|fat cell|adipose cell",
    "astrocyte": "astrocyte|astroglia",
    "B cell": "B cell|B lymphocyte",
    "caf": "cancer associated fibroblast|carcinoma associated fibroblast|tumor associated fibroblast|CAF"
    "|tumor fibroblast|cancer fibroblast",
    "cancer cell": "cancer cell|tumor cell|carcinoma cell|malignant cell|cancerous cell|neoplastic cell|tumoral cell",
    "dendritic cell": "dendritic cell|antigen presenting cell|mDC|myeloid dendritic cell",
    "endothelium": "endothelial cell|endothelial|endothelium|HUVEC|vessel lining|vascular lining|blood vessel wall"
    "|vessel wall|umbilical vein endothelial cell|human umbilical vein endothelial cell",
    "epithelium": "epithelial cell|epithelium|epithelial",
    "fibroblast": "fibroblast|normal fibroblast|NF",
    "hepatocyte": "hepatocyte|liver cell",
    "immune cell": "immune cell|leukocyte|leucocyte",
    "Kupffer cell": "Kupffer cell|Kupffer",
    "m2 macrophage": "M2 macrophage|M2 polarized macrophage|M2 type macrophage",
    "macrophage": "macrophage",
    "mast cell": "mast cell",
    "mdsc": "myeloid derived suppressor cell|MDSC",
    "monocyte": "monocyte",
    "msc": "mesenchymal stem cell|mesenchymal stromal cell|MSC|BMSC|bone marrow mesenchymal stem cell"
    "|bone marrow stem cell|marrow stem cell",
    "myofibroblast": "myofibroblast",
    "neuron": "neuron|neuronal|nerve cell",
    "neutrophil": "neutrophil",
    "NK cell": "NK cell|natural killer|natural killer cell|NK",
    "osteoblast": "osteoblast|bone forming cell|osteoblastic",
    "osteoclast": "osteoclast|osteoclastogenesis|osteoclast formation|osteoclast differentiation|bone resorbing cell",
    "pericyte": "pericyte",
    "progenitor": "progenitor cell|EPC|endothelial progenitor cell|endothelial progenitor",
    "stellate cell": "stellate cell",
    "stem cell": "stem cell|CSC|cancer stem cell",
    "stroma": "stroma|stromal|stromal cell",
    "T cell": "T cell|T lymphocyte|CD8|CD4|lymphocyte|CD8 T cell|CD4 T cell",
    "tam": "tumor associated macrophage|TAM",
}
_OTHERS: Final = {
    # processes
    "adhesion": "adhesion|adhere|adhesive",
    "angiogenesis": "form vessel|form new vessel|form blood vessel|new blood vessel growth|blood vessel sprouting"
    "|vessel sprouting|growth of new blood vessel|growth of blood vessel|growth of new vessel|growth of vessel"
    "|formation of new blood vessel|formation of blood vessel|formation of vessel|formation of new vessel"
    "|form more vessel|proangiogenic|pro angiogenic|antiangiogenic|anti angiogenic|form tube|tube|tubule",
    "apoptosis": "die by apoptosis|cell death",
    "differentiation": "differentiation|differentiate",
    "drug resistance": "chemoresistance|chemoresistant|chemo resistance|chemo resistant|resistance|resistant|resist"
    "|multidrug resistance|less sensitive|insensitive|insensitivity|therapy resistant|treatment resistant",
    "EMT": "EMT|epithelial mesenchymal transition|epithelial to mesenchymal transition|mesenchymal transition"
    "|epithelial mesenchymal transformation|epithelial to mesenchymal",
    "gene expression": "gene expression|expression of gene|expression of their target gene|gene activity",
    "growth": "growth|tumor growth|cancer growth|outgrowth",
    "immune escape": "immunosuppression|immunosuppressive|immunosuppress|immune evasion|immune suppression"
    "|escape immune|evade the immune system|escape the immune system|immune escape|immunosuppressed",
    "inflammation": "inflammation|inflammatory|proinflammatory|pro inflammatory",
    "invasion": "invasion|invasive|invasiveness|invade|invasively",
    "leakiness": "leaky|leakier|permeable|permeability|leak|leakage|leakiness|vessel leaky|vessel leak|vessel permeable"
    "|vessel more permeable|blood vessel leaky|blood vessel leak|blood vessel permeable|blood vessel more permeable"
    "|vascular leak|vessel leakage|vascular permeability|vessel permeability|vascular leakiness|vascular leakage"
    "|permeability of vessel|permeability of blood vessel|leaky vessel|leaky blood vessel|leakage of vessel",
    "metastasis": "metastasis|metastases|metastatic|metastasize|prometastatic|pro metastatic|dissemination|disseminate"
    "|spread|cancer spread|tumor spread|spread of cancer|spread of tumor|spread of the cancer|secondary tumor"
    "|distant spread|metastatic spread|spread to distant site",
    "m1": "M1|M1 like",
    "m2": "M2|M2 like|alternatively activated",
    "migration": "migration|migrate|migratory|motility|motile|cell movement|relocation",
    "niche": "premetastatic niche|pre metastatic niche|metastatic niche|niche|PMN|metastatic soil",
    "osteolysis": "osteolytic|osteolysis|bone destroying|bone destruction|bone dissolving|bone resorption|bone eating",
    "polarization": "polarization|polarize|polarised",
    "proliferation": "proliferation|proliferate|proliferative|multiply|multiplication|cell division",
    "stemness": "stemness|stem cell trait|stem cell property|stem like|stem like property|stem cell like"
    "|stem like trait|cancer stem cell phenotype|stem cell feature|stem like feature|stem cell characteristic",
    "tight junction": "tight junction|junction|cell junction|junctional|zonula",
    "hypoxia": "hypoxia|hypoxic|low oxygen|oxygen poor|lack of oxygen|oxygen deprivation|oxygen shortage"
    "|oxygen starved|oxygen deprived|short of oxygen|starved of oxygen|oxygen starvation|hypoxically",
    # what things are
    "biomarker": "biomarker|marker|indicator",
    "blood": "blood|bloodstream|circulation|circulating|circulatory|circulate",
    "ecm": "extracellular matrix|ECM|matrix",
    "fluid": "body fluid|fluid|biofluid|bodily fluid",
    "mmp": "matrix metalloproteinase|matrix metalloprotease|metalloproteinase|metalloprotease",
    "oncogene": "oncogene|proto oncogene|protooncogene|oncogenic",
    "healthy": "healthy|healthy people|healthy person|healthy individual|healthy subject|healthy control|healthy donor"
    "|healthy volunteer",
    "people": "people|person|individual|subject",
    "patient": "patient",
    "plasma": "plasma",
    "prognosis": "prognosis|prognostic|survival|outcome",
    "serum": "serum|sera",
    "EGFR inhibitor": "EGFR TKI|EGFR tyrosine kinase inhibitor|EGFR inhibitor",
    "TKI": "TKI|tyrosine kinase inhibitor",
    "tme": "tumor microenvironment|TME|microenvironment|tumor environment|cancer environment|tumor surrounding",
    "tumor suppressor": "tumor suppressor|tumor suppressor gene|suppressor gene",
    "utr": "3 untranslated region|3 UTR|untranslated region|UTR",
    "unknown": "unknown|not known|not yet known|unclear|not clear|not yet clear|not understood|not fully understood"
    "|remain unknown|remain unclear|remains to be seen|poorly understood",
    "vessel": "vessel|blood vessel|vascular|vasculature|capillary",
    "acidic": "acidic|acid|acidity|low pH|acidosis",
    "treatment": "treatment|therapy|therapeutic|treat",
    "chemotherapy": "chemotherapy|chemotherapeutic|cytotoxic drug|cytostatic",
    "radiotherapy": "radiotherapy|radiation|irradiation|radiation therapy",
    "early": "early|early stage",
    "advanced": "advanced|late stage|advanced stage",
}
_BROADER: Final = {
    "adipocyte": ("stroma",),
    "angiogenesis": ("vessel",),
    "B cell": ("immune cell",),
    "caf": ("fibroblast", "stroma"),
    "chemotherapy": ("treatment",),
    "dendritic cell": ("immune cell",),
    "drug resistance": ("treatment",),
    "EGFR inhibitor": ("TKI",),
    "endothelium": ("vessel",),
    "fibroblast": ("stroma",),
    "Kupffer cell": ("macrophage", "immune cell"),
    "leakiness": ("vessel",),
    "m2 macrophage": ("macrophage", "immune cell", "m2"),
    "macrophage": ("immune cell",),
    "monocyte": ("immune cell",),
    "msc": ("stem cell",),
    "neutrophil": ("immune cell",),
    "niche": ("metastasis",),
    "NK cell": ("immune cell",),
    "patient": ("people",),
    "plasma": ("blood",),
    "radiotherapy": ("treatment",),
    "serum": ("blood",),
    "stemness": ("stem cell",),
    "T cell": ("immune cell",),
    "tam": ("macrophage", "immune cell"),
    "ovary": (),
}
CELLS: Final = frozenset(_CELLS)
_OF_GENES: Final = re.compile(r"\bexpression(?= of (?:\w+ ){1,2}genes\b)")
_WORD: Final = re.compile(r"[^\W_]+")


def broader(key: str) -> tuple[str, ...]:
    """What a thing is too: a tumor-associated macrophage is a macrophage and an immune cell."""
    return _BROADER.get(key, ())


def find_concepts(text: str) -> tuple[tuple[int, int, str], ...]:
    """Every cell, process and the like that `text` names, (start, end, key), in order, none within another."""
    words = list(_WORD.finditer(text))
    stems = [_stem(word[0]) for word in words]
    found, place = [], 0
    while place < len(words):
        for phrase, key in _phrases().get(stems[place], ()):
            last = place + len(phrase) - 1
            if tuple(stems[place : last + 1]) == phrase and not _apart(text, words[place : last + 1]):
                found.append((words[place].start(), words[last].end(), key))
                place = last
                break
        place += 1
    found += [(match.start(), match.end(), "gene expression") for match in _OF_GENES.finditer(text)]
    found += [(topic.start, topic.end, topic.name) for topic in find_topics(text) if topic.name != "size"]
    taken: list[tuple[int, int, str]] = []
    for start, end, key in sorted(found, key=lambda one: one[0] - one[1]):  # of equal ones ours, which stand first
        if all(end <= a or b <= start for a, b, _ in taken):
            taken.append((start, end, key))
    return tuple(sorted(taken))


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """The stem of a word; of an abbreviation the letters, without a plural s."""
    bare = re.sub(r"(?<=[A-Z])s$", "", word)
    return bare.casefold() if bare[-1:].isupper() else stem(word)


def _apart(text: str, words: list[re.Match[str]]) -> bool:
    """True where more than a blank or a hyphen stands between the words of a phrase."""
    between = (text[a.end() : b.start()] for a, b in pairwise(words))
    return any(gap.strip(" -\u2010\u2011\u2013/'’′") for gap in between)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key, phrases in (*_CELLS.items(), *_OTHERS.items()):
        for phrase in phrases.split("|"):
            stems = tuple(map(_stem, _WORD.findall(phrase)))
            by_first.setdefault(stems[0], []).append((stems, key))
    for known in by_first.values():
        known.sort(key=lambda pair: (-len(pair[0]), pair))
    return by_first
