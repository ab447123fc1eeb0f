"""Records that say nothing new: each of their sentences stands, word for word, in one that ranks better.

The same text may be in a library twice: two copies of a paper, an abstract repeated in the body, a row printed again.
The rule is strict on purpose. One word turns a sentence round ("promotes", "inhibits"), one digit makes another
molecule, and a long text hides either from any share of words or shingles in common; so no word may differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Final

from corpus.markers import find_markers
from corpus.records import Record, Reference, TableRow
from index.hits import STEP, Hit
from index.texts import encoded_text
from index.tokens import words

_DASHES: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
# a word, numbers tied by a sign being one (1.5, 17-92), or a sign that tells something (<, +, %, ?, the minus of CD8-);
# stops, commas, quotes, brackets, slashes and hyphens within words tell nothing
_TELLING: Final = re.compile(
    r"[^\W_]+(?:(?<=\d)[^\w\s](?=\d)[^\W_]+)*|[^\w\s.,;:!'\"\u2018-\u201d()\[\]{}/|-]|(?<!\w)-|-(?!\w)"
)
_NO_LETTERS: Final = bytes(code for code in range(128) if not chr(code).islower())


def folded(text: str) -> str:
    """`text` in lower case with one blank between words, less reference markers and what only sets words apart.

    >>> folded("MiR\u201121 (exosomal) targets PTEN [30].") == folded("miR-21, exosomal, targets PTEN")
    True
    >>> folded("miR-21 targets PTEN") == folded("miR-210 targets PTEN")
    False
    """
    for marker in reversed(find_markers(text)):
        text = f"{text[: marker.start]} {text[marker.end :]}"
    return " ".join(_TELLING.findall(text.translate(_DASHES).casefold()))


class Said:
    """What the records of a ranking say, taken in best first.

    A record repeats a better one that holds each of its sentences, `folded`, cites every study that it cites, and
    stands under headings that name every microRNA and organ that its own name. A row is one sentence with its headers
    and its table's caption, the table's number left out.

    Args:
        cited: gives the entries of the reference list that a record cites.
    """

    def __init__(self, cited: Callable[[Record], Sequence[Reference]]) -> None:
        self._cited = cited
        self._by_letters: dict[bytes, dict[str, Record]] = {}

    def repeats(self, record: Record) -> bool:
        """True where one taken in before says it all; otherwise this one is taken in too."""
        # folding takes a tenth of a millisecond a record; sentences of other letters are told apart in a hundredth
        letters = [_letters(sentence) for sentence in _sentences(record)]
        holders = [self._by_letters.get(key, {}) for key in letters]
        for record_id, better in holders[0].items():
            if all(record_id in others for others in holders) and self._adds_nothing(record, better):
                return True
        for key in letters:
            self._by_letters.setdefault(key, {})[record.id] = record
        return False

    def _adds_nothing(self, record: Record, better: Record) -> bool:
        return (
            set(map(folded, _sentences(record))) <= set(map(folded, _sentences(better)))
            and _headed(record) <= _headed(better)
            and self._studies(record) <= self._studies(better)
        )

    def _studies(self, record: Record) -> Set[str]:
        """What a record cites: a study by more than its number, which is another in every list; else the number."""
        known = {entry.marker: _study(entry) for entry in self._cited(record)}
        printed = {number for marker in find_markers(record.text) for number in marker.markers}
        return {known.get(number, number) for number in printed.union(record.markers)}


def tell_apart(
    records: Iterable[Record], cited: Callable[[Record], Sequence[Reference]], wanted: int
) -> tuple[list[Record], list[int]]:
    """The records, best first, up to the `wanted`-th that repeats no better one; and the places of those that do not.

    Args:
        cited: gives the entries of the reference list that a record cites.
    """
    said = Said(cited)
    seen: list[Record] = []
    new: list[int] = []
    for place, record in enumerate(records):
        seen.append(record)
        if not said.repeats(record):
            new.append(place)
        if len(new) == wanted:
            break
    return seen, new


def behind(new: Mapping[int, float], hits: Sequence[Hit]) -> dict[int, float]:
    """The scores, by place, with which all other hits stand behind those that are new, in their old order.

    A repeat is found as well as its original, so its own score would lie above those it moved behind. All repeats are
    lowered by one amount, which brings the best to just below the least of the new: scores still tell the order, and
    how far the repeats lie apart.

    Args:
        new: scores of the hits that are new, by place in `hits`.
        hits: a whole ranking, best first.
    """
    repeats = {place: hit.score for place, hit in enumerate(hits) if place not in new}
    excess = max(repeats.values(), default=0.0) - min(new.values(), default=0.0) + STEP
    return {place: round(score - max(excess, 0.0), 6) for place, score in repeats.items()}


def _sentences(record: Record) -> list[str]:
    """The sentences of a record, one at least."""
    if isinstance(record, TableRow):
        return [f"{record.caption.removeprefix(record.table)}\n{encoded_text(record)}"]
    cut = [record.text[start - record.start : end - record.start] for start, end in record.sentences]
    return cut or [record.text]


def _letters(sentence: str) -> bytes:
    """The letters a to z of a sentence; equal where it is equal `folded`, since markers hold none."""
    return sentence.casefold().encode("ascii", "ignore").translate(None, _NO_LETTERS)


def _headed(record: Record) -> Set[str]:
    """The molecules and organs that the headings above a passage name; a table stands where it fits on the page."""
    return set() if isinstance(record, TableRow) else {word for word in words("\n".join(record.section)) if ":" in word}


def _study(entry: Reference) -> str:
    return entry.doi or entry.pmid or folded(entry.title or entry.text)
