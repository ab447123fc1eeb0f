from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import LibraryDamaged
from index.postings import Postings

TEXTS = [["fox", "hen", "con:night"], ["fox", "fox", "owl"], ["owl"]]
WORDS = ["fox", "owl", "hen", "mir:mir-21", "β", "con:night", "lex:9"]


@st.composite
def moves(draw: st.DrawFn) -> tuple[list[tuple[list[list[str]], list[int]]], int]:
    """Texts in a few parts, and for each text where it goes: all that stay change places, some go."""
    parts = draw(st.lists(st.lists(st.lists(st.sampled_from(WORDS), max_size=4), max_size=5), max_size=4))
    staying = [draw(st.booleans()) for part in parts for _ in part]
    places = iter(draw(st.permutations(range(sum(staying)))))
    kept = iter([next(places) if stays else -1 for stays in staying])
    return [(part, [next(kept) for _ in part]) for part in parts], sum(staying)


def saved(part: Postings, folder: Path) -> dict[str, bytes]:
    part.save(folder)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_word_is_held_where_it_stands_and_as_often():
    """The fox twice in the second text; an unknown word nowhere."""
    postings = Postings.build(TEXTS)
    assert [one.tolist() for one in postings.held("fox")] == [[0, 1], [1, 2]]
    assert [one.tolist() for one in postings.held("con:night")] == [[0], [1]]
    assert [one.tolist() for one in postings.held("yak")] == [[], []]
    assert [postings.frequency(word) for word in ("fox", "owl", "yak")] == [2, 2, 0]


def test_marks_lengthen_nothing():
    """Two, three and one word; the night is a mark."""
    postings = Postings.build(TEXTS)
    assert postings.lengths.tolist() == [2, 3, 1]
    assert (postings.total, len(postings)) == (6, 3)


def test_words_that_begin_alike_are_in_order_and_marks_are_none():
    """Of cone and con:night only one is a word."""
    postings = Postings.build([["cone", "con:night", "conch"], ["lex:9"], ["topics", "topic:x"]])
    assert postings.beginning("con") == ["conch", "cone"]
    assert postings.beginning("") == ["conch", "cone", "topics"]
    assert postings.held_beginning("").tolist() == [True, False, True]
    assert postings.held_beginning("con:").tolist() == [False, False, False]


def test_pairs_are_postings_in_any_order():
    """A pair that comes twice counts twice, and a record that no pair names holds nothing."""
    postings = Postings.of_pairs([("con:owl", 3), ("con:hen", 1), ("con:owl", 0), ("con:owl", 3)], 5)
    assert [one.tolist() for one in postings.held("con:owl")] == [[0, 3], [1, 2]]
    assert postings.held("con:hen")[0].tolist() == [1]
    assert (len(postings), postings.total) == (5, 0)


@given(moves())
@settings(deadline=None)
def test_merged_parts_are_those_that_would_be_built(tmp_path_factory, moved):
    """To the byte: no word, count or length of a record that went is left."""
    parts, size = moved
    texts: list[list[str]] = [[] for _ in range(size)]
    for part, places in parts:
        for text, place in zip(part, places, strict=True):
            if place >= 0:
                texts[place] = text
    merged = Postings.merged([(Postings.build(part), np.array(places, dtype=np.int64)) for part, places in parts], size)
    folder = tmp_path_factory.mktemp("postings")
    assert saved(merged, folder / "merged") == saved(Postings.build(texts), folder / "built")


def test_a_record_that_no_part_holds_is_empty():
    """Two records come to the first and the last of four places."""
    merged = Postings.merged([(Postings.build([["fox"], ["owl"]]), np.array([3, 0]))], 4)
    assert merged.held("fox")[0].tolist() == [3]
    assert merged.lengths.tolist() == [1, 0, 0, 1]


def test_more_kinds_than_two_bytes_tell_apart_are_told_apart(tmp_path: Path, monkeypatch):
    """As if they told two apart: once in one word of two, twice in one, and once in three are three kinds."""
    monkeypatch.setattr("index.postings._NARROW", 2)
    postings = Postings.build([["fox", "owl"], ["fox", "fox"], ["hen", "owl", "fox"]])
    postings.save(tmp_path / "kept")
    loaded = Postings.load(tmp_path / "kept")
    assert loaded.kinds.dtype == np.uint32
    assert [one.tolist() for one in loaded.held("fox")] == [[0, 1, 2], [1, 2, 1]]
    assert loaded.pairs.tolist() == [[1, 2], [1, 3], [2, 2]]


@pytest.mark.parametrize("texts", [TEXTS, [["mir:mir-21", "β", "風"], ["mir:mir-210"]], [], [[], []]])
def test_what_was_saved_is_what_is_read(tmp_path: Path, texts):
    """Words of every script, and none; what is read can be saved again, the same to the byte."""
    built = Postings.build(texts)
    first = saved(built, tmp_path / "kept")
    loaded = Postings.load(tmp_path / "kept")
    assert loaded.lengths.tolist() == built.lengths.tolist()
    for word in {word for text in texts for word in text} | {"mir:mir-2", "zebra", ""}:
        assert [one.tolist() for one in loaded.held(word)] == [one.tolist() for one in built.held(word)]
    assert loaded.beginning("") == built.beginning("")
    assert saved(loaded, tmp_path / "again") == first


def test_what_is_read_lies_on_the_disk(tmp_path: Path):
    """Nothing is copied at opening, and nothing can be changed."""
    Postings.build(TEXTS).save(tmp_path / "kept")
    loaded = Postings.load(tmp_path / "kept")
    for one in (loaded.positions, loaded.kinds, loaded.starts, loaded.dictionary.letters):
        assert isinstance(one.base, np.memmap)
        assert not one.flags.writeable


def test_a_damaged_or_missing_file_is_said_to_be_damage(tmp_path: Path):
    """Each in turn is taken away, cut in half, or another's; no foreign error comes through."""
    folder = tmp_path / "kept"
    files = saved(Postings.build(TEXTS), folder)
    others = saved(Postings.build([["elk", "elk", "gnu", "yak", "con:yak"]] * 5), tmp_path / "others")
    assert len(files) == 8
    for name, whole in files.items():
        (folder / name).unlink()
        with pytest.raises(LibraryDamaged, match="exocite --library NEW add"):
            Postings.load(folder)
        for wrong in (whole[: len(whole) // 2], b"", b"none of it"):
            (folder / name).write_bytes(wrong)
            with pytest.raises(LibraryDamaged, match=r"cannot be read|does not hold what it should"):
                Postings.load(folder)
        (folder / name).write_bytes(others[name])
        if name != "pairs.npy":
            with pytest.raises(LibraryDamaged, match="do not belong together"):
                Postings.load(folder)
        (folder / name).write_bytes(whole)
    np.save(folder / "positions.npy", np.array([0.5, 1.5]))
    with pytest.raises(LibraryDamaged, match=r"positions\.npy does not hold what it should"):
        Postings.load(folder)
