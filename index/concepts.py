"""The concepts that a library's documents abbreviate: which of them a text names, by a short form or in full."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Final, Self

from corpus.greek import NAMES as GREEK
from index.glossary import Definitions, Glossary
from index.names import find_names
from index.pieces import HYPHENS, PIECE, UNSAID, WORDS, Pieces, fold, symbol

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


class Abbreviations:
    """The abbreviations of a library: which concepts a text names, by a short form or in full.

    Attributes:
        glossary: what each document abbreviates.
    """

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary

    @classmethod
    def of(cls, definitions: Definitions) -> Self:
        """Those of some documents, by document id."""
        return cls(Glossary.of(definitions))

    def concepts(self, text: str, document_id: str | None = None) -> tuple[str, ...]:
        """The keys of the concepts that `text` names, in order of first appearance, each once; otherwise as `find`."""
        return tuple(dict.fromkeys(concept for _, _, concept in self.find(text, document_id)))

    def find(self, text: str, document_id: str | None = None) -> tuple[tuple[int, int, str], ...]:
        """Where `text` names which concept, `(start, end, key)` from left to right; characters `[start, end)`.

        A short form, in its own capitals, is read as the document `document_id` defines it, or else as all do that
        define it. Of names that overlap the longer counts; one that goes on ("VEGF-A", "factor 2") is another name, and
        so is a part of a microRNA's ("HSA-mir-21").
        """
        read = _Text(text)
        longs, shared = self.glossary.longs, self.glossary.shared
        own = self.glossary.own(document_id) if document_id else {}
        found: list[tuple[int, int, str]] = []
        beyond = 0
        for at in range(len(read)):
            if at < beyond:
                continue
            full, short = longs(read.folded[at]), shared(read.symbols[at])
            if mine := own.get(read.symbols[at]):
                short = (*mine, *short)
            if not (full or short):
                continue
            ends = [
                (read.end(name, at, words), key)
                for names, words in ((full, read.folded), (short, read.symbols))
                for name, key in names
                # most are seen here already not to stand there
                if len(name) == 1 or name[1] == (after := words[at + 1]) or after in UNSAID
            ]
            beyond, concept = max(ends, default=(0, ""))
            if beyond:
                found.append((read.pieces[at].start(), read.pieces[beyond - 1].end(), concept))
        return tuple(found)


class _Text:
    """A text in pieces: as symbols, for short forms, and folded, for long ones; "" is behind the last of either."""

    def __init__(self, text: str) -> None:
        self.text = text
        pieces = PIECE.findall(text)
        self.symbols = [*map(symbol, pieces), ""]
        self.folded = [*map(fold, pieces), ""]

    def __len__(self) -> int:
        return len(self.folded) - 1

    @cached_property
    def pieces(self) -> list[re.Match[str]]:
        """Where each piece stands; asked only of texts that may name something."""
        return list(PIECE.finditer(self.text))

    def end(self, name: Pieces, place: int, words: Sequence[str]) -> int:
        """The piece after a name that begins at the piece `place`, or 0 where it does not or is a part of another."""
        full, end = words is self.folded, place
        for wanted in name:
            while full and place < end and words[end] in UNSAID:
                end += 1
            if words[end] != wanted:
                return 0
            end += 1
        start, stop = self.pieces[place].start(), self.pieces[end - 1].end()
        said, before = self.text[start:stop], self.text[max(0, start - 5) : start]
        if full:
            other = bool(_BROKEN.search(said) or _NOT_THAT.search(before) or _COUNTED.match(self.text, stop))
        else:
            other = not _TIED.fullmatch(said) or (self.text.isupper() and said.lower() in WORDS)
        if other or _LEANS.search(before) or _GOES_ON.match(self.text, stop) or self._is_in_molecule(start, stop):
            return 0
        return end

    def _is_in_molecule(self, start: int, stop: int) -> bool:
        """Whether some of these characters are part of a microRNA's name that is not among them as a whole."""
        return any(
            name.start < stop and start < name.end and not start <= name.start < name.end <= stop
            for name in find_names(self.text)
        )
