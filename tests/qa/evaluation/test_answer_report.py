from __future__ import annotations

import re
from dataclasses import replace

from qa.evaluation import report
from qa.evaluation.answer_report import answer_comparison, answers_by_category, answers_table, weakest
from qa.evaluation.answers import summarise
from qa.evaluation.plots import answers_plot
from qa.evaluation.runs import Baseline, SavedAnswers
from tests.qa.evaluation.test_answers import JUDGED, RESULTS, result
from tests.qa.evaluation.test_report import FUSED, SETUP, shown, text_of

SAVED = Baseline(
    SETUP,
    {"fused": FUSED.scores},
    {},
    answers=SavedAnswers({id_: {"coverage": 0.5, "words a nugget": 40.0} for id_ in ("q1", "q2", "q3")}, ()),
)


def test_the_terminal_shows_every_figure():
    """Means with intervals where there are any; words with one digit."""
    overall = " ".join(shown(answers_table(JUDGED)).split())
    assert "Answers (extractive)" in overall
    assert "coverage 0.500 (.000–1.000) words a nugget 26.7 (10.0–40.0)" in overall
    assert "words a nugget, median and 95th 30.0, 39.0 abstention precision 0.500 abstention recall 0.500" in overall
    assert "ms an answer, without the search 3.0" in overall


def test_the_terminal_shows_categories():
    """A dash where a category has no figure."""
    by_category = " ".join(shown(answers_by_category(JUDGED)).split())
    assert "table 2 0.750 – 25.0 – several 1 0.000 – 30.0 – none 2 – – – –" in by_category


def test_answers_are_compared_with_a_baseline_fewer_words_being_better():
    """Coverage rose on q1 and fell on q3; words fell on both and stayed on q2."""
    found = answer_comparison(JUDGED, SAVED)
    assert found is not None
    coverage, words = found.differences
    assert (coverage.metric, coverage.change, coverage.better, coverage.worse) == ("coverage", 0.0, 1, 1)
    assert (words.metric, words.better, words.worse, words.lower) == ("words a nugget", 2, 0, True)
    assert found.changes == (("q1", 1.0, 0.5), ("q3", 0.0, 0.5))
    assert found.figure == "coverage"
    difference = " ".join(shown(report.difference_table(found)).split())
    assert "words a nugget 26.7 40.0 −13.333 −30.000 to 0.000 0/2 0.500" in difference


def test_a_baseline_without_answers_is_none_to_compare_with():
    """As saved before answers were measured."""
    assert answer_comparison(JUDGED, None) is None
    assert answer_comparison(JUDGED, replace(SAVED, answers=None)) is None


def test_the_weakest_answers_come_first():
    """By coverage, then by id; one that leaves nothing out is not among them, one with a false citation is."""
    false = result("q0", 1.0, faults=("It stands outside its evidence.",))
    judged = summarise([*RESULTS, false], ("extractive",))
    assert [one.id for one in weakest(judged)] == ["q3", "q2", "q0"]
    assert [one.id for one in weakest(judged, 1)] == ["q3"]


def test_the_page_shows_answers():
    """Figures, plot, differences, and what the weakest leave out; questions are text, never markup."""
    page = report.render_report([FUSED], SETUP, SAVED, answers=JUDGED)
    text = text_of(page)
    assert "(writer: extractive)" in text
    assert "coverage 0.500 0.000–1.000" in text
    assert "answers against answers (baseline)" in text
    assert "Questions that changed most in coverage (2 of 2)" in text
    table = text_of("<body>" + page[page.index('<table id="weakest"') :].split("</table>")[0])
    assert "q2 table does &lt;q2&gt; act? 0.500 fog It stands outside its evidence." in table
    assert "in the evidence, not said" in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_page_without_answers_says_nothing_of_them():
    """That of a BEIR folder; and where no question is answerable there is no plot."""
    assert "Answers" not in text_of(report.render_report([FUSED], SETUP))
    unanswerable = summarise(RESULTS[3:], ("extractive",))
    text = text_of(report.render_report([FUSED], SETUP, answers=unanswerable))
    assert "Answers" in text
    assert "words read of an answer" not in text


def test_the_plot_shows_shares_by_category_and_what_is_known_by_the_words_read():
    """Tables: q1 says all, q2 half; several: nothing, all of it found. After 10 words a third, after 40 half."""
    upper, lower = answers_plot(JUDGED).axes
    widths = [bar.get_width() for bar in upper.patches]
    assert widths == [0.75, 0.0, 0.5, 0.25, 1.0, 0.5]
    (curve,) = lower.lines
    assert list(map(tuple, curve.get_xydata())) == [(0, 0), (4, 0), (10, 1 / 3), (30, 1 / 3), (40, 0.5)]
