"""Diseases by the look of their names: whichever has no organ in the table of sites, and is no cancer of one."""

from __future__ import annotations

import re
from typing import Final

from index.sites import find_sites

DISEASE: Final = re.compile(
    r"\b(?:(?!stroma)\w*(?:omas?|emias?|itis)|cancers?|tumou?rs?|diseases?|malignanc(?:y|ies)|\w*metastas[ie]s"
    r"|syndromes?|disorders?|infections?|sepsis|asthma|diabetes|obesity|hypertension|strokes?|infarctions?|dementia"
    r"|epilepsy|psoriasis|lupus|malaria|(?:pre-?)?eclampsia|\w*(?:fibrosis|sclerosis|cirrhosis|culosis|triosis))\b",
    re.IGNORECASE,
)
"""A disease, specific ("asthma", "leukaemia") or not ("disease", "tumour")."""

_OF_MANY: Final = re.compile(
    r"(?:adeno|blast|onco)?(?:carcin|sarc)?omas?|cancers?|tumou?rs?|diseases?|malignanc(?:y|ies)|\w*metastas[ie]s"
    r"|syndromes?|disorders?|infections?|adenomas?|adenocarcinomas?|hypox[ae]?emias?|genomas?",
    re.IGNORECASE,
)
# "Alzheimer's disease", "Crohn disease", "Down syndrome": named by the word before
_NAMED_AFTER: Final = re.compile(r"\b(?P<who>[A-Z][a-z]+)(?:['’]s)?\s+(?:disease|syndrome|disorder)\b")


def find_diseases(text: str) -> tuple[str, ...]:
    """The specific diseases that `text` names and that no site stands for, as they are written, in order."""
    taken = [(site.start, site.end) for site in find_sites(text)]
    found = [(match.start(), match[0]) for match in DISEASE.finditer(text) if not _OF_MANY.fullmatch(match[0])]
    found += [(match.start("who"), match["who"]) for match in _NAMED_AFTER.finditer(text)]
    return tuple(word for start, word in sorted(found) if not any(a <= start < b for a, b in taken))
