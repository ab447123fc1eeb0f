"""The numbers that Word counts before paragraphs: "2.1", "[14]", "iv."; bullets have none."""

from __future__ import annotations

import re

from lxml import etree

from corpus.readers.docx.package import value

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_LARGEST = 5000
_LEVELS = 9


class Numbering:
    """The lists of a document, counted as their paragraphs are met."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, etree._Element]] = {}
        self._counted: dict[str, list[int]] = {}
        self._list: dict[str, str] = {}
        if root is None:
            return
        abstract = {value(one, "abstractNumId") or "": one for one in root.iter("abstractNum")}
        for one in root.iter("num"):
            which, of = value(one, "numId") or "", value(one.find("abstractNumId")) or ""
            levels = {_whole(value(level, "ilvl")): level for level in abstract.get(of, ()) if level.tag == "lvl"}
            levels |= {
                _whole(value(over, "ilvl")): own
                for over in one.iter("lvlOverride")
                if (own := over.find("lvl")) is not None
            }
            self._levels[which] = levels
            # lists of one kind count on, one after the other, unless one says where it starts
            self._list[which] = which if one.find("lvlOverride/startOverride") is not None else f"of {of}"

    def label(self, which: str, level: str) -> str:
        """The number before the next paragraph at this level of a list, as printed; "" for a bullet."""
        levels, at = self._levels.get(which), min(_whole(level), _LEVELS - 1)
        if levels is None or at not in levels:
            return ""
        counted = self._counted.setdefault(self._list[which], [0] * _LEVELS)
        for upper in range(at):
            counted[upper] = counted[upper] or _start(levels.get(upper))
        counted[at] = counted[at] + 1 if counted[at] else _start(levels[at])
        counted[at + 1 :] = [0] * (_LEVELS - at - 1)
        text = value(levels[at].find("lvlText")) or ""
        if _format(levels[at]) in {"bullet", "none"}:
            return ""
        return re.sub(
            r"%([1-9])", lambda found: _written(counted[int(found[1]) - 1], levels.get(int(found[1]) - 1)), text
        )


def _start(level: etree._Element | None) -> int:
    return _whole(value(level.find("start")) if level is not None else None, 1)


def _format(level: etree._Element | None) -> str:
    return (value(level.find("numFmt")) if level is not None else None) or "decimal"


def _written(number: int, level: etree._Element | None) -> str:
    """A number in the form of its level; digits where the form is another than these."""
    if not 0 < number < _LARGEST:
        return str(number)
    match _format(level):
        case "lowerRoman":
            return _roman(number)
        case "upperRoman":
            return _roman(number).upper()
        case "lowerLetter" | "upperLetter" as form:
            letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter.upper() if form == "upperLetter" else letter
        case "decimalZero":
            return f"{number:02}"
        case _:
            return str(number)


def _roman(number: int) -> str:
    said = ""
    for amount, letters in _ROMAN:
        while number >= amount:
            said, number = said + letters, number - amount
    return said + _ROMAN_ONES[number]


def _whole(number: str | None, default: int = 0) -> int:
    return int(number) if number and number.isascii() and number.isdigit() and len(number) < 7 else default
