from __future__ import annotations

import pytest

from qa.mechanisms.actors import actors_in
from qa.mechanisms.cancers import cancers_in
from qa.mechanisms.cells import recipients_in, sources_in
from qa.mechanisms.clauses import clauses
from qa.mechanisms.genes import genes_in
from qa.mechanisms.pathways import pathways_in
from qa.mechanisms.processes import processes_in
from qa.mechanisms.spans import Span
from qa.mechanisms.verbs import relations_in


def words(text: str, found: tuple[Span, ...]) -> list[str]:
    return [text[one.start : one.end] for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sFRP1, c-MYB, TGF-β and p120-catenin", ["sFRP1", "c-MYB", "TGF-β", "p120-catenin"]),
        ("JAK2-STAT3 and ERK1/2, not miR-21", ["JAK2", "STAT3", "ERK1/2"]),
        ("the MET gene, EMT and the EMT/MET balance", ["MET"]),
        ("TLR-mediated, LMP1-positive, RUNX family", []),
        ("A549 lung cancer cells and MCF-7 cells", []),
        ("CAFs, HUVECs and TAMs in CRC by PCR", []),
        ("prolyl-hydroxylase, vimentin, semaphorin 3A", ["prolyl-hydroxylase", "vimentin", "semaphorin 3A"]),
    ],
)
def test_genes(text: str, expected: list[str]) -> None:
    """Symbols and the proteins that are written as words are genes; cells, methods and qualifiers are none."""
    assert words(text, genes_in(text)) == expected


def test_a_symbol_in_brackets_names_the_long_form() -> None:
    """The long form and its symbol are one gene, by the symbol's name."""
    assert [gene.name for gene in genes_in("ephrin-A3 (EFNA3) and PHD1")] == ["EFNA3", "PHD1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Wnt/β-catenin signaling pathway", ["WNT/β-catenin"]),
        ("NF-κB and AKT signaling pathways", ["NFκB", "AKT"]),
        ("PTEN and AKT signaling", ["AKT"]),
        ("through PI3K/AKT in cells", ["PI3K/AKT"]),
        ("FBXW7/MOAP1 loss", []),
    ],
)
def test_pathways(text: str, expected: list[str]) -> None:
    """A chain with what heads it is a pathway; a plural head takes the whole list; a chain of kinases needs none."""
    assert [pathway.name for pathway in pathways_in(text)] == expected


def test_processes() -> None:
    """The longest name at one place counts; a noun behind it makes it something else."""
    text = "lung metastasis, vessel leakiness, a metastasis suppressor and resistance to tamoxifen and cisplatin"
    assert [(text[one.start : one.end], one.name) for one in processes_in(text)] == [
        ("lung metastasis", "lung metastasis"),
        ("vessel leakiness", "vascular permeability"),
        ("resistance to tamoxifen and cisplatin", "drug resistance"),
    ]


def test_cancers_keep_their_kind() -> None:
    """What says which kind of cancer it is belongs to its words, not to its name."""
    text = "non-small cell lung cancer and melanoma"
    assert [(text[one.start : one.end], one.name) for one in cancers_in(text)] == [
        ("non-small cell lung cancer", "lung cancer"),
        ("melanoma", "skin cancer"),
    ]


def test_where_from_and_where_to() -> None:
    """Cells that give are sources, cells that take are recipients; what cells turn into is neither."""
    text = (
        "Hepatoma cell-derived miR-1 in plasma is delivered to fibroblasts and their differentiation into CAFs is seen"
    )
    assert words(text, sources_in(text, 0, len(text))) == ["Hepatoma cell", "plasma"]
    assert words(text, recipients_in(text, 0, len(text), 0)) == ["fibroblasts"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is inhibited by", [("inhibits", "passive")]),
        ("inhibition of", [("inhibits", "noun")]),
        ("up-regulated", [("activates", "active")]),
        ("positively regulates", [("activates", "active")]),
        ("its target gene regulates", [("affects", "active")]),
        ("activated T cells", []),
        ("a metastasis suppressor", []),
    ],
)
def test_relation_words(text: str, expected: list[tuple[str, str]]) -> None:
    """A relation word has a direction and a form; a word that names a thing, or says which, is none."""
    assert [(one.direction, one.form) for one in relations_in(text)] == expected


def test_molecules_named_together_act_together() -> None:
    """A list is one group; a molecule that is set apart, or sponged, is in none."""
    text = "Unlike miR-210, miR-21, miR-143 and let-7a rise; the sponge of miR-9 and a miR-5 inhibitor do not"
    groups = [([name.name for name in actor.names], actor.less is not None) for actor in actors_in(text)]
    assert groups == [(["miR-21", "miR-143", "let-7a"], False), (["miR-5"], True)]


def test_clauses() -> None:
    """Clauses part at "whereas", "but" and semicolons, not at "but also"."""
    text = "a, whereas b; c but also d but e"
    assert [text[start:end] for start, end in clauses(text)] == ["a", "b", "c but also d", "e"]
