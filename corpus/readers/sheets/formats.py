"""Numbers as a spreadsheet shows them: what the format of a cell makes of the number in it.

The formats are those of ECMA-376, part 1, 18.8.30 and 18.8.31.
"""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

GENERAL: Final = "General"
_BUILT_IN: Final = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0",
}  # fmt: skip
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONGEST: Final = 200  # characters of a format; the specification has 255
_MOST: Final = 20  # digits behind the point
_DIGITS: Final = 10  # that a spreadsheet shows of a number in no format of its own
# What stands for itself: quoted, behind a backslash; what prints nothing: a blank as wide as a sign, a filling sign.
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKETED: Final = re.compile(r"\[[^\]]*\]")
_PLACES: Final = re.compile(r"(?P<whole>[#0?,]*)(?:\.(?P<part>[#0?]+))?(?P<power>E[+-][#0?]+)?")
_LARGE: Final = 15  # digits, from which on a spreadsheet itself is inexact
_LAST: Final = 2_958_466  # the day after the last that a spreadsheet knows, 31 December 9999


class Format:
    """What a format makes of numbers; taken apart once, for it is asked for every cell."""

    def __init__(self, code: str = GENERAL, *, late: bool = False) -> None:
        """The format that is written as `code`, of which the part for numbers above 0 counts.

        Args:
            code: as in the file.
            late: days count from 1904, not from 1900.
        """
        code = code.split(";", maxsplit=1)[0] if len(code) <= _LONGEST else GENERAL
        signs = _BRACKETED.sub(_elapsed, _LITERAL.sub("", code))
        self._late, self._signs = late, signs.lower()
        self._dated = re.search(r"[ymdhs]", self._signs) is not None and GENERAL not in signs
        places = next((found for found in _PLACES.finditer(signs) if found[0].strip(",")), None)
        conditional = re.search(r"\[[<>=]", code) is not None
        self._places = None if conditional or "/" in signs or signs.strip() in {"@", GENERAL} else places
        self._percent = "%" if "%" in signs else ""
        self._before, self._after = _around(code)

    @classmethod
    def of(cls, number: int, codes: dict[int, str], *, late: bool) -> Format:
        """The format of a number: one of the file's own `codes`, or one that every spreadsheet knows."""
        return cls(codes.get(number) or _BUILT_IN.get(number, GENERAL), late=late)

    def shown(self, value: str) -> str:
        """What a cell shows whose number the file writes as `value`; that itself where it is none."""
        try:
            number = float(value)
        except ValueError:
            return value
        if not math.isfinite(number):
            return value
        moment = _moment(number, self._signs, late=self._late) if self._dated else None
        if moment is not None:
            return moment
        return _general(number) if self._places is None else self._number(number, self._places)

    def _number(self, number: float, places: re.Match[str]) -> str:
        exact = Decimal(repr(number)) * (100 if self._percent else 1)
        part = (places["part"] or "")[:_MOST]
        if places["power"]:
            text = _scientific(exact, len(part))
        else:
            text = _rounded(exact, part, "," if "," in places["whole"].rstrip(",") else "")
        # What would be shown as nothing is given as it is: p = 0.00 says less than the file does.
        if number and not re.search(r"[1-9]", text):
            return _general(number)
        return f"{self._before}{text}{self._percent}{self._after}"


def _around(code: str) -> tuple[str, str]:
    """What stands for itself before and after the number."""
    said, place = ["", ""], 0
    for found in re.finditer(rf"{_LITERAL.pattern}|[#0?]", _BRACKETED.sub("", code)):
        if found[0] in "#0?":
            place = 1
        elif found[0][0] in '"\\':
            said[place] += found[0].strip('"').removeprefix("\\")
    return said[0], said[1]


def _elapsed(found: re.Match[str]) -> str:
    """Colours, places and conditions say nothing; hours in brackets are counted beyond a day."""
    return "[h]" if re.fullmatch(r"\[[hms]+\]", found[0], re.IGNORECASE) else ""


def _general(number: float) -> str:
    """As where no format is set: ten digits, whole numbers whole.

    >>> _general(0.050000000000000003), _general(1e-5), _general(12345678901.0), _general(1 / 3)
    ('0.05', '1E-05', '12345678901', '0.3333333333')
    """
    if abs(number) < 10**_LARGE and number.is_integer():
        return str(int(number))
    return f"{number:.{_DIGITS}g}".upper()


def _rounded(exact: Decimal, part: str, grouping: str) -> str:
    if exact and exact.adjusted() >= _LARGE:
        return _general(float(exact))
    text = f"{exact.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP):{grouping}f}"
    for sign in reversed(part):
        text = text.removesuffix("0") if sign != "0" else text
        if sign == "0" or not text.endswith((".", "0")):
            break
    return text.removesuffix(".")


def _scientific(exact: Decimal, digits: int) -> str:
    if not exact:
        return f"{exact:.{digits}f}E+00"
    power = exact.adjusted()
    scaled = exact.scaleb(-power).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    if abs(scaled) >= 10:
        scaled, power = (scaled / 10).quantize(Decimal(1).scaleb(-digits)), power + 1
    return f"{scaled}E{power:+03d}"


def _moment(number: float, signs: str, *, late: bool) -> str | None:
    """The day or time that a number of days is, as far as the format shows it; None where there is none such."""
    if not 0 <= number < _LAST:
        return None
    seconds = round(number * 86_400)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    exact = f":{seconds % 60:02d}" if "s" in signs else ""
    if "[h]" in signs:
        return f"{hours}:{minutes:02d}{exact}"
    if not re.search(r"[yd]|mmm", signs):
        return f"{hours % 24:02d}:{minutes:02d}{exact}"
    # 1900 was no leap year, but spreadsheets count a 29 February in it.
    first = datetime(1904, 1, 1) if late else datetime(1899, 12, 30 if number >= 60 else 31)  # noqa: DTZ001 (a day)
    try:
        day = first + timedelta(seconds=seconds)
    except OverflowError:
        return None
    if "y" not in signs:
        return f"{day.day}-{_MONTHS[day.month - 1]}"
    if "d" not in signs:
        return f"{day:%Y-%m}" if "m" in signs else f"{day:%Y}"
    time = f" {day:%H:%M}{exact}" if "h" in signs else ""
    return f"{day:%Y-%m-%d}{time}"
