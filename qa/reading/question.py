"""A question, read: checked, its names found, and made to stand alone when it follows on from earlier ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.bylines import Byline
from corpus.drafting import UNPRINTED
from corpus.errors import QuestionError
from index.drugs import find_drugs
from index.mentions import symbols_in
from index.names import Name, find_names
from index.sites import Site, find_sites
from qa.reading.definitions import in_plain_words
from qa.reading.turns import CONTEXT, stand_alone
from qa.results import Interpreted, NameCard

LONGEST: Final = 2000
"""Characters of the longest question."""

# pasted in with text from PDFs and web pages
_UNPRINTED: Final = re.compile(f"[{UNPRINTED}]")
_PREDICATE: Final = re.compile(
    r"\b(?:it|ones|them|that|this|which|what|who|how|why|is|are|was|were|do|does|did|can)\b", re.IGNORECASE
)
_BLANK_CONTROLS: Final = "\t\n\v\f\r\x85"


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question ready to be searched for.

    Attributes:
        text: as asked, trimmed, blanks single.
        alone: what it says on its own, with what the history adds; at most 2,000 characters.
        names: the microRNAs named in `alone`.
        sites: the organs named in `alone`.
        context: what stands last after "in", "of" or "for": where the question is asked about; "" for none.
        authors: by whom the evidence is to be; they are not in `alone`.
        tables: the labels of those that the evidence is to stand in, "" for any table; they are not in `alone`.
        whole: `alone`, and its authors and tables where they stand.
    """

    text: str
    alone: str
    names: tuple[Name, ...]
    sites: tuple[Site, ...]
    context: str = ""
    authors: tuple[Byline, ...] = ()
    whole: str = ""
    tables: tuple[str, ...] = ()


def read_question(text: str, history: Sequence[str] = ()) -> ReadQuestion:
    """The question, checked and made to stand alone.

    Args:
        text: 1 to 2,000 characters after trimming; tabs and line ends count as blanks.
        history: earlier questions, oldest first, each of the same kind.

    Raises:
        QuestionError: it is empty, too long, or holds control characters.
    """
    asked, alone = checked(text), ""
    for turn in (*map(checked, history), asked):
        joined = stand_alone(turn, alone)
        # a history that was pasted in would grow with every turn
        alone = joined if len(joined) <= LONGEST else turn
    return as_alone(asked, in_plain_words(alone), whole=alone)


def as_alone(text: str, alone: str, authors: tuple[Byline, ...] = (), whole: str = "") -> ReadQuestion:
    """The question `text` that says `alone` on its own, with what is named there; and `whole` with its authors."""
    context = CONTEXT.search(alone)
    where = context["what"] if context and not _PREDICATE.search(context["what"]) else ""
    return ReadQuestion(text, alone, find_names(alone), find_sites(alone), where, authors, whole or alone)


def checked(text: str) -> str:
    """`text` in NFC, trimmed, blanks single, characters that print as nothing left out.

    Raises:
        QuestionError: it is empty, too long, or holds control characters.
    """
    if any(letter not in _BLANK_CONTROLS and unicodedata.category(letter) in {"Cc", "Cs"} for letter in text):
        msg = "The question holds a control character; retype it without the invisible characters."
        raise QuestionError(msg)
    single = one_line(text)
    if not single:
        msg = "The question is empty; type what you want to know."
        raise QuestionError(msg)
    if len(single) > LONGEST:
        msg = f"The question has {len(single):,} characters; at most {LONGEST:,} can be asked at once. Shorten it."
        raise QuestionError(msg)
    return single


def one_line(text: str) -> str:
    """`text` in NFC, trimmed, blanks single, characters that print as nothing left out."""
    return " ".join(unicodedata.normalize("NFC", _UNPRINTED.sub("", text)).split())


def interpreted(read: ReadQuestion) -> Interpreted:
    """What is told of how a question was understood: on its own, with every name that was found in it."""
    names = [NameCard(name.text, name.name, name.type) for name in read.names]
    names += [NameCard(site.text, site.name, site.type) for site in read.sites]
    names += [NameCard(symbol, symbol, "symbol") for symbol in dict.fromkeys(symbols_in(read.alone))]
    names += [NameCard(drug, drug.lower(), "drug") for drug in dict.fromkeys(find_drugs(read.alone))]
    names += [NameCard(str(author), str(author), "author") for author in read.authors]
    names += [NameCard(label, label, "table") for label in read.tables if label]
    return Interpreted(read.whole, tuple(names))
