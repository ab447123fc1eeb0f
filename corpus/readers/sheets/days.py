"""Days among names: spreadsheets turn gene names such as SEPT2 and MARCH1 into days, and save those."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from corpus.readers.sheets.lines import Line

_MONTH: Final = "(?:jan|feb|mar|mrz|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zä]{0,6}"
_DAY: Final = re.compile(rf"\d{{1,2}}[-./]?\s?{_MONTH}|{_MONTH}[-./]?\s?\d{{1,2}}", re.IGNORECASE)
_DATE: Final = re.compile(r"\d{4}-\d\d(?:-\d\d)?(?: 00:00(?::00)?)?")
# A gene as it is written itself, which is no day: SEPT2, MARCH1, DEC1.
_GENE: Final = re.compile(r"[A-Z]+\d+|[A-Z][a-z]+\d+")
_OF_GENES: Final = re.compile(r"\b(?:genes?|symbols?|targets?|proteins?|mi-?rnas?|hgnc)\b", re.IGNORECASE)
_NAMED: Final = 5  # rows


def days_told(header: Sequence[str], rows: Sequence[Line]) -> Iterator[str]:
    """A notice for each column of names, by its cells or by its own name, that has days in it; it names the rows."""
    for column, name in enumerate(header):
        of_genes = _OF_GENES.search(name) is not None
        filled = [(line.number, line.cells[column]) for line in rows if column < len(line.cells) and line.cells[column]]
        days = [(number, text) for number, text in filled if _is_day(text, dates=of_genes)]
        names = sum(any(map(str.isalpha, text)) for _, text in filled) - len(days)
        if days and (names > len(days) or of_genes):
            yield (
                f"{_rows([number for number, _ in days])} a day ({days[0][1]}) in the column {name or column + 1}, "
                "where names stand: spreadsheets make days of gene names such as SEPT2 and MARCH1, so compare with the "
                "paper."
            )


def _is_day(text: str, *, dates: bool) -> bool:
    """Whether a text is a day of any year, or, where `dates` count, of one; SEPT2 itself is none."""
    if dates and _DATE.fullmatch(text):
        return True
    return _DAY.fullmatch(text) is not None and not _GENE.fullmatch(text)


def _rows(numbers: Sequence[int]) -> str:
    """Which rows, with their verb: `Row 5 has`, `Rows 5 and 9 have`, `Rows 1, 2, 3, 4, 5 and 7 more have`."""
    if len(numbers) == 1:
        return f"Row {numbers[0]} has"
    if len(numbers) <= _NAMED:
        return f"Rows {', '.join(map(str, numbers[:-1]))} and {numbers[-1]} have"
    return f"Rows {', '.join(map(str, numbers[:_NAMED]))} and {len(numbers) - _NAMED:,} more have"
