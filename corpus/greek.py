"""Greek letters that a PDF set apart, put back where they belong: "TGF- β" is TGF-β, "α v β 3" is αvβ3.

Only blanks beside a single Greek letter are ever taken away; no letter, digit or hyphen changes. Where a blank may
be meant ("TGF-β 5 ng/ml", "group 1 α-SMA") it stays.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

NAMES: Final = {
    letter: unicodedata.name(letter).rpartition(" ")[2].lower().replace("lamda", "lambda")
    for letter in map(chr, range(ord("α"), ord("ω") + 1))
}
"""The English name of each small Greek letter; both forms of sigma have one."""

_GREEK = "[\u0391-\u03bb\u03bd-\u03c9]"  # without μ, which is a unit more often than a name
_ALONE = rf"(?<![\u0370-\u03ff]){_GREEK}(?![\u0370-\u03ff])"

# αvβ3, α6β4: the integrins, the one family named with two Greek letters.
_INTEGRIN = re.compile(r"(?<!\w)(α) ?(\d{1,2}|[vVLMXDE]|IIb) (β) ?(\d)(?!\w)|(?<!\w)(α) (\d{1,2}|[vVLMXDE]|IIb)(β)(\d)")
# "β 1-integrin", "TGF- β 1 signaling": subtypes go to 11; a measure or a fold change is no subtype. The letter must
# itself stand apart, which is what shows the damage: "TGF-β 1" in clean text is left as it is.
_SUBTYPE = re.compile(
    rf"(?<![^\s(])({_ALONE}) ([1-9]|1[01])(?=[/,;)\]]|\.(?!\d)|-(?!fold|h\b|hour|day|week|min)|$"
    r"|\s(?!(?:[numkµμ]?[gMLl]|[mn]m|[ck]?Da|h|hr|hours?|min|minutes?|s|days?|weeks?|months?|years?|fold|times?|patients?"
    r"|cells?|cases?|IU|U|[numkµμ]?[gM]/\w+|pg|pg/\w+)(?!\w)|[×x%°±=<>]))"
)
_KAPPA_B = re.compile(r"κ B(?!\w)")
_AFTER = re.compile(rf"({_ALONE}) (?=-\w|[,;:)\]/]|\.(?!\d))")
_BEFORE = re.compile(rf"(?<=\w)([-/]) (?={_ALONE})")
_TOKEN_BEFORE = re.compile(rf" (?={_ALONE})")

_CAPITALS = re.compile(r"[A-Z]{2,5}|[A-Z]{1,4}/[A-Z]{2,5}")
_NUMBERED = re.compile(r"[A-Za-z]{1,6}-?\d{1,3}")
_NOT_NAMES = re.compile(
    r"[IVX]+|DNA|c?RNA|PCR|EMT|AND|OR|IN|ON|OF|THE|BY|WITH|FOR|TO|VIA|AS|AT|IS|ARE|FROM|(?i:miR-?\d+|let-?\d+|mir-?\d+"
    r"|fig\d+|table\d+)"
)
_PARTICIPLE = re.compile(r"-(?:\w+ed|dependent|independent|specific|rich|like|responsive|positive|negative|null)(?!\w)")


def close_greek(text: str) -> str:
    """`text` without the stray blanks around single Greek letters; blanks that may be meant are kept.

    >>> close_greek("TGF- β and HIF-1 α , but α -SMA")
    'TGF-β and HIF-1α, but α-SMA'
    """
    if not re.search(_GREEK, text):
        return text
    text = _INTEGRIN.sub(lambda found: "".join(group for group in found.groups() if group), text)
    text = _SUBTYPE.sub(r"\1\2", text)
    text = _KAPPA_B.sub("κB", text)
    text = _AFTER.sub(r"\1", text)
    text = _BEFORE.sub(r"\1", text)
    return _TOKEN_BEFORE.sub(_before_token, text)


def _before_token(found: re.Match[str]) -> str:
    """Nothing where the word before the blank is a name that takes the Greek letter as its suffix, else the blank."""
    text, at = found.string, found.start()
    word = re.split(r"[\s(\[,;]", text[max(0, at - 16) : at])[-1]
    rest = text[at + 2 : at + 20]
    if not word or _NOT_NAMES.fullmatch(word):
        return " "
    if _KAPPA_B.match(text[at + 1 : at + 4]) or rest.startswith("B"):
        return "" if word == "NF" else " "
    if re.match(r"\s*[=<>≤≥±]", rest) or (rest.startswith("-") and not _PARTICIPLE.match(rest)):
        return " "
    if _CAPITALS.fullmatch(word):
        return "" if not re.match(r"\w*[^\W\d]|\d+[A-Za-z]", rest) else " "
    if _NUMBERED.fullmatch(word):
        return "" if not re.match(r"\w", rest) else " "
    if re.fullmatch(r"\d{1,2}", word):
        return "" if re.match(r"[,;:.)\]]|\s*\(|$", rest) else " "
    return " "
