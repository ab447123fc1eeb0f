"""A question, read: checked, its names found, and made to stand alone when it follows on from earlier ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.errors import QuestionError
from index.names import Name, find_names
from index.sites import Site, find_sites

LONGEST: Final = 2000
"""Characters of the longest question."""

# a turn that only makes sense after another: it opens with a link, or stands on a pronoun
_OPENING: Final = re.compile(
    r"^\s*(?:(?:and|or|but|also|then|so)\b[\s,]*)*(?:(?:and\s+)?(?:what|how)\s+about\b)?[\s,]*", re.IGNORECASE
)
_LINK: Final = re.compile(r"^\s*(?:and|or|but|also|what\s+about|how\s+about|same)\b", re.IGNORECASE)
_PRONOUN: Final = re.compile(r"\b(?:it|this\s+molecule|(?:this|that|the\s+same)\s+mi(?:cro)?RNA)\b", re.IGNORECASE)
_ITS: Final = re.compile(r"\b(?:its|their)\b", re.IGNORECASE)
_ANAPHORA: Final = re.compile(r"\b(?:it|its|they|them|their|this|that|these|those|there|same)\b", re.IGNORECASE)
_THERE: Final = re.compile(
    r"\b(?:there|in\s+(?:this|that|the\s+same)\s+(?:cancer|tumou?r|disease|context))\b", re.IGNORECASE
)
_CONTEXT: Final = re.compile(r"\b(?:in|of|for|during)\s+(?:the\s+)?(?P<what>[^,;?.!]+?)\s*[?.!]*\s*$", re.IGNORECASE)
_VERB: Final = re.compile(
    r"\b(?:is|are|was|were|do|does|did|can|could|has|have|which|who|what|where|when|why|how"
    r"|\w+(?:s|ed|es)\s+(?:the|by|in))\b",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W_]+")
# words that ask about a molecule without saying which
_GENERIC: Final = frozenset(
    """a an the of in by is are was were do does did has have been be which what who where when why how any all other
    others more and or with for from to on through via directly mainly mechanism mechanisms pathway pathways signalling
    signaling target targets targeted gene genes protein proteins mrna mrnas source sources cell cells effect effects
    role roles evidence study studies paper papers year function functions outcome outcomes activated silenced
    suppressed inhibited affected involved regulated reported secreted released known found molecules consequences
    activate silence suppress inhibit affect regulate upstream downstream exactly recipient donor""".split()  # noqa: SIM905
)
# a gene or protein as it is written: capitals, often with digits
_SYMBOL: Final = re.compile(r"\b[A-Z][A-Z0-9]+(?:-?[A-Z0-9]+)*\d*\b")


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question ready to be searched for.

    Attributes:
        text: as asked, trimmed, blanks single.
        alone: what it says on its own, with what the history adds.
        names: the microRNAs named in `alone`.
        sites: the organs named in `alone`.
        context: what stands last after "in", "of" or "for": where the question is asked about; "" for none.
    """

    text: str
    alone: str
    names: tuple[Name, ...]
    sites: tuple[Site, ...]
    context: str = ""


def read_question(text: str, history: Sequence[str] = ()) -> ReadQuestion:
    """The question, checked and made to stand alone.

    Args:
        text: 1 to 2,000 characters after trimming; tabs and line ends count as blanks.
        history: earlier questions, oldest first, each of the same kind.

    Raises:
        QuestionError: it is empty, too long, or holds control characters.
    """
    asked = checked(text)
    before = ""
    for earlier in history:
        before = stand_alone(checked(earlier), before)
    alone = stand_alone(asked, before)
    context = _CONTEXT.search(alone)
    return ReadQuestion(asked, alone, find_names(alone), find_sites(alone), context["what"] if context else "")


def checked(text: str) -> str:
    """`text` in NFC, trimmed, blanks single.

    Raises:
        QuestionError: it is empty, too long, or holds control characters.
    """
    single = " ".join(unicodedata.normalize("NFC", text).split())
    if not single:
        msg = "The question is empty; type what you want to know."
        raise QuestionError(msg)
    if len(single) > LONGEST:
        msg = f"The question has {len(single):,} characters; at most {LONGEST:,} can be asked at once. Shorten it."
        raise QuestionError(msg)
    if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in single):
        msg = "The question holds a control character; retype it without the invisible characters."
        raise QuestionError(msg)
    return single


