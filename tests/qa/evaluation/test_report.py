from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from corpus.errors import BadQuestionSet, InputError
from index.hits import ranked
from qa.evaluation import report
from qa.evaluation.ablation import MEANINGS, compared
from qa.evaluation.metrics import ranking_scores
from qa.evaluation.retrieval import QuestionResult, summarise
from qa.evaluation.runs import Baseline, Setup
from qa.results import LibraryCard

SETUP = Setup(
    library=LibraryCard(hash="ab12cd34", documents=2, records=1234, encoder="words-in-a-bag"),
    settings={"weight": 0.5},
    questions="fixed.jsonl",
    questions_hash="ef56",
)


def result(id_, found, grades, *, confidence=0.8, answerable=True, category="mechanism", verdict="supported"):
    """What one question gave whose records came in the order `found`."""
    ids = list(found)
    return QuestionResult(
        id=id_,
        category=category,
        question=f"does <{id_}> & co. act?",
        answerable=answerable,
        scores=ranking_scores(ids, grades) if answerable else {},
        confidence=confidence,
        verdict=verdict,
        hits=ranked([(record, 1 / place) for place, record in enumerate(ids, start=1)], len(ids)),
        relevant=len(grades),
        found=tuple((rank, grades[record]) for rank, record in enumerate(ids, start=1) if record in grades),
        took_ms=2.0,
    )


GOOD = (
    result("q1", "abc", {"a": 1}),  # nDCG 1
    result("q2", "xya", {"a": 2}),  # nDCG 1/log2(4) = 0.5
    result("q3", "xyz", {"a": 2, "b": 1}),  # nDCG 0
    result("t1", "a", {}, category="table"),  # nothing to find
    result("n1", "x", {}, confidence=0.9, answerable=False, category="none"),
    result("n2", "x", {}, confidence=0.1, answerable=False, category="none", verdict="absent"),
)
POOR = tuple(replace(r, scores=dict.fromkeys(r.scores, 0.0)) for r in GOOD)
FUSED, DENSE = summarise("fused", GOOD), summarise("dense", POOR)


def text_of(page: str) -> str:
    """The words of a page, tags and runs of blanks left out."""
    body = page[page.index("<body>") :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body))


def shown(table) -> str:
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(table)
    return console.export_text()


def test_the_page_says_what_was_measured_and_how_good_it_was():
    """Library, encoder, settings, questions; the mean 1.5 / 4; AUROC 4 of 8 pairs.

    The mean of four draws from 1, 0.5, 0 and 0 is above 0.75 in 5 of 256 cases and at least 0.75 in 19, so the interval
    ends there; it is 0 in 16 of 256, so the interval begins there.
    """
    text = text_of(report.render_report([FUSED], SETUP))
    assert "ab12cd34 , 2 documents, 1,234 records" in text
    assert "words-in-a-bag" in text
    assert "weight = 0.5" in text
    assert "6 questions, 4 of them answerable, from fixed.jsonl" in text
    assert "nDCG@10 0.375 0.000–0.750" in text
    assert "AUROC 0.500" in text
    assert "precision 1.000, recall 0.500" in text


def test_the_page_needs_nothing_but_itself():
    """No script, no link, no picture, no style or font from anywhere."""
    page = report.render_report([FUSED, DENSE], SETUP)
    assert not re.search(r"<(script|link|img|iframe|image)\b", page)
    assert not re.search(r"@import|src=|url\((?!#)", page)
    assert set(re.findall(r'href="([^#"]*)', page)) <= {""}


def test_the_page_reads_in_light_and_dark():
    """Every colour of a plot is one of the page's own, which the dark scheme sets anew."""
    page = report.render_report([FUSED, DENSE], SETUP)
    plots = "".join(re.findall(r"<svg.*?</svg>", page, re.DOTALL))
    assert "prefers-color-scheme: dark" in page
    assert not re.search(r"#[0-9a-f]{6}", plots)
    used = set(re.findall(r"var\((--[a-z0-9-]+)\)", page))
    dark = page[page.index("prefers-color-scheme: dark") :].split("}\n}")[0]
    assert {name for name in used if f"{name}:" not in dark} == set()


