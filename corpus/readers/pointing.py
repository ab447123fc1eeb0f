"""What points into a reference list where the format itself says so: markers of entries, ranges, raised citations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count

from corpus import inline
from corpus.drafting import CITING, citing, is_citing
from corpus.markers import MAX_RANGE

# Two citing stretches with only a dash between them: a range whose inner entries no element names.
_DASHED = re.compile("[\\])\\s]*[-\u2010-\u2015\u2212\u207b][\\[(\\s]*")


def distinct_markers(printed: Sequence[str | None]) -> list[str]:
    """A marker for each entry of the reference lists, all of them different.

    It is the number printed, where there is one and no entry before has it; else the next that is free, from the
    entry's place on.

    >>> distinct_markers(["1", "2", "1", None])
    ['1', '2', '3', '4']
    """
    taken = set(filter(None, printed))
    given: dict[str, None] = {}
    for place, number in enumerate(printed, start=1):
        free = number if number and number not in given else next(str(n) for n in count(place) if str(n) not in taken)
        taken.add(free)
        given[free] = None
    return list(given)


def with_ranges(text: str, order: Sequence[str]) -> str:
    """`text` with what a dash between two citing stretches leaves out cited by the first of them.

    Args:
        order: the markers of the entries, in their order.
    """
    if not is_citing(text):
        return text
    places = {marker: place for place, marker in enumerate(order)}
    found = list(CITING.finditer(text))
    out = [text[: found[0].start()]]
    for at, one in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        named = one[1].split("|")
        gap = text[one.end() : following.start() if following else len(text)]
        if following and _DASHED.fullmatch(gap):
            first, last = places.get(named[-1]), places.get(following[1].split("|")[0])
            if first is not None and last is not None and 0 < last - first < MAX_RANGE:
                named.extend(order[first + 1 : last])
        out += [citing(one[2], named), gap]
    return "".join(out)


def raised_or_lowered(inner: str, before: str, tag: str, *, cites: bool = False) -> str:
    """What the element `tag`, `sup` or `sub`, says after the text `before`.

    Raised citations stand in brackets, other characters as Unicode has them, else in TeX's signs.

    Args:
        cites: whether raised numbers that point nowhere may cite by their form, as `inline.raised` has it.
    """
    if is_citing(inner):
        return inner if inner.strip()[:1] in "[(" else f"[{inner.strip()}]"
    if not inner.strip():
        return inner
    raised = inline.raised if cites else inline.superscript
    said = raised(inner, before) if tag == "sup" else inline.lowered(inner, before)
    if said is None:
        sign = "^" if tag == "sup" else "_"
        return f"{sign}{{{inner.strip()}}}"
    return said
