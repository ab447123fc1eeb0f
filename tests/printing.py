"""A paper of our own invention on two pages, and what is printed where on them."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import typst
from PIL import Image

from corpus.pages import Box, Layout
from corpus.records import Reading

WIDTH, HEIGHT = 420.0, 300.0
_SOURCE = """
#set document(title: "Parcels on the tide", author: ("Aiko Ito",), date: none)
#set page(width: 420pt, height: 300pt, margin: 50pt)
#set text(font: "Libertinus Serif", size: 12pt, hyphenate: false)
#text(18pt, weight: "bold")[Parcels on the tide]

#heading[Findings]

Tidal parcels bring miR-21 to the gills, where it silences KRIT1. A heron waits on the bank.

#pagebreak()

#heading[Cargo]

Their walls carry foam and miR-210 in winter. No quokka was seen near the lantern.
"""


@cache
def printed(source: str = _SOURCE) -> bytes:
    """The paper as a PDF, or any other that Typst can set."""
    data: bytes = typst.compile(source.encode(), ignore_system_fonts=True)
    return data


def word(reading: Reading, said: str) -> Box:
    """Where a word is printed that the paper has once."""
    assert reading.layout is not None
    start = reading.document.text.index(said)
    (box,) = reading.layout.within(start, start + len(said))
    return box


def decoded(png: bytes) -> Image.Image:
    """The picture, in shades of grey."""
    with Image.open(BytesIO(png)) as image:
        assert image.format == "PNG"
        return image.convert("L")


def darkest(image: Image.Image, layout: Layout, box: Box) -> int:
    """The darkest shade, 0 to 255, that a picture of a page has in a box."""
    page = layout.pages[box.page - 1]
    across, down = image.width / page.width, image.height / page.height
    cut = image.crop(
        (round(box.left * across), round(box.top * down), round(box.right * across), round(box.bottom * down))
    )
    return int(cut.getextrema()[0])
