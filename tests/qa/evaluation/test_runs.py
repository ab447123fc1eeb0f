from __future__ import annotations

import json
import tempfile
from pathlib import Path

import ir_measures
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import BadQuestionSet, InputError
from index.hits import Hit, ranked
from qa.evaluation.metrics import Abstention
from qa.evaluation.runs import SavedAnswers, Setup, load_scores, read_run, save_scores, write_run
from qa.results import LibraryCard

SETUP = Setup(
    library=LibraryCard(hash="ab12", documents=2, records=40, encoder="words-in-a-bag"),
    settings={"weight": 0.5, "k": 100, "mode": "fused"},
    questions="fixed",
    questions_hash="cd34",
)
SCORES = {"fused": {"q1": {"nDCG@10": 1 / 3, "MRR@10": 0.5}, "q2": {"nDCG@10": 0.0, "MRR@10": 0.0}}}


def test_a_run_file_says_what_trec_wants(tmp_path):
    """Six fields a line, questions in order, ranks from 1, the tied second hit one 32-bit step below the first."""
    write_run(tmp_path / "new" / "a.run", {"q2": [Hit("d:0-9", 0.5, 1), Hit("d:9-12", 0.5, 2)], "q1": []}, "fused")
    assert (tmp_path / "new" / "a.run").read_text() == "q2 Q0 d:0-9 1 0.5 fused\nq2 Q0 d:9-12 2 0.49999997 fused\n"


SCORE = st.sampled_from([-2.5, 0.0, 0.1, 0.1 + 1e-12, 1.0, 1e6]) | st.floats(-1e9, 1e9)
HITS = st.dictionaries(st.from_regex(r"[a-zα-ω0-9:-]{1,6}", fullmatch=True), SCORE, max_size=12)


@settings(deadline=None)
@given(HITS)
def test_order_survives_the_round_trip_for_us_and_for_trec_eval(scores):
    """Ties and differences below 32 bits included; scores come back to within a few such steps."""
    hits = ranked(scores.items(), len(scores))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.run"
        write_run(path, {"q": hits}, "a")
        again = read_run(path).get("q", ())
        theirs = list(ir_measures.read_trec_run(str(path)))
    assert [(hit.record_id, hit.rank) for hit in again] == [(hit.record_id, hit.rank) for hit in hits]
    assert [hit.score for hit in again] == pytest.approx([hit.score for hit in hits], rel=1e-5, abs=1e-37)
    singles = np.array([hit.score for hit in theirs], dtype=np.float32)
    assert bool(np.all(singles[1:] < singles[:-1]))


def test_reading_orders_by_score_then_id_whatever_the_ranks_say(tmp_path):
    """Somebody else's file may be in any order and may hold ties."""
    (tmp_path / "a.run").write_text("q Q0 c 1 0.5 x\n\nq Q0 b 2 0.5 x\nq\tQ0\ta\t3\t0.25\tx\r\nq Q0 d 4 7 x\n")
    assert read_run(tmp_path / "a.run") == {
        "q": (Hit("d", 7, 1), Hit("b", 0.5, 2), Hit("c", 0.5, 3), Hit("a", 0.25, 4))
    }


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("q Q0 b 2 0.5", "line 2: 5 fields"),
        ("q Q0 b 2 high x", "line 2: the score “high”"),
        ("q Q0 b 2 nan x", "line 2: the score “nan”"),
        ("q Q0 a 2 0.1 x", "line 2: a stands twice for q"),
    ],
)
def test_a_bad_line_is_named(tmp_path, line, says):
    """The user learns which line to mend."""
    (tmp_path / "a.run").write_text(f"q Q0 a 1 0.5 x\n{line}\n")
    with pytest.raises(BadQuestionSet, match=says):
        read_run(tmp_path / "a.run")


def test_what_the_format_cannot_hold_is_refused(tmp_path):
    """An id with a blank would shift every field after it; a score that is no number has no order."""
    with pytest.raises(BadQuestionSet, match="“two words”"):
        write_run(tmp_path / "a.run", {"q": [Hit("two words", 1, 1)]}, "x")
    with pytest.raises(BadQuestionSet, match="“”"):
        write_run(tmp_path / "a.run", {"q": [Hit("a", 1, 1)]}, "")
    with pytest.raises(ValueError, match="not a finite number"):
        write_run(tmp_path / "a.run", {"q": [Hit("a", float("nan"), 1)]}, "x")
    assert not (tmp_path / "a.run").exists()


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    """A file stands where a folder would have to."""
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="choose another place"):
        write_run(tmp_path / "file" / "a.run", {}, "x")


