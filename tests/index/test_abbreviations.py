from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.assemble import read_document
from index.abbreviations import Abbreviation, find_abbreviations, find_glossary
from index.concepts import Abbreviations


def pairs(text: str) -> list[tuple[str, str]]:
    return [(one.short, one.long) for one in find_abbreviations(text)]


def entries(text: str) -> list[tuple[str, str]]:
    return [(one.short, one.long) for one in find_glossary(text)]


def library(**texts: str) -> Abbreviations:
    """A library whose documents are these texts; one that begins with `Abbreviations:` is a glossary."""
    return Abbreviations.of(
        {
            name: find_glossary(text) if text.startswith("Abbreviations:") else find_abbreviations(text)
            for name, text in texts.items()
        }
    )


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Livers with hepatocellular carcinoma (HCC) shed more.", "HCC", "hepatocellular carcinoma"),
        ("One is nasopharyngeal carcinoma (NPC).", "NPC", "nasopharyngeal carcinoma"),
        ("We saw non-small cell lung cancer (NSCLC) first.", "NSCLC", "non-small cell lung cancer"),
        ("We fed cancer-associated fibroblasts (CAFs) well.", "CAFs", "cancer-associated fibroblasts"),
        ("Here tumour-associated macrophages (TAMs) move in.", "TAMs", "tumour-associated macrophages"),
        ("It prepares a pre-metastatic niche (PMN) early.", "PMN", "pre-metastatic niche"),
        ("The Krev interaction trapped protein 1 (KRIT1) fell.", "KRIT1", "Krev interaction trapped protein 1"),
        ("Some transforming growth factor beta (TGF-β) rose.", "TGF-β", "transforming growth factor beta"),
        ("Stained for alpha-smooth muscle actin (α-SMA) twice.", "α-SMA", "alpha-smooth muscle actin"),
        ("The nuclear factor kappa B (NF-κB) axis.", "NF-κB", "nuclear factor kappa B"),
        ("After epithelial-to-mesenchymal transition (EMT) they left.", "EMT", "epithelial-to-mesenchymal transition"),
        ("Then a disintegrin and metalloproteinase 17 (ADAM17).", "ADAM17", "a disintegrin and metalloproteinase 17"),
        ("By poly (ADP-ribose) polymerase 1 (PARP1) alone.", "PARP1", "poly (ADP-ribose) polymerase 1"),
        ("Grown by in vitro fertilization (IVF) in mice.", "IVF", "in vitro fertilization"),
        ("From The Cancer Genome Atlas (TCGA) we took all.", "TCGA", "The Cancer Genome Atlas"),
        ("The Krüppel-like factor 2 (KLF2) gene.", "KLF2", "Krüppel-like factor 2"),
        ("Cleared by P-glycoprotein (P-gp/ABCB1) pumps.", "P-gp", "P-glycoprotein"),
        ("It is cystic fibrosis (CF) again.", "CF", "cystic fibrosis"),
        ("Levels of nitric oxide (NO) rose.", "NO", "nitric oxide"),
        ("Of microRNAs (miRNAs) we know much.", "miRNAs", "microRNAs"),
        ("In renal cell carcinoma [RCC] tissue.", "RCC", "renal cell carcinoma"),
        ("They get multiple sclerosis [12] (MS) late.", "MS", "multiple sclerosis"),
        ("They get multiple sclerosis (MS [12]) late.", "MS", "multiple sclerosis"),
        ("They get multiple sclerosis (MS; n = 30) late.", "MS", "multiple sclerosis"),
        ("They get multiple sclerosis (also known as MS) late.", "MS", "multiple sclerosis"),
        ("They get multiple sclerosis (“MS”) late.", "MS", "multiple sclerosis"),
    ],
)
def test_the_long_form_before_a_bracket_is_found_whole(text, short, long):
    """Initials, letters within words, numbers, Greek letters, plurals and brackets, each as far as it is spelled."""
    assert pairs(text) == [(short, long)]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("A kinase such as MAPK (mitogen-activated protein kinase) acts.", "MAPK", "mitogen-activated protein kinase"),
        ("We took HCC (hepatocellular carcinoma, n = 12) only.", "HCC", "hepatocellular carcinoma"),
        ("Then TGF-β1 (transforming growth factor beta 1).", "TGF-β1", "transforming growth factor beta 1"),
    ],
)
def test_the_long_form_may_stand_in_the_bracket(text, short, long):
    """The short form before it is the last word, and the long form begins where the bracket does."""
    assert pairs(text) == [(short, long)]


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("from oral squamous cell carcinoma cells (OSCC)", "oral squamous cell carcinoma"),
        ("the tricarboxylic acid cycle (TCA)", "tricarboxylic acid"),
        ("the suppressor of fused protein (SUFU)", "suppressor of fused"),
        ("of activated B cells (ABC)", "activated B cells"),
    ],
)
def test_words_without_a_part_in_the_short_form_fall_away(text, long):
    """But not the cells that a letter says which they are."""
    assert [found for _, found in pairs(text)] == [long]


