"""What documents abbreviate is looked up where it lies, and a change leaves what making it anew would."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import LibraryDamaged
from index.abbreviations import find_abbreviations, find_glossary
from index.glossary import Definitions, Glossary

TOLD = (
    "Gulls fear hepatocellular carcinoma (HCC) and a long red kite (LRK).",
    "Gulls like hollow coastal cliffs (HCC), hollow coastal cliffs (HCC), and hot clear coves (HCC).",
    "Terns like little round krill (LRK) and transforming growth factor β1 (TGFβ1).",
    "Abbreviations: ZO-1: Zonula occludens; TJP1: Tight junction protein 1 (another name for ZO-1)",
    "Abbreviations: HCC: hepatocellular carcinoma; ZO-1: Zonula occludens 1 (another name for HCC)",
    "Abbreviations: LRK: long red kite; TJP1: Tight junction protein 1 (another name for LRK)",
    "It defines nothing.",
)
FIRSTS = tuple(
    "HCC LRK TGF ZO TJP hepatocellular hollow hot long little transforming tight zonula zo gull".split()  # noqa: SIM905
)
IDS = "abcd"

libraries = st.dictionaries(st.sampled_from(IDS), st.integers(0, len(TOLD) - 1), max_size=4)


def defined(papers: dict[str, int]) -> Definitions:
    """What these documents, each with the number of its text, define."""
    ways = {one: find_glossary if TOLD[text].startswith("Abb") else find_abbreviations for one, text in papers.items()}
    return {one: ways[one](TOLD[text]) for one, text in papers.items()}


def everything(glossary: Glossary) -> Sequence[object]:
    """All that can be asked of it, names in the order of their letters."""
    names = [(sorted(glossary.longs(first)), sorted(glossary.shared(first))) for first in FIRSTS]
    return [names, *((glossary.own(one), sorted(glossary.shorts(one))) for one in IDS)]


@given(st.lists(libraries, min_size=1, max_size=4))
def test_changed_it_is_what_it_would_be_made_anew(history):
    """However documents came, were replaced and went."""
    with tempfile.TemporaryDirectory() as folder:
        old, papers = None, dict[str, int]()
        for step, wanted in enumerate(history):
            gone = [one for one in papers if wanted.get(one) != papers[one]]
            come = {one: text for one, text in wanted.items() if papers.get(one) != text}
            new = Path(folder) / str(step)
            glossary = Glossary.write(new, old, {*gone, *come}, defined(come))
            assert everything(glossary) == everything(Glossary.of(defined(wanted)))
            old, papers = new, wanted


@given(libraries, libraries)
def test_what_has_changed_is_told_and_nothing_else(before, after):
    """Of every name: whether it stands for another thing than before."""
    old, new = Glossary.of(defined(before)), Glossary.of(defined(after))
    changed = new.changed(old, [one for one in IDS if before.get(one) != after.get(one)])
    for told, ways in ((changed.longs, (old.longs, new.longs)), (changed.shorts, (old.shared, new.shared))):
        then, now = ({pair for first in FIRSTS for pair in way(first)} for way in ways)
        assert told == {name for name, _ in then ^ now}
    assert changed.documents == {one for one in IDS if new.own(one) and new.own(one) != old.own(one)}


def test_what_it_tells_by_hand():
    """A short form holds for all where all agree; a document reads its own its own way; names besides are one."""
    glossary = Glossary.of(defined({"a": 0, "b": 1, "c": 3}))
    assert glossary.shared("HCC") == ()
    assert glossary.shared("LRK") == ((("LRK",), "long red kite"),)
    assert glossary.own("b") == {"HCC": ((("HCC",), "hollow coastal cliff"),)}
    assert glossary.longs("hot") == ((("hot", "clear", "cove"), "hot clear cove"),)
    assert glossary.shared("ZO") == ((("ZO", "1"), "tight junction protein 1"),)
    assert glossary.shorts("a") == {"HCC", "LRK"}


def test_of_what_went_no_byte_is_left(tmp_path: Path):
    """Though the file is the old one's copy."""
    Glossary.write(tmp_path / "old", None, (), defined({"a": 0, "b": 2}))
    Glossary.write(tmp_path / "new", tmp_path / "old", {"a"}, {})
    data = (tmp_path / "new").read_bytes()
    assert b"krill" in data
    assert b"hepatocellular" not in data
    assert b"kite" not in data


@pytest.mark.parametrize("data", [b"", b"no database", None])
def test_one_that_cannot_be_read_is_damage(tmp_path: Path, data: bytes | None):
    """Empty, of something else, or not there; the message says what to do."""
    if data is not None:
        (tmp_path / "glossary.sqlite").write_bytes(data)
    with pytest.raises(LibraryDamaged, match="make a new one"):
        Glossary.open(tmp_path / "glossary.sqlite")


def test_it_is_read_on_after_its_file_went(tmp_path: Path):
    """By whoever has the library open while another changes it."""
    glossary = Glossary.write(tmp_path / "old", None, (), defined({"a": 0}))
    (tmp_path / "old").unlink()
    assert glossary.longs("long") == ((("long", "red", "kite"), "long red kite"),)
