"""How a paper in plain text opens: kind of article, title, authors, addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus import furniture, headings, metadata
from corpus.drafting import Part
from corpus.inline import plain
from corpus.tabbed import Chunk

_TITLE_LINES = 5
_LONGEST_TITLE = metadata.MAX_TITLE


@dataclass(slots=True)
class Opening:
    """What was found at the head of a text.

    Attributes:
        used: how many chunks it takes up.
        title: or None where the text begins without one.
        authors: as printed, in order.
        parts: title and front matter, in order.
    """

    used: int = 0
    title: str | None = None
    authors: tuple[str, ...] = ()
    parts: list[Part] = field(default_factory=list)


def opening(chunks: Sequence[Chunk]) -> Opening:
    """The opening of a text: everything up to the first chunk that is neither title, author, address nor label."""
    found = Opening()
    for at, chunk in enumerate(chunks):
        if found.title is None and _is_title(chunk, chunks[at + 1 : at + 2]):
            _take_title(found, chunk)
        elif found.title is not None and not found.authors and (authors := _authors(chunk)):
            found.authors = authors
            found.parts.append(_author_part(chunk.text, authors, chunk.page))
        elif _is_front(chunk, found, chunks[at + 1 : at + 2]):
            found.parts.append(_front_part(chunk.lines, chunk.page))
        else:
            break
        found.used = at + 1
    if found.title is None:
        # Without a title the labels stand where they stand; the body's own rules find them.
        return Opening()
    return found


def _is_title(chunk: Chunk, following: Sequence[Chunk]) -> bool:
    """Whether the first substantial chunk is a title, with more text after it."""
    title, rest = _split(chunk)
    text = " ".join(line.strip() for line in title)
    if not (following or rest) or not 3 < len(text) <= _LONGEST_TITLE or len(title) > _TITLE_LINES:
        return False
    if furniture.is_article_type(text) or furniture.is_front(text) or furniture.is_affiliation(text, marked=True):
        return False
    if headings.is_section(text) or headings.is_references(text) or headings.is_back(text):
        return False
    if any("\t" in line for line in title) or furniture.is_float(text) or text.endswith((",", ";", ":")):
        return False
    by_author = bool(rest) or any(_authors(chunk) for chunk in following)
    return any(letter.isalpha() for letter in text) and (not text.endswith(".") or by_author)


def _split(chunk: Chunk) -> tuple[list[str], list[str]]:
    """A chunk's lines up to the one that names the authors, and from it on."""
    for at, line in enumerate(chunk.lines[1 : _TITLE_LINES + 1], start=1):
        if metadata.names(line) and not metadata.names(chunk.lines[0]):
            return chunk.lines[:at], chunk.lines[at:]
    return chunk.lines, []


def _take_title(found: Opening, chunk: Chunk) -> None:
    """Adds the title, and the authors and addresses that stand right under it without a blank line."""
    lines, rest = _split(chunk)
    found.title = plain(" ".join(line.strip() for line in lines))
    found.parts.append(Part("title", found.title, page=chunk.page))
    if rest:
        found.authors = metadata.names(rest[0])
        found.parts.append(_author_part(rest[0], found.authors, chunk.page))
    if rest[1:]:
        found.parts.append(_front_part(rest[1:], chunk.page))


def _authors(chunk: Chunk) -> tuple[str, ...]:
    return metadata.names(chunk.text)


def _is_front(chunk: Chunk, found: Opening, following: Sequence[Chunk]) -> bool:
    """Whether a chunk is front matter here, at the head of a text."""
    text = chunk.text
    if furniture.is_article_type(text) and following:
        return found.title is None or len(found.parts) < 4  # among the first lines only
    if furniture.is_front(text) or (bool(found.authors) and furniture.is_affiliation(text)):
        return True
    if found.title is not None and metadata.is_imprint(text):
        return True
    last = found.parts[-1] if found.parts else None
    return last is not None and last.kind == "front" and furniture.announces_more(last.text) and len(text) < 600


def _author_part(text: str, authors: tuple[str, ...], page: int | None) -> Part:
    """The line of authors, and a year behind them, without the raised marks that only point to addresses."""
    year = metadata.facts_in([text]).year
    named = ", ".join((*authors, str(year)) if year and authors else authors)
    return Part("front", named or plain(text), page=page, floats=True)


def _front_part(lines: Sequence[str], page: int | None) -> Part:
    return Part("front", "\n".join(plain(line.replace("\t", " ")) for line in lines), page=page, floats=True)
