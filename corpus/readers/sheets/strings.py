"""The texts of a workbook: runs of letters, of which some are raised, lowered, struck out or set in a Symbol font."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from corpus.drafting import without_marks
from corpus.readers.pointing import raised_or_lowered
from corpus.readers.symbols import is_symbolic, said

# How the format writes characters that XML cannot hold.
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_OFF: Final = frozenset({"0", "false", "none"})


@dataclass(frozen=True, slots=True)
class Type:
    """How letters are set, as far as it changes what they say.

    Attributes:
        script: `sup` or `sub` for raised and lowered letters.
        font: its name; there are fonts whose letters are others than their codes say.
    """

    script: str = ""
    font: str = ""
    struck: bool = False
    bold: bool = False

    def with_property(self, tag: str, attributes: Mapping[str, str]) -> Type:
        """This type with what one property of a run or font says."""
        value = attributes.get("val", "")
        if tag == "vertAlign":
            return replace(self, script={"superscript": "sup", "subscript": "sub"}.get(value, ""))
        if tag in {"rFont", "name"}:
            return replace(self, font=value)
        if tag == "strike":
            return replace(self, struck=value not in _OFF)
        return replace(self, bold=value not in _OFF) if tag == "b" else self


PLAIN: Final = Type()


def set_in(text: str, type_: Type, before: str = "") -> str:
    """What `text`, set in a type and after the text `before`, says on the line."""
    # asked of every cell, and hardly ever needed
    if not text.isascii() or is_symbolic(type_.font):
        text = said(text, type_.font)
    return raised_or_lowered(text, before, type_.script) if type_.script else text


@dataclass(slots=True)
class Runs:
    """One string of a workbook as its XML is walked over, from `begin` on.

    Attributes:
        struck: whether any text was left out because it is struck out.
    """

    struck: bool = False
    _said: list[str] = field(default_factory=list)
    _held: list[str] | None = None
    _type: Type = PLAIN
    _spoken: bool = False

    def begin(self) -> None:
        """Forgets the string before."""
        self._said, self._held, self._type, self._spoken = [], None, PLAIN, False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element opens, its name without namespace."""
        if tag == "rPh":
            self._spoken = True  # how Japanese is read aloud
        elif tag == "r":
            self._type = PLAIN
        elif tag == "t":
            self._held = []
        elif self._held is None:
            self._type = self._type.with_property(tag, attributes)

    def data(self, text: str) -> None:
        """Characters stand here."""
        if self._held is not None and not self._spoken:
            self._held.append(text)

    def end(self, tag: str) -> None:
        """An element closes."""
        if tag == "rPh":
            self._spoken = False
        elif tag == "t" and self._held is not None:
            text = unescaped("".join(self._held))
            if self._type.struck:
                self.struck |= bool(text.strip())
            else:
                self._said.append(set_in(text, self._type, self._said[-1][-12:] if self._said else ""))
            self._held = None

    @property
    def text(self) -> str:
        """The string so far."""
        return "".join(self._said)


def unescaped(text: str) -> str:
    """`text` with the characters that the format writes as `_x000D_`; those with no place in a text as blanks."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: _printed(chr(int(found[1], 16))), text)
    return without_marks(text)


def _printed(sign: str) -> str:
    return sign if sign.isprintable() else " "


class SharedStrings:
    """Walks over the strings that the cells of all sheets refer to; afterwards `texts` has them, in order."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.runs = Runs()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element opens."""
        if tag == "si":
            self.runs.begin()
        else:
            self.runs.start(tag, attributes)

    def data(self, text: str) -> None:
        """Characters stand here."""
        self.runs.data(text)

    def end(self, tag: str) -> None:
        """An element closes."""
        if tag == "si":
            self.texts.append(" ".join(self.runs.text.split()))
        else:
            self.runs.end(tag)
