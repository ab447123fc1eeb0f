"""From the parts a reader found to a draft: one text, and the blocks that tile it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from corpus.errors import UnreadableFile
from corpus.greek import close_greek
from corpus.markers import Marker
from corpus.metadata import Facts
from corpus.pages import Box, Layout, Page
from corpus.records import Block, BlockKind, Draft, Reference

_TABULAR = frozenset({"header", "row"})
UNPRINTED = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Characters that print as nothing or only turn the letters after them round, as a class of a pattern has them.

Soft hyphens, blanks of no width, signs of direction, invisible signs of mathematics, byte-order marks; joiners (U+200C,
U+200D) do print.
"""
# Controls too, and halves of a character, which JSON and YAML can spell and no file or database takes.
_NONE = re.compile(f"[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff{UNPRINTED}]")
# Noncharacters, which Unicode keeps for uses such as this; readers let none in.
_OPENS, _SHOWS, _CLOSES = "\ufdd0", "\ufdd1", "\ufdd2"
CITING = re.compile(f"{_OPENS}([^{_SHOWS}]*){_SHOWS}([^{_CLOSES}]*){_CLOSES}")
"""What `citing` gives: the markers, parted by bars, and what is shown."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A word as it stands on a page: its characters, NFC and without blanks, and where; `page` and corners as in `Box`.

    A word that is broken over two lines is two of these, and neither has the hyphen that the text leaves out.
    """

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Part:
    """A block before it has a place: its kind, its text and what `Block` says besides.

    Attributes:
        text: for a header or row, cells parted by tabs; for front matter, lines parted by line feeds. What `citing`
            gives may stand in it.
        reference: what the format says of the entry; of a row, of the study that its first citing stretch names.
        merged, number, label: as in `Block`.
        printed: its words as they stand on the page, in order: together they are its shown text, blanks apart.
        floats: whether it may stand inside a sentence that goes on behind it (tables, furniture, figure captions).
    """

    kind: BlockKind
    text: str
    level: int = 0
    table: int | None = None
    page: int | None = None
    floats: bool = False
    reference: Reference | None = None
    merged: str | None = None
    number: int | None = None
    label: str | None = None
    printed: Sequence[Printed] = ()


def citing(shown: str, markers: Sequence[str]) -> str:
    """`shown` as a stretch of a part's text that cites the entries of these markers; itself where there are none."""
    return f"{_OPENS}{'|'.join(markers)}{_SHOWS}{shown.strip()}{_CLOSES}" if markers and shown.strip() else shown


def is_citing(text: str) -> bool:
    """Whether some stretch of `text` cites."""
    return _OPENS in text


def without_marks(text: str) -> str:
    """`text` without the characters that mark what cites, which have no place in a file's own text."""
    return re.sub(f"[{_OPENS}{_SHOWS}{_CLOSES}]", "", text)


def without_unprinted(text: str) -> str:
    """`text` without what is no letter of it: what prints as nothing, controls other than blanks, halves of characters.

    >>> without_unprinted("mi\u00adR-\u200b21\u2060")
    'miR-21'
    """
    return _NONE.sub("", text)


