from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.mechanisms.spans import slots
from tests.qa.mechanisms.reading import CELLS, lines, of_text, told

SAID = {
    # active and passive
    "miR-21 targets PTEN.": ["miR-21 inhibits; target: PTEN"],
    "PTEN was suppressed by miR-21.": ["miR-21 inhibits; target: PTEN"],
    "PTEN is directly targeted by exosomal miR-21-5p.": ["miR-21-5p inhibits; target: PTEN"],
    "KLF2 is a direct target of miR-25-3p.": ["miR-25-3p inhibits; target: KLF2"],
    "Downregulation of PTEN by miR-21 was seen.": ["miR-21 inhibits; target: PTEN"],
    "miR-9 binds to CDH1.": ["miR-9 affects; target: CDH1"],
    # lists, brackets and long forms
    "miR-200a/b suppress ZEB1 and ZEB2.": ["miR-200a+miR-200b inhibits; target: ZEB1, ZEB2"],
    "miR-21 regulates signal transducer and activator of transcription 3 (STAT3).": ["miR-21 affects; target: STAT3"],
    "miR-124 silences sphingosine kinase 1 (SPHK1).": ["miR-124 inhibits; target: sphingosine kinase 1"],
    # nouns and chains of them
    "miR-10b leads to the downregulation of KLF4.": ["miR-10b inhibits; target: KLF4"],
    "miR-21 inhibits the suppression of AKT signaling.": ["miR-21 activates; pathway: AKT signaling"],
    "The role of miR-7 in promoting invasion is known.": ["miR-7 activates; effect: invasion"],
    "The involvement of miR-7 in EMT is known.": ["miR-7 affects; effect: EMT"],
    "miR-7 has a role in the inhibition of KLF4.": ["miR-7 inhibits; target: KLF4"],
    # one chain of target, pathway and effect
    "miR-21 promotes invasion by inhibiting PTEN.": ["miR-21 inhibits; target: PTEN; effect: invasion"],
    "miR-21 inhibits PTEN and activates AKT signaling, promoting invasion.": [
        "miR-21 inhibits; target: PTEN; pathway: AKT signaling; effect: invasion",
        "miR-21 activates; pathway: AKT signaling; effect: invasion",
    ],
    "miR-5 lowers SPRY1 and increases VEGF.": ["miR-5 inhibits; target: SPRY1", "miR-5 activates; target: VEGF"],
    "miR-145 suppressed metastasis.": ["miR-145 inhibits; effect: metastasis"],
    "miR-221 enhanced invasion via PI3K/AKT signaling.": [
        "miR-221 activates; pathway: PI3K/AKT signaling; effect: invasion"
    ],
    # denied
    "miR-21 did not affect PTEN but inhibited KLF2.": [
        "miR-21 not affects; target: PTEN",
        "miR-21 inhibits; target: KLF2",
    ],
    "miR-21 failed to suppress PTEN.": ["miR-21 not inhibits; target: PTEN"],
    "miR-21 had no effect on PDCD4.": ["miR-21 not affects; target: PDCD4"],
    "Neither miR-21 nor miR-7 inhibited PTEN.": ["miR-21+miR-7 not inhibits; target: PTEN"],
    "miR-21 had little effect on PDCD4.": ["miR-21 not affects; target: PDCD4"],
    "miR-21 affected neither PTEN nor KLF4.": ["miR-21 not affects; target: PTEN, KLF4"],
    "miR-155 promotes invasion without affecting KLF4.": [
        "miR-155 activates; effect: invasion",
        "miR-155 not affects; target: KLF4",
    ],
    "miR-21 targets PTEN rather than PDCD4.": ["miR-21 inhibits; target: PTEN"],
    # a hedge is no denial
    "miR-21 may target PTEN.": ["miR-21 inhibits; target: PTEN"],
    # less of the molecule turns it round
    "The miR-21 inhibitor reduced migration.": ["miR-21 activates; effect: migration"],
    "Knockdown of miR-155 increased SOCS1 expression.": ["miR-155 inhibits; target: SOCS1"],
    "Anti-miR-21 restored PTEN.": ["miR-21 inhibits; target: PTEN"],
    "Exosomes deliver an inhibitor of miR-21 and reverse drug resistance.": [
        "miR-21 activates; effect: drug resistance"
    ],
    "miR-34a downregulation promotes invasion.": ["miR-34a inhibits; effect: invasion"],
    "Exosomes lacking miR-21 promote invasion.": ["miR-21 inhibits; effect: invasion"],
    "miR-21 downregulation of PTEN was seen.": ["miR-21 inhibits; target: PTEN"],
    # what is lowered is not what a raised target leads on to
    "miR-10b lowers KLF4 and the activity of PI3K/AKT, and raises VEGF.": [
        "miR-10b inhibits; target: KLF4; pathway: PI3K/AKT",
        "miR-10b activates; target: VEGF",
    ],
    # from where, to where, in which cancer
    "CAFs of breast cancer release miR-143, which increases stemness.": [
        "miR-143 activates; source: CAFs; effect: stemness; cancer: breast cancer"
    ],
    "miR-23a from lung cancer cells is transferred to endothelial cells and targets ZO-1.": [
        "miR-23a inhibits; source: lung cancer cells; recipient: endothelial cells; target: ZO-1; cancer: lung cancer"
    ],
    "CAF-derived exosomal miR-92a-3p promotes stemness in colorectal cancer.": [
        "miR-92a-3p activates; source: CAF; effect: stemness; cancer: colorectal cancer"
    ],
    "miR-221 promotes invasion in breast cancer, whereas miR-145 suppresses EMT in prostate cancer.": [
        "miR-221 activates; effect: invasion; cancer: breast cancer",
        "miR-145 inhibits; effect: EMT; cancer: prostate cancer",
    ],
    # the sentence before says who
    "miR-103 is taken up by fibroblasts. This leads to the inhibition of KLF2.": [
        "miR-103 inhibits; recipient: fibroblasts; target: KLF2"
    ],
    "miR-5 and miR-7 are carried along. These target KLF2.": ["miR-5+miR-7 inhibits; target: KLF2"],
}
SILENT = (
    "PTEN inhibits AKT signaling, and miR-21 is found in plasma.",  # PTEN does it
    "miR-21 is upregulated and PTEN inhibits growth.",
    "Hypoxia induced miR-210 and promoted angiogenesis.",  # hypoxia does
    "circPTK2 sponges miR-21, increasing PTEN.",
    "STAT3 activates transcription of miR-21.",
    "Serum miR-21 was not associated with survival.",
    "TGF-β upregulates miR-21, and SMAD3 activates SNAIL.",
    "miR-21 and miR-210 were studied. It promotes invasion.",  # which of the two?
    "miR-21 rose, and so did miR-30. These target PTEN.",  # not named together
    "Exosomes promote invasion by inhibiting PTEN.",  # no molecule
    "It is unknown whether miR-21 inhibits PTEN.",  # asked, not said
    "No evidence was found that miR-21 targets PTEN.",
    "That miR-21 inhibits PTEN could not be confirmed.",
    "miR-21 and miR-7 inhibit PTEN and KLF4, respectively.",  # which of the two?
    "miR-21 is reduced by curcumin, which suppresses invasion.",  # curcumin does
    "Plasma miR-7 was seen with higher VEGF and lower KLF4.",  # a state, no deed
    "miR-21 was found beside integrin binding sialoprotein (IBSP).",  # a name, no deed
)


