from __future__ import annotations

import pytest

from qa.reading.attributes import attribute_asked


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What is the half-life of miR-21 in plasma?", "half life"),
        ("how many patients were in the study of miR-1247-3p", "patients"),
        ("at what dose were exosomes given", "dose"),
        ("How were the exosomes isolated in the study of miR-25-3p?", "isolated"),
        ("which chromosome is the gene of miR-21 on", "chromosome"),
        ("Which kit isolates exosomes", "kit"),
        ("sensitivity and specificity of serum miR-423-5p", "sensitivity specificity"),
    ],
)
def test_what_is_asked_of_a_study_is_named_by_its_own_word(question: str, asked: str):
    """The noun after the question word, or the last verb of a passive, or a word that studies are described by."""
    assert attribute_asked(question) == asked


@pytest.mark.parametrize(
    "question",
    [
        "which gene does miR-21 target",
        "What is the mechanism of miR-105 in breast cancer?",
        "which exosomal miRNA acts on TSGA10",
        "In what way does miR-21 change patients' cells",
        "What are its targets in liver cancer?",
        "how does miR-21 promote metastasis",
        "miR-21 liver",
        "which of them are in the liver",
        "Which anticancer drugs are there",
        "which authors studied miR-21",
    ],
)
def test_what_is_asked_of_biology_is_no_attribute(question: str):
    """A gene, a pathway or a mechanism is answered without that word."""
    assert attribute_asked(question) == ""
