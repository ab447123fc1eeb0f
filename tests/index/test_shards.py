"""Vectors from shards: the library is the one made without them, whatever befell the shards."""

from __future__ import annotations

import errno
import hashlib
import os
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import BadShards, InputError, StorageFull
from index.intake import sources_of, take_in
from index.library import Library
from index.shards import Part, Shelf, Shelved, Telling, dealt, fill
from index.shards import shard as shard_module
from index.shards.shard import as_keys, keys_of, shards_below, write_shard
from tests.encoders import HashedEncoder
from tests.index.conftest import FERNS, KITES, MOSS

PAPERS = {"kites": KITES, "moss": MOSS, "ferns": FERNS, "twin": MOSS + "\n## Fog\n\nGulls keep away.\n"}
"""Of which the twin holds the one passage of moss too; kites has a passage and two rows, ferns a passage."""
NOTHING = Telling(*[lambda *_: None] * 5)


def written(folder: Path, names=PAPERS) -> Path:
    """A folder that holds these papers, one of them in a folder of its own."""
    for name in names:
        file = folder / ("below" if name == "ferns" else ".") / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PAPERS[name], encoding="utf-8")
    return folder


def filled(papers: Path, shards: Path, parts: int = 1, *, encoder=None, most: int = 4, tell: Telling = NOTHING):
    """What came of each part of the papers, whose vectors are in shards of some four texts."""
    encoder = encoder or HashedEncoder()
    sources = sources_of([papers])
    every = [Part(number, parts) for number in range(1, parts + 1)]
    return [fill(shards, encoder, dealt(sources, [papers], part), part, tell, most=most) for part in every]


def made(papers: Path, library: Path, encoder) -> list[tuple[str, str]]:
    """The hash of a library made of the papers, and the name and sum of each file of its segments."""
    take_in(library, encoder, sources_of([papers]))
    with closing(Library.open(library)) as opened:
        opened.verify()
        folders = [segment.folder for segment in opened.parts.segments]
        files = [(file, file.relative_to(folder).as_posix()) for folder in folders for file in folder.rglob("*")]
        sums = [(name, hashlib.sha256(file.read_bytes()).hexdigest()) for file, name in files if file.is_file()]
        return [("", opened.manifest.hash), *sorted(sums)]


