from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import BadQuestionSet, InputError
from index.encoder import Encoder
from index.intake import files_of
from index.naming import add_names
from index.ranking import MODES
from qa.evaluation.experiment import BASELINE, Experiment, make_folder, on_beir, on_library, write
from qa.evaluation.runs import SavedAnswers, load_scores, read_run
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder

QUESTIONS = [
    {
        "id": "moss-1",
        "category": "background",
        "question": "which moss drinks fog",
        "history": [],
        "nuggets": [{"terms": ["fog", "miR-210"], "study": None, "grade": 2}],
    },
    {
        "id": "kelp-1",
        "category": "follow-up",
        "question": "and what does it silence?",
        "history": ["where does miR-21 go"],
        "nuggets": [{"terms": ["miR-21", "KRIT1"], "study": "Ito 2019", "grade": 2}],
    },
    {"id": "none-1", "category": "none", "question": "who baked the bread", "history": [], "nuggets": []},
]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A small question set for the library of two papers."""
    path = tmp_path / "small.jsonl"
    path.write_text("".join(json.dumps(question) + "\n" for question in QUESTIONS), encoding="utf-8")
    return path


@pytest.fixture
def measured(small: Service, questions: Path) -> Experiment:
    """What came of asking it."""
    return on_library(small, questions, lambda *_: None)


def test_every_system_is_asked_the_same_questions(small: Service, questions: Path):
    """The product first, its answers last; whoever waits is told after each question."""
    told: list[tuple[str, int, int]] = []
    measured = on_library(small, questions, lambda *step: told.append(step))
    assert tuple(evaluation.system for evaluation in measured.evaluations) == MODES
    assert MODES[0] == "fused"
    assert told == [(mode, number, 3) for mode in (*MODES, "answers") for number in (1, 2, 3)]


def test_scores_by_hand(measured: Experiment):
    """Each answer stands first, the follow-up's too; the question without one counts in no mean."""
    fused = measured.evaluations[0]
    assert (fused.overall.questions, fused.overall.answerable) == (3, 2)
    assert fused.scores["moss-1"]["success@1"] == 1.0
    assert fused.scores["kelp-1"]["nDCG@10"] > 0.9
    assert "none-1" not in fused.scores


def test_answers_are_measured_with_the_rest(small: Service, questions: Path, measured: Experiment):
    """Both answerable questions get an answer that holds the fact; without answers there is nothing to tell of them."""
    assert measured.answers is not None
    assert {id_: scores.get("coverage") for id_, scores in measured.answers.scores.items()} == {
        "moss-1": 1.0, "kelp-1": 1.0, "none-1": None,
    }  # fmt: skip
    assert on_library(small, questions, lambda *_: None, modes=["words"], answers=False).answers is None


def test_the_setup_names_what_was_measured(small: Service, measured: Experiment):
    """Library, settings, question set; the same set has the same hash."""
    assert measured.setup.library == small.library()
    assert measured.setup.settings == Settings().shaping()
    assert measured.setup.questions == "small.jsonl"
    assert len(measured.setup.questions_hash) == 64


def test_a_report_stands_beside_its_runs_and_its_scores(measured: Experiment, tmp_path: Path):
    """And what is read back is what was measured."""
    folder = tmp_path / "a" / "report"
    page = write(measured, folder, None)
    assert page == folder / "report.html"
    assert "small.jsonl" in page.read_text(encoding="utf-8")
    baseline = load_scores(folder / BASELINE)
    assert baseline.setup == measured.setup
    assert measured.answers is not None
    assert baseline.answers == SavedAnswers(measured.answers.scores, measured.answers.abstained)
    for evaluation in measured.evaluations:
        assert baseline.scores[evaluation.system] == evaluation.scores
        run = read_run(folder / f"{evaluation.system}.run")
        assert {q: [hit.record_id for hit in hits] for q, hits in run.items()} == {
            q: [hit.record_id for hit in hits] for q, hits in evaluation.run.items() if hits
        }


