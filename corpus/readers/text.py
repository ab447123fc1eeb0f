"""Plain text, often taken from a PDF: its form alone says what is title, heading, paragraph, table and reference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus import furniture, headings, metadata
from corpus.bibliography import Entries
from corpus.drafting import Part, draft
from corpus.furniture import Line
from corpus.inline import plain
from corpus.joining import Words, goes_on, is_open, join_all, words_of
from corpus.metadata import Facts
from corpus.opening import Opening, opening
from corpus.readers.decode import decode
from corpus.records import Draft
from corpus.tabbed import Chunk, Table, gathered

_BULLET = re.compile(r"^\s*(?:[•·‣▪◦●○■□]\s*|[–*-]\s+)(?=\S)")
_NUMBER = re.compile(r"\s*(?:\((\d{1,3})\)|(\d{1,3})[.)])\s+(?=\S)")
# Lines of a paragraph wrapped by hand are nearly as long as the longest; a much shorter one ends the paragraph.
_WRAPPED = 140
_SHORT_LAST_LINE = 0.6
# More short lines than this in a row are a list, not headings one above the other.
_STACKED_HEADINGS = 2
_SHORT = 120
# The longest citation or address that a label such as "Cite this article as:" announces.
_ANNOUNCED = 600


def read_text(name: str, data: bytes) -> Draft:
    """The draft of a plain-text file.

    Raises:
        UnreadableFile: as `decode` says, or nothing is left without page furniture.
    """
    decoded = decode(name, data)
    words = words_of(decoded.text)
    sheets = furniture.without_furniture(decoded.text)
    chunks = _chunks(sheets.lines)
    start = opening(chunks)
    parts = [*start.parts, *_body(chunks[start.used :], start, words)]
    front = [part.text for part in parts if part.kind == "front"]
    stated = metadata.facts_in([*front, *sheets.dropped])
    facts = Facts(start.title, start.authors, stated.year, stated.doi, stated.journal)
    return draft(name, _rejoined(parts, words), facts, decoded.notices)


def _chunks(lines: Iterable[Line]) -> list[Chunk]:
    """The lines that stand together; the heading of a section or a reference list always stands alone."""
    chunks: list[Chunk] = []
    fresh = True
    for line in lines:
        if not line.text.strip():
            fresh = True
            continue
        alone = len(line.text) < _SHORT and (headings.is_section(line.text) or headings.is_references(line.text))
        if fresh or alone or chunks[-1].page != line.page:
            chunks.append(Chunk([], line.page))
        chunks[-1].lines.append(line.text)
        fresh = alone
    return chunks


def _body(chunks: list[Chunk], start: Opening, words: Words) -> Iterator[Part]:
    """The parts of all that follows the opening: running text, and each reference list with its heading."""
    places = [at for at, chunk in enumerate(chunks) if len(chunk.lines) == 1 and headings.is_references(chunk.text)]
    done = 0
    for at in places:
        if at < done or at + 1 == len(chunks):
            continue
        entries, pages, end = _entries(chunks, at + 1)
        # The last such line heads the list; one before it may be a column of a table or a line of the contents.
        if at != places[-1] and not entries.looks_whole():
            continue
        yield from _parts(chunks[done:at], start, words)
        yield Part("heading", plain(chunks[at].text), level=1, page=chunks[at].page)
        for text, page in zip(entries.texts(words), pages, strict=True):
            yield Part("reference", plain(text.replace("\t", " ")), page=page)
        done = end
    yield from _parts(chunks[done:], start, words)


def _entries(chunks: list[Chunk], at: int) -> tuple[Entries, list[int | None], int]:
    """The reference list that begins at a chunk, the page that each entry begins on, and where the list has ended."""
    entries = Entries()
    pages: list[int | None] = []
    while at < len(chunks) and entries.take(chunks[at].lines):
        pages += [chunks[at].page] * (len(entries.entries) - len(pages))
        at += 1
    return entries, pages, at


def _parts(chunks: list[Chunk], start: Opening, words: Words) -> list[Part]:
    """The parts of body text: tables gathered, front matter marked, headings told from paragraphs."""
    items = gathered(chunks)
    front = _front(items, start.authors)
    titled = _headings(items, front)
    parts: list[Part] = []
    in_back = False
    for at, item in enumerate(items):
        if isinstance(item, Table):
            parts += item.parts()
        elif at in front:
            parts.append(Part("front", "\n".join(plain(line) for line in item.lines), page=item.page, floats=True))
        elif at in titled:
            parts.append(Part("heading", plain(join_all(item.lines, words)), level=titled[at], page=item.page))
            in_back = headings.is_back(item.text)
        else:
            parts += _running(item, words, in_back=in_back)
    return parts


def _running(chunk: Chunk, words: Words, *, in_back: bool) -> Iterator[Part]:
    """Paragraphs and list items of one chunk."""
    for bullet, lines in _split_items(chunk.lines):
        text = plain(join_all((line.replace("\t", " ") for line in lines), words))
        if in_back or headings.is_back_run_in(text):
            yield Part("back", text, page=chunk.page)
        elif bullet:
            yield Part("item", text, page=chunk.page)
        else:
            yield Part("paragraph", text, page=chunk.page, floats=furniture.is_float(text))


def _split_items(lines: list[str]) -> Iterator[tuple[bool, list[str]]]:
    """Paragraphs and items, each with whether it is an item; bullets go, printed numbers stay."""
    widest = max(map(len, lines))
    current: list[str] = []
    is_item, last = False, 0
    for line in lines:
        number = _NUMBER.match(line)
        counted = int(number[1] or number[2]) if number else 0
        if _BULLET.match(line) or (number and counted == last + 1) or (number and not current):
            if current:
                yield is_item, current
            last = counted or last
            is_item, current = True, [_BULLET.sub("", line, count=1)]
        elif current and not is_item and _ends_paragraph(current[-1], widest):
            yield is_item, current
            current = [line]
        else:
            current.append(line)
    yield is_item, current


def _ends_paragraph(line: str, widest: int) -> bool:
    """Whether a line that is not its chunk's last ends a paragraph nevertheless."""
    return not is_open(line) and (widest > _WRAPPED or len(line) < _SHORT_LAST_LINE * widest)


