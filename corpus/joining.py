"""Pieces that a page or line end parted: is one unfinished, does another go on from it, and the two joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

# Only the end of a piece decides, so that a long text is never looked through again for each of its lines.
_TAIL = 120

_MARKERS = re.compile(
    r"(?:\s*\^?\[[\d,;\s–—-]{1,60}\]|[¹²³⁴⁵⁶⁷⁸⁹⁰⁻]|(?<=[¹²³⁴⁵⁶⁷⁸⁹⁰]),|(?<=[.!?])\d{1,3}(?:[,–-]\d{1,3}){0,8})+$"
)
_CLOSERS = "\"'”’»)]*"
_FINAL = re.compile(r"[.!?…:]$")
_ABBREVIATED = re.compile(r"(?<!\w)(?:al|e\.g|i\.e|vs|cf|ca|Figs?|Eqs?|Refs?|Tabs?|approx|Dr|Prof|Mr|Mrs|St)\.$")
# After one of these no sentence, and no line of a heading, is at its end.
_FUNCTION_WORD = re.compile(
    r"(?<!\w)(?:an?|the|and|or|nor|but|of|in|on|at|by|to|for|from|with|without|into|onto|via|as|than|that|which|who|whose"
    r"|is|are|was|were|be|been|has|have|had|its|their|this|these|those|such|both|either|between|through|during|upon"
    r"|when|while|whereas|where|thereby|including|et al\.)$",
    re.IGNORECASE,
)
_HYPHENS = "-\u2010\u2011"
_DASHES = "\u2013\u2014"
_LAST_WORD = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-\u2010\u2011]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

Words = Counter[str]


def words_of(text: str) -> Words:
    """How often each word stands in `text`, in lower case; words tied by hyphens count as one."""
    return Counter(word.lower() for word in _WORD.findall(text))


def is_open(text: str) -> bool:
    """Whether `text` breaks off: it does not end in sentence-final punctuation, with or without a marker after it.

    >>> is_open("induced the pathway in"), is_open("was shown.[8]"), is_open("as shown by Wang et al.[8]")
    (True, False, True)
    """
    tail = text[-_TAIL:].rstrip()
    if not tail:
        return False
    tail = _MARKERS.sub("", tail).rstrip()
    bare = tail.rstrip(_CLOSERS)
    if _FINAL.search(bare):
        return bare == tail and _ABBREVIATED.search(bare) is not None
    return True


def ends_in_function_word(text: str) -> bool:
    """Whether the last word of `text` is one after which something must follow (the, of, by, which, et al.)."""
    return _FUNCTION_WORD.search(_MARKERS.sub("", text[-_TAIL:].rstrip()).rstrip()) is not None


def goes_on(left: str, right: str) -> bool:
    """Whether `right` goes on where `left`, which is open, broke off.

    It does when it begins in lower case, with an opening bracket or with what no sentence begins with; beginning
    otherwise, only when `left` ends in a hyphen, a comma, an opening bracket or a word that needs another.
    """
    start = right[:8].lstrip("\"'“‘«")
    if start[:1].islower() or start[:1] in {
        "(",
        "[",
        ",",
        ";",
        ")",
        "]",
        "/",
        "%",
        "+",
        "&",
        "=",
        "–",
        "<",
        ">",
        "≥",
        "≤",
    }:
        return True
    tail = left[-_TAIL:].rstrip()
    return tail.endswith((*_HYPHENS, ",", "(", "[", "/", "&")) or ends_in_function_word(tail)


def joined(left: str, right: str, words: Words) -> str:
    """`left` and `right` as one line: a word parted by a hyphen put together again, otherwise parted by one blank.

    The hyphen stays where `words` knows the word with it, or knows both halves and not the whole; it goes where the
    whole occurs elsewhere, or nothing is known. Before a capital, a digit or a Greek letter it always stays.

    >>> joined("activities in-", "cluding growth", words_of("including"))
    'activities including growth'
    >>> joined("a pre-", "metastatic niche", words_of("pre-metastatic"))
    'a pre-metastatic niche'
    """
    dropped, addition = seam(left, right, words)
    left = left.rstrip()
    return left[: len(left) - dropped] + addition


def join_all(pieces: Iterable[str], words: Words) -> str:
    """All `pieces` as one line, each joined to the one before as `joined` does; time is linear in their length."""
    out: list[str] = []
    for piece in filter(None, (piece.strip() for piece in pieces)):
        dropped, addition = seam(out[-1] if out else "", piece, words)
        if dropped:
            out[-1] = out[-1][:-dropped]
        out.append(addition)
    return "".join(out)


def seam(left: str, right: str, words: Words) -> tuple[int, str]:
    """How many characters to take off the end of `left` (0 or 1), and what to write after it for `right` to go on.

    A dash that closes up to the word before it closes up to the next as well.
    """
    right = right.strip()
    tail = left[-_TAIL:].rstrip()
    if not tail or not right or tail[-1] in "/([":
        return 0, right
    if tail[-1] in _DASHES and len(tail) > 1 and not tail[-2].isspace():
        return 0, right
    if tail[-1] not in _HYPHENS or tail[-2:-1].isspace() or len(tail) == 1:
        return 0, " " + right
    first, last = _FIRST_WORD.match(right), _LAST_WORD.search(tail)
    if not first or not last:
        return 0, right
    if right[0].isupper():
        return (1 if _is_broken_name(last[1], first[0], words) else 0), right
    if not (right[0].islower() and _is_latin(right[0])):
        return 0, right
    return (0 if _keeps_hyphen(last[1], first[0].lower(), words) else 1), right


def _is_latin(letter: str) -> bool:
    """Whether a letter can stand in the middle of a word (a Greek one begins a part of a name)."""
    return letter < "\u0250"


def _is_broken_name(left: str, right: str, words: Words) -> bool:
    """Whether a name (miR-NAs, MD-SCs) is only broken: the text has it whole, and nowhere with the hyphen."""
    return words[(left.rpartition("-")[2] + right).lower()] > 0 and not words[f"{left}-{right}".lower()]


def _keeps_hyphen(left: str, right: str, words: Words) -> bool:
    """Whether the hyphen between two halves of a word is the word's own."""
    tied, _, half = left.rpartition("-")
    left, low = left.lower(), half.lower()
    if words[f"{left}-{right}"]:
        return True
    if words[left + right]:
        return False
    if not low.isascii() and len(low) == 1:
        return True
    if tied:
        # the last of several tied words is broken (protease-acti-vated) where neither half is a word
        broken = words[low + right] or not (words[low] or words[right] > 1)
        return not (broken and len(half) > 1 and half[-1].islower())
    # A half may stand in the text only because of the break itself: the right one once, the left one never.
    return words[left] > 1 and words[right] > 1 and len(left) > 2 and len(right) > 2
