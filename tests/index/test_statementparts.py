from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import LibraryDamaged
from index.statementparts import StatementPart

# the first record says fox and hen in two sentences, the second both twice in one; the third says nothing
TOLD = [[["fox", "owl"], ["hen"]], [["hen", "fox", "hen", "fox"]], [[]]]


@st.composite
def moves(draw: st.DrawFn) -> tuple[list[tuple[list[list[list[str]]], list[int]]], int]:
    """Records in a few parts, and for each where it goes: all that stay change places, some go."""
    statement = st.lists(st.sampled_from(["fox", "owl", "β", "lex:9"]), max_size=3)
    record = st.lists(statement, min_size=1, max_size=3)
    parts = draw(st.lists(st.lists(record, max_size=4), max_size=3))
    staying = [draw(st.booleans()) for part in parts for _ in part]
    places = iter(draw(st.permutations(range(sum(staying)))))
    kept = iter([next(places) if stays else -1 for stays in staying])
    return [(part, [next(kept) for _ in part]) for part in parts], sum(staying)


def saved(part: StatementPart, folder: Path) -> dict[str, bytes]:
    part.save(folder)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_word_counts_once_a_statement():
    """The fox stands in two of four statements, however often."""
    part = StatementPart.build(TOLD)
    assert [part.frequency(word) for word in ("fox", "hen", "owl", "yak")] == [2, 2, 1, 0]
    assert (len(part), part.count) == (3, 4)


def test_records_have_their_statements_one_after_another():
    """Asked for the last and the first: the fourth statement, then the first two."""
    numbers, starts = StatementPart.build(TOLD).of(np.array([2, 0]))
    assert numbers.tolist() == [3, 0, 1]
    assert starts.tolist() == [0, 1, 3]


def test_a_statement_holds_a_term_by_any_of_its_words():
    """Yak or owl: the first statement; hen: the second and the third. One word may stand for two terms."""
    part = StatementPart.build(TOLD)
    holds = part.holding([["yak", "owl"], ["hen"], ["hen", "owl"], ["yak"]], np.array([2, 0, 1, 3]))
    assert holds.astype(int).tolist() == [[0, 1, 0, 0], [1, 0, 1, 0], [1, 1, 1, 0], [0, 0, 0, 0]]
    assert part.holding([], np.array([0])).shape == (0, 1)
    assert part.holding([["fox"]], np.empty(0, dtype=np.int64)).shape == (1, 0)


@given(moves())
@settings(deadline=None)
def test_merged_parts_are_those_that_would_be_built(tmp_path_factory, moved):
    """To the byte: no word of a record that went is left."""
    parts, size = moved
    told: list[list[list[str]]] = [[] for _ in range(size)]
    for part, places in parts:
        for record, place in zip(part, places, strict=True):
            if place >= 0:
                told[place] = record
    merged = StatementPart.merged([(StatementPart.build(one), np.array(places, np.int64)) for one, places in parts])
    folder = tmp_path_factory.mktemp("statements")
    assert saved(merged, folder / "merged") == saved(StatementPart.build(told), folder / "built")


@pytest.mark.parametrize("told", [TOLD, [[["β", "風"], ["mir:mir-21"]]], [], [[[]], [[]]]])
def test_what_was_saved_is_what_is_read(tmp_path: Path, told):
    """Words of every script, and none; what is read can be saved again, the same to the byte."""
    built = StatementPart.build(told)
    first = saved(built, tmp_path / "kept")
    loaded = StatementPart.load(tmp_path / "kept")
    everything = np.arange(loaded.count)
    assert (len(loaded), loaded.count) == (len(built), built.count)
    for word in {word for record in told for words in record for word in words} | {"zebra"}:
        assert loaded.frequency(word) == built.frequency(word)
        assert loaded.holding([[word]], everything).tolist() == built.holding([[word]], everything).tolist()
    assert saved(loaded, tmp_path / "again") == first


def test_a_damaged_or_missing_file_is_said_to_be_damage(tmp_path: Path):
    """Each in turn is taken away, cut in half, or another's; no foreign error comes through."""
    folder = tmp_path / "kept"
    files = saved(StatementPart.build(TOLD), folder)
    others = saved(StatementPart.build([[["elk", "gnu", "yak", "emu"]]] * 9), tmp_path / "others")
    assert len(files) == 6
    for name, whole in files.items():
        (folder / name).unlink()
        with pytest.raises(LibraryDamaged, match="exocite --library NEW add"):
            StatementPart.load(folder)
        for wrong in (whole[: len(whole) // 2], b"", b"none of it"):
            (folder / name).write_bytes(wrong)
            with pytest.raises(LibraryDamaged, match=r"cannot be read|does not hold what it should"):
                StatementPart.load(folder)
        (folder / name).write_bytes(others[name])
        with pytest.raises(LibraryDamaged, match="do not belong together"):
            StatementPart.load(folder)
        (folder / name).write_bytes(whole)
    assert len(StatementPart.load(folder)) == 3
