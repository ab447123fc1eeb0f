"""The gate: over the starter library the fixed set's figures are not below those saved by `make baseline`."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import Final

import pytest

from index.encoder import Encoder
from qa.experiment import on_library
from qa.results import LibraryCard
from qa.runs import Baseline, Setup, load_scores
from qa.service import Service
from qa.settings import Settings
from qa.significance import compare

SAVED: Final = Path(__file__).parent / "baseline" / "starter.json"
MOST: Final = 0.01
"""How far a figure may fall: the last bits of a vector differ between processors."""

SAID: Final = Baseline(
    Setup(LibraryCard("ab", 1, 2, "hashed"), {}, "small.jsonl", "cd"),
    {"fused": {id_: dict.fromkeys(("nDCG@10", "success@1", "recall@5"), 1.0) for id_ in ("q1", "q2")}},
    {"fused": 1.0},
    {"fused": {"q1": "supported", "q2": "supported", "n1": "absent", "n2": "absent"}},
)


def figures(measured: Baseline) -> dict[str, float]:
    """What the gate watches, by name; a figure that there is none of counts as 0."""
    scores, told = measured.scores["fused"].values(), measured.abstention("fused")
    assert told is not None
    means = {name: fmean(each[name] for each in scores) for name in ("nDCG@10", "success@1", "recall@5")}
    told_by = {"abstention precision": told.precision, "abstention recall": told.recall}
    return {name: figure or 0.0 for name, figure in (means | {"AUROC": measured.auroc["fused"]} | told_by).items()}


def losses(saved: Baseline, now: Baseline) -> list[str]:
    """The figures that fell too far, then every question that fell or whose verdict changed; empty where none did."""
    before, after = figures(saved), figures(now)
    lines = [f"{name}: {before[name]:.3f} → {after[name]:.3f}" for name in before if after[name] < before[name] - MOST]
    if lines:
        changes = compare("now", now.scores["fused"], "saved", saved.scores["fused"]).changes
        lines += [f"{id_}: nDCG@10 {then:.3f} → {here:.3f}" for id_, here, then in changes if here < then]
        verdicts = now.verdicts["fused"]
        lines += [
            f"{id_}: {then} → {verdicts.get(id_)}"
            for id_, then in saved.verdicts["fused"].items()
            if verdicts.get(id_) != then
        ]
    return lines


def with_scores(**changed: float) -> Baseline:
    """What is measured where the figures of q2 are these."""
    scores = SAID.scores["fused"]
    return replace(SAID, scores={"fused": {**scores, "q2": {**scores["q2"], **changed}}})


def test_what_did_not_fall_passes():
    """The same again, and a mean that is lower by 0.0095."""
    assert losses(SAID, SAID) == []
    assert losses(SAID, with_scores(**{"nDCG@10": 0.981})) == []


@pytest.mark.parametrize("name", ["nDCG@10", "success@1", "recall@5"])
def test_a_mean_that_fell_is_told_with_the_questions_that_fell(name):
    """From 1 to (1 + 0.97) / 2 by q2 alone; a rise is no loss."""
    worse = with_scores(**{name: 0.97})
    expected = [f"{name}: 1.000 → 0.985"] + (["q2: nDCG@10 1.000 → 0.970"] if name == "nDCG@10" else [])
    assert losses(SAID, worse) == expected
    assert losses(worse, SAID) == []


def test_verdicts_that_went_wrong_are_told():
    """Two were rightly absent; now one is, and one that is answered is called absent: 1 of 2 both ways."""
    verdicts = {"q1": "absent", "q2": "supported", "n1": "partial", "n2": "absent"}
    assert losses(SAID, replace(SAID, verdicts={"fused": verdicts}, auroc={"fused": 0.9})) == [
        "AUROC: 1.000 → 0.900",
        "abstention precision: 1.000 → 0.500",
        "abstention recall: 1.000 → 0.500",
        "q1: supported → absent",
        "n1: absent → partial",
    ]


def test_where_nothing_is_called_absent_any_more_both_figures_fell():
    """A precision of nothing is none to boast of."""
    verdicts = {"fused": dict.fromkeys(("q1", "q2", "n1", "n2"), "partial")}
    assert losses(SAID, replace(SAID, verdicts=verdicts))[:2] == [
        "abstention precision: 1.000 → 0.000",
        "abstention recall: 1.000 → 0.000",
    ]


@pytest.mark.model
def test_no_figure_of_the_fixed_set_fell(real_library: Path, real_encoder: Encoder, tmp_path: Path):
    """Measured over the starter library with the real model, none is lower than saved by more than 0.01."""
    with closing(Service(real_library, Settings(), real_encoder)) as service:
        on_library(service, None, lambda *_: None, modes=["fused"]).save(tmp_path / "now.json")
    saved, now = load_scores(SAVED), load_scores(tmp_path / "now.json")
    assert now.setup.questions_hash == saved.setup.questions_hash, "Other questions than saved: `make baseline`."
    lost = losses(saved, now)
    assert not lost, "\n".join(["Retrieval or verdicts fell; where that is meant, `make baseline`.", *lost])