@pytest.mark.parametrize(("text", "expected"), SAID.items())
def test_what_a_sentence_says(text: str, expected: list[str]) -> None:
    """A sentence says what a reader takes from it: who, which way, to what, from where to where."""
    assert lines(text) == expected


@pytest.mark.parametrize("text", SILENT)
def test_what_it_does_not_say(text: str) -> None:
    """Where something else acts, or nobody can tell who does, nothing is said."""
    assert lines(text) == []


@pytest.mark.parametrize("text", SAID)
def test_a_near_name_changes_the_molecule_alone(text: str) -> None:
    """With miR-210 in the place of miR-21 the same is said, of miR-210."""
    swapped = re.sub(r"miR-21(?!\d)", "miR-210", text)
    assert lines(swapped) == [re.sub(r"^miR-21(?!\d)", "miR-210", line) for line in lines(text)]


def test_cells_that_come_to_be_receive_nothing() -> None:
    """Cells whose formation is an effect are not those that a molecule comes to."""
    (found,) = of_text("miR-21 inhibits PTEN and stimulates formation of osteoclasts.")
    assert (told(found), found.recipient) == ("miR-21 inhibits; target: PTEN", ())


def test_the_words_of_a_lack() -> None:
    """Where the lack of a molecule acts, the direction holds both words, in the order of the text."""
    (found,) = of_text("The loss of miR-148b increases DNMT1.")
    assert [(word.text, word.name) for word in found.direction] == [("loss", "inhibits"), ("increases", "inhibits")]


def test_a_sentence_that_goes_on_stands_in_both() -> None:
    """What a sentence says of the molecule of the one before lies in both of them."""
    text = "Foam is old. miR-7 is carried along. It targets KLF2."
    (found,) = of_text(text)
    assert text[found.start : found.end] == "miR-7 is carried along. It targets KLF2."


_WORDS = st.sampled_from(
    """miR-21 miR-210 let-7a PTEN KLF2 TGF-β NF-κB PI3K/AKT signaling pathway inhibits suppressed by activates promotes
    invasion metastasis angiogenesis of in the and , ; . not without via CAFs fibroblasts exosomes from to colorectal
    cancer (CAFs) (SPHK1) inhibitor loss which targets role EMT endothelial cells was neither nor but This""".split()  # noqa: SIM905
)


@given(st.lists(_WORDS, max_size=40).map(" ".join))
def test_every_cell_is_a_span(text: str) -> None:
    """Whatever the text, every filled cell is exactly the characters it says, within the mechanism's own span."""
    for found in of_text(text):
        assert found.molecule
        for cell in ("molecule", "direction", *CELLS):
            for slot in getattr(found, cell):
                assert text[slot.start : slot.end] == slot.text != ""
                assert found.start <= slot.start < slot.end <= found.end


def test_slots_count_in_the_document() -> None:
    """A slot's characters are the document's, where the part begins at `shift`."""
    from qa.mechanisms.spans import Span

    assert [(slot.text, slot.start) for slot in slots("see PTEN", [Span("gene", "PTEN", 0, 4)], 4)] == [("PTEN", 4)]