def draft(
    name: str,
    parts: Iterable[Part],
    facts: Facts,
    notices: Sequence[str] = (),
    pages: Sequence[Page] = (),
    original: bytes | None = None,
) -> Draft:
    r"""The draft that `parts` make, in their order.

    Table rows follow their header and each other after one line feed, everything else after a blank line. Blanks are
    made single, stray ones beside Greek letters go, and parts without a printing character are left out.

    Args:
        pages, original: of a format with pages: then the draft has a layout, made of what is printed of each part.

    Raises:
        UnreadableFile: nothing is left.
    """
    pieces: list[str] = []
    blocks: list[Block] = []
    citations: list[Marker] = []
    references: list[Reference] = []
    boxes: list[Box] = []
    length = 0
    previous: Part | None = None
    for part in parts:
        text, cited = _told_apart(_tidy(part))
        if not text:
            continue
        if previous is not None:
            gap = "\n" if part.kind == "row" and previous.kind in _TABULAR and part.table == previous.table else "\n\n"
            pieces.append(gap)
            length += len(gap)
        end = length + len(text)
        more = (part.merged, part.number, part.label)
        blocks.append(Block(part.kind, length, end, part.level, part.table, part.page, *more))
        boxes += (_cut(box, pages[box.page - 1]) for box in _placed(text, length, part.printed))
        citations += [Marker(length + left, length + right, names) for left, right, names in cited]
        if part.reference is not None:
            left, right = cited[0][:2] if part.kind == "row" else (0, len(text))
            start, stop = length + left, length + right
            references.append(replace(part.reference, start=start, end=stop, text=text[left:right]))
        pieces.append(text)
        length += len(text)
        previous = part
    if not blocks:
        raise UnreadableFile(name, "there is no text in the file; give one with text in it.")
    return Draft(
        text="".join(pieces),
        blocks=tuple(blocks),
        title=_line(facts.title or "") or PurePath(name).name or name or "untitled",
        authors=tuple(filter(None, map(_line, facts.authors))),
        year=facts.year,
        doi=facts.doi,
        journal=_line(facts.journal or "") or None,
        review=facts.review,
        stated=facts.stated,
        notices=tuple(map(without_unprinted, notices)),
        citations=tuple(citations),
        references=tuple(references),
        layout=Layout(tuple(pages), tuple(boxes)) if pages else None,
        original=original,
    )


def _placed(text: str, start: int, printed: Sequence[Printed]) -> Iterator[Box]:
    """Where the words of a part, whose text begins at `start`, are printed; one that is not next in it has no place."""
    at = 0
    for word in printed:
        while at < len(text) and text[at].isspace():
            at += 1
        end = _after(text, at, without_unprinted(word.text))
        if end is not None and end > at:
            yield Box(start + at, start + end, word.page, word.left, word.top, word.right, word.bottom)
            at = end


def _cut(box: Box, page: Page) -> Box:
    """The part of a box that lies on its page; a damaged font may say that a letter is larger than this."""
    left, right = (min(max(edge, 0.0), page.width) for edge in (box.left, box.right))
    top, bottom = (min(max(edge, 0.0), page.height) for edge in (box.top, box.bottom))
    return replace(box, left=left, top=top, right=right, bottom=bottom)


def _after(text: str, at: int, word: str) -> int | None:
    """Where `word` ends that begins at `at`, blanks within it passed over; None where another word stands there."""
    if text.startswith(word, at):
        return at + len(word)
    for sign in word:
        while at < len(text) and text[at].isspace():
            at += 1
        if at >= len(text) or text[at] != sign:
            return None
        at += 1
    return at


def _told_apart(text: str) -> tuple[str, list[tuple[int, int, tuple[str, ...]]]]:
    """`text` as it is shown, and where in it which entries are cited."""
    cited: list[tuple[int, int, tuple[str, ...]]] = []
    shown: list[str] = []
    length = last = 0
    for found in CITING.finditer(text):
        length += found.start() - last
        shown += [text[last : found.start()], found[2]]
        cited.append((length, length + len(found[2]), tuple(found[1].split("|"))))
        length += len(found[2])
        last = found.end()
    return "".join([*shown, text[last:]]), cited


def _tidy(part: Part) -> str:
    """The part's text as it will stand, without surrounding blanks; empty where nothing in it prints."""
    if part.kind in _TABULAR:
        cells = [_line(cell) for cell in part.text.split("\t")]
        return "\t".join(cells) if any(cells) else ""
    if part.kind == "front":
        return "\n".join(filter(None, map(_line, part.text.split("\n"))))
    return _line(part.text)


def _line(text: str) -> str:
    """`text` on one line, blanks single, stray blanks beside Greek letters gone, NFC."""
    return unicodedata.normalize("NFC", close_greek(" ".join(without_unprinted(text).split())))
