"""Whether something comes from the cells that a sentence names, goes to them, or happens in them."""

from __future__ import annotations

import re
from typing import Final, Literal

from qa.checks.clauses import is_adjective, is_full
from qa.checks.governing import Governing

Role = Literal["", "source", "recipient", "within", "object", "before", "after"]
"""`object` are cells that something is done to; cells that become others are they `before` and `after`."""

_TAKEN: Final = frozenset({"taken", "internalized", "absorbed", "received"})
_BECOMING: Final = frozenset({"into", "toward", "towards"})
_HAPPENS: Final = re.compile(r"(?:iz|at|ad|er|ist|ead)(?:es|s|ed)$")
"""What verbs of processes end in: "polarizes", "migrated"."""
_VESICLES: Final = frozenset(
    "exosomes exosome vesicles evs microvesicles mirna mirnas microrna micrornas".split()  # noqa: SIM905 (shorter so)
)


def role_of(reading: Governing, i: int) -> Role:
    """Whether something comes from cells, goes to them, or happens in them."""
    if changed := _change(reading, i):
        return changed
    if (
        i + 1 < len(reading.terms)
        and reading.terms[i + 1].kind == "derived"
        and reading.terms[i + 1].start - reading.terms[i].end < 3
    ):
        return "source"
    if any(term.text.casefold() in _VESICLES for term in reading.terms[i + 1 : i + 2]):
        return "source"  # "macrophage exosomes"
    j = i - 1
    while j >= 0 and reading.clauses[j] == reading.clauses[i]:
        kind = reading.terms[j].kind
        if kind == "process" and _HAPPENS.search(reading.terms[j].text):
            return _subject_role(reading, i)
        if kind in {"from", "to", "place", "by", "receive"} or (kind == "of" and _of_vesicles(reading, j)):
            return _by_preposition(reading, j, i)
        if kind in {"release", "send"}:
            return "recipient" if kind == "send" and _is_dative(reading, j) else _subject_role(reading, i)
        if reading.terms[j].verb is not None and not is_adjective(reading.terms[j]):
            return "object" if reading.governors.get(i) == j else _subject_role(reading, i)
        j -= 1
    return _subject_role(reading, i)


def _change(reading: Governing, i: int) -> Role:
    """What cells are before and after "into": "turns normal fibroblasts into cancer-associated ones"."""
    for j in range(i - 1, -1, -1):
        if reading.clauses[j] != reading.clauses[i] or reading.terms[j].verb is not None:
            break
        if reading.terms[j].text.casefold() in _BECOMING:
            return "after"
    done = False
    for j in range(i + 1, len(reading.terms)):
        done = done or is_full(reading.terms[j])
        if reading.clauses[j] != reading.clauses[i] or reading.terms[j].kind in {"place", "from", "by"}:
            break
        if done and reading.terms[j].kind == "cell":  # "macrophages turn fibroblasts into": these change, not those
            break
        if reading.terms[j].kind == "to":
            return "before" if reading.terms[j].text.casefold() in _BECOMING else ""
    return ""


def _is_dative(reading: Governing, j: int) -> bool:
    return reading.terms[j].text.casefold().startswith(("reach", "enter"))


def _of_vesicles(reading: Governing, j: int) -> bool:
    before = reading.terms[max(0, j - 1) : j]
    return bool(before) and (before[0].kind == "molecule" or before[0].text.casefold() in _VESICLES)


def _by_preposition(reading: Governing, j: int, i: int) -> Role:
    kind = reading.terms[j].kind
    before = [reading.terms[k] for k in range(j) if reading.clauses[k] == reading.clauses[i]]
    if kind == "from":
        return "source"
    if kind == "to":
        return "recipient"
    if kind == "receive":
        return ""
    if kind == "by":
        if any(t.kind in {"release", "send"} for t in before[-6:]):
            return "source"
        return "recipient" if any(t.text.casefold() in _TAKEN for t in before[-6:]) else ""
    if kind == "of":
        return "source"
    if reading.terms[j].text.casefold() in {"in", "inside", "within"}:
        return "within"
    return ""


def _subject_role(reading: Governing, i: int) -> Role:
    """Cells before an active verb of release are where it comes from, before one of receipt where it goes."""
    for j in range(i + 1, len(reading.terms)):
        term = reading.terms[j]
        if reading.clauses[j] != reading.clauses[i]:
            return ""
        if term.kind in {"release", "send", "receive"}:
            passive = any(t.kind == "be" for t in reading.terms[max(i, j - 3) : j])
            if passive:
                return ""
            return "recipient" if term.kind == "receive" else "source"
        if term.verb is not None and term.verb.shape == "verb":  # "cancer cells raise … by secreting …"
            later = reading.terms[j : reading.end(j)]
            return "source" if any(t.kind in {"release", "send"} and t.text.endswith("ing") for t in later) else ""
    return ""