def test_steps_are_told_with_their_change_and_what_they_do():
    """By hand: 0 for words, 0.375 for dense on four questions of which two differ, so p is 2 / 4; then no change."""
    steps = compared([summarise("words", POOR), summarise("dense", GOOD)], FUSED)
    page = report.render_report([FUSED], SETUP, steps=steps)
    table = text_of("<body>" + page[page.index('<table id="steps"') :].split("</table>")[0])
    assert "words 0.000 0.000–0.000 0.000 0.000–0.000" in table
    assert "– – – dense 0.375 0.000–0.750" in table
    assert "+0.375 0.500 words everything 0.375" in table
    assert table.rstrip().endswith("0.000 1.000 dense")
    assert f"words {MEANINGS['words']} dense {MEANINGS['dense']} everything {MEANINGS['everything']}" in text_of(page)
    assert "Step by step" not in report.render_report([FUSED], SETUP)


def test_the_best_step_of_every_category_is_bold():
    """All that share the best figure are; a category without answerable questions is left out."""
    steps = compared([summarise("words", POOR), summarise("dense", GOOD)], FUSED)
    page = report.render_report([FUSED], SETUP, steps=steps)
    table = page[page.index('id="step-categories"') :].split("</table>")[0]
    lines = re.findall(r'scope="row">(.*?)</th><td>(\d+)</td>(.*?)</tr>', table)
    assert lines == [
        ("mechanism", "3", "<td>0.000</td><td><b>0.500</b></td><td><b>0.500</b></td>"),
        ("table", "1", "<td><b>0.000</b></td><td><b>0.000</b></td><td><b>0.000</b></td>"),
        ("overall", "4", "<td>0.000</td><td><b>0.375</b></td><td><b>0.375</b></td>"),
    ]


def test_what_users_wrote_is_escaped():
    """A question is text, never markup, in tables as in plots."""
    odd = summarise("fu<b>sed", [replace(r, category="<i>near</i>") for r in GOOD])
    page = report.render_report([odd], replace(SETUP, questions="<u>mine</u>"))
    assert "does &lt;q2&gt; &amp; co. act?" in page
    for tag in ("<q2>", "<i>near", "<u>mine", "<b>sed"):
        assert tag not in page


def test_ids_are_unique_over_all_plots():
    """Two plots in one page must not share clip paths."""
    ids = re.findall(r'\bid="([^"]+)"', report.render_report([FUSED, DENSE], SETUP))
    assert len(ids) == len(set(ids))
    page = report.render_report([FUSED], SETUP)
    assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(re.findall(r'\bid="([^"]+)"', page))


def test_the_same_results_give_the_same_page():
    """No date, no random id."""
    assert report.render_report([FUSED, DENSE], SETUP) == report.render_report([FUSED, DENSE], SETUP)


def test_the_worst_come_first_with_the_ranks_of_their_answers():
    """A perfect question is not among them; each says where its answers stand."""
    worst = report.worst_questions(FUSED)
    assert [(item.result.id, item.answers, item.first) for item in worst] == [
        ("q3", "none of 2 returned", ("x", "y", "z")),
        ("t1", "no such evidence in this library", ("a",)),
        ("q2", "3 (grade 2)", ("x", "y", "a")),
    ]
    assert [item.result.id for item in report.worst_questions(FUSED, 1)] == ["q3"]


def test_many_answers_are_named_up_to_six():
    """Six ranks, how many more, how many missing."""
    grades = dict.fromkeys("bcdefghijk", 1)
    many = summarise("fused", [result("q1", "abcdefghi", grades)])
    (item,) = report.worst_questions(many)
    assert item.answers.startswith("2 (grade 1), 3 (grade 1)")
    assert item.answers.endswith("7 (grade 1); 2 further down; 2 not returned")


