"""Where one thing stops being said of another: clauses, gaps between words, negation.

No grammar is parsed. Two words belong together where what stands between them is nothing that parts them.
"""

from __future__ import annotations

import re
from typing import Final

_PARTS: Final = re.compile(r";\s*|,?\s+(?:whereas|while|although|though|however|but(?!\s+also))\b,?\s*", re.IGNORECASE)
# what parts a verb from what stands after it
_PARTING: Final = re.compile(
    r"[;:&]|,|\.\s|\b(?:by|via|through|in|into|to|from|with|within|and|or|but|which|that|who|whose|where|when|for|as|at|under"
    r"|during|thereby|thus|hence|leading|resulting|between|against|without|than|not|nor|after|before|upon|following|is|are"
    r"|was|were|be|been|has|have|had|can|may|might|could|will|also)\b",
    re.IGNORECASE,
)
_EXAMPLES: Final = re.compile(r"(?:such as|including|like|e\.g\.,?|namely|comprising)\s*\(?$", re.IGNORECASE)
_VERBAL: Final = re.compile(
    r"[;:]|\b(?:by|via|through|which|that|thereby|leading|resulting|is|are|was|were|has|have)\b", re.IGNORECASE
)
_IN_FULL: Final = re.compile(r"\s*(?:of\s+)?(?:the\s+)?(?:[\w'/-]+\s+){1,9}\($")
_NAMED_NEXT: Final = re.compile(
    r"\b(?:genes?|targets?|proteins?|factors?|suppressors?)\s*,\s+(?:[\w'-]+\s+){0,6}\(?$", re.IGNORECASE
)
_FROM_NOUN: Final = re.compile(r"\s+(?:in|of|to)\b", re.IGNORECASE)
# what may follow a thing that is acted on, before the next of a list
_OF_IT: Final = (
    r"\)?(?:['’]s)?(?:\s+(?:m?RNA|genes?|proteins?|receptors?|expression|levels?|production|activity|signal(?:l)?ing|response"
    r"|phosphorylation|markers?|pathways?))*\s*\)?(?:\s*\([^()]*\))?"
)
_JOINED: Final = re.compile(
    rf"{_OF_IT}\s*(?:,\s*(?:and|or|as\s+well\s+as)?|\band\b|&|\bor\b|\bnor\b|\bas\s+well\s+as\b|/|\bplus\b)\s*",
    re.IGNORECASE,
)
_ADJACENT: Final = re.compile(rf"{_OF_IT}\s*", re.IGNORECASE)
_LONGEST: Final = 90

_NEGATED: Final = re.compile(
    r"(?:\bnot(?!\s+only)|n['’]t|\bnever|\bcannot|\bfail(?:s|ed|ing|ure)?\s+to|\bunable\s+to|\bwithout|\bno|\bneither|\bnor|\brather\s+than"
    r"|\black(?:s|ed|ing)?(?:\s+of)?|\babsence\s+of|\binstead\s+of|\bindependent(?:ly)?\s+of|\bhardly|\blittle)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_NEITHER: Final = re.compile(r"\s*(?:neither|no)\s+(?:the\s+)?$", re.IGNORECASE)


def clauses(text: str) -> tuple[tuple[int, int], ...]:
    """The clauses of a sentence, `[start, end)`, in order: what "whereas", "but", a semicolon and the like part."""
    edges = [0]
    for part in _PARTS.finditer(text):
        edges += [part.start(), part.end()]
    edges.append(len(text))
    return tuple((start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if text[start:end].strip())


def reaches(gap: str, *, noun: bool = False) -> bool:
    """True where a relation word with this text after it acts on what comes next.

    Args:
        noun: after a noun, "in", "of" and "to" may come first: "an increase in".
    """
    if noun and (lead := _FROM_NOUN.match(gap)):
        gap = gap[lead.end() :]
    if len(gap) > _LONGEST:
        return False
    if _EXAMPLES.search(gap):
        return not _VERBAL.search(gap)
    return not _PARTING.search(gap) or bool(
        _IN_FULL.fullmatch(gap) or (_NAMED_NEXT.search(gap) and not _VERBAL.search(gap))
    )


def joins(gap: str) -> bool:
    """True where this text between two things makes them members of one list, or the second a word for the first."""
    if re.fullmatch(r"\s*[(\[]\s*", gap):
        return True
    join = _JOINED.match(gap)
    return bool(join) and len(gap) <= _LONGEST and reaches(gap[join.end() :]) if join else False


def adjoins(gap: str) -> bool:
    """True where a noun with this text before it acts on what stands there: "KLF2 expression [silencing]"."""
    return _ADJACENT.fullmatch(gap) is not None


def negates(before: str) -> bool:
    """True where this text before a relation word negates it."""
    return _NEGATED.search(before) is not None


def negates_next(gap: str) -> bool:
    """True where this text after a relation word negates it: "affected neither"."""
    return _NEITHER.fullmatch(gap) is not None
