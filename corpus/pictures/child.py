"""What runs in the process that draws: one page after the other, until nobody asks for any."""

from __future__ import annotations

import math
import resource
from contextlib import closing, suppress
from io import BytesIO
from multiprocessing.connection import Connection
from typing import Final

import pypdfium2 as pdfium
from PIL import Image, ImageChops

Answer = tuple[str, bytes | str]
"""`("ready", "")`, `("drawn", PNG)`, `("gone", "")` where there is no such file, or `("failed", why)`."""

_MOST_PIXELS: Final = 12_000_000
_MOST_BYTES: Final = 2_000_000_000
"""Of memory, the libraries' own included; enforced on Linux, macOS takes no such limit."""


def serve(handle: int) -> None:
    """Pages that are asked for through the connection of this file descriptor are drawn, until it is closed."""
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
    connection: Connection[Answer, tuple[str, int, int]] = Connection(handle)
    with suppress(EOFError, OSError):  # whoever asked is done, or gone
        connection.send(("ready", ""))
        while True:
            file, number, width = connection.recv()
            connection.send(_answer(file, number, width))


def _answer(file: str, number: int, width: int) -> Answer:
    try:
        return "drawn", picture(file, number, width)
    except FileNotFoundError:
        return "gone", ""
    except Exception as error:  # whatever a damaged page brings up, the next one is drawn
        return "failed", " ".join(str(error).split())[:200] or type(error).__name__


def picture(file: str, number: int, width: int) -> bytes:
    """A page, counted from 1, as PNG, `width` pixels wide; smaller where it would have more than 12 megapixels.

    Raises:
        FileNotFoundError: there is no such file.
        pdfium.PdfiumError: it cannot be opened, or the page cannot be drawn.
        ValueError: the page has no size.
        MemoryError: it takes more memory than there is.
    """
    with closing(pdfium.PdfDocument(file)) as document, closing(document[number - 1]) as page:
        across, down = page.get_size()
        if not (0 < across < math.inf and 0 < down < math.inf):
            msg = "the page has no size"
            raise ValueError(msg)
        scale = min(width / across, math.sqrt(_MOST_PIXELS / (across * down)))
        with closing(page.render(scale=scale)) as bitmap:
            image = bitmap.to_pil().convert("RGB")
    return _png(image)


def _png(image: Image.Image) -> bytes:
    """A picture without a colour has one channel, which is a third of the bytes."""
    red, green, blue = image.split()
    plain = not (ImageChops.difference(red, green).getbbox() or ImageChops.difference(green, blue).getbbox())
    out = BytesIO()
    (red if plain else image).save(out, "PNG", compress_level=6)
    return out.getvalue()