def test_the_same_measurement_is_the_same_file(small: Service, questions: Path, tmp_path: Path):
    """Scores and runs hold no date and no duration."""
    for name in ("one", "two"):
        write(on_library(small, questions, lambda *_: None), tmp_path / name, None)
    for name in (BASELINE, *(f"{mode}.run" for mode in MODES)):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_folder_that_cannot_be_made_is_an_error(measured: Experiment, tmp_path: Path):
    """A file stands in its place."""
    (tmp_path / "file").write_text("here")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(InputError, match="choose another place"):
            make_folder(place)
        with pytest.raises(InputError, match="choose another place"):
            measured.write_runs(place)


@pytest.mark.parametrize(
    "text", ["", "{}\n", "no json\n", '{"id": "a", "category": "c", "question": "", "history": [], "nuggets": []}\n']
)
def test_a_bad_question_set_is_refused(small: Service, tmp_path: Path, text: str):
    """Before anything is asked."""
    (tmp_path / "bad.jsonl").write_text(text)
    with pytest.raises(BadQuestionSet, match=r"bad\.jsonl"):
        on_library(small, tmp_path / "bad.jsonl", lambda *_: pytest.fail("asked"))


def test_a_benchmark_is_measured_by_every_system(tmp_path: Path):
    """By hand: d2 alone answers, and every system puts it first."""
    (tmp_path / "corpus.jsonl").write_text(
        '{"_id": "d1", "title": "", "text": "Kelp bends."}\n{"_id": "d2", "title": "Moss", "text": "It drinks fog."}\n'
    )
    (tmp_path / "queries.jsonl").write_text('{"_id": "q1", "text": "what drinks fog"}\n')
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td2\t1\n")
    encoded: list[tuple[int, int]] = []
    measured = on_beir(
        tmp_path, HashedEncoder(), Settings(), lambda *_: None, lambda done, total: encoded.append((done, total))
    )
    assert [evaluation.overall.means["nDCG@10"] for evaluation in measured.evaluations] == [1.0, 1.0, 1.0]
    assert measured.answers is None
    assert encoded == [(2, 2)]
    assert measured.setup.questions == tmp_path.name
    assert (measured.setup.library.documents, measured.setup.library.encoder) == (2, "hashed")


@pytest.mark.model
def test_the_product_is_never_worse_than_its_better_half(fixed_set_measured: Experiment, tmp_path: Path):
    """On the fixed set over the starter documents, with the real model, by nDCG@10; and its scores can be saved."""
    measured = fixed_set_measured
    by_system = {evaluation.system: evaluation.overall.means["nDCG@10"] for evaluation in measured.evaluations}
    measured.save(tmp_path / "scores.json")
    assert by_system["fused"] >= max(by_system["dense"], by_system["words"])
    assert measured.evaluations[0].without_evidence == ()
    assert load_scores(tmp_path / "scores.json").scores["fused"] == measured.evaluations[0].scores


@pytest.mark.model
def test_no_figure_drops_with_all_other_names_there_are(
    fixed_set_measured: Experiment, real_library: Path, real_encoder: Encoder, shared: Path, tmp_path: Path
):
    """HGNC, miRBase and Disease Ontology loaded: no metric of the fixed set, nor AUROC, is lower by more than 0.005."""
    named = tmp_path / "named"
    shutil.copytree(real_library, named)
    add_names(named, real_encoder, files_of(sorted((shared / "lexicons").iterdir())))
    with closing(Service(named, Settings(), real_encoder)) as service:
        after = on_library(service, None, lambda *_: None, modes=["fused"], answers=False)
    before, now = (
        {**one.overall.means, "AUROC": one.auroc} for one in (fixed_set_measured.evaluations[0], after.evaluations[0])
    )
    drops = {name: figure - now[name] for name, figure in before.items()}
    assert max(drops.values()) <= 0.005, drops
