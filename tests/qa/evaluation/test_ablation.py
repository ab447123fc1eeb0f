"""Steps over papers of our own invention: each does what its name says, and together they are the product's ranker."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.fusion import SAID
from qa.evaluation.ablation import FIGURES, MEANINGS, compared, systems
from qa.evaluation.beir import BeirDocument, BeirQuestion
from qa.evaluation.experiment import on_beir, on_library
from qa.evaluation.retrieval import summarise
from qa.evaluation.systems import beir_ranker, text_vectors
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder
from tests.qa.evaluation.test_experiment import QUESTIONS
from tests.qa.evaluation.test_report import GOOD, POOR, result

PAPERS = (
    BeirDocument("d1", "miR-210 moves gulls over kelp"),
    BeirDocument("d2", "hsa-miR-21 moves gulls"),
    BeirDocument("d3", "Tidal foam parcels (TFP) sink"),
    BeirDocument("d4", "Tidal foam parcels rise"),
    BeirDocument("d5", "Herons peck at the colon"),
)
STEPS = [*MEANINGS][:-1]


def scores(typed: str, alone: str = "") -> dict[str, dict[str, float]]:
    """The score of every paper by step, then by id, in order of rank."""
    encoder, asked = HashedEncoder(), BeirQuestion("q1", typed)
    both = (typed, alone or typed)
    told = [(paper.text, paper.id) for paper in PAPERS]
    steps = systems(beir_ranker(PAPERS, encoder), told, {"q1": both}, text_vectors(both, encoder), 0.5)
    return {step.name: {hit.record_id: hit.score for hit in step.run(asked).hits} for step in steps}


def test_the_steps_are_those_with_a_meaning():
    """In order; the product comes after them."""
    assert list(scores("gulls")) == STEPS


def test_words_and_dense_are_the_two_sides_and_the_fusion_their_mean():
    """By words d3 and d4 share nothing; of a word that only d5 has the fusion gives d5 all that both sides weigh."""
    found = scores("herons")
    assert [paper for paper, score in found["words"].items() if score] == ["d5"]
    assert found["dense"]["d5"] == pytest.approx(1 / 5**0.5, abs=1e-6)
    assert found["+ fusion"]["d5"] == pytest.approx(1 / (1 + SAID), abs=1e-6)


def test_names_put_the_molecule_asked_about_before_a_nearer_text_on_another():
    """Plainly d1 shares gulls, over and kelp; MIR21 is hsa-miR-21 only where names are one, and d1 is then halved."""
    found = scores("does MIR21 move gulls over kelp")
    first = {step: next(iter(by_id)) for step, by_id in found.items()}
    assert [first[step] for step in STEPS] == ["d1", "d1", "d1", "d2", "d2", "d2", "d2", "d2"]


def test_abbreviations_find_what_is_written_out():
    """TFP stands in d3 alone; d4 shares no word with it but that of the thing."""
    found = scores("TFP")
    assert [found[step]["d4"] > 0 for step in STEPS] == [False, False, False, False, True, True, True, True]


def test_lay_synonyms_find_the_clinical_word():
    """The bowel is the colon."""
    found = scores("bowel")
    assert [found[step]["d5"] > 0 for step in STEPS] == [False, False, False, False, False, True, True, True]


def test_follow_ups_are_asked_as_typed_until_their_step():
    """What was typed shares nothing with d5."""
    found = scores("and why?", "why do herons peck")
    assert [found[step]["d5"] > 0 for step in STEPS] == [False, False, False, False, False, False, True, True]


def test_sentences_lift_what_is_said_together():
    """d5 says it all in its one sentence: all that a statement weighs is added, 0.1 of 1.1."""
    found = scores("herons peck colon")
    assert found["+ follow-ups"]["d5"] == pytest.approx(1 / (1 + SAID), abs=2e-6)
    assert found["+ sentences"]["d5"] == 1.0


def test_the_steps_lead_to_the_product(small: Service, tmp_path: Path):
    """Where no row is contradicted, the last step before it ranks every question as the product, score for score."""
    path = tmp_path / "small.jsonl"
    path.write_text("".join(json.dumps(question) + "\n" for question in QUESTIONS), encoding="utf-8")
    assert small.opened().ranker.contradicted.size == 0
    steps = on_library(small, path, lambda *_: None, ablation=True).steps
    assert [step.evaluation.system for step in steps] == [*MEANINGS]
    assert [r.hits for r in steps[-2].evaluation.results] == [r.hits for r in steps[-1].evaluation.results]
    assert [r.hits for r in steps[-4].evaluation.results] != [r.hits for r in steps[-1].evaluation.results]


def test_a_text_is_encoded_once_for_all_steps(small: Service, tmp_path: Path):
    """Three questions, one of them a follow-up: four texts more than without the steps."""
    path = tmp_path / "small.jsonl"
    path.write_text("".join(json.dumps(question) + "\n" for question in QUESTIONS), encoding="utf-8")
    counts = []
    for ablation in (False, True):
        small.encoder.encoded.clear()
        on_library(small, path, lambda *_: None, ablation=ablation)
        counts.append(len(small.encoder.encoded))
    assert counts[1] - counts[0] == 4


def test_a_benchmark_has_steps_too(tmp_path: Path):
    """By hand: q1 is answered by d2, which comes first where names are one, and second before."""
    lines = [json.dumps({"_id": paper.id, "title": "", "text": paper.text}) for paper in PAPERS]
    (tmp_path / "corpus.jsonl").write_text("\n".join(lines) + "\n")
    (tmp_path / "queries.jsonl").write_text('{"_id": "q1", "text": "does MIR21 move gulls over kelp"}\n')
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td2\t1\n")
    quiet = (lambda *_: None, lambda *_: None)
    steps = on_beir(tmp_path, HashedEncoder(), Settings(), *quiet, ablation=True).steps
    assert [step.evaluation.overall.means["MRR@10"] for step in steps] == [0.5, 0.5, 0.5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]


def test_a_step_is_compared_with_the_one_before_and_the_fusion_with_its_better_side():
    """By hand: nDCG@10 0.375 for words, 0 for dense and 0.25 for the fusion, which is compared with words."""
    middle = [r if r.id in {"q1", "n1"} else result(r.id, "x", {"a": 1}) for r in GOOD if r.answerable]
    names = ["words", "dense", "+ fusion", "+ names"]
    every = [summarise(*one) for one in zip(names, (GOOD, POOR, middle, GOOD), strict=True)]
    measured = compared(every, summarise("fused", GOOD))
    assert [step.evaluation.system for step in measured] == [*names, "everything"]
    assert [step.before for step in measured] == ["", "words", "words", "+ fusion", "+ names"]
    changes = [step.change.change if step.change else None for step in measured]
    assert changes == [None, -0.375, -0.125, 0.125, 0.0]
    assert {step.change.metric for step in measured if step.change} == {FIGURES[0]}


def test_without_answerable_questions_nothing_is_compared():
    """There is no figure to change."""
    none = [r for r in GOOD if not r.answerable]
    steps = [summarise(name, none) for name in ("words", "dense", "+ fusion")]
    assert all(step.change is None for step in compared(steps, summarise("fused", none)))