@given(st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_library_made_with_shards_is_byte_for_byte_the_one_made_without(data: st.DataObject):
    """However many parts there are, whatever papers they lack, and whichever bytes of them were lost or changed."""
    held = data.draw(st.sets(st.sampled_from(sorted(PAPERS)), min_size=1), label="papers in the shards")
    parts = data.draw(st.integers(1, 4), label="parts")
    with TemporaryDirectory() as folder:
        top = Path(folder)
        some, papers = written(top / "some", held), written(top / "papers")
        filled(some, top / "shards", parts)
        for file in shards_below(top / "shards"):
            befell(file, data)
        encoder = HashedEncoder()
        shelved = Shelved(encoder, Shelf.open(top / "shards", encoder.identity))
        alone = HashedEncoder()
        assert made(papers, top / "shared", shelved) == made(papers, top / "alone", alone)
        taken, encoded, _ = shelved.news()
        assert encoded == len(encoder.encoded)
        assert taken + encoded == len(alone.encoded)


def befell(file: Path, data: st.DataObject) -> None:
    """Nothing happened to a file, or one of its bytes is another, or it is cut short, or it is gone."""
    fate = data.draw(st.sampled_from(["whole", "changed", "cut", "gone"]), label="what befell a shard")
    found = bytearray(file.read_bytes())
    at = data.draw(st.integers(0, len(found) - 1), label="where")
    if fate == "changed":
        found[at] ^= data.draw(st.integers(1, 255), label="bits")
        file.write_bytes(found)
    elif fate == "cut":
        file.write_bytes(found[:at])
    elif fate == "gone":
        file.unlink()


def test_what_a_whole_set_of_shards_holds_is_not_encoded(tmp_path: Path):
    """Nothing is left for the model to do."""
    papers = written(tmp_path / "papers")
    filled(papers, tmp_path / "shards", 3)
    encoder = HashedEncoder()
    made(papers, tmp_path / "library", Shelved(encoder, Shelf.open(tmp_path / "shards", encoder.identity)))
    assert encoder.encoded == []


def test_each_file_belongs_to_one_part_wherever_its_folder_lies(tmp_path: Path):
    """Two machines may have the papers in different places."""
    here, there = written(tmp_path / "here"), written(tmp_path / "far" / "away")
    names = [
        [[source.name for source in dealt(sources_of([top]), [top], Part(number, 3))] for number in (1, 2, 3)]
        for top in (here, there)
    ]
    assert names[0] == names[1]
    assert sorted(name for part in names[0] for name in part) == ["ferns.md", "kites.md", "moss.md", "twin.md"]


@pytest.mark.parametrize("written_", ["", "3", "0/4", "5/4", "1/0", "-1/4", "1/100000", "1/4 ", "٣/4"])
def test_a_part_that_there_is_not_is_refused(written_: str):
    """Only `I/N` with I from 1 to N."""
    with pytest.raises(InputError, match="There is no part"):
        Part.read(written_)


def test_what_is_in_the_shards_is_neither_read_nor_encoded_again(tmp_path: Path):
    """The second time nothing is done; then only what is new, and texts that other files had are not encoded again."""
    papers = written(tmp_path / "papers", ["kites", "moss"])
    (first,) = filled(papers, tmp_path / "shards")
    encoder = HashedEncoder()
    (again,) = filled(papers, tmp_path / "shards", encoder=encoder)
    assert (first.passed, first.encoded, first.known) == (0, 4, 0)
    assert (again.passed, again.encoded, encoder.encoded) == (2, 0, [])
    written(tmp_path / "papers", ["twin"])
    (more,) = filled(papers, tmp_path / "shards", encoder=encoder)
    assert (more.files, more.passed, more.known) == (3, 2, 1)
    assert encoder.encoded == ["Gulls keep away."]


def test_what_was_cut_otherwise_before_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Another version of Exocite may cut other texts from the same bytes; those that are the same are not encoded."""
    papers = written(tmp_path / "papers", ["moss"])
    with monkeypatch.context() as patch:
        patch.setattr(shard_module, "SCHEMA", -1)
        filled(papers, tmp_path / "shards")
    encoder = HashedEncoder()
    (again,) = filled(papers, tmp_path / "shards", encoder=encoder)
    assert (again.passed, again.known, encoder.encoded) == (0, 1, [])


def test_a_damaged_shard_is_made_anew_and_told_of_where_it_is_still_there(tmp_path: Path):
    """Its files are read again; those of the others are not. One by another name is not overwritten."""
    papers = written(tmp_path / "papers")
    filled(papers, tmp_path / "shards", most=1)
    assert len(shards_below(tmp_path / "shards")) == 4
    damaged = shards_below(tmp_path / "shards")[1]
    lost = len(Shelf.open(tmp_path / "shards", HashedEncoder().identity)) - len(without(damaged))
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"x")
    (again,) = filled(papers, tmp_path / "shards")
    assert (again.passed, again.encoded, again.damaged) == (3, lost, ())
    other = damaged.rename(damaged.with_stem(f"{damaged.stem[:-1]}{'1' if damaged.stem[-1] == '0' else '0'}"))
    other.write_bytes(other.read_bytes()[:-1] + b"x")
    (anew,) = filled(papers, tmp_path / "shards")
    assert (anew.encoded, anew.damaged) == (lost, (other,))


def without(file: Path) -> Shelf:
    """The shards beside a file, less that one."""
    away = file.rename(file.with_suffix(".away"))
    try:
        return Shelf.open(file.parent, HashedEncoder().identity)
    finally:
        away.rename(file)


def test_a_shard_is_written_whenever_enough_texts_wait(tmp_path: Path):
    """No more wait than fill a shard, and those of one file."""
    told = []
    tell = Telling(lambda _, texts, files: told.append((texts, files)), *[lambda *_: None] * 4)
    filled(written(tmp_path / "papers", ["kites", "moss", "twin"]), tmp_path / "shards", most=2, tell=tell)
    assert told == [(3, 1), (2, 2)]


def test_vectors_of_another_model_are_refused(tmp_path: Path):
    """Before anything is done with them; the message names both models."""
    filled(written(tmp_path / "papers"), tmp_path / "shards")
    with pytest.raises(BadShards, match=r"made with the model hashed .*not with other .*--model"):
        Shelf.open(tmp_path / "shards", HashedEncoder(model="other").identity)


def test_what_is_no_unit_vector_is_never_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Neither what is no number, nor what is too long or too short, even where its sum is right."""
    identity = HashedEncoder(dimension=2).identity
    vectors = np.array([[np.nan, 1], [np.inf, 0], [0, 0], [0.6, 0.9], [0.6, 0.8]], dtype=np.float32)
    keys = keys_of(list("abcde"))
    with monkeypatch.context() as patch:
        patch.setattr(shard_module, "of_unit_length", lambda vectors: np.ones(len(vectors), dtype=np.bool_))
        write_shard(tmp_path, Part().label, identity, keys, vectors, as_keys([]))
    found, is_there = Shelf.open(tmp_path, identity).find(keys)
    assert is_there.tolist() == [False, False, False, False, True]
    assert found[4].tolist() == vectors[4].tolist()
    write_shard(tmp_path, Part(1, 2).label, identity, keys, vectors, as_keys([]))
    assert len(Shelf.open(tmp_path, identity, Part(1, 2).label)) == 1


def test_keys_that_begin_alike_are_told_apart(tmp_path: Path):
    """Of which a shelf has only the first eight bytes in memory."""
    identity = HashedEncoder(dimension=2).identity
    keys = as_keys([b"12345678" + bytes([last]) * 24 for last in (3, 1, 2, 4)])
    angles = np.array([0.1, 0.2, 0.3])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    for row, part in enumerate((Part(1, 3), Part(2, 3), Part(3, 3))):
        write_shard(tmp_path, part.label, identity, keys[row : row + 1], vectors[row : row + 1], as_keys([]))
    found, is_there = Shelf.open(tmp_path, identity).find(keys[::-1])
    assert is_there.tolist() == [False, True, True, True]
    assert found[1:].tolist() == vectors[::-1].tolist()


def test_a_text_in_two_shards_is_taken_from_the_one_that_is_whole(tmp_path: Path):
    """And the other is told of, once."""
    papers = written(tmp_path / "papers", ["moss"])
    for folder in ("one", "two"):
        filled(papers, tmp_path / "shards" / folder)
    one, _ = shards_below(tmp_path / "shards")
    one.write_bytes(one.read_bytes()[:-1] + b"x")
    shelf = Shelf.open(tmp_path / "shards", HashedEncoder().identity)
    for _ in range(2):
        assert shelf.find(
            keys_of(["Green moss drinks fog with miR-210. Stones keep the quokka warm.", "no such text"])
        )[1].tolist() == [True, False]
    assert shelf.damaged == [one]


def test_a_full_disk_is_said_and_leaves_whole_shards_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What was begun has no shard's name; the next run writes over it and leaves nothing of it."""
    papers = written(tmp_path / "papers")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("index.shards.shard.os.fsync", full)
        with pytest.raises(StorageFull, match=r"No space left.*goes on where it was"):
            filled(papers, tmp_path / "shards")
    assert shards_below(tmp_path / "shards") == []
    filled(papers, tmp_path / "shards")
    assert sorted(tmp_path.joinpath("shards").iterdir()) == shards_below(tmp_path / "shards")
