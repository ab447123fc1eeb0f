"""What a name of a synonym table looks like, and whether a piece of a text is written like it.

No list of English words can tell a gene from a verb, so a name is matched by its look:

- several words ("tight junction protein 1", "E-cadherin") or one learned word ("melanoma", "occludin"): in any case,
  hyphens and blanks alike, Greek letters spelled out, a plural s and British spellings folded;
- a symbol with a digit or a Greek letter ("TJP1", "ZO-1", "TNF-α"): in any case, hyphens alike, never across a blank;
- a symbol of letters only ("SET", "KRAS", "HCC"): as written, and only where the text around it is not in capitals;
  "set", "Set" and "THE REST OF THE SET" are words;
- one or two letters, one letter with a number ("D29") and a lone short word ("base", "impact"): never, but for
  proteins named by their mass ("p53").

A name that is a piece of a longer one ("EGF receptor", "gremlin-2", "N-MYC") is none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import lru_cache
from typing import Final

from corpus.greek import NAMES as GREEK

_DASH: Final = "\\-\u2010-\u2013\u2212_"
_SPELLED: Final = ("alpha", "beta", "gamma", "delta", "epsilon", "kappa", "theta", "sigma", "omega")
_GREEK_NAME: Final = f"(?:{'|'.join(_SPELLED)})"
_HAS_GREEK: Final = re.compile(rf"[\u0370-\u03ff]|{_GREEK_NAME}", re.IGNORECASE)
_LETTER: Final = r"[^\W\d_\u0370-\u03ff]"
# letters, a number, a Greek letter, a sign; a dash between blanks and a blank line are signs too
_PIECE: Final = re.compile(
    rf"{_LETTER}+(?:['’]s\b)?|\d+|[\u0370-\u03ff]|(?<=\s)[{_DASH}](?=\s)|\n\s*\n|[^\w\s'’{_DASH}]"
)
# the same, a Greek letter's name at the end of a word apart: slower
_PIECE_SPELLED: Final = re.compile(rf"{_LETTER}{{2,}}?(?={_GREEK_NAME}(?!{_LETTER}))|{_PIECE.pattern}", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_DIGIT: Final = re.compile(r"\d")
_PARTED: Final = re.compile(rf"[\s{_DASH}]")
_DASHES: Final = re.compile(rf"[{_DASH}]")
_CODE: Final = re.compile(rf"[^\W\d_][^\W_]*(?:[{_DASH}][^\W_]+)*")
_PLAIN_SYMBOL: Final = re.compile(rf"(?!{_GREEK_NAME.upper()})[A-Z]{{3,}}(\d[A-Z\d]*)?")
_MASS: Final = re.compile(r"[pP]\d{2,3}")
_BLANKS_BY_GREEK: Final = re.compile(rf"\s?([\u0370-\u03ff]|\b{_GREEK_NAME}\b)\s?", re.IGNORECASE)
_LEARNED: Final = re.compile(
    r"\w{3,}(?:omas?|a?emias?|itis|os[ie]s|opath(?:y|ies)|plasias?|penias?|cytes?|blasts?|phages?|globulins?"
    r"|ins?|ases?|ogens?|cans?|ines?|mabs?|n?ibs?)"
)
# ordinary words that writers put in capitals for weight: "did NOT", "ALL patients"
FUNCTION_WORDS: Final = frozenset(
    """a about after all also although am an and any are as at be been before both but by can cannot could did do does
    each either else ever every few for from had has have he her here him his how i if in into is it its just less many
    may me might more most much must my neither never no none nor not now of off on once one only or other our out over
    own per shall she should since so some such than that the their them then there these they this those though thus
    till to too two under until up upon us very via was we were what when where whether which while who whom whose why
    will with within without would yes yet you your""".split()  # noqa: SIM905 (a list of quoted words is harder to read)
)
# what makes a name a piece of another: "MET-1", "APC/C", "TNF β", the ion Ca2+; "N-MYC", "CX(3)CR1"
_GOES_ON: Final = re.compile(
    rf"[{_DASH}](?:\d{{1,2}}[A-Za-z]?|[A-Za-z]|{_GREEK_NAME})(?!\w)|/[A-Za-z](?!\w)|[\s{_DASH}]?[\u0370-\u03ff]"
)
_GOES_BEFORE: Final = re.compile(rf"(?:(?<![^\W_])[A-Z\u0370-\u03ff][/{_DASH}]|\w\))\Z")
_ION: Final = re.compile(r"(?:[A-Z][a-z]|(?i:ca|mg|zn|fe|cu|mn))\d[+\u207a]")
# and, of molecules: "gremlin 2", "EGF receptor", "p53-binding protein"
_OTHER_MOLECULE: Final = re.compile(
    rf"\s(?:\d{{1,2}}[A-Z]?(?![\w.%])|{_GREEK_NAME}(?!\w))|[\s{_DASH}](?:receptors?|ligands?|like)(?!\w)"
    rf"|[\s{_DASH}](?:gene[\s{_DASH}])?(?:related|associated|interacting|binding)[\s{_DASH}](?:protein|peptide|factor|kinase)",
    re.IGNORECASE,
)
_GENERAL: Final = frozenset({"cell", "factor", "family", "gene", "like", "member", "protein", "receptor", "type"})


class Look(Enum):
    """How a name is matched, by what it looks like."""

    WORDS = "several words, or one learned word"
    CODE = "letters with a digit or a Greek letter"
    LETTERS = "as written"
    NONE = "never"


def pieces_of(text: str) -> list[re.Match[str]]:
    """The pieces of a text in order: runs of letters, numbers, Greek letters, and signs that part names.

    >>> [piece[0] for piece in pieces_of("TGFbeta1, ZO-1")]
    ['TGF', 'beta', '1', ',', 'ZO', '1']
    """
    lower = text.lower()
    pattern = _PIECE_SPELLED if any(name in lower for name in _SPELLED) else _PIECE
    return list(pattern.finditer(text))


def key_of(name: str) -> str:
    """The pieces of a name, each folded, parted by blanks; spellings of one name have one key.

    >>> key_of("ZO-1") == key_of("zo 1"), key_of("TGF-β1") == key_of("TGFbeta1"), key_of("tumours of the colon")
    (True, True, 'tumor of the colon')
    """
    return " ".join([fold(piece[0]) for piece in pieces_of(name)])


@lru_cache(maxsize=1 << 17)
def fold(piece: str) -> str:
    """A piece of a name in lower case, without accents, plural s and what is British about it.

    >>> [fold(piece) for piece in ("Tumours", "oesophageal", "leukaemias", "β", "KRAS")]
    ['tumor', 'esophageal', 'leukemia', 'beta', 'kras']
    """
    if not piece[0].isalpha():
        return "|" if piece.isspace() else piece
    if len(piece) > 2 and piece[-1] == "s" and piece[:-1].isupper():
        piece = piece[:-1]
    if not piece.isascii():
        letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", piece))
        piece = "".join(letter for letter in letters if not unicodedata.combining(letter))
    word = _spell(piece).removesuffix("'s").removesuffix("’s")
    return word if len(word) < 5 else _fold_word(word)


def _fold_word(word: str) -> str:
    if word.endswith("ies"):
        word = f"{word[:-3]}y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    word = word.replace("ae", "e").replace("oe", "e").replace("our", "or").replace("ll", "l").replace("sulph", "sulf")
    word = re.sub(r"(?<=[iy])s(?=(?:e|ed|ing|ation)$)", "z", word)
    return re.sub(r"([bt])re$", r"\1er", word)


def _spell(text: str) -> str:
    """`text` in lower case, its Greek letters spelled out."""
    text = text.casefold()
    return text if text.isascii() else "".join(GREEK.get(letter, letter) for letter in text)


@lru_cache(maxsize=1 << 17)
def look_of(written: str) -> Look:
    """How a name is matched, by what it looks like."""
    if plain := _PLAIN_SYMBOL.fullmatch(written):  # most of them, at once
        return Look.CODE if plain[1] else Look.LETTERS
    words = _WORD.findall(written)
    if not words or (len(written) < 3 and written.isascii()):
        return Look.NONE
    if _has_plain_words(written, words):
        return Look.WORDS
    if _DIGIT.search(written) or _HAS_GREEK.search(written):
        count = sum(map(len, _WORD.findall(_HAS_GREEK.sub(" ", written))))
        if count < 2:
            return Look.CODE if _MASS.fullmatch(written) else Look.NONE
        if _CODE.fullmatch(_BLANKS_BY_GREEK.sub(r"\1", written)):
            return Look.CODE
        return Look.NONE if " " in written else Look.LETTERS
    is_symbol = " " not in written and any(map(str.isupper, written[1:]))
    return Look.LETTERS if is_symbol and sum(map(len, words)) > 2 else Look.NONE


def _has_plain_words(written: str, words: Sequence[str]) -> bool:
    """True for a learned word, alone or tied to others, and for two or more words with a blank, not all short."""
    is_lone = len(words) == 1 and len(words[0]) == len(written)
    if not is_lone and not _PARTED.search(written):
        return False
    plain = [word for word in words if len(word) > 1 and _spell(word) not in _GREEK_NAMES]
    if any(map(is_learned, plain)):
        return True
    is_long = sum(map(len, plain)) > 7 and any(len(word) > 4 and not word.isupper() for word in plain)
    return " " in written and len(plain) > 1 and is_long


_GREEK_NAMES: Final = frozenset(GREEK.values())


def is_learned(word: str, *, by_ending: bool = False) -> bool:
    """True for a word too long, or of too learned an ending, to be an everyday one; `by_ending`, its length is nothing.

    >>> [word for word in ("base", "impact", "melanoma", "occludin", "doxorubicin", "KRAS") if is_learned(word)]
    ['melanoma', 'occludin', 'doxorubicin']
    """
    if len(word) < 6 or not word[1:].islower():
        return False
    return (len(word) > 8 and not by_ending) or bool(_LEARNED.fullmatch(word.lower()))


def is_written_like(written: str, text: str, start: int, end: int) -> bool:
    """True where `text[start:end]`, whose key is that of `written`, is written as a name of its look must be."""
    look, there = look_of(written), text[start:end]
    if look is Look.WORDS:
        return True
    if look is Look.CODE:
        return _is_same_code(written, there) and not _ION.fullmatch(text[start : end + 1])
    there = _DASHES.sub("-", there)
    is_same = _DASHES.sub("-", written) in (there, there.removesuffix("s"))
    return is_same and (not written.isupper() or _stands_out(text, start, end))


def _is_same_code(written: str, there: str) -> bool:
    """True where `there` spells the code `written`.

    Capitals mark a symbol, so "TJP-1" is TJP1; in small letters a hyphen must be the code's own ("zo-1", not "set-1").
    """
    written, there = (_DASHES.sub("-", _BLANKS_BY_GREEK.sub(r"\1", side)) for side in (written, there))
    if _spell(written).replace("-", "") != _spell(there).replace("-", ""):
        return False
    words = _WORD.findall(there)
    if any(map(str.isupper, "".join(words)[1:])):
        return True
    return words[0].lower() not in FUNCTION_WORDS and ("-" not in there or has_same_hyphens(written, there))


def has_same_hyphens(written: str, there: str) -> bool:
    """True where two spellings differ in capitals, Greek letters and kinds of hyphens only."""
    return _spell(_DASHES.sub("-", written)) == _spell(_DASHES.sub("-", there))


def is_inside(text: str, start: int, end: int) -> bool:
    """True where what stands around `[start, end)` makes it a piece of a longer word or name."""
    if text[max(0, start - 1) : start].isalnum() or text[end : end + 1].isalnum():
        return True
    return bool(_GOES_ON.match(text, end) or _GOES_BEFORE.search(text[max(0, start - 3) : start]))


def is_another_molecule(text: str, end: int) -> bool:
    """True where what follows `end` makes the molecule named before it another one: a number, "receptor", "-like"."""
    return bool(_OTHER_MOLECULE.match(text, end))


def _stands_out(text: str, start: int, end: int) -> bool:
    """True where capitals mark a symbol: small letters stand around, and no run of three capital words, no heading."""
    before = re.split(r"[.!?]\s", text[text.rfind("\n", 0, start) + 1 : start])[-1]
    after = re.split(r"[.!?](?:\s|$)", text[end:].partition("\n")[0])[0]
    if not re.search(r"(?<!\w)[^\W\d_A-Z]{2,}", f"{before} {after}"):
        return False
    shouted = re.findall(r"(?:\b[A-Z]+\s+)*\Z", before)[0], re.findall(r"\A(?:\s+[A-Z]+\b)*", after)[0]
    opens = not before.removesuffix(shouted[0]).strip()
    is_heading = opens and after[len(shouted[1]) :].startswith(":")
    return sum(len(run.split()) for run in shouted) < 2 and not is_heading


def is_defined_otherwise(letters: str, text: str, names: Iterable[str]) -> bool:
    """True where `text` says itself what `letters` stand for, "stem cells (SC)", and that is none of `names`.

    The long form is what stands before the bracket and holds the letters in order, the first beginning a word
    (after Schwartz & Hearst 2003); one word that it shares with the names, and that is not a general one, is enough.
    """
    opening = re.search(rf"\s\({re.escape(letters)}s?[),;]", text)
    if opening is None:
        return False
    words = text[max(0, opening.start() - 200) : opening.start()].split()[-len(letters) - 3 :]
    in_order = r"[^.]*?".join(re.escape(letter) for letter in letters if letter.isalnum())
    long_form = re.search(rf"(?<!\w){in_order}.*\Z", " ".join(words), re.IGNORECASE | re.DOTALL)
    own = {piece for name in names if look_of(name) is Look.WORDS for piece in key_of(name).split()}
    if long_form is None or not own:
        return False
    return not any(len(piece) > 3 and piece in own - _GENERAL for piece in key_of(long_form[0]).split())