def test_an_unanswerable_question_that_was_not_told_so_is_shown():
    """The confident answer that should not be is what readers must see; the one told so is not among them."""
    page = report.render_report([FUSED], SETUP)
    table = text_of("<body>" + page[page.index('<table id="surest"') :].split("</table>")[0])
    assert "n1 does &lt;n1&gt; &amp; co. act? 0.900 supported" in table
    assert "n2" not in table


def test_a_baseline_is_compared_figure_by_figure():
    """From 0 to 0.375 on four questions of which two differ: p is 2 / 4, and another set of questions is noted."""
    baseline = Baseline(setup=replace(SETUP, questions_hash="other"), scores={"fused": DENSE.scores}, auroc={})
    (comparison,) = report.comparisons([FUSED], baseline)
    assert (comparison.first, comparison.second) == ("fused", "fused (baseline)")
    text = text_of(report.render_report([FUSED], SETUP, baseline))
    assert "nDCG@10 0.375 0.000 +0.375 0.000 to +0.750 2 0 4 0.500" in text
    assert "made with other questions" in text
    assert "q1 does &lt;q1&gt; &amp; co. act? 1.000 0.000 +1.000" in text


def test_which_systems_are_compared():
    """The first with its baseline, others with one of their own name only, then the first with each other."""
    baseline = Baseline(setup=SETUP, scores={"words": DENSE.scores, "dense": FUSED.scores}, auroc={})
    words = summarise("names", POOR)
    pairs = [(c.first, c.second) for c in report.comparisons([FUSED, DENSE, words], baseline)]
    assert pairs == [
        ("fused", "words (baseline)"),
        ("dense", "dense (baseline)"),
        ("fused", "dense"),
        ("fused", "names"),
    ]


def test_a_baseline_of_other_questions_is_refused(tmp_path):
    """Nothing is written."""
    baseline = Baseline(setup=SETUP, scores={"fused": {"elsewhere": {"nDCG@10": 1.0}}}, auroc={})
    with pytest.raises(BadQuestionSet, match="no question in common"):
        report.write_report(tmp_path / "new", [FUSED], SETUP, baseline)
    assert not (tmp_path / "new").exists()


def test_without_unanswerable_questions_there_is_no_word_on_confidence():
    """A BEIR folder has only answerable ones, and a system may give no verdict."""
    beir = summarise("dense", [replace(r, category="beir", verdict=None) for r in GOOD if r.answerable])
    text = text_of(report.render_report([beir], SETUP))
    assert "Answerable or not" not in text
    assert "AUROC –" in text


def test_a_set_without_answerable_questions_still_has_a_page():
    """Only abstention can be measured then."""
    text = text_of(report.render_report([summarise("fused", [r for r in GOOD if not r.answerable])], SETUP))
    assert "2 questions, 0 of them answerable" in text


def test_the_page_is_written_where_asked(tmp_path):
    """The folder is made; a place that cannot be written is said."""
    path = report.write_report(tmp_path / "a" / "b", [FUSED], SETUP)
    assert path == tmp_path / "a" / "b" / "report.html"
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="choose another place"):
        report.write_report(tmp_path / "file", [FUSED], SETUP)


def test_the_terminal_tables_hold_the_same_figures():
    """Overall with interval, by category with a dash for the unanswerable, and the difference with p."""
    overall = " ".join(shown(report.as_table([FUSED, DENSE])).split())
    assert "nDCG@10 0.375 (.000–.750) 0.000 (.000–.000)" in overall
    assert "abstention recall 0.500 0.500" in overall
    assert "ms a question 2.0 2.0" in overall
    by_category = " ".join(shown(report.category_table([FUSED, DENSE])).split())
    assert "mechanism 3 0.500 0.000 table 1 0.000 0.000 none 2 – –" in by_category
    (comparison,) = report.comparisons([FUSED, DENSE], None)
    difference = " ".join(shown(report.difference_table(comparison)).split())
    assert "nDCG@10 0.375 0.000 +0.375 0.000 to +0.750 2/0 0.500" in difference


def test_matplotlib_is_loaded_for_pages_only():
    """The command line and the service start without it."""
    code = "import sys, qa.evaluation.report; sys.exit('matplotlib' in sys.modules)"
    root = Path(report.__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
