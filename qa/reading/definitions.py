"""Questions what something is, or what its short form stands for, and sentences that say so."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from index.mentions import asks_for_molecules
from index.tokens import stem

_THING: Final = r"(?P<what>[^\W_][\w\s/+-]*?)"
_MEANS: Final = re.compile(
    rf"^\W*what\s+(?:does|do)\s+(?:the\s+)?(?:(?:word|term|abbreviation|acronym)\s+)?{_THING}\s+(?:mean|stand\s+for)\W*$",
    re.IGNORECASE,
)
_MEANING: Final = re.compile(
    r"^\W*(?:(?:please\s+)?define|(?:what(?:['\u2019]s|\s+is|\s+are)\s+)?(?:the\s+)?(?:definition|meaning|full\s+(?:name|form)"
    rf"|long\s+form)\s+of)\s+(?:the\s+)?{_THING}\W*$",
    re.IGNORECASE,
)
_WHAT_IS: Final = re.compile(
    rf"^\W*what(?:['\u2019]s|\s+is|\s+are)\s+(?:an?\s+|the\s+)?(?:term\s+)?{_THING}\W*$", re.IGNORECASE
)
_LIST: Final = re.compile(
    r"^\W*(?:please\s+)?(?:(?:list|name|enumerate)|(?:give|show|tell)\s+me(?=\s+(?:all|some|every|the)\b))\s+"
    r"(?:(?:all|some|every)\s+)?(?:of\s+)?(?:the\s+)?"
    r"(?=[^\W\d_])(?!(?:an?|how|what|which|why|when|where|who|about|if|whether|me|it|them)\b)",
    re.IGNORECASE,
)
# what is asked is then no thing but something about it
_MORE: Final = re.compile(
    r"\b(?:of|in|for|with|by|from|to|on|between|that|which|and|or|known|about|is|are|do|does|did|most|best|main|other)\b",
    re.IGNORECASE,
)
_ELSE: Final = re.compile(r"(?<=\bwhat)\s+else\b|(?<=\bwho)\s+else\b|(?<=\bhow)\s+else\b", re.IGNORECASE)
_WORDS: Final = 4
"""Of a thing that is defined, at most."""
_WORD: Final = re.compile(r"[^\W_]+")
_IS: Final = r"(?:is|are|refers?\s+to|means?|denotes?|describes?|represents?|constitutes?|(?:serves?|acts?)\s+as)"
# "is facilitated", "are known to": something else is said of it
_NO_DEFINITION: Final = (
    r"(?!\s+(?:\w+ed|known|shown|found|able|also|not|often|being|likely|thought|seen|driven|given)\b)"
)


def in_plain_words(text: str) -> str:
    """A question for a meaning as one what something is; one that begins with "list" as one which there are; no "else".

    >>> [in_plain_words(text) for text in ("What does EMT stand for?", "define angiogenesis", "List the genes of kelp")]
    ['what is EMT?', 'what is angiogenesis?', 'which genes of kelp']
    >>> in_plain_words("list the miRNAs of plasma")
    'list the miRNAs of plasma'
    """
    text = _ELSE.sub("", text)
    if meant := _MEANS.match(text) or _MEANING.match(text):
        return f"what is {meant['what']}?"
    return text if asks_for_molecules(text) else _LIST.sub("which ", text)


def thing_asked(text: str) -> str:
    """What a question asks to be told what it is; "" for any other question.

    >>> thing_asked("What is the tumor microenvironment?"), thing_asked("What are the targets of miR-21?")
    ('tumor microenvironment', '')
    """
    asked = _WHAT_IS.match(text)
    if not asked or _MORE.search(asked["what"]) or len(asked["what"].split()) > _WORDS:
        return ""
    return asked["what"]


def defining(thing: str, sentence: str) -> int:
    """2 for a sentence that says what a thing is, 1 for one that spells it out; 0 for any other, and for no thing."""
    if not thing:
        return 0
    return 2 if defines(thing, sentence) else int(spells_out(thing, sentence))


def defines(thing: str, sentence: str) -> bool:
    """True for a sentence that begins by saying what a thing is, by its name or by its short form in brackets.

    >>> [defines("exosomes", text) for text in ("Exosomes are small vesicles.", "Exosomes are released by cells.")]
    [True, False]
    >>> defines("TME", "The tumor microenvironment (TME) is a place."), defines("gulls", "Grey gulls are birds.")
    (True, False)
    """
    return any(pattern.match(sentence) for pattern in _patterns(thing))


def spells_out(thing: str, sentence: str) -> bool:
    """True for a sentence that gives a short form behind what it stands for: `tumor microenvironment (TME)`."""
    return thing[-1:].isalnum() and re.search(rf"\w\s\({re.escape(thing)}s?(?!\w)", sentence) is not None


@lru_cache(maxsize=256)
def _patterns(thing: str) -> tuple[re.Pattern[str], ...]:
    words = [
        re.escape(stem(word) if len(word) > 3 and word.islower() else word) + r"\w{0,3}"
        for word in _WORD.findall(thing)
    ]
    name = r"[\s-]+(?:to[\s-]+)?".join(words)
    named = re.compile(rf"\W*(?:(?:an?|the)\s+)?{name}(?:\s*\([^)]*\))?\s+{_IS}{_NO_DEFINITION}\s", re.IGNORECASE)
    apposed = re.compile(rf"\W*{name}(?:\s*\([^)]*\))?,\s+(?:an?|the)\s[^,]{{3,80}},", re.IGNORECASE)
    short = re.compile(rf"[^.]{{3,80}}?\s\({re.escape(thing)}s?\)\s+{_IS}{_NO_DEFINITION}\s")
    return named, apposed, short