@pytest.mark.parametrize(
    "text",
    [
        "It was shown before [16-18] and after [20].",
        "It fell in first groups (Fig. 1) and later (Table II).",
        "In three mice now (n = 3) it rose (p < 0.05).",
        "The hazard rose (HR 1.2) and the higher risk (HR = 2.3) stayed.",
        "Of microRNAs one rose (miR-21) and one more microRNA (miRNA-155) fell.",
        "As interleukin-16 (IL-6) we had expected.",
        "The fibroblast growth factor (FGF2) had no number.",
        "We saw it in the liver (left lobe), as others did (see below).",
        "Points follow: (ii) second, (IV) fourth.",
        "Some endothelial cells were used to form tubes by targeting receptors (ECTR).",
        "In one sentence. Cancer (IOC) in the next.",
        "NMDA receptors held NR2A (NR2) there.",
        "Positive cells (ER+) were counted.",
    ],
)
def test_other_brackets_define_nothing(text):
    """Markers, figures, statistics, microRNAs, other numbers, words in lower case, clauses, other sentences."""
    assert pairs(text) == []


def test_a_pair_of_short_forms_is_two_definitions_of_one_span():
    """Each has its side of the slash."""
    text = "by mitogen-activated protein kinase/extracellular signal-regulated kinase (MAPK/ERK) it ends"
    found = find_abbreviations(text)
    assert [(one.short, one.long) for one in found] == [
        ("MAPK", "mitogen-activated protein kinase"),
        ("ERK", "extracellular signal-regulated kinase"),
    ]
    assert {text[one.start : one.end] for one in found} == {text[3:-8]}


def test_the_span_of_a_definition_goes_from_the_one_form_to_the_bracket():
    """In either order, in characters of the text searched."""
    text = "In gastric cancer (GC) and in RCC (renal cell carcinoma)."
    assert [text[one.start : one.end] for one in find_abbreviations(text)] == [
        "gastric cancer (GC)",
        "RCC (renal cell carcinoma)",
    ]


def test_a_long_form_never_reaches_into_the_definition_before():
    """What is defined already is not part of the next."""
    assert pairs("early onset (EO) gastric cancer (EOGC)") == [("EO", "early onset")]


