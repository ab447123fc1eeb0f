"""Does a statement of the evidence bear a claim: the same molecule, direction, cells and cancer?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from qa.checks.roles import Role
from qa.checks.statements import Statement
from qa.checks.units import Unit

_ALIKE: Final[dict[Role, frozenset[Role]]] = {
    "source": frozenset({"source"}),
    "recipient": frozenset({"recipient", "within"}),
    "within": frozenset({"recipient", "within"}),
    "before": frozenset({"before"}),
    "after": frozenset({"after"}),
}
"""By what cells are claimed to be, what others are that stand in their place."""


@dataclass(frozen=True, slots=True)
class Found:
    """A statement of the evidence, and the unit it is made in."""

    said: Statement
    unit: Unit


def on(molecules: Sequence[str], one: Found) -> bool:
    """True where a statement is on each of the molecules, or names one of them itself."""
    if not molecules or one.said.term.kind == "molecule":
        return True
    if one.said.term.kind == "cancer":  # which of several molecules it is said of, the rest of the claim tells
        return set(molecules) <= one.unit.molecules
    if one.said.relative:
        return False
    own = one.said.molecules
    held = {*own, *(wide for key in own for wide in _wider(key))} if own else one.unit.molecules
    return set(molecules) <= held


def _wider(key: str) -> tuple[str, ...]:
    base = re.sub(r"(?:-[35]p|\*)$", "", key)
    return (base,) if base != key else ()


def has_effect(claim: Statement, one: Found) -> bool:
    """True where what is claimed to be done to a thing is done to it; that it happens at all is enough of a process."""
    wanted, given = claim.net, one.said.net
    kind = claim.term.kind
    if wanted is None or wanted == given or wanted == "affects":
        return True
    if kind in {"cancer", "organ"}:
        return given in {None, "affects"} or given == wanted
    if wanted == "hits" and given == "lowers" and _is_downstream(claim.term.key, one.unit):
        return False
    if wanted in {"hits", "lowers"}:
        return given in {"hits", "lowers"}
    if given is None:
        return kind not in {"symbol", "molecule"} and not any(other.effect for other in one.unit.stating(claim.term))
    return given == "affects" and kind == "cell"


def _is_downstream(key: str, unit: Unit) -> bool:
    """True for a gene that falls because another does: "silences KLF2, so that ZO-1 falls" makes ZO-1 no target."""
    genes = (unit.by_key[cause][0].term.kind for cause, effect in unit.caused if effect == key)
    return "symbol" in genes


def has_role(claim: Statement, one: Found) -> bool:
    """True unless cells are said to give what the evidence has others give, or has them take; so of those that take."""
    claimed, given = claim.role, one.said.role
    if claimed in {"", "object"} or claimed == given:
        return _fit(claimed, given)
    own = {other.role for other in one.unit.stating(claim.term)} - {"", "object"}
    if own:
        return any(_fit(claimed, other) for other in own) and _fit(claimed, given)
    roles = {other.role for stated in one.unit.by_key.values() for other in stated if other.term.kind == "cell"}
    return not roles & _ALIKE[claimed]


def _fit(claimed: Role, given: Role) -> bool:
    if not claimed or not given or claimed == given:
        return True
    if "object" in {claimed, given}:
        return "source" not in {claimed, given}
    if {claimed, given} & {"before", "after"}:
        return (
            {claimed, given} != {"before", "after"}
            and "source" not in {claimed, given}
            and (claimed, given) != ("after", "within")
        )
    return {claimed, given} == {"recipient", "within"} or (claimed, given) == ("within", "source")


def in_cancers(claim: Statement, one: Found) -> bool:
    """True where a statement is on each of the cancers that a claim is on, or stands where they are spoken of."""
    if not claim.cancers or claim.term.kind == "cancer":
        return True
    held = set(one.said.cancers) or one.unit.cancers
    return set(claim.cancers) <= held
