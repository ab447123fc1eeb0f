"""Tables of a flow: which hold data and which only lay out a page, and what around a table is its caption or notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Protocol

from lxml import etree

from corpus.drafting import Part
from corpus.furniture import is_float
from corpus.readers.flow.wording import HOLDS, Wording
from corpus.readers.grids import grid_parts
from corpus.tabbed import caption_label, is_note
from corpus.tables import table_label


class TableReading(Protocol):
    """How the parts of a table are read from its element."""

    def __call__(self, name: str, node: etree._Element, number: int, wording: Wording, /) -> list[Part]:
        """Caption, header, rows and notes."""


_WRAP = "wrap"
_WRAPPED = re.compile(
    r"(?:^|\s)(?:\S*[-_])?(?:tables?|table-?wrap\w*|tablewrap|tbl|tw)(?:[-_]\S*)?(?=\s|$)", re.IGNORECASE
)
_HIGHEST = 5
# What a page offers beside a table.
_OFFERED = re.compile(
    r"\W*(?:(?:open|view|show|download|expand|see|full)\b.{0,40}|(?:csv|xlsx?|pdf|print|close|back to article).{0,20})",
    re.IGNORECASE,
)


_SURELY_OFFERED = re.compile(
    r"\W*(?:(?:open|view)\b.{0,20} in (?:a )?new (?:tab|window)|view larger(?: version| image)?"
    r"|full[- ]size (?:table|image)"
    r"|download (?:figure|slide|table|image|powerpoint|ppt|as .{1,20}|.{0,10} as powerpoint.{0,10}))\W*",
    re.IGNORECASE,
)


def mark_wraps(root: etree._Element) -> None:
    """Marks what holds one table with its caption and notes, and nothing else, as its element's name or class says."""
    for table in root.iter("table"):
        if is_layout(table) or next(table.iterancestors("table"), None) is not None:
            continue
        chosen = None
        inner = sum(1 for _ in table.iter("table"))
        for place, holder in enumerate(table.iterancestors()):
            if place >= _HIGHEST or holder.tag not in {"div", "figure", "p", "span"}:
                break
            if next(islice(holder.iter("table"), inner, None), None) is not None:
                break
            if holder.tag == "figure" or _WRAPPED.search(holder.get("as", "")):
                chosen = holder
        if chosen is not None:
            chosen.set(_WRAP, "1")


def is_wrap(node: etree._Element) -> bool:
    """Whether `mark_wraps` marked an element."""
    return node.get(_WRAP) is not None


def is_layout(table: etree._Element) -> bool:
    """Whether a table only lays out a page: it says so, has headings or tables in it, or says one thing a row."""
    words = table.get("as", "").split()
    if "presentation" in words or "none" in words:
        return True
    # what stands in a table inside it says nothing of this one
    headed = any(next(cell.iterancestors("table")) is table for cell in table.iter("th"))
    if table.find("caption") is not None or headed or table.find("thead") is not None:
        return False
    if table.find(".//h") is not None or table.find(".//table") is not None:
        return True
    rows = (row for row in table.iter("tr"))
    return not any(sum(bool(_text(cell).strip()) for cell in row if cell.tag in {"td", "th"}) > 1 for row in rows)


def table_parts(name: str, table: etree._Element, number: int, wording: Wording) -> list[Part]:
    """The caption that stands in a table, its header, rows and notes.

    Raises:
        UnreadableFile: it spans more cells than any real table.
    """
    parts = [Part("caption", line, table=number) for line in map(wording.line, table.findall("caption")) if line]
    parts += grid_parts(name, table, number, wording.line)
    return parts + [Part("footnote", note, table=number) for note in wording.taken_notes()]


def wrapped_parts(name: str, wrap: etree._Element, number: int, wording: Wording) -> list[Part]:
    """Caption, header, rows and notes of a table in what holds it alone: what stands before it is its caption.

    Raises:
        UnreadableFile: it spans more cells than any real table.
    """
    before: list[str] = []
    rows: list[Part] = []
    notes: list[str] = []
    for one in _lines(wrap, wording):
        if not isinstance(one, str):
            rows = table_parts(name, one, number, wording)
        elif not _OFFERED.fullmatch(one):
            (notes if rows else before).append(one)
    captioned = [part for part in rows if part.kind == "caption"]
    if not before and not captioned and (own := next((note for note in notes if caption_label(note)), None)):
        notes.remove(own)
        before.append(own)
    parts = [Part("caption", caption_text(before), table=number)] if before else []
    # a page may hold the same caption twice, once for the window that opens over it
    parts += [part for part in rows if part.kind != "caption" or not before]
    return parts + [Part("footnote", note, table=number) for note in notes]


def is_said_offer(text: str) -> bool:
    """Whether a line offers a figure or a table in another form, and could be nothing else."""
    return len(text) < 60 and _SURELY_OFFERED.fullmatch(text) is not None


def is_offer(node: etree._Element) -> bool:
    """Whether all that an element says is a link to the same in another form ("Open in a new tab")."""
    if node.get(HOLDS) or node.find(".//a") is None:
        return False
    said, linked = ("".join("".join(part).split()) for part in (node.itertext(), map(_text, node.iter("a"))))
    return said == linked and _OFFERED.fullmatch(" ".join(_text(node).split())) is not None


def caption_text(lines: list[str]) -> str:
    """A label and the lines of a caption as one."""
    label, *rest = lines
    stop = "." if rest and label[-1:].isalnum() else ""
    return " ".join([label + stop, *rest])


def take_caption(parts: list[Part], number: int, named: Part | None) -> None:
    """Makes the last of `parts`, or the label and the text that they end in, the caption of the table `number`.

    Args:
        named: the last part that the format itself says is a caption, of whatever it is.
    """
    if parts and parts[-1] is named:
        parts[-1].kind, parts[-1].table = "caption", number
        return
    tail = [part for part in parts[-2:] if part.kind in {"paragraph", "heading"}]
    if len(tail) == 2 and parts[-1].kind == "paragraph" and _is_label(parts[-2].text):
        tail[0].kind, tail[0].text = "caption", caption_text([tail[0].text, parts.pop().text])
        tail[0].level, tail[0].table = 0, number
    elif parts and parts[-1].kind in {"paragraph", "heading"} and is_caption(parts[-1].text):
        parts[-1].kind, parts[-1].level, parts[-1].table = "caption", 0, number


def is_caption(text: str) -> bool:
    """Whether a paragraph beside a table is its caption, by its label."""
    return caption_label(text) is not None and is_float(text)


def is_table_note(text: str) -> bool:
    """Whether a paragraph right under a table explains it."""
    return is_note(text)


def _text(node: etree._Element) -> str:
    return "".join(node.itertext())


def _is_label(text: str) -> bool:
    label = table_label(text)
    return label is not None and len(text) <= len(label) + 3


def _lines(node: etree._Element, wording: Wording) -> Iterator[str | etree._Element]:
    """Everything in an element, line by line, and its table."""
    for run in wording.runs(node):
        if isinstance(run, str) or run.tag == "table":
            yield run
        else:
            yield from _lines(run, wording)
