"""Questions about a mechanism: what a molecule does, to what, and through what."""

from __future__ import annotations

import re
from typing import Final

from qa.question import ReadQuestion

_ASKED: Final = re.compile(
    r"\bmec[hk]?anisms?\b|\bpathways?\b|\baxis\b|\bsignall?ing\b|\btarget(?:s|ed|ing)?\b|\broles?\b|\bfunctions?\b"
    r"|\bhow (?:do|does|did|is|are|can|could|might)\b|\bvia what\b|\bthrough what\b|\bby what\b|\bwhich genes?\b",
    re.IGNORECASE,
)


def is_mechanism_question(read: ReadQuestion) -> bool:
    """True for a question that a table of mechanisms answers."""
    return _ASKED.search(read.alone) is not None
