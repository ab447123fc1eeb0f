"""What else things are called in a library: abbreviations that its documents define, and names that the user added.

Each thing named, whichever way, is a concept with an index word of its own: `con:KEY` for what documents abbreviate,
`lex:KEY` for what the lexicon knows. A record holds the words of its concepts beside its index words; of a question,
the words of a name and the word of its concept are two ways to ask for one thing, so the better of the two counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from corpus.sentences import sentences
from index.concepts import Abbreviations
from index.lexicon import Lexicon
from index.tokens import words
from index.topics import Topic, find_topics
from index.wording import EVERYTHING, Wording

_REMEMBERED: Final = 1024
"""Of how many texts the words of their sentences are remembered."""


@dataclass(frozen=True, slots=True)
class Group:
    """A concept, or several that go by one name, as a question names it.

    Attributes:
        start, end: the name's characters in the question, `[start, end)`.
        surface: the index words of that name, as often as they stand there.
        concepts: the words of what it names, `con:KEY` or `lex:KEY`; one at least, each once.
    """

    start: int
    end: int
    surface: tuple[str, ...]
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for; `rest` and the groups' `surface` together are its index words.

    Attributes:
        rest: the index words that are in no name of a concept.
        groups: the concepts named, from left to right; their names do not overlap.
    """

    rest: tuple[str, ...]
    groups: tuple[Group, ...]

    @property
    def ways(self) -> list[list[tuple[str, ...]]]:
        """Of each group the ways to ask for it, each some index words together: its name's, and each concept's."""
        return [[group.surface, *((word,) for word in group.concepts)] for group in self.groups]

    @property
    def words(self) -> tuple[str, ...]:
        """Every index word that is asked for, whichever way, as often as it comes."""
        return (*self.rest, *(word for ways in self.ways for way in ways for word in way))

    def naming(self, word: str) -> tuple[str, ...]:
        """`word`, and the words of the concepts that it names in the question, each once."""
        known = (concept for group in self.groups if word in group.surface for concept in group.concepts)
        return tuple(dict.fromkeys((word, *known)))


class Vocabulary:
    """The abbreviations and other names of one library; never changed once made.

    Args:
        abbreviations: what its documents abbreviate; None for nothing.
        lexicon: the names that the user added.
        wording: what the index words are made of.

    Attributes:
        abbreviations, lexicon, wording: as given.
    """

    def __init__(
        self,
        abbreviations: Abbreviations | None = None,
        lexicon: Lexicon | None = None,
        wording: Wording = EVERYTHING,
    ) -> None:
        self.abbreviations = Abbreviations.of({}) if abbreviations is None else abbreviations
        self.lexicon = Lexicon.of(()) if lexicon is None else lexicon
        self.wording = wording
        self._same: dict[str, tuple[str, ...]] = {}
        self.said = lru_cache(_REMEMBERED)(self._said)
        """The index words of each sentence of a record's text, as `record_words` makes them of it and its document."""

    def record_words(self, text: str, document_id: str) -> list[str]:
        """The index words of a record's text, and one word for each concept that it names as its document does."""
        marks = dict.fromkeys((*self._shared(text, document_id), *self._own(text, document_id)))
        return [*words(text, self.wording), *marks]

    def own_words(self, text: str, document_id: str) -> list[str]:
        """Those of them that no other document has a part in: all but what short forms and their meanings add."""
        return [*words(text, self.wording), *dict.fromkeys(self._own(text, document_id))]

    def shared(self, text: str, document_id: str) -> list[tuple[int, int, tuple[str, ...]]]:
        """What is left of them, by the characters `[start, end)` that name each concept, from left to right.

        What a short form means here may be what other documents say that it does. Where the user's tables know a thing
        by the same name, one of these words may be among the text's own too.
        """
        return [(start, end, self._words_of(key)) for start, end, key in self.abbreviations.find(text, document_id)]

    def _own(self, text: str, document_id: str) -> Iterator[str]:
        known = self.lexicon.concepts(text, self.abbreviations.glossary.shorts(document_id))
        yield from (f"lex:{concept}" for concept in known)
        yield from (f"topic:{topic.name}" for topic in self._topics(text))

    def _shared(self, text: str, document_id: str) -> Iterator[str]:
        for _, _, some in self.shared(text, document_id):
            yield from some

    def _said(self, text: str, document_id: str) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(self.record_words(text[start:end], document_id)) for start, end in sentences(text))

    def asked(self, question: str) -> Asked:
        """The question's index words, those of names apart from the rest; of names that overlap the longer counts."""
        left = Counter(words(question, self.wording))
        groups = []
        for (start, end), concepts in self._names_in(question):
            held = Counter(words(question[start:end], self.wording)) & left
            left -= held
            groups.append(Group(start, end, tuple(held.elements()), concepts))
        return Asked(tuple(left.elements()), tuple(groups))

    def limited(self, wording: Wording) -> Vocabulary:
        """What is left of this vocabulary where words are made of no more than `wording`."""
        abbreviations = self.abbreviations if wording.abbreviations else None
        return Vocabulary(abbreviations, self.lexicon if wording.synonyms else None, wording)

    def _names_in(self, question: str) -> list[tuple[tuple[int, int], tuple[str, ...]]]:
        """The names in a question from left to right, none within or over another, each with its concepts' words."""
        found: dict[tuple[int, int], dict[str, None]] = {}
        for start, end, key in self.abbreviations.find(question):
            found.setdefault((start, end), {}).update(dict.fromkeys(self._words_of(key)))
        defined = {question[start:end] for start, end in found}
        for name in self.lexicon.find(question, defined):
            known = dict.fromkeys(f"lex:{concept}" for concept in name.concepts)
            found.setdefault((name.start, name.end), {}).update(known)
        for topic in self._topics(question):
            found.setdefault((topic.start, topic.end), {})[f"topic:{topic.name}"] = None
        taken: list[tuple[int, int]] = []
        for span in sorted(found, key=lambda span: (span[0] - span[1], span)):
            if all(span[1] <= start or end <= span[0] for start, end in taken):
                taken.append(span)
        return [(span, tuple(found[span])) for span in sorted(taken)]

    def _topics(self, text: str) -> tuple[Topic, ...]:
        return find_topics(text) if self.wording.synonyms else ()

    def _words_of(self, key: str) -> tuple[str, ...]:
        """The word of what a document abbreviates, and those of the lexicon's where this knows it by the same name."""
        if key not in self._same:
            same = [name for name in self.lexicon.find(key) if (name.start, name.end) == (0, len(key))]
            self._same[key] = (f"con:{key}", *(f"lex:{concept}" for name in same for concept in name.concepts))
        return self._same[key]