def stand_alone(turn: str, before: str) -> str:
    """`turn` as a question of its own, given the stand-alone question `before` (empty for none).

    What the turn names replaces its kind in the question before; what it leaves out is carried over. A turn that
    stands on its own is left as it is.
    """
    if not before or not follows_on(turn):
        return turn
    rest = _OPENING.sub("", turn, count=1) or turn
    return _elliptic(rest, before) if _is_elliptic(rest) else _anaphoric(rest, before)


def follows_on(turn: str) -> bool:
    """True where a turn needs the one before it: it opens with a link, stands on a pronoun, or names nothing."""
    if _LINK.search(turn) or _ANAPHORA.search(turn):
        return True
    return not find_names(turn) and all(word.casefold() in _GENERIC for word in _WORD.findall(turn))


def _is_elliptic(rest: str) -> bool:
    """True where the turn brings only a new molecule or a new place: "in liver cancer?", "miR-148b?"."""
    return not _ANAPHORA.search(rest) and not _VERB.search(rest)


def _elliptic(rest: str, before: str) -> str:
    names, sites, context = find_names(rest), find_sites(rest), _CONTEXT.search(rest)
    alone = before
    if names:
        alone = _replace_names(alone, names)
    if context:
        alone = _replace_context(alone, context[0].rstrip(" ?.!"))
    elif sites and not names:
        alone = _replace_context(alone, f"in {rest.rstrip(' ?.!')}")
    if not names and not context and not sites:
        return _replace_symbol(before, rest.rstrip(" ?.!"))
    return alone


def _replace_symbol(before: str, new: str) -> str:
    """A gene in the question before gives way to a new one; anything else is added."""
    old = [match for match in _SYMBOL.finditer(before) if not find_sites(match[0]) and not find_names(match[0])]
    if _SYMBOL.fullmatch(new) and len(old) == 1:
        return before[: old[0].start()] + new + before[old[0].end() :]
    return f"{before.rstrip(' ?.!')} {new}?"


def _replace_names(before: str, names: Sequence[Name]) -> str:
    new = " and ".join(dict.fromkeys(name.text for name in names))
    old = find_names(before)
    if not old:
        return f"{before.rstrip(' ?.!')} {new}?"
    return before[: old[0].start] + new + before[old[-1].end :]


def _replace_context(before: str, context: str) -> str:
    """The place or disease of the question before gives way to a new one."""
    sites = find_sites(before)
    old = _CONTEXT.search(before)
    if old and (sites or not find_names(old[0])):
        return f"{before[: old.start()]}{context}?"
    if sites:
        what = re.sub(r"^(?:in|of|for|during)\s+", "", context, flags=re.IGNORECASE)
        return before[: sites[0].start] + what + before[sites[-1].end :]
    return f"{before.rstrip(' ?.!')} {context}?"


def _anaphoric(rest: str, before: str) -> str:
    """A turn with a predicate of its own takes over the molecule and the place that it leaves out."""
    names, sites = find_names(before), find_sites(before)
    alone = rest
    if names and not find_names(rest):
        subject = " and ".join(dict.fromkeys(name.text for name in names))
        alone, put = _PRONOUN.subn(subject, alone, count=1)
        if not put:
            alone, put = _ITS.subn(f"{subject}'s", alone, count=1)
        if not put:
            alone = f"{alone.rstrip(' ?.!')} ({subject})?"
    elif not names and not find_names(rest):
        return f"{before.rstrip(' ?.!')}: {rest}"
    if sites and not find_sites(rest):
        where = before[sites[0].start : sites[-1].end]
        alone, put = _THERE.subn(f"in {where}", alone, count=1)
        if not put:
            alone = f"{alone.rstrip(' ?.!')} in {where}?"
    return alone
