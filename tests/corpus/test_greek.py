"""Greek letters that a PDF set apart."""

import pytest

from corpus.greek import close_greek


@pytest.mark.parametrize(
    ("apart", "together"),
    [
        ("TGF- β", "TGF-β"),
        ("HIF-1 α", "HIF-1α"),
        ("NF- κ B", "NF-κB"),
        ("NF κ B is", "NFκB is"),
        ("α -SMA", "α-SMA"),
        ("(α v β 3, α 6 β 4)", "(αvβ3, α6β4)"),
        ("Wnt/ β -catenin", "Wnt/β-catenin"),
        ("TLR2/NF- κ B signaling", "TLR2/NF-κB signaling"),
        ("IFN γ , and", "IFNγ, and"),
        ("the β 1-integrin-NF- κ B", "the β1-integrin-NF-κB"),
        ("TGF β and α -SMA", "TGFβ and α-SMA"),
        ("p85 α in cells", "p85α in cells"),
        ("factor 1 α (HIF-1 α)", "factor 1α (HIF-1α)"),
        ("HIF-1 α -enriched", "HIF-1α-enriched"),
        ("c-Src/TGF- β 1 signaling", "c-Src/TGF-β1 signaling"),
        ("C/EBP β : a protein", "C/EBPβ: a protein"),
        ("factor- β ; C/EBP- β", "factor-β; C/EBP-β"),
    ],
)
def test_stray_blanks_go(apart, together):
    """Names are whole again, and what is whole stays as it is."""
    assert close_greek(apart) == together
    assert close_greek(together) == together


@pytest.mark.parametrize(
    "text",
    [
        "both α and β chains",
        "by miR-21 β-catenin fell",
        "of EMT β-catenin",
        "TGF-β 5 ng/ml",
        "TGF-β 1 of",
        "in group 1 α-SMA rose",
        "TGF-β – a factor",
        "ANOVA α = 0.05",
        "at α 0.05",
        "promote β-catenin",
        "increased α-SMA",
        "και άλφα θα",
    ],
)
def test_meant_blanks_stay(text):
    """Two words are never glued into one, and a measure never into a subtype."""
    assert close_greek(text) == text


def test_a_measure_is_no_subtype():
    """TGF-β in a dose of 5 ng/ml is not TGF-β5."""
    assert close_greek("TGF- β 5 ng/ml and β 3 times") == "TGF-β 5 ng/ml and β 3 times"


def test_a_micro_rna_takes_no_greek_letter():
    """A number before a Greek letter is not always its name."""
    assert close_greek("via miR-21 α v β 3 rose") == "via miR-21 αvβ3 rose"
