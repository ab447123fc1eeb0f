from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.evaluation.ablation import MEANINGS
from tests.qa.conftest import FERN
from tests.qa.evaluation.test_experiment import QUESTIONS
from tests.qa.test_cli import said


@pytest.fixture
def asked(library: Path, tmp_path: Path) -> list[object]:
    """The arguments that measure a small question set over the library of two papers."""
    path = tmp_path / "small.jsonl"
    path.write_text("".join(json.dumps(question) + "\n" for question in QUESTIONS), encoding="utf-8")
    return ["--library", library, "evaluate", path]


def test_an_evaluation_is_printed_and_written(exocite, asked: list[object], tmp_path: Path):
    """Figures by system and by category; report, run files and scores in one folder."""
    folder = tmp_path / "report"
    ran = exocite(*asked, "--report", folder, "--save", tmp_path / "deep" / "scores.json")
    assert (ran.code, ran.err) == (0, "")
    assert all(word in ran.out for word in ("fused", "dense", "words", "nDCG@10", "background", "follow-up"))
    assert all(word in ran.out for word in ("Answers (extractive)", "coverage", "citation precision", "words a nugget"))
    assert f"Report: {folder / 'report.html'}" in ran.out
    assert {path.name for path in folder.iterdir()} == {
        "report.html", "baseline.json", "fused.run", "dense.run", "words.run",
    }  # fmt: skip
    assert (tmp_path / "deep" / "scores.json").read_bytes() == (folder / "baseline.json").read_bytes()


def test_an_ablation_is_printed_and_in_the_report(exocite, asked: list[object], tmp_path: Path):
    """Every step, from words to the product; none where it was not asked for."""
    ran = exocite(*asked, "--ablation", "--report", tmp_path / "report")
    assert (ran.code, ran.err) == (0, "")
    shown = ran.out.split("Step by step")[1]
    places = [shown.index(f" {step} ") for step in MEANINGS]
    assert places == sorted(places)
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert all(f">{step}</th>" in page for step in MEANINGS)
    assert "Step by step" not in exocite(*asked).out


def test_an_evaluation_is_compared_with_a_baseline(exocite, asked: list[object], tmp_path: Path):
    """The same again differs by nothing."""
    exocite(*asked, "--save", tmp_path / "scores.json")
    plain, compared = exocite(*asked), exocite(*asked, "--baseline", tmp_path / "scores.json")
    assert compared.code == 0
    assert len(compared.out.splitlines()) > len(plain.out.splitlines())
    assert "baseline" in compared.out
    assert "answers − answers (baseline)" in compared.out
    assert "baseline" not in plain.out


def test_a_baseline_of_something_else_is_told(exocite, library: Path, asked: list[object], tmp_path: Path):
    """Of other questions, and of another library; nothing is said where it is of the same."""
    exocite(*asked, "--save", tmp_path / "scores.json")
    compared = [*asked, "--baseline", tmp_path / "scores.json"]
    assert "was made with" not in exocite(*compared).out
    fewer = tmp_path / "fewer.jsonl"
    fewer.write_text("".join(json.dumps(question) + "\n" for question in QUESTIONS[:2]), encoding="utf-8")
    told = "The baseline was made with other questions: a change may come from there. Only questions whose id both have"
    assert exocite(*compared[:3], fewer, *compared[4:]).out.count(told) == 1
    (tmp_path / "fern.md").write_text(FERN, encoding="utf-8")
    exocite("--library", library, "add", tmp_path / "fern.md")
    told = "The baseline was made with another library: a change may come from there.\n"
    assert exocite(*compared).out.count(told) == 1


def test_an_empty_library_is_not_measured(exocite, asked: list[object]):
    """Its figures would all be zero; the message says how to fill it."""
    exocite(*asked[:2], "remove", "kelp", "moss")
    ran = exocite(*asked)
    assert said(ran, "exocite: ", "holds nothing", "exocite add")
    assert ran.out == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ("holds no question",)),
        ("no json\n", ("line 1", "not JSON")),
        (json.dumps(QUESTIONS[0]) + "\n" + json.dumps({**QUESTIONS[1], "history": "x"}) + "\n", ("line 2", "history")),
        (json.dumps({**QUESTIONS[0], "question": "x" * 2001}) + "\n", ("moss-1", "2,001")),
    ],
)
def test_a_bad_question_set_is_one_clear_line(exocite, asked: list[object], tmp_path: Path, text: str, words):
    """It names the file and the line, or the question."""
    (tmp_path / "small.jsonl").write_text(text)
    assert said(exocite(*asked), "exocite: ", *words)


def test_what_cannot_be_measured_or_written_is_one_clear_line(exocite, asked: list[object], tmp_path: Path):
    """A set that is not there, a baseline that is none, a folder that cannot be made, two things at once."""
    (tmp_path / "file").write_text("{}")
    assert said(exocite(*asked[:-1], tmp_path / "none.jsonl"), "none.jsonl")
    assert said(exocite(*asked, "--baseline", tmp_path / "file"), "not a baseline")
    assert said(exocite(*asked, "--report", tmp_path / "file"), "cannot be made")
    assert said(exocite(*asked, "--save", tmp_path / "file" / "scores.json"), "cannot be made")
    assert said(exocite(*asked, "--beir", tmp_path), "not both")
    assert said(exocite(*asked[:-1], "--beir", tmp_path / "none"), "none")
