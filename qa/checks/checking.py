"""Is a sentence borne out by the evidence it cites? Each thing it states must be stated there, of the same molecule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from corpus.markers import find_markers
from corpus.records import DOUBTED
from corpus.sentences import sentences
from index.abbreviations import find_abbreviations
from index.concepts import Abbreviations
from index.vocabulary import Vocabulary
from qa.checks.fitting import Found, has_effect, has_role, in_cancers, on
from qa.checks.joins import caused, causes, pairs
from qa.checks.numbers import Number, bears, find_numbers
from qa.checks.owners import same_owner
from qa.checks.plain import is_strict
from qa.checks.statements import Statement, bare_effects
from qa.checks.terms import Term
from qa.checks.units import Unit, read, units_of
from qa.checks.verbs import Effect
from qa.results import Evidence

_OWN_WORDS: Final = 0.12
"""The share of a sentence's words, names and the like not counted, that may be its writer's own; one always may."""
_PRONOUN: Final = re.compile(
    r"\W*(?:it(?! (?:is|was|has been|seems|appears) )|they|its|their"
    r"|(?:this|the) (?:mi(?:cro)?rna|molecule|former|latter)|this (?:also )?[a-z]+s(?= ))\b",
    re.IGNORECASE,
)
_LIKE_A_VERB: Final = re.compile(r"[^s]s$|ed$")
"""What a verb that no table knows ends in: "overcomes"; where a thing follows it, it may say anything."""
_DEGREE: Final = re.compile(r"\b(more|less) (\w+)", re.IGNORECASE)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_SIGNED: Final[dict[Effect, int]] = {"raises": 1, "lowers": -1, "hits": -1, "affects": 0}
_TOLD: Final[dict[Effect, str]] = {
    "raises": "raised or promoted",
    "lowers": "lowered or inhibited",
    "hits": "targeted",
    "affects": "affected",
}


def check_sentence(
    text: str, cited: Sequence[Evidence], *, known: Vocabulary | None = None, before: str = ""
) -> tuple[str, ...]:
    """Why the evidence it cites does not bear out a sentence, one sentence each for the reader; () where it does.

    A sentence that stands word for word in the evidence passes. Of any other, each name, gene, number, cancer, kind of
    cell and process must be stated in one sentence or row that is on the same molecule and cancer, with the same
    direction, and denied only where the evidence denies it.

    Args:
        text: without the numbers of its evidence.
        known: what the library's documents abbreviate; by default what the evidence cited defines.
        before: the sentence before it, for what "it" stands for.
    """
    if not cited:
        return ("The sentence cites no evidence.",)
    if doubtful := [piece for piece in cited if any(caution.kind in DOUBTED for caution in piece.cautions)]:
        return tuple(f"Evidence {piece.rank} is doubtful itself: {_doubt(piece)}" for piece in doubtful)
    if _is_verbatim(text, cited):
        return ()
    reasons = _Check(text, cited, None, before).reasons()
    if reasons:  # most sentences stand without asking what is short for what
        reasons = _Check(text, cited, known or _defined(cited), before).reasons()
    return reasons


def unknown_ranks(numbers: Iterable[int], evidence: Sequence[Evidence]) -> tuple[int, ...]:
    """The numbers that are the rank of no evidence, each once, in order."""
    ranks = {piece.rank for piece in evidence}
    return tuple(dict.fromkeys(number for number in numbers if number not in ranks))


def _doubt(piece: Evidence) -> str:
    return next(caution.text for caution in piece.cautions if caution.kind in DOUBTED)


def _defined(cited: Sequence[Evidence]) -> Vocabulary:
    defined = {piece.document.id + str(piece.rank): find_abbreviations(piece.text) for piece in cited}
    return Vocabulary(Abbreviations.of(defined))


def _is_verbatim(text: str, cited: Sequence[Evidence]) -> bool:
    told = _bare(text)
    return any(
        told == _bare(piece.text[start:end]) for piece in cited if not piece.row for start, end in sentences(piece.text)
    )


def _bare(text: str) -> str:
    for marker in reversed(find_markers(text)):
        text = text[: marker.start] + " " + text[marker.end :]
    return re.sub(r"\s+(?=[.,;])", "", " ".join(text.split())).rstrip(".")


class _Check:
    """One sentence against its evidence."""

    def __init__(self, text: str, cited: Sequence[Evidence], known: Vocabulary | None, before: str) -> None:
        self.text, self.cited = text, cited
        self.units = [unit for piece in cited for unit in units_of(piece, known)]
        self.terms, self.claims = read(text, known)
        self.molecules = tuple(dict.fromkeys(term.key for term in self.terms if term.kind == "molecule"))
        self.lacks_subject = False
        if not self.molecules and _PRONOUN.match(text):
            earlier, _ = read(before, known)
            self.molecules = tuple(dict.fromkeys(term.key for term in earlier if term.kind == "molecule"))
            self.lacks_subject = not before.strip()
        self.borne: set[int] = set()
        self.bearers: dict[tuple[int, int], set[int]] = {}

    def reasons(self) -> tuple[str, ...]:
        """Why it is not borne out, each reason once."""
        return tuple(dict.fromkeys(self._reasons()))

    def _reasons(self) -> Iterator[str]:
        if self.lacks_subject:
            yield "The sentence does not name what it is about."
        own, sound = 0, bool(find_numbers(self.text)) or any(claim.term.kind != "word" for claim in self.claims)
        if not self.claims and not sound:
            yield "The sentence states nothing that can be checked."
        for claim in self.claims:
            reason = self._reason(claim)
            if reason and sound and self._may_be_own(claim) and not self._is_held(claim.term):
                own += 1
                continue
            if reason:
                yield reason
        words = sum(claim.term.kind == "word" for claim in self.claims)
        if own > max(1, _OWN_WORDS * (len(self.claims) + words)):
            yield "Too many of its words are not in the evidence it cites."
        yield from list(self._numbers())
        if any(term.kind == "not" for term in self.terms) and not any(unit.denies for unit in self.units):
            yield "The sentence denies something; the evidence it cites denies nothing."
        yield from self._turned()
        yield from self._joined()
        yield from self._paired()
        for piece in self.cited:
            if piece.rank not in self.borne:
                yield f"Evidence {piece.rank} says nothing of it."

    def _may_be_own(self, claim: Statement) -> bool:
        """True for a word that may be the writer's: nothing is done to it, and it does nothing itself."""
        term = claim.term
        if term.kind != "word" or claim.effect not in {None, "affects"} or is_strict(term.text.casefold()):
            return False
        after = [other for other in self.terms if other.start >= term.end and other.kind != "aside"]
        return not (_LIKE_A_VERB.search(term.text) and after and after[0].is_thing)

    def _is_held(self, term: Term) -> bool:
        return any(unit.stating(term) for unit in self.units)

    def _reason(self, claim: Statement) -> str:
        """Why no statement of the evidence bears a claim; "" where one does.

        "…, which …" may be said of the gene before it or of all that was said before: either will do.
        """
        if not claim.relative:
            return self._unborne(claim)
        alone = replace(claim, molecules=())
        return self._unborne(alone) and self._unborne(claim)

    def _unborne(self, claim: Statement) -> str:
        """Why no statement of the evidence bears a claim as it is read: the first thing about it that none has."""
        term = claim.term
        left = [Found(said, unit) for unit in self.units for said in unit.stating(term)]
        if term.kind == "cancer" and any(term.key in unit.cancers for unit in self.units if self._is_on(unit)):
            return ""
        if not left:
            return f"{term.text} is not in the evidence it cites."
        molecules = claim.molecules or (self.molecules if not any(t.kind == "molecule" for t in self.terms) else ())
        steps: tuple[tuple[Callable[[Found], bool], str], ...] = (
            (lambda one: on(molecules, one), f"The evidence does not say this of {_listed(molecules)}: {term.text}."),
            (
                lambda one: bool(molecules) or self._is_beside(claim, one),
                f"The evidence does not say this of {term.text}.",
            ),
            (lambda one: claim.denied == one.said.denied, _denial(claim)),
            (lambda one: has_effect(claim, one), self._other_effect(claim)),
            (lambda one: self._has_agents(claim, one), f"The evidence does not say that of {term.text}."),
            (
                lambda one: same_owner(claim.owners, one.said.owners),
                f"The evidence says it of other cells: {term.text}.",
            ),
            (lambda one: has_role(claim, one), f"The evidence has it the other way round: {term.text}."),
            (lambda one: in_cancers(claim, one), f"The evidence says it of another cancer: {term.text}."),
            (lambda one: claim.hedged or not one.said.hedged, f"The evidence is less certain: {term.text}."),
        )
        for fits, reason in steps:
            rest = [one for one in left if fits(one)]
            if not rest:
                return reason
            left = rest
        self.bearers.setdefault((term.start, term.end), set()).update(self.units.index(one.unit) for one in left)
        if term.kind not in {"cancer", "organ"} and (term.kind != "molecule" or self._stands_alone(claim)):
            self.borne.update(one.unit.rank for one in left)
        return ""

    def _is_beside(self, claim: Statement, one: Found) -> bool:
        """True where a statement on no molecule stands beside the first gene, or thing, that the claim is made with."""
        near = [other for other in self.claims if other.clause == claim.clause] or list(self.claims)
        around = near if claim.term.kind == "molecule" else (*near, *self.claims)
        first = next((other for other in around if other.term.kind == "symbol"), None)
        first = first or next((other for other in near if other.term.kind in {"cell", "process"}), claim)
        beside = any(other.part == one.said.part for other in one.unit.stating(first.term))
        return beside or not self._is_held(first.term)

    def _stands_alone(self, claim: Statement) -> bool:
        """True for a molecule of which its clause says nothing but the cancer."""
        beside = {one.term.kind for one in self.claims if one.clause == claim.clause and one is not claim}
        return beside <= {"cancer", "organ", "molecule"}

    @staticmethod
    def _other_effect(claim: Statement) -> str:
        told = _TOLD[claim.effect] if claim.effect else "so"
        return f"The evidence does not say that {claim.term.text} is {told}."

    def _has_agents(self, claim: Statement, one: Found) -> bool:
        """True unless a gene is said to do what the evidence does not say it does."""
        if claim.molecules or claim.effect is None or claim.effect == "affects":
            return True
        given = _SIGNED[one.said.effect or "raises"]
        done = {(agent.key, _SIGNED[agent.effect] * given) for agent in one.said.agents}
        for agent in claim.agents:
            sign = _SIGNED[agent.effect] * _SIGNED[claim.effect]
            either = {(agent.key, -1), (agent.key, 0), (agent.key, 1)} if sign == 0 else {(agent.key, sign)}
            if agent.direct and not either & done:
                return False
        return True

    def _turned(self) -> Iterator[str]:
        """Where what is done is done to nothing named: a direction that the evidence has nowhere."""
        given = {effect for unit in self.units if self._is_on(unit) for effect in unit.effects}
        bare = bare_effects(self.terms)
        if "lowers" in bare and not given & {"lowers", "hits"}:
            yield "The evidence does not say that anything is lowered or inhibited."
        if "raises" in bare and "raises" not in given and "lowers" in given:
            yield "The evidence does not say that anything is raised or promoted."
        for degree, quality in _DEGREE.findall(self.text):
            other = "less" if degree.casefold() == "more" else "more"
            given_so = [found for unit in self.units for found in _DEGREE.findall(unit.text.casefold())]
            if (other, quality.casefold()) in given_so and (degree.casefold(), quality.casefold()) not in given_so:
                yield f"The evidence says {other} {quality}."

    def _joined(self) -> Iterator[str]:
        """Where a cause and what it does are each stated, but nowhere together."""
        for before, after in causes(self.terms):
            one, other = self._bearing(before), self._bearing(after)
            if one and other and not any(abs(i - j) < 2 and self._are_of_one(i, j) for i in one for j in other):
                yield f"The evidence does not say that these go together: {self._first(before)}, {self._first(after)}."

        claimed, given = caused(self.terms), {pair for unit in self.units for pair in unit.caused}
        for pair in sorted(claimed - given):
            if pair[::-1] in given:
                told = [next(term.text for term in self.terms if term.key == key) for key in pair]
                yield f"The evidence has it the other way round: {told[0]}, {told[1]}."

    def _bearing(self, places: Sequence[int]) -> set[int]:
        found = [self.bearers.get((self.terms[j].start, self.terms[j].end), set()) for j in places]
        return set().union(*found)

    def _are_of_one(self, i: int, j: int) -> bool:
        return self.units[i].rank == self.units[j].rank

    def _first(self, places: Sequence[int]) -> str:
        return self.terms[places[0]].text

    def _paired(self) -> Iterator[str]:
        """Where "respectively" pairs what the evidence does not."""
        paired = pairs(self.terms)
        for pair in paired:
            if not any(unit.pairs(pair, paired) for unit in self.units):
                told = [next(term.text for term in self.terms if term.key == key) for key in pair]
                yield f"The evidence does not pair these: {told[0]}, {told[1]}."

    def _numbers(self) -> Iterator[str]:
        given = [(number, unit.rank) for unit in self.units if self._is_on(unit) for number in unit.numbers]
        years = {year for piece in self.cited for entry in piece.references for year in _YEAR.findall(entry.text)}
        for number in find_numbers(self.text):
            if bearing := {rank for one, rank in given if bears(one, number)}:
                self.borne |= bearing
                continue
            if self._counts(number):
                continue
            if number.text in years and not any(_YEAR.fullmatch(one.text) for one, _ in given):
                continue
            yield f"The number {number.text} is not in the evidence it cites."

    def _is_on(self, unit: Unit) -> bool:
        return not self.molecules or bool(unit.molecules & set(self.molecules))

    def _counts(self, number: Number) -> bool:
        """True for a small number in words that counts what the sentence lists."""
        if not number.counts:
            return False
        kinds = ("molecule", "symbol", "cancer", "organ", "cell", "process")
        return any(len({t.key for t in self.terms if t.kind == kind}) == number.low for kind in kinds)


def _denial(claim: Statement) -> str:
    if claim.denied:
        return f"The evidence does not deny it of {claim.term.text}."
    return f"The evidence denies it of {claim.term.text}."


def _listed(keys: Sequence[str]) -> str:
    return " and ".join(keys)
