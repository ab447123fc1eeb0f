"""Which records a name or a cancer leaves, in a library of papers of our own invention."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.engineplace import EngineChoice, EngineName
from index.intake import Source, take_in
from index.lexicon import Entry
from index.library import Library, change_library
from index.limits import naming, on_cancer, union
from index.tables import Tables
from tests.encoders import HashedEncoder

PAPER = """# Harbour notes

## Plain

Alpha: parcels hold miR-21 and rest.

## Arm

Bravo: parcels hold miR-21-3p alone.

## Other arm

Charlie: parcels hold miR-21-5p alone.

## Near

Delta: parcels hold miR-210 and miR-212 [1].

## Cited

Echo: parcels of that kind calm PTEN [1].

## Greek

Foxtrot: TGF-β wakes the bowel carcinoma, the beta of TGF apart.

## Apart

Golf: the letter beta; the vesicles of TGF sleep in HCC.

## Short

Hotel: the quiet foam syndrome (QFS) spreads. India: lymphoma of the tide.

## Shorter

Juliet: QFS spreads again. Kilo: colon cells are healthy.

Table 1. Cargo

| miRNA | Target | Ref |
| --- | --- | --- |
| miR-210 | lima | [1] |
| miR-21 | mike | [2] |

## References

1. Ito A. MiR-21 in parcels at low tide. Sea Notes 2019;4:1-9.
2. Cruz B. Walls of foam. Gull Letters 2018;7:11-19.
"""
TOLD = "Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliet Kilo lima mike".split()  # noqa: SIM905 (shorter)


@pytest.fixture(scope="module")
def opened(engine: EngineName, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of that paper, which also knows by a table of names that GLUE1 is another name of PTEN."""
    folder = tmp_path_factory.mktemp("limits") / "library"
    take_in(
        folder, HashedEncoder(), [Source("harbour.md", "upload:harbour.md", PAPER.encode)], engine=EngineChoice(engine)
    )
    tables = Tables({"genes.tsv": [Entry("G1", "PTEN", "gene", ("PTEN", "GLUE1"))]})
    with_names = change_library(folder, HashedEncoder(), tables=tables)
    yield with_names
    with_names.close()


def left(found: NDArray[np.int64], library: Library) -> set[str]:
    """The words by which the paper tells its records apart, of those found."""
    texts = [library.store.record(library.ranker.ids[position]).text for position in found]
    return {word for word in TOLD for text in texts if word in text}


MIR21 = {"Alpha", "Bravo", "Charlie", "Echo", "mike"}


@pytest.mark.parametrize("name", ["miR-21", "microRNA 21", "hsa-mir-21", "MIR21", "miRNA-21"])
def test_a_microrna_is_met_in_any_spelling_and_never_by_a_near_name(opened: Library, name: str):
    """Either arm and a study's title are enough; a record that names only miR-210 is not met, though it cites one."""
    assert left(naming(name, opened), opened) == MIR21


def test_an_arm_is_met_by_itself_and_by_its_molecule_but_not_by_the_other_arm(opened: Library):
    """Charlie names the other one."""
    assert left(naming("miR-21-3p", opened), opened) == MIR21 - {"Charlie"}


def test_near_names_are_limits_of_their_own(opened: Library):
    """What is left for miR-210 holds nothing of miR-21."""
    assert left(naming("miR-210", opened), opened) == {"Delta", "lima"}
    assert left(naming("miR-2", opened), opened) == set()


def test_a_list_of_micrornas_is_any_of_them(opened: Library):
    """As a text names them."""
    assert left(naming("miR-212 and -999", opened), opened) == {"Delta"}


@pytest.mark.parametrize("name", ["TGF-beta", "TGF-β", "tgf-BETA"])
def test_another_name_must_be_held_with_all_its_words(opened: Library, name: str):
    """Golf has the letter and the rest apart."""
    assert left(naming(name, opened), opened) == {"Foxtrot"}


def test_a_microrna_with_another_word_is_both(opened: Library):
    """In one record."""
    assert left(naming("miR-21 PTEN", opened), opened) == {"Echo"}
    assert left(naming("miR-210 PTEN", opened), opened) == set()


def test_other_names_that_the_library_knows_count(opened: Library):
    """Those of a table, and what a paper abbreviates."""
    assert left(naming("GLUE1", opened), opened) == left(naming("PTEN", opened), opened) == {"Echo"}
    assert left(naming("QFS", opened), opened) == {"Hotel", "India", "Juliet", "Kilo"}
    assert left(naming("quiet foam syndrome", opened), opened) == {"Hotel", "India", "Juliet", "Kilo"}


@pytest.mark.parametrize("holding", [naming, on_cancer])
@pytest.mark.parametrize("text", ["the", "+", "atlantis"])
def test_what_no_record_holds_leaves_nothing(
    opened: Library, holding: Callable[[str, Library], NDArray[np.int64]], text: str
):
    """Words that are in no index, or in no record."""
    assert len(holding(text, opened)) == 0


@pytest.mark.parametrize(
    ("cancer", "expected"),
    [
        ("colorectal cancer", {"Foxtrot"}),
        ("CRC", {"Foxtrot"}),
        ("colon", {"Foxtrot"}),  # healthy colon cells are no cancer
        ("liver cancer", {"Golf"}),
        ("hepatocellular carcinoma", {"Golf"}),
        ("bowel or liver cancer", {"Foxtrot", "Golf"}),
        ("breast cancer", set()),
        ("lymphoma", {"Hotel", "India"}),
        ("quiet foam syndrome", {"Hotel", "India", "Juliet", "Kilo"}),
    ],
)
def test_a_cancer_is_met_in_lay_and_clinical_words(opened: Library, cancer: str, expected: set[str]):
    """By its organ, or by its words where it stands in no organ that is known."""
    assert left(on_cancer(cancer, opened), opened) == expected


def test_positions_are_ascending_and_single(opened: Library):
    """Each way of naming gives them so, and so do several together."""
    for found in (naming("miR-21", opened), union([naming("miR-210", opened), naming("miR-212", opened)]), union([])):
        assert found.tolist() == sorted(set(found.tolist()))


def test_an_empty_library_leaves_nothing(tmp_path: Path):
    """Whatever is asked."""
    empty = change_library(tmp_path / "empty", HashedEncoder())
    assert len(naming("miR-21", empty)) == len(on_cancer("CRC", empty)) == 0
    empty.close()