def test_a_glossary_is_read_entry_by_entry():
    """Colons, dashes, equals signs and commas; pairs are spelled out; remarks stay."""
    text = (
        "Abbreviations: EMT: Epithelial-mesenchymal transition; TGF-β – Transforming growth factor-β; "
        "HCC, hepatocellular carcinoma; AKT = protein kinase B; KLF2 and KLF4: Krüppel-like factor 2 and 4; "
        "ERK/STAT3: Extracellular signal-regulated kinase / signal transducer and activator of transcription 3; "
        "MCF-7: Michigan cancer foundation-7 (a cell line)."
    )
    assert entries(text) == [
        ("EMT", "Epithelial-mesenchymal transition"),
        ("TGF-β", "Transforming growth factor-β"),
        ("HCC", "hepatocellular carcinoma"),
        ("AKT", "protein kinase B"),
        ("KLF2", "Krüppel-like factor 2"),
        ("KLF4", "Krüppel-like factor 4"),
        ("ERK", "Extracellular signal-regulated kinase"),
        ("STAT3", "signal transducer and activator of transcription 3"),
        ("MCF-7", "Michigan cancer foundation-7 (a cell line)"),
    ]


def test_a_glossary_may_have_one_entry_a_line_or_commas_between_entries():
    """Tabs part the two forms as well."""
    assert entries("EMT\tepithelial mesenchymal transition\nGC: gastric cancer, RCC: renal cell carcinoma.") == [
        ("EMT", "epithelial mesenchymal transition"),
        ("GC", "gastric cancer"),
        ("RCC", "renal cell carcinoma"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Note: values are means of three runs",
        "Data are means; * p < 0.05; n = 12 mice",
        "ER-: oestrogen receptor negative",
        "PCR, Southern blot; ELISA, a kit of theirs",
        "miR-21: microRNA-21",
        "OR = 2.5",
    ],
)
def test_notes_under_a_table_are_no_entries(text):
    """Nor are marks, statistics, states of a receptor, lists and microRNAs."""
    assert entries(text) == []


@given(st.text(), st.text(alphabet="aAbB cC1β-/()[];:,.\n\té's", max_size=80))
def test_any_text_is_read_and_every_definition_holds_its_short_form(noise, text):
    """Spans lie in the text, in order; the short form stands in its span; nothing is raised."""
    text = noise[:20] + text
    for found in (find_abbreviations(text), find_glossary(text)):
        assert [one.start for one in found] == sorted(one.start for one in found)
        for one in found:
            assert 0 <= one.start < one.end <= len(text)
            assert one.short in text[one.start : one.end]


@given(
    st.lists(st.from_regex(r"[b-df-hj-np-tv-z][aeiou]{2,4}", fullmatch=True), min_size=3, max_size=6),
    st.sampled_from(["", "We saw ", "Because of the "]),
)
def test_initials_in_capitals_always_find_their_words(words, before):
    """Whatever stands before, in exactly the span of words and bracket."""
    short, long = "".join(word[0] for word in words).upper(), " ".join(words)
    if len(set(short) & set("IVX")) == len(set(short)):
        return
    text = f"{before}{long} ({short}) after."
    (found,) = find_abbreviations(text)
    assert (found.short, found.long) == (short, long)
    assert text[found.start : found.end] == f"{long} ({short})"


@given(
    st.dictionaries(
        st.text(max_size=3), st.lists(st.builds(Abbreviation, st.text(), st.text(), st.just(0), st.just(1)))
    ),
    st.text(),
    st.text(max_size=3),
)
def test_any_abbreviations_and_any_text_give_concepts(documents, text, document):
    """Each once, the same every time; nothing is raised."""
    first, again = (Abbreviations.of(documents).concepts(text, document) for _ in range(2))
    assert first == again
    assert len(set(first)) == len(first)


EMT = "epithelial mesenchymal transition"


@pytest.mark.parametrize(
    "text",
    [
        "EMT",
        "EMTs",
        "an EMT-related change",
        "pro-EMT",
        "epithelial-to-mesenchymal transition",
        "epithelial–mesenchymal transition",
        "Epithelial mesenchymal transitions",
        "EPITHELIAL TO MESENCHYMAL TRANSITION",
    ],
)
def test_a_short_form_and_all_spellings_of_its_long_form_are_one_concept(text):
    """Hyphens, blanks, plurals, small words and capitals make no difference."""
    assert library(a="the epithelial-to-mesenchymal transition (EMT)").concepts(text) == (EMT,)


