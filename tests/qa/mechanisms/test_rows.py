from __future__ import annotations

import pytest

from tests.qa.mechanisms.reading import of_row, told

ROW = {
    "miRNA": "miR-5",
    "Tumour type": "Gastric cancer",
    "Origin": "Foam cells & plasma",
    "Function": "Invasion, liver & lung metastasis",
    "Mechanism": "SPRY1 down-regulation and VEGF up-regulation",
    "Ref.": "[7]",
}


def test_a_row_is_read_by_its_headers() -> None:
    """Each thing that the mechanism cell says is one mechanism, with what the other cells hold."""
    rest = "effect: Invasion, liver & lung metastasis; cancer: Gastric cancer"
    assert [told(each) for each in of_row(ROW)] == [
        f"miR-5 inhibits; source: Foam cells, plasma; target: SPRY1; {rest}",
        f"miR-5 activates; source: Foam cells, plasma; target: VEGF; {rest}",
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("PTEN & TJP1 targeting", ["miR-5 inhibits; target: PTEN, TJP1"]),
        (
            "PTEN inhibition & AKT pathway activation",
            ["miR-5 inhibits; target: PTEN; pathway: AKT pathway", "miR-5 activates; pathway: AKT pathway"],
        ),
        ("AKT pathway inhibition via targeting PTEN", ["miR-5 inhibits; target: PTEN; pathway: AKT pathway"]),
        ("PI3K/AKT signaling pathway", ["miR-5 -; pathway: PI3K/AKT signaling pathway"]),
        ("PTEN, KLF4", ["miR-5 -; target: PTEN, KLF4"]),
        ("Targeting TSC2 which controls cell growth", ["miR-5 inhibits; target: TSC2"]),
        ("Negatively regulating RASSF4 (a tumor suppressor)", ["miR-5 inhibits; target: RASSF4"]),
        ("RASSF4 (a tumor suppressor) down-regulated", ["miR-5 inhibits; target: RASSF4"]),
        ("-", []),
    ],
)
def test_a_mechanism_cell(cell: str, expected: list[str]) -> None:
    """A cell of mechanisms is read like a sentence about the row's molecule; names alone have no direction."""
    assert [told(each) for each in of_row({"microRNA": "miR-5", "Potential mechanism": cell})] == expected


def test_an_effect_that_there_is_less_of() -> None:
    """What is inhibited stands by itself, with that direction; it is no effect of the target."""
    found = of_row({"miR": "miR-5", "Effect": "Inhibition of angiogenesis & migration", "Target": "MDK"})
    assert [told(each) for each in found] == [
        "miR-5 -; target: MDK",
        "miR-5 inhibits; effect: angiogenesis",
        "miR-5 inhibits; effect: migration",
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Marker of tumor stage and liver metastasis; invasion", ["miR-5 -; effect: invasion"]),
        ("Marker of bone metastasis", []),
        ("Bone metastasis, together with IBSP", ["miR-5 -; effect: Bone metastasis"]),
        (
            "Restrains invasion and migration; its loss promotes them",
            ["miR-5 inhibits; effect: invasion", "miR-5 inhibits; effect: migration"],
        ),
        ("Fibroblast transition (inhibited, by the title), EMT", ["miR-5 -; effect: EMT"]),
    ],
)
def test_what_is_no_effect(cell: str, expected: list[str]) -> None:
    """What a molecule marks, what goes along with it and what its loss does are no effects of it."""
    assert [told(each) for each in of_row({"miR": "miR-5", "Cancer": "–", "Effect": cell})] == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("ER+ breast cancer cells", "ER+ breast cancer cells"),
        ("Cancer cells (lines A and B studied) + plasma", "Cancer cells (lines A and B studied), plasma"),
    ],
)
def test_a_list_is_parted_outside_brackets(cell: str, expected: str) -> None:
    """A plus that belongs to a word, and what stands in brackets, part no list."""
    assert [told(each) for each in of_row({"miR": "miR-5", "Source": cell})] == [f"miR-5 -; source: {expected}"]


@pytest.mark.parametrize("kind", ["contradicted", "merged", "slid"])
def test_a_row_that_may_be_false_says_nothing(kind: str) -> None:
    """A row that its own study contradicts, or that is two run together, fills no cell."""
    assert of_row(ROW, caution=kind) == ()


def test_a_carried_molecule_counts_where_the_row_is_sure() -> None:
    """A molecule carried down stands where the merged cell does; of an unverified row it fills nothing."""
    (first, _) = of_row(ROW, carried="miRNA")
    assert (first.molecule[0].text, first.molecule[0].start) == ("miR-5", 0)
    assert of_row(ROW, carried="miRNA", caution="unverified") == ()


def test_other_tables_say_nothing() -> None:
    """A table without a column of microRNAs, or a row that names none there, says nothing."""
    assert of_row({"Strain": "IN61", "Source": "miR-21", "Target": "PTEN"}) == ()
    assert of_row({"miRNA": "none", "Target": "PTEN"}) == ()
