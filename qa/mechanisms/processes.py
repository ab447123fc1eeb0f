"""Processes and outcomes that a molecule has a part in: invasion, metastasis, angiogenesis, drug resistance.

A table written by hand of words of the field, not of one paper; what stands before them ("lung metastasis", "vascular
permeability") belongs to them where it says of what or where.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from index.spelling import american
from qa.mechanisms.spans import Span, apart

_OF: Final = (
    r"(?:(?:tumou?r|cancer|cell|cellular|EC|HUVEC|endothelial|lung|liver|bone|brain|hepatic|pulmonary|peritoneal|distant"
    r"|lymph node|osteolytic|osteoblastic|ovarian|vascular|vessel|collective|immune|inflammatory|macrophage|fibroblast"
    r"|T[\s-]cell|NK[\s-]cell|dendritic cell|lactate|fatty acid|lipid|glucose|mitochondrial|aerobic|pro-?metastatic"
    r"|pro-?inflammatory|anti-?tumou?r|CAFs?|M2|M1|pre-?metastatic|RANKL-induced"
    r"|estrogen|stem|chemo|drug|therapy|radio)[\s-]+){0,4}"  # few, so that no text takes long
)
_CAF: Final = r"(?:CAFs?|cancer[-\s]associated fibroblasts?(?:\s*\(CAFs?\))?)"
_FIBROBLASTS: Final = r"(?:(?:the\s+)?normal\s+)?(?:fibroblasts?|NFs?)(?:\s*\(NFs?\))?"
_TURN: Final = r"(?:activation|differentiation|conversion|transformation|transition|reprogramming)"
_MACROPHAGES: Final = r"(?:(?:tumou?r[-\s]associated\s+)?macrophages?|TAMs?)"
_M2: Final = r"\s+(?:towards?|(?:in)?to)\s+[\w\s-]{0,60}?\bM2\b"
_DRUG: Final = r"immunotherapy|\w+(?:platin|taxel|mycin|rubicin|tinib|zomib|mab|ifen|citabine|uracil)"

# the name of each, and how it is written
_PROCESSES: Final = {
    "EMT": r"(?:epithelial[-–\s]+(?:to[-–\s]+)?mesenchymal[-–\s]+(?:transition|transformation)(?:\s*\(EMT\))?|EMT)"
    r"(?:\s+markers)?",
    "CAF activation": rf"{_CAF}\s+{_TURN}|(?:activation|formation)\s+of\s+{_CAF}"
    rf"|{_FIBROBLASTS}\s+{_TURN}\s+into\s+{_CAF}"
    rf"|{_TURN}\s+of\s+{_FIBROBLASTS}(?:\s+(?:in)?to\s+{_CAF})?|differentiation\s+into\s+{_CAF}|fibroblast\s+{_TURN}"
    rf"|CAF-like\s+(?:properties|phenotypes?)|{_TURN}\s+into\s+{_CAF}|(?:induction\s+of\s+fibroblasts\s+to\s+)?"
    rf"acqui\w+\s+(?:of\s+)?(?:the\s+)?(?:characteristics|properties)\s+of\s+{_CAF}",
    "M2 polarization": rf"M2\s+(?:macrophage\s+)?polari[sz]ation(?:\s+of\s+{_MACROPHAGES})?"
    rf"|polari[sz](?:ation\s+of|es?)\s+{_MACROPHAGES}(?={_M2})",
    "macrophage polarization": rf"macrophage\s+polari[sz]ation|polari[sz]ation\s+of\s+{_MACROPHAGES}",
    "pre-metastatic niche formation": r"(?:formation\s+of\s+(?:(?:an?|the)\s+)?(?:[a-z]+\s+)?)?"
    r"pre-?metastatic\s+niches?(?:\s+formation)?|PMN\s+formation",
    "angiogenesis": r"(?:progression\s+of\s+)?angiogenesis"
    r"|angiogenic\s+(?:signall?ing|activity|capacity|properties|potential)"
    r"|(?:neo)?vasculari[sz]ation|(?:EC\s+)?(?:tube|(?:blood\s+)?vessel)\s+formation",
    "vascular permeability": r"(?:vascular|vessel|endothelial|EC)\s+(?:permeability|leakiness|leakage)",
    "junction integrity": r"(?:(?:endothelial|vascular)\s+)?(?:cell\s+)?(?:junction(?:al)?|barrier)\s+"
    r"(?:integrity|function)",
    "tight junctions": r"tight\s+junctions?(?!\s+protein)",
    "osteoclastogenesis": r"(?:RANKL-induced\s+)?osteoclast(?:ogenesis|\s+(?:formation|differentiation))",
    "drug resistance": rf"(?:(?:multi-?)?drug|chemo(?:therapy)?|radio|therap(?:y|eutic)|treatment|{_DRUG})"
    r"[-\s]?resistance"
    r"|(?:chemo)?resistance\s+to\s+\w+(?:,\s+and\s+\w+|,\s+(?!and\b)\w+|\s+and\s+\w+)*|chemoresistance",
    "drug sensitivity": r"(?:drug\s+|chemo-?)sensitivity|sensitivity\s+to\s+\w+",
    "immune evasion": r"immune\s+(?:evasion|escape|surveillance)",
    "immunosuppression": r"immuno-?suppress(?:ion|ive\s+(?:micro)?environment)|immune\s+suppression",
    "immune response": r"immune\s+responses?|(?:(?:macrophage\s+)?anti-?tumou?r|[TN]K?[-\s]cell)\s+"
    r"(?:immunity|activity|response|cytotoxicity)",
    "inflammatory response": rf"{_OF}inflammatory\s+(?:response|microenvironment|environment)s?|inflammation",
    "glycolysis": r"glycolysis|glycolytic\s+(?:gene\s+expression|metabolism|activity|flux)"
    r"|Warburg\s+(?:effect|phenotype)",
    "glucose metabolism": r"glucose\s+(?:consumption|uptake|metabolism)",
    "lactate production": r"lactate\s+(?:production|build-?up|secretion|accumulation)",
    "mitochondrial respiration": r"mitochondrial\s+respiration|oxidative\s+phosphorylation",
    "lipid metabolism": r"(?:fatty\s+acid\s+oxidation|lipid\s+(?:synthesis|accumulation|metabolism))",
    "ECM remodeling": r"(?:ECM|(?:extracellular\s+)?matrix(?:\s*\(ECM\))?)\s+"
    r"(?:remodell?ing|degradation|stiffening|acidification|deposition)",
    "metabolic reprogramming": r"metabolic\s+(?:reprogramming|adaptation)",
    "tumor growth": r"(?:tumou?r|cancer)\s+(?:cell\s+)?growth|tumou?rigenesis|tumou?rigenicity",
    "tumor progression": r"(?:tumou?r|cancer)\s+(?:cell\s+)?(?:progression|development|promotion)",
    "metastasis": rf"{_OF}(?:metastas[ei]s|metastatic\s+(?:potential|spread|dissemination|capability|capacity"
    r"|features|traits|characteristics|phenotype|colonization|behaviou?r))",
    "proliferation": rf"{_OF}proliferation(?:\s+rates?)?",
    "migration": rf"{_OF}(?:migration|motility|mobility|migratory\s+(?:ability|capacity))",
    "invasion": rf"{_OF}(?:invasion|invasiveness|invasive\s+(?:potential|behaviou?r|ability|capacity|phenotype))",
    "apoptosis": rf"{_OF}(?:apoptosis|cell\s+death)",
    "autophagy": "autophagy",
    "stemness": rf"{_OF}stemness|stem(?:-like|\s+cell)\s+(?:properties|phenotype|traits)",
    "extravasation": rf"{_OF}extravasation",
    "adhesion": r"(?:cell(?:ular)?\s+)?adhesion(?:\s+of\s+[\w\s]{0,40}?cells)?",
    "cell survival": r"(?:tumou?r\s+|cancer\s+)?cell\s+survival",
    "cell cycle": r"cell[-\s]cycle(?:\s+(?:arrest|progression))?",
    "senescence": "senescence",
    "differentiation": rf"{_OF}differentiation",
    "phenotype": r"(?:pro-?metastatic|aggressive|mesenchymal|malignant|invasive|epithelial)\s+(?:cell\s+)?phenotypes?",
    "maturation": r"(?:dendritic\s+cell|DC)\s+maturation|antigen\s+presentation",
    "DNA repair": r"DNA\s+(?:damage\s+)?repair",
    "osteolysis": r"osteolysis|bone\s+(?:resorption|loss)",
}
_PATTERNS: Final = [
    (name, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w]|-[a-z])", re.IGNORECASE))
    for name, pattern in _PROCESSES.items()
]
# a noun after it makes it part of something else: "metastasis suppressor", "EMT markers", "invasion assay"
_OTHER: Final = re.compile(
    r"\s+(?:suppressors?|promoters?|markers?|genes?|receptors?|inhibitors?|factors?|assays?|models?|process(?:es)?\s+is|patients?"
    r"|stages?|signatures?|seed|cascades?|pathways?|specificity)\b",
    re.IGNORECASE,
)
# what the places of a name say besides: "lung metastasis" is not "bone metastasis"
_PLACE: Final = re.compile(
    r"lung|liver|hepatic|pulmonary|bone|brain|peritoneal|lymph node|distant|ovarian", re.IGNORECASE
)
_SAME: Final = {"hepatic": "liver", "pulmonary": "lung"}


@lru_cache(maxsize=64)
def processes_in(text: str) -> tuple[Span, ...]:
    """The processes that `text` names, in order, the longest of those at one place."""
    found = (
        Span("process", _named(name, match[0]), match.start(), match.end())
        for name, pattern in _PATTERNS
        for match in pattern.finditer(text)
        if not _OTHER.match(text, match.end())
    )
    return apart(found)


def process_name(text: str) -> str:
    """A process in one spelling: its name in the table where it is there, otherwise its words in lower case.

    >>> process_name("Lung metastasis"), process_name("vessel leakiness"), process_name("Foam making")
    ('lung metastasis', 'vascular permeability', 'foam making')
    """
    found = processes_in(text)
    return found[0].name if found else " ".join(american(word) for word in text.casefold().split())


def _named(name: str, words: str) -> str:
    if name != "metastasis":
        return name
    places = [place[0].casefold() for place in _PLACE.finditer(words)]
    return " ".join([*(_SAME.get(place, place) for place in places), name])
