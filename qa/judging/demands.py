"""What evidence must hold together before it can answer: a molecule, a gene, a drug, a cancer or another context.

"Which miRNA targets PTEN in gastric cancer?" is not answered by PTEN in one record and gastric cancer in another: of
each kind one must be there, in one record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from index.diseases import find_diseases
from index.drugs import find_drugs
from index.mentions import Kind, Mention, asks_for_molecules, holding
from index.names import find_names
from index.sites import find_sites
from index.tokens import words
from index.vocabulary import Asked
from index.words import WordIndex
from qa.reading.attributes import attribute_asked
from qa.reading.question import ReadQuestion

_MOST: Final = 0.5
"""Which share of a phrase's words, by idf, a record must hold more than."""


def demands(question: ReadQuestion, mentions: Sequence[Mention], asked: Asked, known: WordIndex) -> tuple[Mention, ...]:
    """What the question demands: all that it mentions, the context that stands last in it, the attribute asked for."""
    found = list(mentions)
    context = question.context
    if words(context) and not any(find(context) for find in (find_names, find_sites, find_diseases, find_drugs)):
        found.append(_phrase("context", context, asked, known))
    if asks_for_molecules(question.alone):
        found.append(Mention("attribute", "a microRNA", (), np.flatnonzero(known.held_beginning("mir:"))))
    if attribute := attribute_asked(question.alone):
        found.append(_phrase("attribute", attribute, asked, known))
    return tuple(found)


def _phrase(kind: Kind, text: str, asked: Asked, known: WordIndex) -> Mention:
    """A phrase is held by the records that hold most of its words, a rare word counting more (idf)."""
    ways = {word: frozenset(asked.naming(word)) for word in words(text)}
    weights = {word: min(known.idf(way) for way in ways[word]) for word in ways}
    held = np.zeros(len(known))
    for word, weight in weights.items():
        held[holding((ways[word],), known)] += weight
    most = np.flatnonzero(held > _MOST * sum(weights.values()))
    told = text if len(text.split()) == 1 else f"“{text}”"
    return Mention(kind, told, (frozenset().union(*ways.values()),), most)
