"""Labels of tables in a question, as they are typed: "Table 1", "suppl. tables 2-4", "the table"."""

from __future__ import annotations

import re
from typing import Final

from qa.reading.bylines import TELLING

ANY: Final = ""
"""What stands for any table."""
_KIND: Final = r"(?:supplement(?:ary|al)|suppl\.?|extended\s+data|appendix)\s+"
_NUMBER: Final = r"[A-Za-z]{0,2}[-.]?\d{1,3}(?:\.\d+)?[A-Za-z]?(?!\w|-[^\W\d])"
_AND: Final = r"\s*(?:,\s*(?:and|or)\b|,|&|\band\b|\bor\b|\bto\b|[-\u2013])\s*"
_ARTICLE: Final = r"(?:(?:the|this|that|a|any|each|every|all|which|what)\s+)"
_ROWS: Final = r"(?:(?:rows?|columns?|cells?|entry|entries|caption|title|legend)\s+(?:\d+\s+)?(?:of|in|from)\s+)"
# a table in small letters is of no Roman number: "which table I should read"
_NUMBERED: Final = re.compile(
    rf"\b{_ROWS}?{_ARTICLE}?(?P<kind>{_KIND})?(?:tab(?:les?|s?\.)\s*(?P<numbers>{_NUMBER}(?:{_AND}{_NUMBER})*)"
    rf"|(?-i:T(?:able|ABLE|ab\.)\s+(?P<roman>[IVX]{{1,4}})\b))",
    re.IGNORECASE,
)
_UNNUMBERED: Final = re.compile(
    rf"\b{_ROWS}?(?:{_ARTICLE}(?:(?:{_KIND})?tables?|table\s+rows?)|(?<=\bin\s)tables|table\s+rows)\b"
    r"(?!\s+(?:salt|top|tennis|of\s+contents)\b)(?<!\bon\sthe\stable)",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(r"(\d{1,3})\s*(?:\bto\b|[-\u2013])\s*(\d{1,3})")
_MOST: Final = 50
"""Tables that a range names at most; of a longer one its ends are meant."""
_PART: Final = re.compile(_NUMBER)
_IN: Final = re.compile(r"^(?:in|from|of|by|according\s+to)\s+", re.IGNORECASE)
# that they tell it: a row says no word of that
_HOLDING: Final = re.compile(
    rf"{TELLING.pattern}|\b(?:lists?|listed|contains?|contained|gives?|given|includes?|included|summari[sz]es?"
    r"|summari[sz]ed|tells?|told|holds?|appears?|entry|entries|rows?|cites?|cited|citing"
    r"|published)\b",
    re.IGNORECASE,
)


def find_tables(text: str) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """Where a text names tables, `[start, end)`, and their labels, from left to right.

    Where it names none by number, where it speaks of a table, whose label is `ANY`.

    >>> [labels for *_, labels in find_tables("Which are in Table 1, table s2 and suppl. tables 2-4?")]
    [('Table 1',), ('Table S2',), ('Suppl. Table 2', 'Suppl. Table 3', 'Suppl. Table 4')]
    >>> [labels for *_, labels in find_tables("Which microRNAs are in the table?")]
    [('',)]
    """
    found = tuple((match.start(), match.end(), _labels(match)) for match in _NUMBERED.finditer(text))
    return found or tuple((match.start(), match.end(), (ANY,)) for match in _UNNUMBERED.finditer(text))


def _labels(match: re.Match[str]) -> tuple[str, ...]:
    kind = f"{' '.join(match['kind'].split()).capitalize()} " if match["kind"] else ""
    if match["roman"]:
        return (f"{kind}Table {match['roman']}",)
    numbers = _RANGE.sub(_written_out, match["numbers"])
    return tuple(f"{kind}Table {part[0].upper()}" for part in _PART.finditer(numbers))


def _written_out(match: re.Match[str]) -> str:
    first, last = int(match[1]), int(match[2])
    return ", ".join(map(str, range(first, last + 1))) if first < last < first + _MOST else f"{first}, {last}"


def without_tables(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` with blanks for the tables that it names and for the words that say that they hold something; and labels.

    Each label once; as it is, and none, where it names no table.
    """
    found = find_tables(text)
    for start, end, _ in found:
        text = text[:start] + " " * (end - start) + text[end:]
    labels = tuple(dict.fromkeys(label for *_, some in found for label in some))
    return (_HOLDING.sub(_blank, text) if found else text), labels


def with_table(text: str, new: str) -> str:
    """`text` with its first table given way to `new`; "" where `new` brings more than a table, or it has none.

    >>> with_table("Is miR-21 in Table 1?", "in Table S2"), with_table("Is miR-21 in Table 1?", "the gills")
    ('Is miR-21 in Table S2?', '')
    """
    new = _IN.sub("", new)
    old, others = find_tables(text), find_tables(new)
    if not old or [(start, end) for start, end, _ in others] != [(0, len(new))]:
        return ""
    return text[: old[0][0]] + new + text[old[0][1] :]


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
