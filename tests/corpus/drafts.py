"""What is true of every draft, and short ways to look into one."""

from __future__ import annotations

import unicodedata

from corpus.records import Draft, Reading

TABULAR = {"header", "row"}


def check(draft: Draft) -> None:
    """Asserts everything a draft promises about its text and its blocks."""
    assert draft.title.strip()
    assert draft.text == unicodedata.normalize("NFC", draft.text)
    end = 0
    for block in draft.blocks:
        assert end <= block.start < block.end <= len(draft.text)
        assert not draft.text[end : block.start].strip()
        text = draft.text[block.start : block.end]
        assert text.strip()
        if block.kind in TABULAR:
            assert text == text.strip(" \n")
            assert "\n" not in text
        else:
            assert text == text.strip()
            assert "\t" not in text
            assert "\n" not in text or block.kind == "front"
        assert (block.level > 0) == (block.kind == "heading")
        assert block.table is not None or block.kind not in {"caption", "header", "row"}
        assert block.table is None or block.kind in {"caption", "header", "row", "footnote"}
        end = block.end
    assert not draft.text[end:].strip()


def of(draft: Draft, *kinds: str) -> list[str]:
    """The texts of the blocks of these kinds, in order."""
    return [draft.text[block.start : block.end] for block in draft.blocks if block.kind in kinds]


def shape(draft: Draft) -> list[tuple[str, str]]:
    """Kind and text of each block, a heading's kind with its level."""
    return [(f"{b.kind}{b.level or ''}", draft.text[b.start : b.end]) for b in draft.blocks]


def check_reading(reading: Reading) -> None:
    """Asserts that everything in a reading is the span of the text that it says it is."""
    text = reading.document.text
    for part in (*reading.records, *reading.references):
        assert text[part.start : part.end] == part.text
        assert part.text.strip()
    for row in reading.rows:
        own = [cell for cell in row.cells if not cell.carried]
        assert " ".join(cell.text for cell in own).split() == row.text.split()
        for cell in row.cells:
            assert text[cell.start : cell.end] == cell.text
            assert cell.text or not cell.carried
            assert cell.carried or not cell.text or row.start <= cell.start <= cell.end <= row.end
    markers = {reference.marker for reference in reading.references}
    for record in reading.records:
        assert set(record.markers) <= markers
    ends = [(one.start, one.end) for one in reading.document.citations]
    assert ends == sorted(ends)
    assert all(0 <= start < end <= len(text) for start, end in ends)
