from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.tokens import stem, stems, words

ROOT = Path(__file__).resolve().parents[2]


def molecules(text: str) -> set[str]:
    return {word for word in words(text) if word.startswith("mir:")}


@pytest.mark.parametrize("text", ["miR-21", "hsa-mir-21", "microRNA 21", "MIR21", "miR\u201321"])
def test_every_spelling_of_a_molecule_is_one_word(text):
    """What is asked in one spelling is found in another."""
    assert molecules(text) == {"mir:mir-21"}


def test_an_arm_shares_the_word_of_its_molecule_and_has_one_of_its_own():
    """So arms find their molecule, and the arm that is asked for comes before the other."""
    assert molecules("miR-21-5p") == {"mir:mir-21", "mir:mir-21-5p"}
    assert molecules("miR-21-5p") & molecules("miR-21-3p") == {"mir:mir-21"}


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from(["", "a", "b"]), st.sampled_from(["", "-5p", "-3p"]))
def test_near_names_share_no_word_of_a_molecule(one, other, letter, arm):
    """Another number or another letter shares nothing, whatever the arm; nor does let-7 with miR-7."""
    first, second = f"miR-{one}{letter}{arm}", f"miR-{other}{arm}"
    if (one, letter) != (other, ""):
        assert not molecules(first) & molecules(second)
    assert not molecules(f"let-7{letter}{arm}") & molecules(first)


def test_a_name_leaves_no_other_word_behind():
    """Neither its number nor its stem stands in the rest, where it would match "21 patients"."""
    assert words("hsa-miR-21-5p") == ["mir:mir-21", "mir:mir-21-5p"]


@pytest.mark.parametrize("text", ["TGF-β", "TGF-beta", "TGFβ", "TGFbeta", "tgf-Β", "TGF\u2011β"])
def test_greek_may_be_spelled_out_and_hyphens_left_out(text):
    """They share one word."""
    assert "tgfbeta" in words(text)


@pytest.mark.parametrize("text", ["NF-κB", "NFκB", "NF-kappaB", "NF-κb"])
def test_greek_within_a_symbol_is_spelled_out_too(text):
    """The word of the whole symbol is shared."""
    assert "nfkappab" in words(text)


def test_greek_letters_tell_symbols_apart():
    """HIF-1α is not HIF-1β, TNF-α is not TNF-β."""
    assert set(words("HIF-1α")) != set(words("HIF-1β"))
    assert "tnfalpha" in words("TNF-α")
    assert "tnfalpha" not in words("TNF-β")


@pytest.mark.parametrize(
    ("one", "other"), [("CD8⁺", "CD8"), ("H₂O₂", "H2O2"), ("µg", "μg"), ("naïve", "naive"), ("ﬁbre", "fibre")]
)
def test_forms_that_look_alike_are_one_word(one, other):
    """Super- and subscripts, the micro sign, accents and ligatures."""
    assert words(one) == words(other) != []


def test_words_with_which_questions_are_asked_are_left_out_and_negations_are_not():
    """A denial carries meaning."""
    assert words("How does the of what is") == []
    assert words("Please give an overview and summarize everything that happens") == []
    assert {"not", "without"} <= set(words("does not grow without"))


def test_forms_of_a_word_are_one_word():
    """Stemmed, in any case."""
    assert words("Promotes") == words("promoting") == words("PROMOTED")


@given(st.lists(st.text("abcdefghilmnoprstuy", min_size=1, max_size=12), max_size=20))
def test_many_words_have_the_stems_that_each_has(some):
    """Whatever their length and spelling."""
    some += ["tumours", "metastasises", "mir", "the", "fibres"]
    assert stems(some) == [stem(word) for word in some]


def test_an_organ_in_lay_and_in_clinical_words_shares_a_word():
    """And other organs do not."""
    assert "site:colorectum" in words("bowel cancer")
    assert "site:colorectum" in words("CRC")
    assert "site:colorectum" not in words("lung cancer")


def test_nothing_has_no_words():
    """Blanks and punctuation included."""
    assert words("") == words(" -/– ?! ") == []


@given(st.text(max_size=60))
def test_only_names_and_organs_hold_a_colon_and_no_word_is_empty(text):
    """So no text can pass for a molecule that it does not name."""
    for word in words(text):
        assert word
        assert ":" not in word or word.startswith(("mir:", "site:", "cancer:"))
    assert words(text) == words(text)


def test_words_do_not_depend_on_the_process():
    """Another hash seed gives the same words in the same order."""
    text = "TGF-β and miR-200a/b in CRC; PTEN, NF-κB and αvβ3."
    code = (
        f"import sys; sys.stdout.reconfigure(encoding='utf-8'); from index.tokens import words; print(*words({text!r}))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env={"PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout.decode()
        for seed in ("1", "2")
    }
    assert said == {" ".join(words(text)) + "\n"}