def _front(items: list[Chunk | Table], authors: tuple[str, ...]) -> set[int]:
    """Which chunks are front matter that the page put among the text: by their labels, or standing among such."""
    sure = set()
    awaited = False
    for at, item in enumerate(items):
        if not isinstance(item, Chunk):
            awaited = False
            continue
        if (awaited and len(item.text) < _ANNOUNCED) or furniture.is_front(item.text) or _names_author(item, authors):
            sure.add(at)
            awaited = furniture.announces_more(item.text) and not awaited
        else:
            awaited = False
    # A short piece between two of them belongs to them, as an address does.
    between = {
        at
        for at, item in enumerate(items)
        if at - 1 in sure and at + 1 in sure and isinstance(item, Chunk) and len(item.text) < _SHORT
        and is_open(item.text)
        and headings.level(item.text) != 1
    }  # fmt: skip
    return sure | between


def _names_author(chunk: Chunk, authors: tuple[str, ...]) -> bool:
    """Whether a short line is just one of the authors, with or without a title before the name."""
    text = chunk.text
    if len(text) > _SHORT or len(chunk.lines) > 1:
        return False
    folded = text.casefold().rstrip(".,")
    named = any(folded.endswith(author.casefold()) for author in authors)
    return named and (furniture.is_person(text) or len(folded.split()) <= max(len(a.split()) for a in authors) + 1)


def _headings(items: list[Chunk | Table], front: set[int]) -> dict[int, int]:
    """Which chunks are headings, each with its level; their neighbours in the running text decide."""
    order = [at for at in range(len(items)) if at not in front]
    levels: dict[int, int] = {}
    for place, at in enumerate(order):
        item = items[at]
        following = items[order[place + 1]] if place + 1 < len(order) else None
        previous = items[order[place - 1]] if place else None
        found = _level(item) if isinstance(item, Chunk) else None
        if found is not None and _may_head(item, previous, following):
            levels[at] = found
    return _without_lists(levels, order)


def _level(chunk: Chunk) -> int | None:
    if len(chunk.lines) > _STACKED_HEADINGS or any(_BULLET.match(line) for line in chunk.lines):
        return None
    return None if furniture.is_float(chunk.text) else headings.level(chunk.text)


def _may_head(item: Chunk | Table, previous: Chunk | Table | None, following: Chunk | Table | None) -> bool:
    """Whether a line of a heading's form can be one here: not half a sentence, not one of a numbered list."""
    if not isinstance(item, Chunk) or following is None:
        return isinstance(item, Chunk) and headings.is_section(item.text)
    text = item.text
    if isinstance(following, Chunk) and goes_on(text, following.text) and not _BULLET.match(following.lines[0]):
        # Section names and lines in capitals are never half a sentence; others are when the next line goes on.
        return headings.level(text) == 1 and not following.text[:1].islower()
    number = _NUMBER.match(text)
    if number:
        counted = int(number[1] or number[2])
        for neighbour, step in ((previous, -1), (following, 1)):
            other = _NUMBER.match(neighbour.text) if isinstance(neighbour, Chunk) else None
            if other and int(other[1] or other[2]) == counted + step:
                return False
    return True


def _without_lists(levels: dict[int, int], order: list[int]) -> dict[int, int]:
    """`levels` without runs of short lines that are too long to be headings above one another."""
    kept: dict[int, int] = {}
    run: list[int] = []
    for at in [*order, -1]:
        if levels.get(at) == 2:  # title case, the weakest form of a heading
            run.append(at)
            continue
        ends_in_text = at != -1
        if len(run) <= _STACKED_HEADINGS and ends_in_text:
            kept.update({place: levels[place] for place in run})
        run = []
        if at in levels:
            kept[at] = levels[at]
    return kept


def _rejoined(parts: list[Part], words: Words) -> Iterator[Part]:
    """`parts` with paragraphs put together again that a page end, a table or furniture parted; those come after."""
    held: list[Part] = []  # the open paragraph and what floats behind it
    pieces: list[str] = []
    for part in parts:
        if held and part.floats and part.kind != "paragraph":
            held.append(part)
            continue
        if held and part.kind in {"paragraph", "item"} and not part.floats and _continues(pieces[-1], part, held[0]):
            pieces.append(part.text)
        elif held and part.floats:
            held.append(part)
            continue
        else:
            yield from _released(held, pieces, words)
            held, pieces = [part], [part.text]
        if part.kind not in {"paragraph", "item", "back"} or part.floats or not is_open(part.text):
            yield from _released(held, pieces, words)
            held, pieces = [], []
    yield from _released(held, pieces, words)


def _continues(left: str, part: Part, first: Part) -> bool:
    """Whether `part` is the other half of the open text that ends in `left` and began as `first`."""
    if part.kind == "item" and (left.rstrip().endswith(":") or first.kind == "item" or not part.text[:1].islower()):
        return False
    return goes_on(left, part.text)


def _released(held: list[Part], pieces: list[str], words: Words) -> Iterator[Part]:
    """The paragraph, whole, and then what stood inside it."""
    if len(pieces) > 1:  # joining takes the outer blanks, and the first tab of a row is an empty cell
        held[0].text = join_all(pieces, words)
    yield from held
