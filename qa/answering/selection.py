"""Choosing what an answer says: few sentences that together hold most of what was asked, and repeat little.

A budgeted coverage of facets, taken greedily (Lin and Bilmes 2011, ACL, "A class of submodular functions for document
summarization"): each time the sentence that adds most, less a price for each of its words, until none adds enough.
What a sentence adds is the parts of the question that are not said yet, a part said already counting less each time,
and genes, processes, cancers and studies that are new; all of it in proportion to how well its evidence ranks and to
the share of the question it holds itself. The figures were chosen on the fixed set.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus.bylines import Byline
from index.drugs import find_drugs
from index.mentions import are_near
from index.molecules import named_in
from index.names import Name
from qa.answering.facets import Asking, lowers
from qa.candidates import Candidate, Told, tell
from qa.reading.authors import told_places
from qa.reading.definitions import defining
from qa.reading.tables import stands_in
from qa.results import Evidence

_NEAR_THE_BEST: Final = 0.5
"""Evidence whose score is a smaller share of the best one's is not drawn on."""
_AS_WORTHY: Final = 0.5
"""Nor is a sentence whose worth is a smaller share of the worthiest one's."""
_AROUND: Final = 0.5
"""What a part of the question counts that stands not in the sentence but around it: beside it, above it, in a title."""
_AGAIN: Final = 0.7
"""What a part of the question that is said already counts the next time."""
_NEW: Final = {"molecule": 0.5, "gene": 0.3, "topic": 0.15, "cancer": 0.15, "study": 0.2}
"""What something new of a kind adds; a second of it half as much, and no more after that."""
_SAME_STUDY: Final = 0.2
"""What a sentence counts that cites no study that was not said already."""
_PRICE: Final = 0.002
"""Of each word."""
_ENOUGH: Final = 0.12
"""What adds less is left out."""
_UNVERIFIED: Final = 0.85
"""What a row counts whose carried cells no study confirms."""
_DEFINES: Final = 1.0
"""What a sentence adds that spells out the thing that is asked about; one that says what it is twice that."""
_HANGING: Final = 0.7
"""What a sentence counts that points back to one that is not there, or that begins amid a sentence."""


@dataclass(frozen=True, slots=True)
class _Option:
    """A candidate with what it would bring: itself, and the one it cannot be understood without.

    Attributes:
        defining: how far it says what the thing is that is asked about, as `qa.reading.definitions.defining`.
    """

    said: tuple[Candidate, ...]
    worth: float
    facets: frozenset[str]
    new: dict[str, frozenset[str]]
    defining: int

    @property
    def length(self) -> int:
        return sum(one.told.length for one in self.said)

    @property
    def drugs(self) -> tuple[str, ...]:
        """The drugs that it names."""
        return tuple(drug for one in self.said for drug in find_drugs(one.text))

    @property
    def words(self) -> frozenset[str]:
        """Index words and symbols of all that it says."""
        return frozenset[str]().union(*(one.told.words | one.told.genes for one in self.said))


@dataclass
class _Said:
    """What has been said: how often each facet, and what of each kind."""

    facets: Counter[str] = field(default_factory=Counter)
    things: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in _NEW})

    def add(self, option: _Option) -> None:
        self.facets.update(option.facets)
        for kind, things in option.new.items():
            self.things[kind] |= things


def choose(
    asked: Asking, every: Sequence[Candidate], found: Sequence[Evidence], most: int, limits: Sequence[Name] = ()
) -> tuple[Candidate, ...]:
    """At most `most` sentences and rows, in the order they were chosen; one that leans on another comes after it.

    Args:
        every: what the evidence could say, by rank, then place.
        found: the evidence, best first.
        limits: the molecules that the search was limited to; empty for any.
    """
    options = [option for option in _options(asked, every, found, limits) if len(option.said) <= most]
    options = [option for option in options if asked.genes & option.words] or _without_near(asked, options)
    options = _by_those(asked.authors, options, every, found) if asked.authors else options
    options = ([option for option in options if option.drugs] or options) if asked.drugs else options
    options = _as_asked(asked, options, found) if asked.lowered else options
    best = max((option.worth for option in options), default=0.0)
    options = [option for option in options if option.worth >= _AS_WORTHY * best or option.defining]
    chosen: dict[Candidate, None] = {}
    said = _Said()
    while options:
        gains = [_gain(asked, option, said) for option in options]
        place = max(range(len(options)), key=gains.__getitem__)  # of equals the first: the better rank, then place
        if chosen and gains[place] < _ENOUGH:
            break
        option = options.pop(place)
        if len({**chosen, **dict.fromkeys(option.said)}) > most:
            continue
        chosen |= dict.fromkeys(option.said)
        said.add(option)
    return tuple(chosen)


def _options(
    asked: Asking, every: Sequence[Candidate], found: Sequence[Evidence], limits: Sequence[Name]
) -> Iterator[_Option]:
    """What may be said, by rank, then place."""
    best = found[0].score if found and found[0].score > 0 else 1.0
    pieces = {piece.rank: piece for piece in found if piece.score >= _NEAR_THE_BEST * best}
    if asked.tables:
        of_table = {rank: piece.row.table if piece.row else None for rank, piece in pieces.items()}
        pieces = {rank: piece for rank, piece in pieces.items() if stands_in(asked.tables, of_table[rank])}
    around = {rank: _around(piece, every) for rank, piece in pieces.items()}
    there = {rank for rank, told in around.items() if any(asked.cancers & each.cancers for each in told)}
    fit = [one for one in every if one.rank in (there or pieces) and _is_fit(one.told, limits)]
    fit = [one for one in fit if not _is_of_others(one.told, pieces[one.rank], limits)]
    for one in [one for one in fit if not asked.elsewhere(one.told)] or fit:
        said = _with_what_it_needs(asked, one, limits)
        defines = defining(asked.thing, one.text)
        if not said or not (defines or _has_part(asked, one, around[one.rank])):
            continue
        facets = frozenset[str]().union(*(each.told.facets for each in said))
        own = asked.share(facets)
        beside = asked.share(facets.union(*(told.facets for told in around[one.rank]))) - own
        piece = pieces[one.rank]
        worth = piece.score / best * (own + _AROUND * beside)
        worth *= _UNVERIFIED if any(caution.kind == "unverified" for caution in piece.cautions) else 1
        worth = max(worth, piece.score / best * _AROUND) if defines else worth
        worth *= _HANGING if one.told.fragment or (one.told.back and len(said) == 1) else 1
        tells = max(defining(asked.thing, each.text) for each in said)
        yield _Option(said, worth, facets, _things(asked, said, piece), tells)


