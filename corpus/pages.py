"""Pages: where on the printed page each word of a document's text stands.

Only formats with pages have them. All lengths are points (1/72 inch) from the top left corner of the page as it is
shown, turned upright and cut to its visible part; x grows to the right, y downwards.
"""

from __future__ import annotations

import struct
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Self

_COUNT: Final = struct.Struct("<I")
_PAGE: Final = struct.Struct("<ff")
_BOX: Final = struct.Struct("<IHHhhHH")
_TENTHS: Final = 10
_MOST: Final = 32_767  # tenths of a point that a corner may lie from the page's; pages are at most 200 inches


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it is shown; `width` and `height` in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Box:
    """Where a stretch of a document's text is printed: a word, or the part of one that stands on one line.

    Attributes:
        start, end: characters of the document's text, `[start, end)`.
        page: counted from 1, as `Block.page`.
        left, top, right, bottom: in points, to a tenth; `left <= right` and `top <= bottom`.
    """

    start: int
    end: int
    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The pages of a document and where its words stand on them.

    Attributes:
        pages: in order; page 1 is the first.
        boxes: by `start`; none overlaps another in characters.
    """

    pages: tuple[Page, ...] = ()
    boxes: tuple[Box, ...] = ()
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False, default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(box.start for box in self.boxes))

    def within(self, start: int, end: int) -> tuple[Box, ...]:
        """The boxes of `[start, end)`, in order; a word that lies in it only in part is cut in proportion."""
        first = max(0, bisect_right(self._starts, start) - 1)
        found = self.boxes[first : bisect_left(self._starts, end)]
        return tuple(_cut(box, start, end) for box in found if box.end > start)

    def pack(self) -> bytes:
        """The layout as bytes; `unpack` gives an equal one back where lengths have at most a tenth of a point."""
        pages = b"".join(_PAGE.pack(page.width, page.height) for page in self.pages)
        boxes = b"".join(
            _BOX.pack(box.start, box.end - box.start, box.page, *_tenths((box.left, box.top, box.right, box.bottom)))
            for box in self.boxes
        )
        return zlib.compress(_COUNT.pack(len(self.pages)) + pages + boxes)

    @classmethod
    def unpack(cls, data: bytes) -> Self:
        """The layout that `pack` gave.

        Raises:
            ValueError: these are no such bytes.
        """
        try:
            raw = zlib.decompress(data)
            (count,) = _COUNT.unpack_from(raw)
            split = _COUNT.size + count * _PAGE.size
            pages = tuple(Page(*values) for values in _PAGE.iter_unpack(raw[4:split]))
            boxes = tuple(
                Box(start, start + length, page, *(value / _TENTHS for value in corners))
                for start, length, page, *corners in _BOX.iter_unpack(raw[split:])
            )
        except (struct.error, zlib.error) as error:
            raise ValueError(f"no layout: {error}") from error
        return cls(pages, boxes)


def page_count(data: bytes) -> int:
    """How many pages a layout has, from what `pack` gave, without reading the rest.

    Raises:
        ValueError: these are no such bytes.
    """
    try:
        (count,) = _COUNT.unpack(zlib.decompressobj().decompress(data, _COUNT.size))
    except (struct.error, zlib.error) as error:
        raise ValueError(f"no layout: {error}") from error
    return int(count)


def _tenths(lengths: Sequence[float]) -> list[int]:
    left, top, right, bottom = (max(-_MOST, min(_MOST, round(length * _TENTHS))) for length in lengths)
    return [left, top, max(right, left, 0), max(bottom, top, 0)]


def _cut(box: Box, start: int, end: int) -> Box:
    first, last = max(start, box.start), min(end, box.end)
    if (first, last) == (box.start, box.end):
        return box
    step = (box.right - box.left) / (box.end - box.start)
    left, right = box.left + step * (first - box.start), box.left + step * (last - box.start)
    return Box(first, last, box.page, left, box.top, right, box.bottom)
