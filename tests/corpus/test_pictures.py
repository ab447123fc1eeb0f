"""Pages as pictures, drawn by a real process."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from corpus.assemble import read_document
from corpus.errors import InputError, PageError
from corpus.pages import Box
from corpus.pictures import Renderer
from tests.printing import darkest, decoded, printed, word


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    """One for all that do it no harm."""
    renderer = Renderer()
    yield renderer
    renderer.close()


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """The small paper in a file."""
    file = tmp_path / "tide.pdf"
    file.write_bytes(printed())
    return file


def process(renderer: Renderer) -> int:
    (held,) = renderer._held
    return held.pid


def test_a_page_is_as_wide_as_asked_and_as_high_as_its_paper(renderer: Renderer, paper: Path):
    """420 by 300 points at 840 pixels: twice as many."""
    assert decoded(renderer.picture(paper, 1, 840)).size == (840, 600)
    assert decoded(renderer.picture(paper, 2, 50)).size == (50, 36)


def test_words_are_drawn_where_the_layout_says(renderer: Renderer, paper: Path):
    """There is ink in the box of each, and none in the margin beside it."""
    reading = read_document("tide.pdf", printed(), document_id="tide", source="upload:tide.pdf")
    assert reading.layout is not None
    pictures = [decoded(renderer.picture(paper, number, 840)) for number in (1, 2)]
    for said in ("parcels", "KRIT1", "heron", "walls", "quokka"):
        box = word(reading, said)
        assert darkest(pictures[box.page - 1], reading.layout, box) < 100
        margin = Box(0, 1, box.page, 0, box.top, 40, box.bottom)
        assert darkest(pictures[box.page - 1], reading.layout, margin) == 255


def test_a_turned_or_cropped_page_is_drawn_as_it_is_shown(renderer: Renderer, tmp_path: Path):
    """The first is cut to 340 by 240 points, with its words where the layout says; the second lies on its side."""
    file = tmp_path / "cut.pdf"
    with pypdfium2.PdfDocument(printed()) as document:
        document[0].set_cropbox(40, 30, 380, 270)
        document[1].set_rotation(90)
        document.save(file)
    reading = read_document("cut.pdf", file.read_bytes(), document_id="cut", source="upload:cut.pdf")
    assert reading.layout is not None
    picture = decoded(renderer.picture(file, 1, 680))
    assert picture.size == (680, 480)
    assert darkest(picture, reading.layout, word(reading, "KRIT1")) < 100
    assert decoded(renderer.picture(file, 2, 300)).size == (300, 420)


@pytest.mark.parametrize("width", [49, 2_401, 0, -5])
def test_widths_out_of_bounds_are_refused(renderer: Renderer, paper: Path, width: int):
    """The message says what they are."""
    with pytest.raises(InputError, match="50 to 2,400 pixels"):
        renderer.picture(paper, 1, width)


def test_a_huge_page_is_drawn_smaller_than_asked(renderer: Renderer, tmp_path: Path):
    """A strip 20 by 14,000 points, 2,400 across, would have 4 thousand megapixels; it gets 12."""
    file = tmp_path / "strip.pdf"
    file.write_bytes(printed("#set page(width: 20pt, height: 14000pt, margin: 0pt)\nx"))
    width, height = decoded(renderer.picture(file, 1, 2_400)).size
    assert 11_900_000 < width * height < 12_200_000
    assert height == pytest.approx(700 * width, rel=0.01)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 and then nothing", b"<html>no pages</html>"])
def test_a_file_that_cannot_be_drawn_says_so_and_the_next_one_is(
    renderer: Renderer, paper: Path, tmp_path: Path, data: bytes
):
    """In the same process."""
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(data)
    with pytest.raises(PageError, match="Page 1 cannot be drawn"):
        renderer.picture(broken, 1, 200)
    with pytest.raises(PageError, match="Page 3 cannot be drawn"):
        renderer.picture(paper, 3, 200)
    with pytest.raises(FileNotFoundError):
        renderer.picture(tmp_path / "gone.pdf", 1, 200)
    assert decoded(renderer.picture(paper, 1, 70)).size == (70, 50)


def test_a_page_that_takes_too_long_is_given_up(paper: Path):
    """Here already after no time at all; its process is gone."""
    hasty = Renderer(seconds=0)
    with pytest.raises(PageError, match="takes longer than 0 seconds"):
        hasty.picture(paper, 1, 2_400)
    assert not hasty._held


def test_where_its_process_dies_the_page_fails_and_the_next_has_another(paper: Path):
    """As when a page takes all memory."""
    renderer = Renderer()
    first = renderer.picture(paper, 1, 70)
    before = process(renderer)
    os.kill(before, signal.SIGKILL)
    with pytest.raises(PageError, match="Drawing page 1 failed"):
        renderer.picture(paper, 1, 70)
    assert renderer.picture(paper, 1, 70) == first
    assert process(renderer) != before
    renderer.close()


def test_its_process_ends_with_it(paper: Path):
    """Closed, it starts another if asked; forgotten, it leaves none behind."""
    renderer = Renderer()
    renderer.picture(paper, 1, 70)
    (held,) = renderer._held
    renderer.close()
    assert not held.is_alive
    renderer.picture(paper, 1, 70)
    (held,) = renderer._held
    del renderer
    assert not held.is_alive
