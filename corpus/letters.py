"""Letters as they are typed where a keyboard lacks them, so that Yazıcı is found by Yazici."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# letters that no decomposition takes apart, as authors' names are respelled
_RESPELLED: Final = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_ACCENT: Final = re.compile("[\u0300-\u036f]")


def plain_letters(text: str) -> str:
    """The text in small letters without accents; Greek letters and signs stay.

    >>> plain_letters("Yazıcı, Müller & Øberg on TGF-β")
    'yazici, muller & oberg on tgf-β'
    """
    return _ACCENT.sub("", unicodedata.normalize("NFKD", text.casefold().translate(_RESPELLED))).casefold()
