"""Two files of one paper: whether they are; `corpus.worth` tells which of them is the better one.

Not to be confused with `corpus.studies`, which tells whether two entries of reference lists name one study. Losing a
paper is worse than keeping one twice: where anything speaks against it, two files are two papers.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, Self
from zlib import crc32

from corpus.records import Passage, Reading
from corpus.references import surname
from corpus.studies import SHORTEST_TITLE, letters

SIGNS: Final = 64
"""How many signs a sketch has at most."""
FEW_SIGNS: Final = 6
"""So many signs in common make it worth while to compare two texts."""

_WORD: Final = re.compile(r"[^\W_]+")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_SHINGLE: Final = 5
_LABEL: Final = re.compile(
    r"\W*(?:(?:author|publisher|editorial)s?\W+)?(correction|corrigend|errat|retract|withdraw|expression of concern"
    r"|comment|repl(?:y|ies)\b|respon[sd]|letter|editorial|suppl|supporting|appendix|additional file)",
    re.IGNORECASE,
)
_BESIDE: Final = re.compile(
    r"(?<![a-z])suppl|supporting.?info|additional.?file|(?<![a-z])(?:mmc|moesm)\d", re.IGNORECASE
)
_TELLING: Final = 60
"""Words from which on two texts of one paper must have something in common."""
_UNLIKE: Final = 0.1
_ALIKE: Final = 0.6
_ALIKE_WORDS: Final = 100
_ALIKE_NUMBERS: Final = 20

Kinship = Literal["same", "perhaps"]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two texts say the same.

    Attributes:
        shorter, longer: how many words they have.
        shared: which share of the runs of five words of the shorter one the longer has too, 0 to 1.
        numbers: which share of the numbers of the one with fewer the other has too, 0 to 1; 1 where there are few.
    """

    shorter: int
    longer: int
    shared: float
    numbers: float

    @classmethod
    def of(cls, one: Iterable[Passage], other: Iterable[Passage]) -> Self:
        """How far the passages of two papers say the same."""
        texts = [_text(one), _text(other)]
        (short, few), (long, many) = sorted(
            ((_WORD.findall(text), text) for text in texts), key=lambda pair: len(pair[0])
        )
        runs, all_runs = set(_runs(short)), set(_runs(long))
        numbers = [Counter(_NUMBER.findall(text)) for text in (few, many)]
        fewest = min(map(Counter.total, numbers))
        common = (numbers[0] & numbers[1]).total()
        return cls(
            len(short),
            len(long),
            len(runs & all_runs) / len(runs) if runs else 0.0,
            common / fewest if fewest >= _ALIKE_NUMBERS else 1.0,
        )

    @property
    def unlike(self) -> bool:
        """Both texts are long enough to tell, and have next to nothing in common."""
        return self.shorter >= _TELLING and self.shared < _UNLIKE

    @property
    def alike(self) -> bool:
        """One text, read from two files or edited a little.

        Papers of one group with one methods section share far fewer runs of words; those written after one pattern
        share many, but no numbers.
        """
        as_long = self.shorter >= _ALIKE_WORDS and 2 * self.shorter >= self.longer
        return as_long and self.shared >= _ALIKE and self.numbers >= _ALIKE


def sketch(passages: Iterable[Passage]) -> tuple[int, ...]:
    """The smallest hashes of the runs of five words of these passages, ascending: papers alike have many in common.

    A bottom-k sketch (Broder 1997), at most `SIGNS` signs, each a CRC-32.
    """
    return tuple(heapq.nsmallest(SIGNS, {crc32(run.encode()) for run in _runs(_WORD.findall(_text(passages)))}))


def kinship(one: Reading, other: Reading) -> Kinship | None:
    """Whether two files are the same paper (None: they are not), or perhaps are.

    The same: equal DOIs; or, where not both have one, equal titles with the same first author (where one names none,
    years at most one apart), or nearly the same text. Perhaps: told to be the same, while the texts have nothing in
    common; or told to be two by their DOIs or by their titles, while title or text is the same. A correction, a
    comment or a supplement is not the paper, nor is a file that a reference manager has beside it, nor one without a
    passage.
    """
    if not _may_be_twins(one, other):
        return None
    alike = Likeness.of(one.passages, other.passages)
    dois = {reading.document.doi for reading in (one, other)}
    titled = _titled_alike(one, other)
    if None not in dois and len(dois) > 1:
        return "perhaps" if alike.alike or titled else None  # a preprint has a DOI of its own
    if None not in dois or titled:
        return "perhaps" if alike.unlike else "same"
    if not alike.alike:
        return None
    return "perhaps" if _titled_apart(one, other) else "same"


def sameness(one: Reading, other: Reading) -> str:
    """What shows that two files are one paper: `DOI 10.1/a`, `the same title`, `nearly the same text`."""
    if one.document.doi and one.document.doi == other.document.doi:
        return f"DOI {one.document.doi}"
    return "the same title" if _titled_alike(one, other) else "nearly the same text"


def titles_key(title: str) -> str | None:
    """What equal titles have equal; None for a title that may be anybody's, such as `Introduction`."""
    key = letters(title)
    return key if len(key) >= SHORTEST_TITLE else None


def _may_be_twins(one: Reading, other: Reading) -> bool:
    if not all(reading.passages and not reading.origin.companion for reading in (one, other)):
        return False
    return _label(one) == _label(other)


def _label(reading: Reading) -> str:
    """What a file that is no paper itself says that it is; "" for a paper."""
    if _BESIDE.search(reading.document.file):
        return "suppl"
    found = _LABEL.match(reading.origin.own.title or reading.document.title)
    return found[1].casefold()[:5] if found else ""


def _titled_alike(one: Reading, other: Reading) -> bool:
    """Equal titles, and a first author or a year that bears it out."""
    key = titles_key(one.document.title)
    if key is None or key != titles_key(other.document.title):
        return False
    first = [_family(reading.document.authors) for reading in (one, other)]
    if all(first):
        return first[0] == first[1]
    years = [reading.document.year for reading in (one, other)]
    return years[0] is not None and years[1] is not None and abs(years[0] - years[1]) <= 1


def _titled_apart(one: Reading, other: Reading) -> bool:
    """Titles of which neither holds the other: papers written after one pattern differ in what they are about."""
    keys = [titles_key(reading.document.title) for reading in (one, other)]
    return keys[0] is not None and keys[1] is not None and keys[0] not in keys[1] and keys[1] not in keys[0]


def _family(authors: tuple[str, ...]) -> str:
    """The last word of the first author's family name, spelling aside; "" where there is none."""
    words = surname(authors[0]).split() if authors else []
    return letters(unicodedata.normalize("NFKD", words[-1]).encode("ascii", "ignore").decode()) if words else ""


def _text(passages: Iterable[Passage]) -> str:
    return unicodedata.normalize("NFKC", " ".join(passage.text for passage in passages)).casefold()


def _runs(words: list[str]) -> Iterator[str]:
    """Every run of five words; of a text with fewer, all of it."""
    for first in range(max(len(words) - _SHINGLE, 0) + 1 if words else 0):
        yield " ".join(words[first : first + _SHINGLE])