@pytest.mark.parametrize(
    ("short", "american", "british"),
    [
        ("TME", "tumor microenvironment", "tumour microenvironment"),
        ("ESCC", "esophageal squamous cell carcinomas", "oesophageal squamous cell carcinoma"),
        ("AML", "acute myeloid leukemia", "acute myeloid leukaemia"),
        ("BM", "brain metastasis", "brain metastases"),
        ("CS", "cell signaling", "cell signalling"),
    ],
)
def test_british_and_american_spellings_are_one_concept(short, american, british):
    """Whichever of them the document defines, by whichever the text names it."""
    one, other = library(a=f"Abbreviations: {short}: {american}"), library(a=f"{british} ({short})")
    (key,) = one.concepts(american)
    assert {found.concepts(text) for found in (one, other) for text in (american, british)} == {(key,)}


@pytest.mark.parametrize(
    "text", ["TGF-β", "TGFβ", "TGF β", "TGF-beta", "transforming growth factor-β", "Transforming growth factor beta"]
)
def test_greek_letters_and_their_names_are_one(text):
    """In the short form and in the long."""
    found = library(a="transforming growth factor beta (TGF-β)").concepts(text)
    assert found == ("transforming growth factor beta",)


@pytest.mark.parametrize(
    "text",
    [
        "cafs and cAF",
        "CAFE",
        "CAF1",
        "CAF-1",
        "CAF-A",
        "CAF-β",
        "c-CAF",
        "α-CAF",
        "CAF-kB",
        "CAF receptor",
        "non-cancer-associated fibroblasts",
        "cancer. Associated fibroblasts",
        "cancer-associated fibroblast 2",
        "cancer-associated cells",
    ],
)
def test_a_part_of_another_name_is_not_the_name(text):
    """Nor is another case of the short form."""
    assert library(a="the cancer-associated fibroblasts (CAFs)").concepts(text) == ()


def test_numbers_keep_near_names_apart():
    """IL-6 is neither IL-16 nor IL-6R, and a factor with a number is not the factor without."""
    found = library(a="by interleukin-6 (IL-6) and by vascular endothelial growth factor (VEGF)")
    assert found.concepts("IL-6 or interleukin 6") == ("interleukin 6",)
    assert found.concepts("IL-16, IL-6R, interleukin-16, VEGF-A, vascular endothelial growth factor A") == ()


def test_of_names_that_overlap_the_longer_counts():
    """The inducer is neither the matrix nor the metalloproteinase."""
    found = library(
        a="the extracellular matrix (ECM), a matrix metalloproteinase (MMP) and "
        "the extracellular matrix metalloproteinase inducer (EMMPRIN)"
    )
    assert found.concepts("extracellular matrix metalloproteinase inducer, extracellular matrix") == (
        "extracellular matrix metalloproteinase inducer",
        "extracellular matrix",
    )


def test_concepts_come_in_order_of_first_appearance_without_repeats():
    """Whether by the one form or the other."""
    found = library(a="gastric cancer (GC), and renal cell carcinoma (RCC)")
    assert found.concepts("RCC, gastric cancers, GC, renal cell carcinoma") == (
        "renal cell carcinoma",
        "gastric cancer",
    )


def test_a_document_s_own_meaning_counts_there_and_only_there():
    """A short form with two meanings is read in neither a question nor a third document; one meaning holds for all."""
    found = library(
        one="the pancreatic cancer (PC) and gastric cancer (GC)", two="the prostate cancer (PC)", three="no definition"
    )
    assert found.concepts("PC", "one") == ("pancreatic cancer",)
    assert found.concepts("PC", "two") == ("prostate cancer",)
    assert found.concepts("PC", "three") == found.concepts("PC", "unknown") == found.concepts("PC") == ()
    assert found.concepts("GC", "two") == found.concepts("GC") == ("gastric cancer",)
    assert found.concepts("prostate cancer") == ("prostate cancer",)


