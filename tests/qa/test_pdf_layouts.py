"""Papers read from their pages answer as well as from their own files: the fixed set over each layout."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from statistics import fmean
from typing import Final

import pytest

from corpus.starter import starter_documents
from index.encoder import Encoder
from index.intake import Source, take_in
from qa.evaluation.experiment import Experiment, on_library
from qa.evaluation.retrieval import Evaluation
from qa.service import Service
from qa.settings import Settings
from tests.corpus.layouts import LAYOUTS, Layout, as_pages

FIGURES: Final = ("nDCG@10", "success@1", "recall@5")
MOST: Final = 0.02
"""How far a figure may lie below that of the documents' own files."""


def fell(before: Evaluation, after: Evaluation) -> list[str]:
    """The figures that are lower by more than may be, then each question that is worse; empty where none is."""
    means = [{name: fmean(each[name] for each in one.scores.values()) for name in FIGURES} for one in (before, after)]
    lines = [
        f"{name}: {means[0][name]:.3f} → {means[1][name]:.3f}"
        for name in FIGURES
        if means[1][name] < means[0][name] - MOST
    ]
    changes = ((id_, figures[FIGURES[0]], after.scores[id_][FIGURES[0]]) for id_, figures in before.scores.items())
    return lines + [f"{id_}: {was:.3f} → {now:.3f}" for id_, was, now in changes if lines and now < was]


@pytest.mark.model
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name.replace(" ", "-"))
def test_pages_answer_as_well_as_the_files_they_were_set_from(
    layout: Layout, fixed_set_measured: Experiment, real_encoder: Encoder, tmp_path: Path
):
    """None of the three figures over the fixed set lies more than 0.02 below."""
    sources = [
        Source(f"{name}.pdf", f"upload:{name}.pdf", lambda name=name: as_pages(name, layout))
        for name, _ in starter_documents()
    ]
    take_in(tmp_path / "library", real_encoder, sources)
    with closing(Service(tmp_path / "library", Settings(), real_encoder)) as service:
        measured = on_library(service, None, lambda *_: None, modes=["fused"], answers=False)
    lost = fell(fixed_set_measured.evaluations[0], measured.evaluations[0])
    assert not lost, "\n".join(lost)
