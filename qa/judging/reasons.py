"""Why the evidence does not answer, or answers in part, in words for the reader; each reason is one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from index.mentions import Mention, listed
from qa.judging.weighing import Found
from qa.settings import Settings

MeantBy = Callable[[str], str]
"""Gives the word of the library that a word may be a slip of the pen for; "" for none."""

TOLD: Final = 6
"""How many words of a question a reason lists."""
NAMES_ALL: Final = "The best evidence names it all."
_WORD: Final = re.compile(r"[^\W\d_]+")
_TYPED: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_WORDS: Final = ("a ", "an ", "the ")
_DOUBTED: Final = "table rows that may stand beside the wrong study"
# "exosomes", "Kupffer cells"; not "metastasis", "virus" or "process", nor "Wilms"
_PLURAL: Final = re.compile(r"(?:^|\s)[a-z]+[a-hj-rtv-z]s$")


def no_such(demand: Mention) -> str:
    """That nothing in the library names it; no study is by such authors, no table has such a label."""
    if demand.kind == "table":
        return f"These documents have no row of {demand.text} that could be read."
    return named_nowhere([demand.text], "cited" if demand.kind == "author" else "named")


def apart(first: Mention, together: Sequence[Mention], found: Found, meant_by: MeantBy) -> str:
    """That what is wanted first of what stands apart does not stand with the rest."""
    if table := next((one for one in (*together, *found.doubted) if one.kind == "table"), None):
        return _apart_there(table, first, [one for one in together if one is not table], found)
    if not together and found.doubted:
        together_only = "together only" if len(found.doubted) > 1 else "only"
        return f"{here(found.doubted)}, but {together_only} in {_DOUBTED}."
    if not together:
        return f"{first.text} {are([first.text])} not what these documents are about."
    there = f"in {first.text}" if first.kind == "table" else f"together with {first.text}"
    if first.kind in {"context", "attribute"}:
        slips = filter(None, map(meant_by, _WORD.findall(first.text)))
        there += "".join(f" ({meant}?)" for meant in slips)
    if first in found.doubted:
        return f"{here(together)}, but {there} only in {_DOUBTED}."
    return f"{here(together)}, but not {there}."


def _apart_there(table: Mention, first: Mention, others: Sequence[Mention], found: Found) -> str:
    """That a table does not name what is wanted first, with the others that it names, or only in rows in doubt."""
    names = "name" if are([table.text]) == "are" else "names"
    rest = listed([one.text for one in others])
    if first in found.doubted:
        doubted = listed([one.text for one in found.doubted if one is not table])
        what = f"{rest}, but together with {first.text}" if rest else doubted
        return f"{_capital(table.text)} {names} {what} only in {_DOUBTED.removeprefix('table ')}."
    if rest:
        return f"{_capital(table.text)} {names} {rest}, but not together with {first.text}."
    return f"{_capital(table.text)} {_do([table.text])} not name {first.text}."


def _as_meant(typed: Sequence[str], meant_by: MeantBy) -> list[str]:
    """The first few words, each with what it may be a slip of the pen for: `brest (breast?)`."""
    return [f"{word} ({meant}?)" if (meant := meant_by(word)) else word for word in typed[:TOLD]]


def unmentioned(found: Found, meant_by: MeantBy, settings: Settings) -> str:
    """What the best evidence lacks, where one record holds together all that is demanded."""
    if found.unsaid:
        return f"The best evidence does not mention: {listed(_as_meant(found.unsaid, meant_by))}."
    if found.confidence >= settings.supported and not found.reworded:
        return NAMES_ALL
    if found.reworded:
        but = f"in other words than: {listed(found.reworded[:TOLD])}"
    else:
        but = "but in no one sentence" if found.said < 1 else "but is worded unlike the question"
    return f"{NAMES_ALL.removesuffix('.')}, {but}."


def named_nowhere(names: Sequence[str], done: str = "named") -> str:
    """That no document has these names, in a sentence."""
    return f"{begun(listed(names))} {are(names)} {done} nowhere in these documents."


def unanswered(named: Sequence[Mention], found: Found, meant_by: MeantBy) -> str:
    """That what is demanded is there, and what the best evidence lacks."""
    there = {word for one in named for word in _TYPED.findall(one.text)}
    unsaid = listed(_as_meant([word for word in found.unsaid if word not in there], meant_by))
    if unsaid and [one.kind for one in named] == ["table"]:
        return f"{_capital(named[0].text)} {_do([named[0].text])} not mention: {unsaid}."
    return f"{here(named)}, but {f'not: {unsaid}' if unsaid else 'nothing there answers the question'}."


def here(demanded: Sequence[Mention]) -> str:
    """That these are in the library, without a full stop."""
    texts = [demand.text for demand in demanded]
    return f"{begun(listed(texts))} {are(texts)} in these documents"


def _do(names: Sequence[str]) -> str:
    return "do" if are(names) == "are" else "does"


def begun(text: str) -> str:
    """The beginning of a sentence, with a capital where it is a word of ours and no name."""
    return _capital(text) if text.startswith(_WORDS) else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def are(names: Sequence[str]) -> str:
    """`are` for several things or a plural, otherwise `is`."""
    several = len(names) > 1 or any(" and " in name or _PLURAL.search(name) for name in names)
    return "are" if several else "is"
