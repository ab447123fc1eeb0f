"""A page of a document as a picture: which file it is drawn from, and a name for what it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from corpus.errors import REBUILD, LibraryDamaged, UnknownPage
from corpus.pictures import Renderer, check_width
from index.library import Library


@dataclass(frozen=True, slots=True)
class Picture:
    """A page that can be drawn.

    Attributes:
        tag: the same for the same page of the same bytes at the same width, and for no other.
        draw: gives it as PNG.
    """

    tag: str
    draw: Callable[[], bytes]


def page_picture(
    current: Callable[[], Library], renderer: Renderer, document_id: str, number: int, width: int
) -> Picture:
    """A page of a document, counted from 1, `width` pixels wide.

    Args:
        current: gives the library as it is now.

    Raises:
        UnknownDocument: no such id.
        UnknownPage: the library keeps no pages of it, or it has none of that number.
        InputError: `width` is out of range.
    """
    library = current()
    count = shown_pages(library, document_id)
    if not 1 <= number <= count:
        title = library.store.document(document_id).title
        has = f"has {count} pages" if count > 1 else "has one page" if count else "was read from a file without pages"
        msg = f"There is no page {number}: '{title}' {has}. Its text is on its own page under Papers."
        raise UnknownPage(msg)
    check_width(width)
    tag = f"{library.parts.originals[document_id][:32]}-{number}-{width}"
    return Picture(tag, lambda: _drawn(current, library, renderer, document_id, number, width))


def shown_pages(library: Library, document_id: str) -> int:
    """How many pages of a document can be shown; 0 where the library keeps none, and for an unknown id."""
    return library.store.page_count(document_id) if library.parts.original(document_id) else 0


def _drawn(
    current: Callable[[], Library], library: Library, renderer: Renderer, document_id: str, number: int, width: int
) -> bytes:
    file = library.parts.original(document_id)
    try:
        if file is not None:
            return renderer.picture(file, number, width)
    except FileNotFoundError:
        pass
    now = current()
    if now.generation != library.generation:  # it was changed in between
        return page_picture(current, renderer, document_id, number, width).draw()
    msg = f"The pages of '{document_id}' are no longer in the library; {REBUILD}."
    raise LibraryDamaged(msg)
