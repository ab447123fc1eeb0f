"""The word for the kind, microRNA, made one in questions and in documents; it names no molecule.

`miR`, `miRs`, `miRNAs`, `micro RNA` and `mi-RNA` all say "microRNA"; `exomiR` and `exo-miR` say "exosomal microRNA".
With a number behind it the word begins a name, which `index.names` finds.
"""

from __future__ import annotations

import re
from typing import Final

from index.names import HYPHENS, STEM, may_name

_KIND: Final = re.compile(rf"(?<![^\W_])(?P<of_exosomes>exo[\s{HYPHENS}]?)?(?:{STEM})(?![^\W_])", re.IGNORECASE)
"""The word for the kind in any spelling, one or many."""


def one_kind(text: str) -> str:
    """`text` with the word for the kind in one spelling, `microRNA`, whether it speaks of one or of many.

    Names are to be taken out before: their stems are the same word.

    >>> one_kind("Which exomiRs or mi-RNAs inhibit a target in the air?")
    'Which exosomal microRNA or microRNA inhibit a target in the air?'
    """
    if not may_name(text):
        return text
    return _KIND.sub(lambda match: f"{'exosomal ' if match['of_exosomes'] else ''}microRNA", text)


def is_kind(text: str) -> bool:
    """True for a text that is the word for the kind and nothing else.

    >>> is_kind("miR-"), is_kind("microRNAs?"), is_kind("miR-21"), is_kind("exosomes")
    (True, True, False, False)
    """
    match = _KIND.search(text)
    return match is not None and not re.search(r"[^\W_]", text[: match.start()] + text[match.end() :])
