"""Which mechanisms of a record a limit, or a question, lets through."""

from __future__ import annotations

import pytest

from qa.mechanisms.fitting import answering, on_cancer, on_name, within
from qa.reading.question import read_question
from qa.scope import Scope
from tests.qa.mechanisms.made import said
from tests.qa.mechanisms.reading import of_text

TEXT = "miR-21 targets PTEN in bowel cancer; miR-210 targets SMAD4 in HCC; miR-25-3p acts on KLF2 in liver cancer."
BOWEL = said(TEXT, molecule="miR-21", target="PTEN", cancer="bowel cancer as colorectal cancer")
LIVER = said(TEXT, molecule="miR-210", target="SMAD4", cancer="HCC as liver cancer")
SILENT = said(TEXT, molecule="miR-25-3p", target="KLF2")
ALL = (BOWEL, LIVER, SILENT)


def test_a_near_name_is_let_through_by_no_limit():
    """miR-21 is not miR-210, in any spelling."""
    assert within(Scope(names=("mir 21",)), ALL, TEXT) == (BOWEL,)
    assert within(Scope(names=("hsa-miR-210",)), ALL, TEXT) == (LIVER,)
    assert within(Scope(names=("miR-212",)), ALL, TEXT) == ()


def test_an_arm_goes_by_the_rule_of_molecules():
    """Without an arm either will do; the other arm will not."""
    assert on_name("miR-25", SILENT, TEXT)
    assert on_name("miR-25-3p", SILENT, TEXT)
    assert not on_name("miR-25-5p", SILENT, TEXT)


def test_of_several_names_any_will_do():
    """In the order of the record."""
    assert within(Scope(names=("miR-210", "miR-21")), ALL, TEXT) == (BOWEL, LIVER)


def test_another_name_is_met_by_the_sentence_or_by_all_of_a_record_that_knows_it_otherwise():
    """PTEN stands in the sentence; MMAC1, another name of it, nowhere: the record was let through as knowing it."""
    alone = said("miR-21 targets PTEN.", molecule="miR-21", target="PTEN")
    other = said("miR-9 acts.", molecule="miR-9")
    assert within(Scope(names=("PTEN",)), (alone,), "miR-21 targets PTEN.") == (alone,)
    assert within(Scope(names=("SMAD4",)), (other, alone), "miR-21 targets PTEN.") == (other, alone)


def test_a_mechanism_on_another_cancer_is_left_out_and_one_on_none_is_not():
    """Lay and clinical words are one; what names no cancer goes by its record."""
    assert within(Scope(cancers=("colon cancer",)), ALL, TEXT) == (BOWEL, SILENT)
    assert within(Scope(cancers=("hepatocellular carcinoma",)), ALL, TEXT) == (LIVER, SILENT)


@pytest.mark.parametrize(("cancer", "held"), [("retinoblastoma", False), ("sarcoma of Ewing", False), ("liver", True)])
def test_a_cancer_of_no_organ_is_met_by_its_words(cancer: str, held: bool):
    """And an organ stands for its cancer."""
    assert on_cancer(cancer, LIVER) is held


def test_a_question_gets_what_is_said_of_its_molecules_and_its_cancer():
    """Where nothing is said in that cancer, what is said in others."""
    assert answering(read_question("how does miR-21 act in colorectal cancer"), ALL) == (BOWEL,)
    assert answering(read_question("how does miR-21 act in breast cancer"), ALL) == (BOWEL,)
    assert answering(read_question("which pathways matter in liver cancer"), ALL) == (LIVER, SILENT)
    assert answering(read_question("what does miR-9 target"), ALL) == ()


def test_a_question_about_a_gene_gets_what_is_done_to_it():
    """Other mechanisms of the same evidence are left out; where none names the gene, nothing is."""
    gene, other = of_text("miR-5 inhibits PTEN. miR-7 inhibits KLF2.")
    assert answering(read_question("which microRNAs target PTEN"), (gene, other)) == (gene,)
    assert answering(read_question("which microRNAs target SMAD4"), (gene, other)) == (gene, other)