def test_a_baseline_comes_back_unchanged_and_equal_results_give_equal_bytes(tmp_path):
    """Every digit survives, and no date comes in between."""
    save_scores(tmp_path / "a.json", SETUP, SCORES, {"fused": 0.875})
    baseline = load_scores(tmp_path / "a.json")
    assert (baseline.setup, baseline.scores, baseline.auroc) == (SETUP, SCORES, {"fused": 0.875})
    save_scores(tmp_path / "b.json", baseline.setup, baseline.scores, baseline.auroc)
    assert (tmp_path / "b.json").read_bytes() == (tmp_path / "a.json").read_bytes()


def test_verdicts_are_saved_and_tell_how_absence_was_said(tmp_path):
    """Of n1 and n2, which have no scores, one was called absent, and so was q1: 1 of 2 both ways."""
    verdicts = {"fused": {"q1": "absent", "n1": "absent", "n2": "partial"}}
    save_scores(tmp_path / "a.json", SETUP, {"fused": {"q1": {"nDCG@10": 1.0}}}, {"fused": None}, verdicts)
    baseline = load_scores(tmp_path / "a.json")
    assert baseline.verdicts == verdicts
    assert baseline.abstention("fused") == Abstention(said=2, due=2, right=1)
    assert baseline.abstention("dense") is None


def test_a_baseline_from_before_there_were_verdicts_is_read(tmp_path):
    """Its scores are as good as ever."""
    save_scores(tmp_path / "a.json", SETUP, SCORES, {"fused": 0.875})
    content = json.loads((tmp_path / "a.json").read_text())
    del content["verdicts"]
    (tmp_path / "a.json").write_text(json.dumps(content))
    baseline = load_scores(tmp_path / "a.json")
    assert (baseline.scores, baseline.verdicts, baseline.abstention("fused")) == (SCORES, {}, None)


def test_what_answers_were_worth_is_saved(tmp_path):
    """q2, which is answerable, and n1, which is not, were told that they are not in the documents: 1 of 2, 1 of 1."""
    answers = SavedAnswers({"q1": {"coverage": 1.0, "words": 9.0}, "q2": {"coverage": 0.5}, "n1": {}}, ("q2", "n1"))
    save_scores(tmp_path / "a.json", SETUP, SCORES, {"fused": None}, None, answers)
    again = load_scores(tmp_path / "a.json").answers
    assert again == answers
    assert again.abstention == Abstention(said=2, due=1, right=1)
    assert [again.mean(figure) for figure in ("coverage", "words", "flagged")] == [0.75, 9.0, None]


def test_a_baseline_from_before_answers_were_measured_is_read(tmp_path):
    """It has no answers, and no field for them."""
    save_scores(tmp_path / "a.json", SETUP, SCORES, {"fused": 0.875})
    assert "answers" not in json.loads((tmp_path / "a.json").read_text())
    assert load_scores(tmp_path / "a.json").answers is None


def test_a_baseline_is_matched_by_name_or_else_its_first_system(tmp_path):
    """`dense` against the `fused` of last week is a fair question too."""
    save_scores(tmp_path / "a.json", SETUP, SCORES | {"words": {"q1": {}}}, {"fused": None, "words": None})
    baseline = load_scores(tmp_path / "a.json")
    assert [baseline.matching(name) for name in ("words", "dense")] == ["words", "fused"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "line 1: not JSON"),
        ("[]", "not a baseline"),
        (json.dumps({"format": "exocite scores 0"}), "not a baseline"),
        (json.dumps({"format": "exocite scores 1", "scores": {}}), "missing or of the wrong kind"),
        (json.dumps({"format": "exocite scores 1", "answers": {"scores": 1}}), "missing or of the wrong kind"),
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path, content, says):
    """With the file named and what to do."""
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(BadQuestionSet, match=f"a.json.*{says}"):
        load_scores(tmp_path / "a.json")


def test_an_empty_baseline_compares_with_nothing(tmp_path):
    """A file without scores is refused on reading, not on comparing."""
    save_scores(tmp_path / "a.json", SETUP, {}, {})
    with pytest.raises(BadQuestionSet, match="save a new one"):
        load_scores(tmp_path / "a.json")


def test_a_missing_file_is_said(tmp_path):
    """Neither reader shows a bare OSError."""
    for read in (read_run, load_scores):
        with pytest.raises(BadQuestionSet, match="nowhere: cannot be read"):
            read(tmp_path / "nowhere")
