"""A layered drawing: nothing overlaps, everything is inside, the same is drawn the same."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.layout import GAP, Size, layered


@st.composite
def drawings(draw: st.DrawFn) -> tuple[dict[str, Size], list[tuple[str, str]]]:
    """Boxes in up to four columns, and links from earlier columns to later ones."""
    columns = draw(st.lists(st.integers(0, 3), min_size=1, max_size=14))
    sizes = {
        f"box {number}": Size(column, draw(st.floats(10, 150)), draw(st.floats(10, 60)))
        for number, column in enumerate(columns)
    }
    possible = [(a, b) for a in sizes for b in sizes if sizes[a].column < sizes[b].column]
    return sizes, draw(st.lists(st.sampled_from(possible), max_size=25)) if possible else []


@given(drawings())
def test_no_box_overlaps_another_and_all_are_inside(drawing):
    """A gap is kept in each column, but for the last digits of a float."""
    layout = layered(*drawing)
    assert set(layout.boxes) == set(drawing[0])
    for box in layout.boxes.values():
        assert -1e-6 <= box.x <= box.x + box.width <= layout.width + 1e-6
        assert -1e-6 <= box.y <= box.y + box.height <= layout.height + 1e-6
    for one, other in combinations(layout.boxes.values(), 2):
        beside = one.x + one.width < other.x or other.x + other.width < one.x
        upper, lower = sorted((one, other), key=lambda box: box.y)
        assert beside or upper.y + upper.height + GAP <= lower.y + 1e-6


@given(drawings())
def test_links_run_from_box_to_box_and_never_through_one(drawing):
    """From the right side of the first to the left side of the last, and level across the columns between them."""
    sizes, links = drawing
    layout = layered(sizes, links)
    assert set(layout.routes) == set(links)
    for (first, last), points in layout.routes.items():
        start, end = layout.boxes[first], layout.boxes[last]
        assert points[0] == pytest.approx((start.x + start.width, start.middle))
        assert points[-1] == pytest.approx((end.x, end.middle))
        for (x, y), (right, level) in zip(points[1:-1:2], points[2:-1:2], strict=True):
            assert (y, x < right) == (level, True)
            passed = [box for box in layout.boxes.values() if box.x == x]
            assert all(y < box.y or y > box.y + box.height for box in passed)


@given(drawings())
def test_the_same_is_drawn_the_same(drawing):
    """Whatever was drawn before."""
    assert layered(*drawing) == layered(*drawing)


def test_links_that_need_not_cross_do_not():
    """Two boxes listed against the order of what they lead to change places; a column without a box takes no room."""
    sizes = {name: Size(0 if name < "c" else 3, 50, 20) for name in "abcd"}
    boxes = layered(sizes, [("a", "d"), ("b", "c")]).boxes
    assert (boxes["a"].y < boxes["b"].y) == (boxes["d"].y < boxes["c"].y)
    assert boxes["c"].x - (boxes["a"].x + 50) < 100


def test_nothing_is_no_drawing_at_all():
    """Without a box it has no size."""
    layout = layered({}, [])
    assert (layout.width, layout.height, layout.boxes) == (0, 0, {})
