"""The concepts that a library's documents abbreviate: which of them a text names, by a short form or in full."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final, Self

from corpus.greek import NAMES as GREEK
from index.abbreviations import Abbreviation, meaning_of
from index.pieces import HYPHENS, PIECE, UNSAID, WORDS, Pieces, fold, symbols_of

_TIED: Final = re.compile(rf"[^\W_]+(?:[{HYPHENS}/'’][^\W_]+)*|[^\W\d_]{{2,}}(?:[{HYPHENS}/'’ ][^\W_]+)*")
_GREEK_NAME: Final = "(?:" + "|".join(GREEK.values()) + ")(?![a-z])"
# what makes a name a part of another: α-SMA, circ-MET, VEGF-A, PD-L1, TGF-β, NF-kB, IGF-1, "EGF receptor"
_LEANS: Final = re.compile(rf"(?:[^\W_]|(?<![{HYPHENS}\w])(?:\d{{1,2}}|[^\W\d_p])[{HYPHENS}])$")
_GOES_ON: Final = re.compile(
    rf"[^\W_]|[{HYPHENS}](?:\d|[α-ω]|{_GREEK_NAME}|[A-Z](?![^\W\d_])|[a-z]{{1,2}}[A-Z])"
    rf"|\s(?:[α-ω](?![^\W_])|{_GREEK_NAME}|(?:receptor|ligand)s?(?![^\W_]))"
)
# … and a name in full: "non-small cell lung cancer", "growth factor 2", "growth factor A"
_NOT_THAT: Final = re.compile(r"(?<![^\W_])non[\s-]$", re.IGNORECASE)
_COUNTED: Final = re.compile(r"\s(?:\d{1,2}(?![\d%.])|[A-Z](?!\w|[\s-]cells?))")
_BROKEN: Final = re.compile(r"[.;:!?]\s|\t")
_Names = Mapping[str, Sequence[tuple[Pieces, str]]]  # by their first piece; each with its concept


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Abbreviations:
    """The abbreviations of a library: which concepts a text names, by a short form or in full.

    A concept's key is its long form in lower case, hyphens, plurals and British spellings folded; a short form whose
    long form does not say which molecule it is ("ZO-1: zonula occludens") is its own key.
    """

    _longs: _Names
    _shared: _Names
    _own: Mapping[str, _Names]

    @classmethod
    def of(cls, documents: Mapping[str, Iterable[Abbreviation]]) -> Self:
        """Those of some documents, by document id.

        Where one document defines a short form twice, the more frequent meaning counts, then the first. A short form
        holds for the library where all documents that define it agree.
        """
        votes: defaultdict[tuple[str, Pieces], Counter[str]] = defaultdict(Counter)
        longs: dict[str, None] = {}
        other_names: list[tuple[str, tuple[str, Pieces]]] = []
        for document, abbreviations in sorted(documents.items()):
            for one in filter(None, (each.meaning or meaning_of(each.short, each.long) for each in abbreviations)):
                longs.update({one.concept: None} if one.said else {})
                votes[document, one.symbols][one.concept] += 1
                other_names += [(one.concept, (document, name)) for name in one.others]
        meant = {place: counts.most_common(1)[0][0] for place, counts in votes.items()}
        concepts = {key: key for counts in votes.values() for key in counts}
        for key, place in other_names:
            other = concepts[meant.setdefault(place, key)]
            concepts.update({known: concepts[key] for known in concepts if concepts[known] == other})
        own: defaultdict[str, list[tuple[Pieces, str]]] = defaultdict(list)
        meanings: defaultdict[Pieces, set[str]] = defaultdict(set)
        for (document, symbols), key in meant.items():
            own[document].append((symbols, concepts[key]))
            meanings[symbols].add(concepts[key])
        return cls(
            _by_first((tuple(key.split()), concepts[key]) for key in longs),
            _by_first((symbols, min(found)) for symbols, found in meanings.items() if len(found) == 1),
            {document: _by_first(names) for document, names in own.items()},
        )

    def changed(self, before: Abbreviations) -> Changed:
        """What texts name by other concepts than `before` had them name."""
        own = {one: before._own.get(one, {}) for one in self._own}
        return Changed(
            frozenset(name for name, _ in _flat(self._longs) ^ _flat(before._longs)),
            frozenset(name for name, _ in _flat(self._shared) ^ _flat(before._shared)),
            frozenset(one for one, names in own.items() if names != self._own[one]),
        )

    def concepts(self, text: str, document_id: str | None = None) -> tuple[str, ...]:
        """The keys of the concepts that `text` names, in order of first appearance, each once; otherwise as `find`."""
        return tuple(dict.fromkeys(concept for _, _, concept in self.find(text, document_id)))

    def find(self, text: str, document_id: str | None = None) -> tuple[tuple[int, int, str], ...]:
        """Where `text` names which concept, `(start, end, key)` from left to right; characters `[start, end)`.

        A short form, in its own capitals, is read as the document `document_id` defines it, or else as all do that
        define it. Of names that overlap the longer counts; one that goes on ("VEGF-A", "factor 2") is another name.
        """
        read, own = _Text(text), self._own.get(document_id or "", {})
        tables = ((self._longs, read.folded), (own, read.symbols), (self._shared, read.symbols))
        found: list[tuple[int, int, str]] = []
        beyond = 0
        for at, (word, symbol) in enumerate(zip(read.folded, read.symbols, strict=True)):
            if at < beyond or not (word in self._longs or symbol in self._shared or symbol in own):
                continue
            known = [(one, words) for table, words in tables for one in table.get(words[at], ())]
            beyond, concept = max((read.end(name, at, words), key) for (name, key), words in known)
            if beyond:
                found.append((read.pieces[at].start(), read.pieces[beyond - 1].end(), concept))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Changed:
    """Names that other concepts go by than before; of what is only in one of the two, the name.

    Attributes:
        longs: names in full, in folded pieces.
        shorts: short forms that hold for the library, in pieces.
        documents: the ids of the documents whose own short forms have changed.
    """

    longs: frozenset[tuple[str, ...]]
    shorts: frozenset[tuple[str, ...]]
    documents: frozenset[str]


class _Text:
    """A text in pieces: as symbols, for short forms, and folded, for long ones."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.shouted = text.isupper()
        self.pieces = list(PIECE.finditer(text))
        self.symbols = symbols_of(text)
        self.folded = [fold(piece[0]) for piece in self.pieces]

    def end(self, name: Pieces, place: int, words: Sequence[str]) -> int:
        """The piece after a name that begins at the piece `place`, or 0 where it does not or is a part of another."""
        full, end = words is self.folded, place
        for wanted in name:
            while full and place < end < len(words) and words[end] in UNSAID:
                end += 1
            if end == len(words) or words[end] != wanted:
                return 0
            end += 1
        start, stop = self.pieces[place].start(), self.pieces[end - 1].end()
        said, before = self.text[start:stop], self.text[max(0, start - 5) : start]
        if full:
            other = bool(_BROKEN.search(said) or _NOT_THAT.search(before) or _COUNTED.match(self.text, stop))
        else:
            other = not _TIED.fullmatch(said) or (self.shouted and said.lower() in WORDS)
        return 0 if other or _LEANS.search(before) or _GOES_ON.match(self.text, stop) else end


def _by_first(names: Iterable[tuple[Pieces, str]]) -> _Names:
    found: defaultdict[str, list[tuple[Pieces, str]]] = defaultdict(list)
    for pieces, concept in names:
        found["".join(pieces[:1])].append((pieces, concept))
    return dict(found)


def _flat(names: _Names) -> Set[tuple[Pieces, str]]:
    return {one for some in names.values() for one in some}
