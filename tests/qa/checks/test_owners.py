"""A process, and a gene, is told of the cells it is said to be of."""

from __future__ import annotations

import pytest

from qa.checks import check_sentence
from qa.checks.governing import Governing
from qa.checks.owners import owners_of, same_owner
from qa.checks.terms import find_terms
from tests.qa.checks.conftest import piece


def owned(text: str) -> dict[str, str]:
    """The first owner of each thing of a sentence that has one."""
    reading = Governing(find_terms(text))
    found = {term.text: owners_of(reading, i) for i, term in enumerate(reading.terms) if term.is_thing}
    return {name: owners[0] for name, owners in found.items() if owners}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It induces endothelial migration.", {"migration": "cell:endothelium"}),
        ("It induces migration of macrophages.", {"migration": "cell:macrophage"}),
        ("It lowers SOCS3 in macrophages.", {"SOCS3": "cell:macrophage"}),
        ("It makes macrophages produce VEGF.", {"VEGF": "cell:macrophage"}),
        (
            "It brakes migration and invasion of neutrophils.",
            {"migration": "cell:neutrophil", "invasion": "cell:neutrophil"},
        ),
        ("It lowers SOCS3.", {}),
    ],
)
def test_the_cells_beside_a_thing_own_it(text: str, expected: dict[str, str]) -> None:
    """Before it, or after its "of" or "in"."""
    assert owned(text) == expected


def test_a_kind_of_a_cell_owns_what_the_cell_owns() -> None:
    """A Kupffer cell is a macrophage; a neutrophil is not, though both are immune cells."""
    kupffer = ("cell:Kupffer cell", "cell:macrophage", "cell:immune cell")
    assert same_owner(kupffer, ("cell:macrophage", "cell:immune cell"))
    assert not same_owner(("cell:neutrophil", "cell:immune cell"), kupffer)
    assert same_owner((), kupffer)


def test_what_one_cell_does_is_not_said_of_another() -> None:
    """The cells of two processes exchanged make a false sentence."""
    evidence = [piece("Vesicles induce endothelial migration and make macrophages produce VEGF.")]
    assert check_sentence("Vesicles stimulate migration of endothelial cells.", evidence) == ()
    assert check_sentence("Vesicles induce macrophage migration.", evidence)
    assert check_sentence("Vesicles make endothelial cells produce VEGF.", evidence)
