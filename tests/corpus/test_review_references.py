"""The reference lists of the two reviews, held against a reading by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.assemble import read_document
from corpus.records import Reading
from corpus.store import Store
from corpus.writing import write_store

# Counted in the printed lists: entries, and those with a DOI.
COUNTS = {"tahan": (108, 0), "camci": (65, 63)}

WHOLE = {
    ("tahan", "14"): (("Adair TH", "Montani JP"), "Angiogenesis", None, 2011, None, None, None),
    ("tahan", "2"): (
        ("Bartel DP",), "MicroRNAs: Target recognition and regulatory functions", "Cell", 2009, "136", "215–33", None,
    ),
    ("tahan", "6"): (
        ("Zavesky L", "Jandakova E", "Turyna R", "Langmeierova L", "Weinberger V", "Minar L"),
        "Supernatant versus exosomal urinary microRNAs. Two fractions with different outcomes in gynaecological "
        "cancers",
        "Neoplasma", 2016, "63", "121–32", None,
    ),
    ("tahan", "53"): (
        ("Taghikhani A", "Hassan ZM", "Ebrahimi M", "Moazzeni SM"),
        "MicroRNA modified tumor derived exosomes as novel tools for maturation of dendritic cells",
        "J Cell Physiol", 2019, "234", "9417–27", None,
    ),
    ("tahan", "74"): (
        ("Grange C", "Tapparo M", "Collino F", "Vitillo L", "Damasco C", "Deregibus MC"),
        "Microvesicles released from human renal cancer stem cells stimulate angiogenesis and formation of lung "
        "premetastatic niche",
        "Cancer Res", 2011, "71", "5346-56", None,
    ),
    ("tahan", "91"): (
        ("Kia V", "Paryan M", "Mortazavi Y", "Biglari A", "Mohammadi Yeganeh S"),
        "Evaluation of exosomal miR 9 and miR 155 targeting PTEN and DUSP14 in highly metastatic breast cancer and "
        "their effect on low metastatic cells",
        "J Cell Biochem", 2019, "120", "5666–76", None,
    ),
    ("tahan", "106"): (
        ("Yuan Y", "Guo L", "Guo S"),
        "Exosomal miR 10b promotes invasion and epithelial mesenchymal transformation of lung adenocarcinoma A549 "
        "cells by regulating macrophage M2 polarization",
        "Zhongguo Fei Ai Za Zhi", 2022, "25", "835–42", None,
    ),
    ("camci", "1"): (
        ("Whiteside TL",), "Tumor-derived exosomes and their role in cancer progression", "Adv Clin Chem", 2016, "74",
        "103-41", "10.1016/bs.acc.2015.12.005",
    ),
    ("camci", "2"): (
        ("Ringuette Goulet C", "Bernard G", "Tremblay S", "Chabaud S", "Bolduc S", "Pouliot F"),
        "Exosomes Induce fibroblast differentiation into cancer-associated fibroblasts through TGF-β signaling",
        "Mol Cancer Res", 2018, "16", "1196-204", "10.1158/1541-7786.mcr-17-0784",
    ),
    ("camci", "7"): (
        ("Chen Q", "Xie X"), "Association of exosomal miR-210 with signaling pathways implicated in lung cancer",
        "Genes (Basel)", 2021, "12", "1248", "10.3390/genes12081248",
    ),
    ("camci", "10"): (
        ("Guo B", "Gu J", "Zhuang T", "Zhang J", "Fan C", "Li Y"), "MicroRNA-126: From biology to therapeutics",
        "Biomed Pharmacother", 2025, "185", "117953", "10.1016/j.biopha.2025.117953",
    ),
    ("camci", "36"): (
        ("Bhome R", "Goh RW", "Bullock MD", "Pillar N", "Thirdborough SM", "Mellone M"),
        "Exosomal microRNAs derived from colorectal cancer-associated fibroblasts: Role in driving cancer progression",
        "Aging (Albany NY)", 2017, "9", "2666-94", "10.18632/aging.101355",
    ),
    ("camci", "65"): (
        ("Bhavsar SP",), "Recent advances in the roles of exosomal microRNAs in neuroblastoma", "Front Oncol", 2023,
        "12", "1091847", "10.3389/fonc.2022.1091847",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def readings(reviews: dict[str, Path]) -> dict[str, Reading]:
    """The readings of the two reviews, by first author's name."""
    return {
        name: read_document(file.name, file.read_bytes(), document_id=name, source=str(file))
        for name, file in reviews.items()
    }


@pytest.mark.parametrize("name", COUNTS)
def test_no_entry_is_lost_and_none_joined(readings: dict[str, Reading], name: str):
    """As many entries as the printed list has, in its order, each with one year of its own, and all the DOIs."""
    count, dois = COUNTS[name]
    references = readings[name].references
    assert [entry.marker for entry in references] == [str(number) for number in range(1, count + 1)]
    assert [entry.marker for entry in references if len(re.findall(r"\s\d{4}(?=;\d|\.)", entry.text)) != 1] == []
    assert len({entry.doi for entry in references} - {None}) == dois


@pytest.mark.parametrize(("name", "marker"), WHOLE)
def test_an_entry_is_read_as_a_person_reads_it(readings: dict[str, Reading], name: str, marker: str):
    """Every field of entries of all kinds: a book, a letter before the page, two sentences in a title, long names."""
    (entry,) = [entry for entry in readings[name].references if entry.marker == marker]
    found = (entry.authors, entry.title, entry.journal, entry.year, entry.volume, entry.pages, entry.doi)
    assert found == WHOLE[name, marker]


# Found by eye in the two printed lists: entries of Tahan's that stand in Camci's too.
SHARED = {"12": "37", "24": "31", "26": "41", "41": "57", "42": "36", "85": "33"}


def test_the_studies_that_both_reviews_cite_are_known(readings: dict[str, Reading], tmp_path: Path):
    """Six of them, each by its number in the other list; one list has DOIs and hyphens, the other has not."""
    write_store(tmp_path / "store", readings.values())
    with Store(tmp_path / "store") as store:
        found = {entry.marker: also for entry in store.references("tahan") if (also := store.also_cited(entry))}
    assert found == {marker: (("camci", other),) for marker, other in SHARED.items()}


@pytest.mark.parametrize("name", COUNTS)
def test_every_marker_of_the_text_names_an_entry_in_its_record(readings: dict[str, Reading], name: str):
    """Every bracket of numbers in running text and tables, read by other means; nothing is left unresolved."""
    reading = readings[name]
    assert reading.unresolved == ()
    seen = 0
    for record in reading.records:
        cited: set[str] = set()
        for bracket in re.findall(r"\[(\d[\d, –-]*)\]", record.text):
            for part in bracket.split(","):
                first, _, last = re.sub(r"\s", "", part).replace("–", "-").partition("-")
                cited.update(str(number) for number in range(int(first), int(last or first) + 1))
        assert set(record.markers) == cited
        seen += len(cited)
    assert seen > 80
