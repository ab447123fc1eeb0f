"""What PDFium says of single characters, asked for the short way.

Each of the thousands of characters of a page needs six calls. Through pypdfium2's prototypes, which check every pointer
and let go of the interpreter's lock, these took most of the time that a page took; the same functions of the same
library are called here with plain addresses, in a third of the time.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw


def _short(function: object, result: type[Any], *arguments: type[Any]) -> Callable[..., Any]:
    """A function of PDFium, for addresses."""
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]  # functions of C can be cast
    return ctypes.PYFUNCTYPE(result, ctypes.c_void_p, ctypes.c_int, *arguments)(address or 0)


_POINTER: Final = ctypes.c_void_p
_CODE: Final = _short(raw.FPDFText_GetUnicode, ctypes.c_uint)
_UNMAPPED: Final = _short(raw.FPDFText_HasUnicodeMapError, ctypes.c_int)
_OWNER: Final = _short(raw.FPDFText_GetTextObject, _POINTER)
_ORIGIN: Final = _short(raw.FPDFText_GetCharOrigin, ctypes.c_int, _POINTER, _POINTER)
_LOOSE: Final = _short(raw.FPDFText_GetLooseCharBox, ctypes.c_int, _POINTER)
_INK: Final = _short(raw.FPDFText_GetCharBox, ctypes.c_int, *4 * (_POINTER,))


class Characters:
    """The characters of a page, by number from 0, in the file's coordinates; while the page of text is open.

    Attributes:
        handle: PDFium's of the page of text.
    """

    def __init__(self, textpage: pdfium.PdfTextPage) -> None:
        self.handle = textpage.raw
        self._address = ctypes.cast(textpage.raw, _POINTER).value
        # all are asked for again and again, so the places of the answers stay
        self._box, self._values = raw.FS_RECTF(), (ctypes.c_double * 4)()
        self._box_at = ctypes.addressof(self._box)
        first = ctypes.addressof(self._values)
        self._at = tuple(first + place * ctypes.sizeof(ctypes.c_double) for place in range(4))

    def __len__(self) -> int:
        return max(0, int(raw.FPDFText_CountChars(self.handle)))

    def text(self, i: int) -> str:
        """Its UTF-16 code unit."""
        return chr(_CODE(self._address, i))

    def is_unmapped(self, i: int) -> bool:
        """The file does not say what it stands for."""
        return bool(_UNMAPPED(self._address, i) == 1)

    def owner(self, i: int) -> int:
        """Which object of the file it belongs to; 0 where nothing of the file is behind it."""
        return _OWNER(self._address, i) or 0

    def origin(self, i: int) -> tuple[float, float]:
        """The point on the line it stands on, from which it is drawn."""
        _ORIGIN(self._address, i, self._at[0], self._at[1])
        return self._values[0], self._values[1]

    def box(self, i: int) -> tuple[float, float, float, float]:
        """Left, top, right, bottom, of the font's height."""
        _LOOSE(self._address, i, self._box_at)
        box = self._box
        return box.left, box.top, box.right, box.bottom

    def ink(self, i: int) -> tuple[float, float, float, float]:
        """Left, right, bottom, top of what is drawn."""
        _INK(self._address, i, *self._at)
        left, right, bottom, top = self._values
        return left, right, bottom, top