def _has_part(asked: Asking, one: Candidate, around: Sequence[Told]) -> bool:
    """True for what holds a part of the question; of what authors found it is enough that it stands around it.

    Where nothing more is asked of authors or of a table, all that they say is a part.
    """
    if not asked.weights and (asked.authors or asked.tables):
        return True
    if not asked.authors:
        return not asked.weights.keys().isdisjoint(one.told.facets)
    return any(not asked.weights.keys().isdisjoint(told.facets) for told in (one.told, *around))


def _is_fit(told: Told, limits: Sequence[Name]) -> bool:
    """False for what names only others than the search was limited to, and for what begins amid a sentence."""
    if limits and told.names and not named_in(limits, told.words):
        return False
    return bool(told.names) or not told.fragment


def _is_of_others(told: Told, piece: Evidence, limits: Sequence[Name]) -> bool:
    """True for what names no molecule and cites studies of others than the search was limited to, by their titles."""
    if not limits or told.names:
        return False
    titles = [tell(card.text) for card in piece.references if card.marker in told.markers]
    return any(title.names for title in titles) and not any(named_in(limits, title.words) for title in titles)


def _with_what_it_needs(asked: Asking, one: Candidate, limits: Sequence[Name]) -> tuple[Candidate, ...]:
    """The candidate, after the one it cannot be understood without; nothing where it is on another molecule.

    One that names no molecule, where one is asked about, must point back to one before it that names that: what merely
    stands beside it may be on anything.
    """
    before = one.before if one.before and not asked.elsewhere(one.before.told) else None
    if before and not (_is_fit(before.told, limits) and _is_on(asked, before.told)):
        before = None
    if _is_on(asked, one.told):
        return (before, one) if one.told.back and before else (one,)
    return (before, one) if before and one.told.back and not one.told.names else ()


def _is_on(asked: Asking, told: Told) -> bool:
    if asked.names:
        return named_in(asked.names, told.words)
    return bool(told.names) or not asked.many


def _as_asked(asked: Asking, options: list[_Option], found: Sequence[Evidence]) -> list[_Option]:
    """Where molecules are asked for that lower something, those said to; all where none is."""
    pieces = {piece.rank: piece for piece in found}
    return [one for one in options if any(lowers(asked, each, pieces[each.rank]) for each in one.said)] or options


def _without_near(asked: Asking, options: list[_Option]) -> list[_Option]:
    """What names no symbol that is near one asked about: VE-cadherin, where N-cadherin is."""
    told = [(option, {gene for one in option.said for gene in one.told.genes}) for option in options]
    return [one for one, genes in told if not any(are_near(mine, gene) for mine in asked.genes for gene in genes)]


def _by_those(
    authors: Sequence[Byline], options: list[_Option], every: Sequence[Candidate], found: Sequence[Evidence]
) -> list[_Option]:
    """What tells of studies by these authors, and leans on nothing that does not."""
    telling: set[Candidate] = set()
    for piece in found:
        own = [one for one in every if one.rank == piece.rank]
        telling.update(own[place] for place in told_places(authors, piece, [one.text for one in own]))
    return [option for option in options if telling.issuperset(option.said)]


def _around(piece: Evidence, every: Sequence[Candidate]) -> list[Told]:
    """What stands around a sentence of the evidence: its other sentences, the heading, the titles of its studies."""
    own = [one.told for one in every if one.rank == piece.rank]
    return [*own, tell(piece.section or ""), *(tell(reference.text) for reference in piece.references)]


def _things(asked: Asking, said: Sequence[Candidate], piece: Evidence) -> dict[str, frozenset[str]]:
    """What an option names, by kind; molecules where they are asked for, cancers where none is named."""
    told = [one.told for one in said]
    none = frozenset[str]()
    return {
        "molecule": none.union(*(each.molecules for each in told)) if asked.many else none,
        "gene": none.union(*(each.genes for each in told)),
        "topic": none.union(*(each.topics for each in told)),
        "cancer": none if asked.cancers else none.union(*(each.cancers for each in told)),
        "study": frozenset(reference.text for reference in piece.references),
    }


def _gain(asked: Asking, option: _Option, said: _Said) -> float:
    total = sum(asked.weights.values())
    there = ((facet, worth) for facet, worth in asked.weights.items() if facet in option.facets)
    parts = sum(worth * _AGAIN ** said.facets[facet] for facet, worth in there)
    new = 0.0
    for kind, things in option.new.items():
        count = len(things - said.things[kind])
        new += _NEW[kind] * min(1.0, (count + 1) / 2) if count else 0.0
    new += _DEFINES * option.defining
    told = option.new["study"] and option.new["study"] <= said.things["study"]
    share = parts / total if total else 1.0
    return option.worth * (share + new) * (_SAME_STUDY if told else 1) - _PRICE * option.length
