"""RIS, line by line: a tag, two blanks, a hyphen, a value; `TY` begins an entry, whether or not the last one ended.

`rispy`, which writes our own, reads an entry without its `ER` together with the next, files and all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from corpus.managers.entries import Entry, Export, doi_in, given_first, year_in
from corpus.managers.wording import plain
from corpus.metadata import Facts
from corpus.readers.decode import decode

_LINE: Final = re.compile(r"\s*([A-Z][A-Z0-9])  ?-(?: (.*)|\s*)$")
_FILES: Final = ("L1", "L2", "L3", "L4")

Lines = dict[str, list[str]]


def read_ris(name: str, data: bytes) -> Export:
    """The entries of a RIS file.

    Raises:
        UnreadableFile: it is no text.
    """
    entries = [_entry(lines) for lines in _records(decode(name, data).text)]
    kept = tuple(entry for entry in entries if entry.facts != Facts() or entry.files)
    return Export(kept, len(entries) - len(kept))


def _records(text: str) -> Iterator[Lines]:
    """The values of each entry by tag, in order; a line without a tag goes on with the value before."""
    lines: Lines | None = None
    last = ""
    for line in text.split("\n"):
        found = _LINE.match(line)
        tag, value = (found[1], (found[2] or "").strip()) if found else ("", line.strip())
        if tag in {"TY", "ER"}:
            if lines is not None:
                yield lines
            lines = {} if tag == "TY" else None
        elif lines is None:
            continue
        elif tag:
            lines.setdefault(tag, []).append(value)
            last = tag
        elif value and last in lines:
            lines[last][-1] = f"{lines[last][-1]} {value}".strip()
    if lines is not None:
        yield lines


def _entry(lines: Lines) -> Entry:
    def first(*tags: str) -> str:
        return next((value for tag in tags for value in lines.get(tag, ()) if value), "")

    authors = (plain(name) for tag in ("AU", "A1") for name in lines.get(tag, ()))
    addresses = " ".join(lines.get("UR", ()))
    facts = Facts(
        title=plain(first("TI", "T1", "CT")) or None,
        authors=tuple(dict.fromkeys(given_first(name) for name in authors if name)),
        year=year_in(first("PY"), first("Y1"), first("DA")),
        doi=doi_in(first("DO"), addresses, "\n".join(lines.get("N1", ()))),
        journal=plain(first("JO", "JF", "T2", "JA", "J2")) or None,
    )
    return Entry(facts, tuple(_files([value for tag in _FILES for value in lines.get(tag, ())])))


def _files(values: Sequence[str]) -> Iterator[str]:
    """The files of an entry; one value may hold several, as EndNote's do."""
    named = (one.strip() for value in values for one in re.split(r";(?=\s*(?:file:|internal-pdf:|/|[A-Za-z]:))", value))
    for one in dict.fromkeys(named):
        if one and not re.match(r"(?:https?|ftp):", one, re.IGNORECASE):
            yield one.removeprefix("internal-pdf://")
