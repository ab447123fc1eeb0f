"""The studies that the rows of a document cite: what their titles name, and what the text names where it cites them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.pointers import Pointer, Pointers
from corpus.records import Cell, Reading, Reference, TableRow
from corpus.references import surname
from index.subjects import KINDS, Kind, Names, Subject, named, named_in_prose

_TITLE_COLUMN: Final = re.compile(r"\W*(?:(?:study|paper|article|publication|reference)\W+)?title\W*", re.IGNORECASE)
STUDY_COLUMN: Final = re.compile(
    rf"{_TITLE_COLUMN.pattern}|\W*(?:cited\W+)?(?:references?|refs?|citations?|stud(?:y|ies))\W*", re.IGNORECASE
)
"""The header of a column that names the study each row is held against."""

_DOI: Final = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence that cites a study, or the heading above it, and what it names."""

    text: str
    names: Subject


@dataclass(frozen=True, slots=True)
class Study:
    """A cited study.

    Attributes:
        entry: its entry in the reference list.
        title: what its title names.
        mentions: where the text cites it, in order.
    """

    entry: Reference
    title: Subject
    mentions: tuple[Mention, ...] = ()

    def text(self, kind: Kind) -> Names:
        """What the text names where it cites it."""
        return {key: told for mention in self.mentions for key, told in mention.names[kind].items()}

    def known(self, kind: Kind) -> Names:
        """What it is about, by its title or by the text."""
        return {**self.text(kind), **self.title[kind]}

    def quote(self, kinds: Iterable[Kind]) -> str:
        """The words that say what it is about: its title, or the first of the text that names one of the kinds."""
        kinds = tuple(kinds)
        if any(self.title[kind] for kind in kinds):
            return self.entry.title or self.entry.text
        return next((one.text for one in self.mentions if any(one.names[kind] for kind in kinds)), "")

    @property
    def surname(self) -> str:
        """The first author's surname; empty where the entry names none."""
        return surname(self.entry.authors[0]) if self.entry.authors else ""


def cited_studies(reading: Reading) -> dict[str, Study]:
    """Every entry of the reference list by its marker and its DOI.

    A key that two entries share is left out: nobody knows which is meant.
    """
    mentions = _mentions(reading)
    studies = [Study(entry, title_names(entry), tuple(mentions[entry.marker])) for entry in reading.references]
    keyed = [(key, study) for study in studies for key in (study.entry.marker, study.entry.doi) if key]
    times = Counter(key for key, _ in keyed)
    shared = {study.entry.marker for key, study in keyed if key == study.entry.marker and times[key] > 1}
    return {key: study for key, study in keyed if times[key] == 1 and study.entry.marker not in shared}


def studies_of(row: TableRow, studies: Mapping[str, Study]) -> list[Study]:
    """The studies that a row cites in its own cells, in its order, each once.

    By its markers or a DOI; where it has neither, the one whose title stands in a column for titles.
    """
    own = [cell for cell in row.cells if cell.spanned or not cell.carried]
    dois = (match[0].rstrip(".,;").lower() for cell in own for match in _DOI.finditer(cell.text))
    if cited := {id(studies[key]): studies[key] for key in (*row.markers, *dois) if key in studies}:
        return list(cited.values())
    cells = [cell for cell in own if _TITLE_COLUMN.fullmatch(cell.header) and is_filled(cell)]
    entries = [Reference(row.document_id, "", cell.start, cell.end, cell.text, title=cell.text) for cell in cells]
    return [Study(entry, title_names(entry)) for entry in entries]


def title_names(entry: Reference) -> Subject:
    """What the title names; of an entry without one the molecules, since its journal may be named after an organ."""
    return named_in_prose(entry.title) if entry.title else {**named(entry.text), "cancer": {}}


def is_filled(cell: Cell) -> bool:
    """False for an empty cell and for one that is only a dash."""
    return any(map(str.isalnum, cell.text))


def _mentions(reading: Reading) -> defaultdict[str, list[Mention]]:
    """By marker, the sentences that cite it, each followed by its heading where only that names a cancer."""
    text, pointers = reading.document.text, Pointers(reading.document, reading.references)
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    for passage in (passage for passage in reading.passages if passage.markers):
        above = passage.section[-1] if passage.section else ""
        heading = named_in_prose(above)["cancer"]
        for start, end in passage.sentences:
            for marker, told in _cited_for(text[start:end], start, pointers.within(start, end)):
                found[marker].append(Mention(text[start:end], told))
                if heading and not told["cancer"]:
                    found[marker].append(Mention(above, {"molecule": {}, "cancer": heading}))
    return found


def _cited_for(sentence: str, start: int, pointers: Sequence[Pointer]) -> Iterator[tuple[str, Subject]]:
    """For each study cited what it is cited for: what is named since the pointer before, else anywhere.

    Args:
        sentence: begins at `start` of the text.
        pointers: those of the sentence, in order.
    """
    whole = named_in_prose(sentence) if pointers else named("")
    near, last = named(""), start
    for pointer in pointers:
        between = sentence[last - start : pointer.start - start]
        # pointers with no word between them are cited for the same
        if any(map(str.isalnum, between)):
            near = named(between)
        last = pointer.end
        for marker in pointer.markers:
            yield marker, {kind: near[kind] if near[kind] and whole[kind] else whole[kind] for kind in KINDS}
