"""Tables: header and row blocks become rows whose cells say whether their text is their own or carried down.

Nothing is invented. Where a format says which cells are merged, the text of such a cell is carried to all it spans.
Elsewhere a row's leading empty cells are taken to be merged with the cells above them, as such tables are printed; text
is carried down into them and marked so. An empty cell anywhere else stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.records import Block, Cell

_LABEL = re.compile(
    r"\W{0,3}((?:supplement(?:ary|al)|suppl\.?|extended data|appendix)\s+)?tab(?:le|\.)\s*"
    r"([A-Z]{0,2}[-.]?\d+(?:\.\d+)?[A-Za-z]?|[IVXL]+)\b",
    re.IGNORECASE,
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_CONTINUED = re.compile(r"\W*\(?\s*(?:cont(?:inued|\.|d|'d)?)\s*\)?\W*", re.IGNORECASE)
_REFERENCE_COLUMN = re.compile(
    r"\W*(?:refs?|references?|citations?)\W*(?:nos?|numbers?)?\W*|\W*(?:cited )?references?\W*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in the text: `[start, end)` with the tabs before its first filled cell."""

    block: Block
    start: int
    end: int
    number: int
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Table:
    """A table read so far: its caption, and its rows in order, numbered from 1 over all its pages.

    Attributes:
        number: which table of the document, from 1.
        caption: label included; `""` where none was seen.
        named: the label where the format gives it apart from the caption.
    """

    number: int
    caption: str = ""
    named: str | None = None
    rows: list[Row] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    carried: list[Cell | None] = field(default_factory=list)

    @property
    def label(self) -> str:
        """As the caption has it, `"Table S2"`; `"Table N"`, by number, where the caption has none."""
        return self.named or table_label(self.caption) or f"Table {self.number}"


def table_label(caption: str) -> str | None:
    """The label that a caption begins with, or None.

    >>> table_label("TABLE 1. Overview"), table_label("Tables are useful")
    ('Table 1', None)
    """
    match = _LABEL.match(caption)
    if not match:
        return None
    return f"{match[1].strip().capitalize()} Table {match[2]}" if match[1] else f"Table {match[2]}"


def table_key(label: str) -> str | None:
    """What a table goes by however its label is written; None for what is no label of a table.

    >>> [table_key(label) for label in ("Table 1", "TABLE 1.", "Tab. I", "Table 01")]
    ['1', '1', '1', '1']
    >>> list(map(table_key, ("Table S2", "Supplementary Table 2", "Suppl. Table S.2", "Extended data Table 2")))
    ['s2', 's2', 's2', 'e2']
    >>> table_key("counts.xlsx")
    """
    match = _LABEL.match(label)
    if not match:
        return None
    number = re.sub(r"^([a-z]*)[-.]", r"\1", match[2].lower())
    number = str(_ROMAN.index(number) + 1) if number in _ROMAN else number
    kind = (match[1] or "")[:1].lower()
    return re.sub(r"(?<!\d)0+(?=\d)", "", number if number.startswith(kind) else kind + number)


def read_tables(text: str, blocks: Sequence[Block]) -> tuple[Table, ...]:
    """The tables of a document in order of their numbers; every `row` block with any text is a row of one of them."""
    tables: dict[int, Table] = {}
    below_header = False
    last_end = 0
    for block in blocks:
        if block.kind in ("caption", "header", "row"):
            number = block.table if block.table is not None else max(tables, default=1)
            table = tables.setdefault(number, Table(number))
            start, end = _with_tabs(text, block, last_end)
            if block.kind == "caption":
                table.caption = _caption(table.caption, text[start:end])
                table.named = table.named or block.label
            elif block.kind == "header":
                words = [text[left:right] for left, right in _cell_spans(text, start, end)]
                for column, sign in enumerate(block.merged or ""):
                    if sign == "<":
                        words[column] = words[column - 1]
                table.headers = _stacked(table.headers, words) if below_header else words
            elif text[start:end].strip():
                _add_row(table, text, block, start, end)
        below_header = block.kind == "header"
        last_end = block.end
    return tuple(tables[number] for number in sorted(tables))


def is_reference_column(header: str) -> bool:
    """Whether a column's header says that it names entries of the reference list, with or without brackets: "Refs"."""
    return _REFERENCE_COLUMN.fullmatch(header) is not None


def _with_tabs(text: str, block: Block, floor: int) -> tuple[int, int]:
    """A block's span with the tabs before it, which are the empty first cells of a row; blocks have no outer blanks."""
    start = block.start
    if block.kind != "caption":
        while start > floor and text[start - 1] == "\t":
            start -= 1
    return start, block.end


def _cell_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the cells between tabs, without outer blanks; an empty cell is an empty span."""
    spans = []
    place = start
    for cell in text[start:end].split("\t"):
        left = place + len(cell) - len(cell.lstrip()) if cell.strip() else place
        spans.append((left, left + len(cell.strip())))
        place += len(cell) + 1
    return spans


def _add_row(table: Table, text: str, block: Block, start: int, end: int) -> None:
    """Adds a row to its table and keeps what the next one may have carried down to it.

    Where the format says which cells are merged it is taken at its word; else empty first cells are taken to be.
    """
    spans = _cell_spans(text, start, end)
    spans += [(end, end)] * (len(table.headers) - len(spans))
    headers = table.headers + [""] * (len(spans) - len(table.headers))
    above = table.carried + [None] * (len(spans) - len(table.carried))
    first = next(column for column, (left, right) in enumerate(spans) if left < right)
    signs = ("^" * first if block.merged is None else block.merged).ljust(len(spans), ".")
    cells: list[Cell] = []
    for column, (left, right) in enumerate(spans):
        carried = above[column] if signs[column] == "^" else cells[-1] if signs[column] == "<" else None
        if carried is not None and carried.text:
            spanned = block.merged is not None
            cells.append(Cell(headers[column], carried.text, True, carried.start, carried.end, spanned))
        else:
            cells.append(Cell(headers[column], text[left:right], False, left, right))
    # From its first own cell on, a row begins a new group: what stood further right above it belongs to another.
    table.carried = [cell if cell.text else None for cell in cells]
    table.rows.append(Row(block, start, end, block.number or len(table.rows) + 1, tuple(cells)))


def _stacked(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Two header rows as one, column by column."""
    width = max(len(upper), len(lower))
    padded = zip([*upper, *[""] * (width - len(upper))], [*lower, *[""] * (width - len(lower))], strict=True)
    return [" ".join(word for word in pair if word) for pair in padded]


def _caption(known: str, text: str) -> str:
    """The caption with one more caption block read: a bare label takes the next, "Table 1 Cont." adds nothing."""
    words = " ".join(text.split())
    if not known:
        return words
    label = _LABEL.match(words)
    rest = words[label.end() :] if label else words
    bare = _LABEL.match(known)
    if bare and not known[bare.end() :].strip(" .:") and not _CONTINUED.fullmatch(rest):
        return f"{known} {rest.strip()}" if label is None else words
    return known
