from __future__ import annotations

import pytest

from qa.answering.directions import claims_in
from qa.candidates import candidates
from tests.qa.pieces import piece, row


def claimed(text: str) -> list[tuple[str, str]]:
    """What a sentence says, each as (way, thing)."""
    evidence = piece(1, text)
    return [(claim.way, claim.thing) for one in candidates([evidence]) for claim in claims_in(one, evidence)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("miR-21 promotes metastasis.", [("raises", "metastasis")]),
        ("miR-21 suppresses the invasion and migration of gulls.", [("lowers", "invasion"), ("lowers", "migration")]),
        ("By miR-21, PTEN falls, inducing liver metastasis.", [("raises", "metastasis")]),
        ("miR-21 promotes EMT by inhibiting PTEN.", [("raises", "EMT"), ("lowers", "PTEN")]),
        ("miR-21 suppresses SOCS1, leading to metastasis.", [("lowers", "SOCS1")]),
        ("miR-21 leads to the downregulation of SOCS3.", [("lowers", "SOCS3")]),
    ],
)
def test_what_a_molecule_raises_and_lowers_is_read_beside_the_word_that_says_so(text: str, told: list):
    """And what is listed with it."""
    assert claimed(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "miR-21 does not promote metastasis.",
        "miR-21 acts without affecting apoptosis or increasing invasion.",
        "Loss of miR-21 promotes metastasis.",
        "A miR-21 inhibitor reduces metastasis.",
        "miR-21 and miR-9 promote metastasis.",
        "Kelp promotes metastasis.",
        "Kelp suppresses metastasis through miR-21.",
        "miR-21 targets PTEN, which suppresses metastasis.",
        "miR-21 reduces the inhibition of EMT.",
        "miR-21 raises a promoter of kelp and EMT markers.",
        "miR-21 enhances endothelial cell migration.",
    ],
)
def test_what_cannot_be_read_for_sure_is_not(text: str):
    """Negated, of a loss, of several, of something else that acts, turned twice, not beside, of another thing."""
    assert claimed(text) == []


def test_a_row_is_read_cell_by_cell():
    """A cell of effects that only lists them says no direction."""
    evidence = row(
        1, miRNA="miR-148b", Cancer="Breast cancer", Effect="Invasion, migration", Mechanism="Inhibiting TSC2"
    )
    (one,) = candidates([evidence])
    told = [(claim.way, claim.thing, claim.cancers) for claim in claims_in(one, evidence)]
    cancer = ("breast cancer",)
    assert told == [("lists", "invasion", cancer), ("lists", "migration", cancer), ("lowers", "TSC2", cancer)]
    evidence = row(1, miRNA="miR-148b", Effect="Suppression of endometrial cancer metastasis")
    assert [claim.way for claim in claims_in(candidates([evidence])[0], evidence)] == ["lowers"]
