from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import InputError, LibraryDamaged
from index.lexicon import Entry
from index.tables import Tables, summed_up

GULL = Entry("B:1", "gull", "bird", ("gull", "sea mew"))
OTHER_GULL = Entry("B:1", "mew", "bird", ("mew",))
KELP = Entry("P:1", "kelp", "plant", ("kelp",))


def test_a_table_replaces_one_of_the_same_file():
    """And only that one; they stand in the order of the files' names."""
    tables = Tables({"plants.tsv": [KELP], "birds.tsv": [GULL]}).with_({"birds.tsv": [OTHER_GULL]})
    assert list(tables.entries.items()) == [("birds.tsv", (OTHER_GULL,)), ("plants.tsv", (KELP,))]


def test_a_table_is_taken_out_whole():
    """What another table says of the same thing stays; one that is not there is an error."""
    tables = Tables({"a.tsv": [GULL], "b.tsv": [OTHER_GULL, KELP]})
    assert tables.without(["a.tsv"]).entries == {"b.tsv": (OTHER_GULL, KELP)}
    for names in (["c.tsv"], ["a.tsv", "a.tsv"]):
        with pytest.raises(InputError, match="exocite names list"):
            tables.without(names)


def test_the_lexicon_is_that_of_all_tables_whatever_the_order_they_came_in():
    """Of one thing in two tables the names are put together, and the first file's counts."""
    one = Tables({"a.tsv": [GULL]}).with_({"b.tsv": [OTHER_GULL, KELP]}).lexicon()
    other = Tables({"b.tsv": [OTHER_GULL, KELP]}).with_({"a.tsv": [GULL]}).lexicon()
    assert one.entries == other.entries == (Entry("B:1", "gull", "bird", ("gull", "sea mew", "mew")), KELP)
    assert one.hash == other.hash


def test_tables_that_are_saved_are_read_again(tmp_path: Path):
    """None, or several; anything else in that file is damage."""
    for tables in (Tables(), Tables({"birds.tsv": [GULL], "plants.tsv": [KELP]})):
        tables.save(tmp_path)
        assert Tables.load(tmp_path).entries == tables.entries
    for data in (b"", b"[]", b'{"birds.tsv": [["B:1"]]}', b"\xff"):
        (tmp_path / "tables.json").write_bytes(data)
        with pytest.raises(LibraryDamaged, match="make a new one"):
            Tables.load(tmp_path)


def test_entries_are_counted_by_kind_with_their_names():
    """The most frequent kind first, thousands apart, one name in the singular."""
    assert summed_up([KELP, GULL, OTHER_GULL]) == "2 bird, 1 plant, 4 names"
    assert summed_up([KELP]) == "1 plant, 1 name"
    assert summed_up([GULL] * 1200) == "1,200 bird, 2,400 names"
