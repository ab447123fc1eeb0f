"""Tables in plain text: lines with tabs, their caption before, their notes after, their continuation on later pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from corpus.drafting import Part
from corpus.furniture import continued_table
from corpus.inline import plain
from corpus.joining import is_open

MAX_CAPTION = 1000

_LABEL = re.compile(r"(?:supplementary )?(?:table|tab\.)\s+(S?\d{1,3}|[IVX]{1,6})(?!\w)[.:|]?", re.IGNORECASE)
_ITEM_TAB = re.compile(r"\s*(?:[•·‣▪◦●○■–*-]|\(?\w{1,3}[.)]|\[\d{1,4}\]|\d{1,3})\t[^\t]*")
_NOTE = re.compile(
    r"(?:abbreviations?|notes?|source|legend|key)\b\s*[:.]|[*†‡§¶#]\s?\S|(?-i:[a-f¹²³⁴]\s?[A-Z]\w+ )|[ᵃ-ᶻ]\s?\S",
    re.IGNORECASE,
)
_EXPLANATION = re.compile(r"\s*[^\s:=;][^:=;]{0,40}?\s*(?:[:=]|\s[–—-])\s*\S.*", re.DOTALL)


@dataclass(slots=True)
class Chunk:
    """Lines that stand together, none of them blank, and the page they begin on."""

    lines: list[str]
    page: int | None = None

    @property
    def text(self) -> str:
        """The lines as one."""
        return " ".join(line.strip() for line in self.lines)


@dataclass(slots=True)
class Table:
    """A table put together from all its pages.

    Attributes:
        number: from 1, in order of appearance.
        label: the printed number, upper case, or None.
        caption, notes: lines of text.
        header: one line, or None where the first line is data.
        rows: one line each, as printed, with the page it is on.
    """

    number: int
    label: str | None = None
    caption: str = ""
    header: str | None = None
    rows: list[tuple[str, int | None]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    page: int | None = None

    def parts(self) -> Iterator[Part]:
        """Caption, header, rows and notes, in this order."""
        if self.caption:
            yield Part("caption", plain(self.caption), table=self.number, page=self.page, floats=True)
        if self.header is not None:
            yield Part("header", plain(self.header), table=self.number, page=self.page, floats=True)
        for row, page in self.rows:
            yield Part("row", plain(row), table=self.number, page=page, floats=True)
        for note in self.notes:
            yield Part("footnote", plain(note), table=self.number, page=self.page, floats=True)


def caption_label(text: str) -> str | None:
    """The printed number of the table whose caption `text` begins, upper case, or None."""
    found = _LABEL.match(text.strip())
    return found[1].upper() if found else None


def is_note(text: str) -> bool:
    """Whether a paragraph right after a table explains it: abbreviations, or notes behind marks.

    >>> is_note("EMT: a transition; TAM: a macrophage; HCC: a cancer.")
    True
    """
    text = text.strip()
    if _NOTE.match(text):
        return True
    explained = [_EXPLANATION.fullmatch(part) is not None for part in text.rstrip(".").split(";")]
    return len(explained) > 1 and sum(explained) >= 0.7 * len(explained)


def gathered(chunks: Iterable[Chunk]) -> list[Chunk | Table]:
    """`chunks` with those that make up tables replaced by the tables, each where its first page stands."""
    return _Gatherer().gather(list(chunks))


class _Gatherer:
    """Walks over the chunks once, keeping the tables met so far."""

    def __init__(self) -> None:
        self.out: list[Chunk | Table] = []
        self.tables: list[Table] = []

    def gather(self, chunks: list[Chunk]) -> list[Chunk | Table]:
        for at, chunk in enumerate(chunks):
            first = self._first_tabbed(chunk)
            if first is not None:
                self._take(chunk, first)
            elif not self._take_note(chunk, chunks[at + 1 : at + 3]):
                self.out.append(chunk)
        return self.out

    def _first_tabbed(self, chunk: Chunk) -> int | None:
        """Where the table in a chunk begins, or None where there is none."""
        tabbed = [at for at, line in enumerate(chunk.lines) if "\t" in line]
        # Tabs that only lead a line are indentation.
        if not any("\t" in chunk.lines[at].strip() for at in tabbed) or all(
            _ITEM_TAB.fullmatch(chunk.lines[at]) for at in tabbed
        ):
            return None
        lead = chunk.lines[0] if tabbed[0] else self._previous_text()
        awaited = caption_label(lead) or continued_table(lead) or self._open_table() is not None
        return tabbed[0] if len(tabbed) > 1 or awaited else None

    def _previous_text(self) -> str:
        return self.out[-1].text if self.out and isinstance(self.out[-1], Chunk) else ""

    def _open_table(self) -> Table | None:
        """The table that stands right before, and may go on."""
        last = self.out[-1] if self.out else None
        return last if isinstance(last, Table) else None

    def _take(self, chunk: Chunk, first: int) -> None:
        """Takes a chunk's lines into the table they go on with, or into a new one."""
        lead = chunk.lines[:first]
        if lead and not (caption_label(lead[0]) or continued_table(lead[0])):
            # A heading or sentence printed right above the table, without a blank line.
            self.out.append(Chunk(lead, chunk.page))
            lead = []
        elif not lead:
            lead = self._caption_before()
        lines, notes = _split_notes(chunk.lines[first:])
        table = self._continued(lead, lines)
        if table is None:
            table = self._begin(lead, lines, chunk.page)
        else:
            lines = lines[1:] if table.header is not None and _same(lines[0], table.header) else lines
        table.rows += [(line, chunk.page) for line in lines]
        table.notes += notes

    def _caption_before(self) -> list[str]:
        """Takes back the caption that stands as a chunk, or as label and title in two chunks, right before."""
        for back in (1, 2):
            chunks = [item for item in self.out[-back:] if isinstance(item, Chunk)]
            text = " ".join(item.text for item in chunks)
            bare = back == 1 or (bool(chunks) and _LABEL.fullmatch(chunks[0].text.strip()) is not None)
            if (
                len(chunks) == back
                and len(text) <= MAX_CAPTION
                and bare
                and (caption_label(text) or continued_table(text))
            ):
                del self.out[-back:]
                return [text]
        return []

    def _continued(self, lead: list[str], lines: list[str]) -> Table | None:
        """The earlier table that these lines go on with, or None."""
        label = continued_table(lead[0]) if lead else None
        if label is not None:
            return next((table for table in reversed(self.tables) if table.label == label), None)
        if lead or not self.tables:
            return None
        last = self.tables[-1]
        if last.header is not None and _same(lines[0], last.header):
            return last
        before = self._open_table()
        widest = max(line.count("\t") for line in lines)
        return before if before is not None and before.rows and widest == before.rows[-1][0].count("\t") else None

    def _begin(self, lead: list[str], lines: list[str], page: int | None) -> Table:
        """A new table with its caption and header; the header is taken from `lines`."""
        caption = " ".join(line.strip() for line in lead)
        table = Table(len(self.tables) + 1, caption_label(caption), caption, page=page)
        if is_header(lines[0]):
            table.header = lines.pop(0)
        self.tables.append(table)
        self.out.append(table)
        return table

    def _take_note(self, chunk: Chunk, following: list[Chunk]) -> bool:
        """Takes a chunk right after a table into it, as its notes or its caption; says whether it did."""
        table = self._open_table()
        if table is None:
            return False
        text = chunk.text
        goes_on = bool(table.notes) and is_open(table.notes[-1]) and ";" in text and len(text) < MAX_CAPTION
        if is_note(text) or goes_on:
            table.notes.append(text)
            return True
        tabs_follow = any("\t" in line for item in following for line in item.lines)
        if not table.caption and caption_label(text) and continued_table(text) is None and not tabs_follow:
            table.caption, table.label = text, caption_label(text)
            return True
        return False


def _split_notes(lines: list[str]) -> tuple[list[str], list[str]]:
    """A table's lines, and the notes printed right below its last row."""
    end = len(lines)
    while end > 1 and "\t" not in lines[end - 1]:
        end -= 1
    tail = lines[end:]
    noted = next((at for at, line in enumerate(tail) if is_note(line) or len(line) > 150), None)
    if noted is None:
        return list(lines), []
    return lines[: end + noted], [" ".join(line.strip() for line in tail[noted:])]


def is_header(line: str) -> bool:
    """Whether a table's first line names its columns: most of its filled cells hold words, not figures."""
    cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
    return bool(cells) and sum(re.match(r"\D*[^\W\d_]", cell) is not None for cell in cells) * 2 > len(cells)


def _same(line: str, other: str) -> bool:
    return [" ".join(cell.split()) for cell in line.split("\t")] == [
        " ".join(cell.split()) for cell in other.split("\t")
    ]
