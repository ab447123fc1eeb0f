"""Pages: what is packed comes back, and a span has the boxes of its own characters."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.assemble import read_document
from corpus.pages import Box, Layout, Page, page_count
from tests.printing import HEIGHT, WIDTH, printed

LAYOUT = Layout(
    (Page(100.0, 200.0), Page(200.0, 100.0)),
    (Box(0, 4, 1, 10.0, 10.0, 50.0, 20.0), Box(5, 7, 1, 52.0, 10.0, 60.0, 20.0), Box(8, 12, 2, 10.0, 30.0, 50.0, 40.0)),
)

tenths = st.integers(-500, 30_000).map(lambda number: number / 10)


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """Any layout whose lengths are tenths of a point."""
    pages = draw(
        st.lists(st.builds(Page, st.integers(0, 14_400).map(float), st.integers(0, 14_400).map(float)), max_size=4)
    )
    boxes, at = [], 0
    for gap, length in draw(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 9)), max_size=8)):
        left, right = sorted((draw(tenths), draw(st.integers(0, 30_000).map(lambda number: number / 10))))
        top, bottom = sorted((draw(tenths), draw(st.integers(0, 30_000).map(lambda number: number / 10))))
        boxes.append(Box(at + gap, at + gap + length, draw(st.integers(1, 9)), left, top, right, bottom))
        at += gap + length
    return Layout(tuple(pages), tuple(boxes))


@given(layouts())
def test_what_was_packed_is_unpacked(layout: Layout):
    """The very same, and its pages are counted without reading the rest."""
    packed = layout.pack()
    assert Layout.unpack(packed) == layout
    assert page_count(packed) == len(layout.pages)


@given(layouts(), st.integers(0, 90), st.integers(1, 90))
def test_a_span_has_the_boxes_of_its_own_characters(layout: Layout, start: int, length: int):
    """Every printed character of it is in one of them and no other is, in order; each lies within a whole one."""
    found = layout.within(start, start + length)
    own = [place for box in layout.boxes for place in range(box.start, box.end) if start <= place < start + length]
    assert [place for box in found for place in range(box.start, box.end)] == own
    assert all(before.end <= after.start for before, after in pairwise(found))
    for box in found:
        (whole,) = [each for each in layout.boxes if each.start <= box.start < each.end]
        assert whole.left - 1e-6 <= box.left <= box.right <= whole.right + 1e-6
        assert (box.page, box.top, box.bottom) == (whole.page, whole.top, whole.bottom)


def test_a_part_of_a_word_has_its_share_of_the_box():
    """Characters 1 to 3 of four over 40 points, from 10: 20 to 40."""
    assert LAYOUT.within(1, 3) == (Box(1, 3, 1, 20.0, 10.0, 40.0, 20.0),)
    assert LAYOUT.within(3, 9) == (
        Box(3, 4, 1, 40.0, 10.0, 50.0, 20.0),
        Box(5, 7, 1, 52.0, 10.0, 60.0, 20.0),
        Box(8, 9, 2, 10.0, 30.0, 20.0, 40.0),
    )
    assert LAYOUT.within(4, 5) == LAYOUT.within(12, 99) == Layout().within(0, 9) == ()


@pytest.mark.parametrize("data", [b"", b"no layout", LAYOUT.pack()[:-9], b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_bytes_that_are_no_layout_are_told(data: bytes):
    """As a `ValueError`, which the store translates."""
    with pytest.raises(ValueError, match="no layout"):
        Layout.unpack(data)


def test_words_of_a_pdf_have_boxes_that_lie_on_its_pages_in_the_order_of_the_text():
    """Two pages of 420 by 300 points; every word of the text has its box."""
    reading = read_document("tide.pdf", printed(), document_id="tide", source="upload:tide.pdf")
    assert reading.layout is not None
    assert reading.layout.pages == (Page(WIDTH, HEIGHT), Page(WIDTH, HEIGHT))
    text = reading.document.text
    assert "".join(text[box.start : box.end] for box in reading.layout.boxes).split() == ["".join(text.split())]
    assert {box.page for box in reading.layout.boxes} == {1, 2}
    for box in reading.layout.boxes:
        assert 50 <= box.left < box.right <= WIDTH - 49
        assert 40 <= box.top < box.bottom <= HEIGHT - 40