def test_two_documents_that_mean_the_same_leave_a_short_form_unambiguous():
    """Another spelling is not another meaning."""
    found = library(one="the tumour-cell niche (TCN)", two="TCN (tumor cell niches)")
    assert found.concepts("TCN") == ("tumor cell niche",)


def test_of_two_meanings_in_one_document_the_more_frequent_counts():
    """Then the first."""
    text = "pancreatic cancer (PC), prostate cancer (PC), prostate cancer (PC)"
    assert library(a=text).concepts("PC") == ("prostate cancer",)
    assert library(a=text[:46]).concepts("PC") == ("pancreatic cancer",)


def test_two_short_forms_of_one_long_form_are_one_concept():
    """Across documents too."""
    found = library(one="vascular endothelial growth factor (VEGF)", two="vascular endothelial growth factor (VEG)")
    assert found.concepts("VEGF") == found.concepts("VEG") == ("vascular endothelial growth factor",)


def test_a_glossary_that_calls_one_another_name_of_the_other_makes_them_one():
    """Both short forms and the long form give the same key."""
    found = library(a="Abbreviations: ZO-1: Zonula occludens; TJP1: Tight junction protein 1 (another name for ZO-1)")
    keys = {found.concepts(text) for text in ("ZO-1", "ZO1", "TJP1", "TJP-1", "tight junction protein 1")}
    assert keys == {("tight junction protein 1",)}


def test_a_long_form_that_tells_the_kind_alone_is_no_name():
    """The symbol itself is the concept, and other enzymes of the kind are not it."""
    found = library(a="Abbreviations: YOD1: deubiquitinating enzyme; AKT: protein kinase B")
    assert found.concepts("YOD1") == ("yod 1",)
    assert found.concepts("another deubiquitinating enzyme") == ()
    assert found.concepts("AKT") == found.concepts("protein kinase B") == ("protein kinase b",)


@pytest.mark.parametrize("short", ["set", "rest", "base", "Set", "Rest", "A"])
def test_an_ordinary_word_or_a_single_letter_is_never_a_short_form(short):
    """Even where something says it is one."""
    given_ = Abbreviation(short, "some entirely tolerable thing", 0, 1)
    assert Abbreviations.of({"a": [given_]}).concepts(f"The {short} of it. {short} again.") == ()


def test_a_word_in_capitals_is_read_only_where_capitals_say_something():
    """In a text all in capitals "OR" is a word."""
    found = library(a="the odds ratio (OR) and hepatocellular carcinoma (HCC)")
    assert found.concepts("The OR was low.") == ("odd ratio",)
    assert found.concepts("LIVER OR HCC") == ("hepatocellular carcinoma",)


def test_a_possessive_s_is_nothing():
    """Alzheimer's disease is Alzheimer disease."""
    found = library(a="in Alzheimer's disease (AD)")
    assert found.concepts("Alzheimer disease") == found.concepts("AD") == ("alzheimer disease",)


def test_the_reviews_define_what_their_readers_ask_for(shared):
    """Definitions stand where they say, and what both reviews call one thing is one concept."""
    documents = {}
    for path in sorted((shared / "documents").glob("*.txt")):
        document = read_document(path.name, path.read_bytes(), document_id=path.stem, source="test").document
        documents[path.stem] = found = []
        for block in document.blocks:
            text = document.text[block.start : block.end]
            if block.kind in ("paragraph", "row"):
                found += find_abbreviations(text)
            elif block.kind == "footnote":
                found += find_glossary(text)
    both = Abbreviations.of(documents)
    assert both.concepts("Do CAFs drive EMT in NSCLC, HCC, or TAMs in OSCC?") == (
        "cancer associated fibroblast",
        EMT,
        "non small cell lung cancer",
        "hepatocellular carcinoma",
        "tumor associated macrophage",
        "oral squamous cell carcinoma",
    )
    assert both.concepts("ZO-1") == both.concepts("TJP1") == ("tight junction protein 1",)
