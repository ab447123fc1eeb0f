"""Fields of Word: their results are text, their codes are not, save that some say what a result points to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_POINTS = re.compile(r"\s*(?:HYPERLINK\s+\\l\s+\"?([^\s\"]+)|(?:REF|NOTEREF)\s+([^\s\\]+))", re.IGNORECASE)
_BIBLIOGRAPHY = re.compile(r"ZOTERO_BIBL|CSL_BIBLIOGRAPHY|EN\.REFLIST|\s*BIBLIOGRAPHY\b", re.IGNORECASE)
_CONTENTS = re.compile(r"\s*(?:TOC|INDEX)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    """A field that has begun: its code as far as it was met, and whether its result has begun."""

    code: str = ""
    result: bool = False


@dataclass(slots=True)
class Fields:
    """The fields that are open where a document is being read; they may begin and end in different paragraphs."""

    _open: list[_Open] = field(default_factory=list)

    def mark(self, kind: str) -> None:
        """Takes a mark of a field: `begin`, `separate` or `end`."""
        if kind == "begin":
            self._open.append(_Open())
        elif kind == "separate" and self._open:
            self._open[-1].result = True
        elif kind == "end" and self._open:
            self._open.pop()

    def code(self, text: str) -> None:
        """Takes a piece of the code of the innermost field."""
        if self._open and not self._open[-1].result:
            self._open[-1].code += text[:2000]

    @property
    def shown(self) -> bool:
        """Whether text that stands here is printed."""
        return all(one.result for one in self._open)

    @property
    def target(self) -> str:
        """The bookmark that what stands here points to; "" for none."""
        found = (_POINTS.match(one.code) for one in reversed(self._open) if one.result)
        return next((match[1] or match[2] for match in found if match), "")

    @property
    def bibliography(self) -> bool:
        """Whether what stands here is a reference list that a reference manager wrote."""
        return any(_BIBLIOGRAPHY.search(one.code) for one in self._open)

    @property
    def contents(self) -> bool:
        """Whether what stands here is a table of contents or an index."""
        return any(_CONTENTS.match(one.code) for one in self._open)
