"""Other names are found where a text writes them as names, and never in plain words."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import LibraryDamaged
from index.lexicon import Entry, Lexicon, merge
from index.lexicon_files import read_lexicon

TJP1 = Entry("HGNC:11827", "TJP1", "gene", ("TJP1", "tight junction protein 1", "ZO-1", "MGC133289"))
SET = Entry("HGNC:10760", "SET", "gene", ("SET", "SET nuclear proto-oncogene", "2PP2A"))
REST = Entry("HGNC:9966", "REST", "gene", ("REST", "RE1 silencing transcription factor", "NRSF"))
NR4A2 = Entry("HGNC:7981", "NR4A2", "gene", ("NR4A2", "NOT", "NURR1"))
MSC = Entry("HGNC:7321", "MSC", "gene", ("MSC", "musculin"))
TNF = Entry("HGNC:11892", "TNF", "gene", ("TNF", "tumor necrosis factor", "TNF-alpha"))
KRAS = Entry("HGNC:6407", "KRAS", "gene", ("KRAS", "KRAS proto-oncogene, GTPase", "KRAS2"))
LIVER = Entry("DOID:684", "hepatocellular carcinoma", "disease", ("hepatocellular carcinoma", "hepatoma", "HCC"))
GULLET = Entry("DOID:5041", "esophageal cancer", "disease", ("esophageal cancer", "tumor of the esophagus"))
STAR = Entry("miR-9-3p", "miR-9-3p", "mirna", ("hsa-miR-9-3p", "hsa-miR-9*"))
EVERYTHING = Lexicon.of((TJP1, SET, REST, NR4A2, MSC, TNF, KRAS, LIVER, GULLET, STAR))


def names_in(text: str, *entries: Entry) -> list[tuple[str, str]]:
    """The pieces of a text that were found and the preferred names they stand for."""
    lexicon = Lexicon.of(entries) if entries else EVERYTHING
    return [(found.text, found.name) for found in lexicon.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "the rest of the data was set aside",
        "Set the rest aside. Rest a while.",
        "WHERE IS THE REST OF THE SET KEPT",
        "SET",
        "It did NOT rise",
        "SET: the mice had no rest",
        "THE SET OF ALL\nwas kept in small letters",
        "put it to the re-set and the kras",
        "sets and rests",
    ],
)
def test_plain_words_are_no_symbols(text):
    """A symbol that is a word counts neither in small letters nor in a text or heading of capitals."""
    assert names_in(text) == []


def test_a_symbol_in_capitals_stands_out():
    """Among small letters, capitals name the gene, and a plural s is no part of it."""
    found = names_in("SET binds REST in two HCCs but not kras")
    assert found == [("SET", "SET"), ("REST", "REST"), ("HCCs", "hepatocellular carcinoma")]


@pytest.mark.parametrize("written", ["TJP1", "tjp1", "Tjp1", "TJP-1", "ZO-1", "zo-1", "zo1", "ZO\u20111", "MGC133289"])
def test_a_symbol_with_a_digit_counts_in_any_case(written):
    """Digits make a symbol, however it is capitalised; kinds of hyphens are one."""
    assert names_in(f"what does {written} do") == [(written, "TJP1")]


@pytest.mark.parametrize("written", ["tjp-1", "tjp 1", "ZO 1", "TJP12", "TJP1A", "xTJP1", "ZO-1-2", "ZO-12", "ZO-1β"])
def test_near_symbols_are_others(written):
    """What is longer, parted by a blank, or hyphened in small letters as no table has it, is not the symbol."""
    assert names_in(f"what does {written} do") == []


@pytest.mark.parametrize(
    "written",
    ["tight junction protein 1", "Tight-junction protein-1", "TIGHT JUNCTION PROTEIN 1", "tight  junction\nprotein 1"],
)
def test_long_names_count_in_any_case_and_spacing(written):
    """Hyphens, blanks, line ends and capitals do not part a long name from itself."""
    assert names_in(f"Where is {written} lost?") == [(written, "TJP1")]


def test_long_names_do_not_run_over_signs():
    """A comma, a dash between blanks or a blank line ends a name."""
    for sign in (", ", " - ", ".\n", "\n\n"):
        assert names_in(f"it is tight{sign}junction protein 1 is not") == []


@pytest.mark.parametrize(
    "written", ["oesophageal cancer", "Esophageal cancers", "tumours of the oesophagus", "OESOPHAGEAL CANCER"]
)
def test_british_spelling_and_plurals_are_folded(written):
    """Tumours of the oesophagus are tumors of the esophagus."""
    assert EVERYTHING.concepts(f"seen in {written} often") == ("DOID:5041",)


@pytest.mark.parametrize("written", ["TNF-α", "TNFα", "TNF-alpha", "tnf-alpha", "TNF alpha", "TNF-ALPHA", "TNF α"])
def test_greek_letters_are_their_names(written):
    """A Greek letter in a symbol may be spelled out and may stand off."""
    assert names_in(f"more {written} was found") == [(written, "TNF")]


def test_a_piece_of_a_longer_name_is_not_it():
    """What a hyphen, a number or "receptor" makes another molecule does not count as the first."""
    assert names_in("the TNF receptor, N-KRAS, KRAS-4B, KRAS-like, TNF-κ and hepatoma") == [
        ("hepatoma", "hepatocellular carcinoma")
    ]


def test_the_longest_name_wins():
    """A name inside a longer one is not found again."""
    stem = Entry("x", "junction protein", "term", ("junction protein",))
    assert names_in("a tight junction protein 1 and a junction protein here", TJP1, stem) == [
        ("tight junction protein 1", "TJP1"),
        ("junction protein", "junction protein"),
    ]


def test_an_alias_of_two_things_is_none_of_them():
    """A shared alias counts for neither, unless one prefers it or the text names one of them otherwise."""
    first = Entry("1", "ABCD1", "gene", ("ABCD1", "XY-7"))
    second = Entry("2", "EFGH1", "gene", ("EFGH1", "XY-7"))
    assert names_in("what is XY-7 for", first, second) == []
    assert names_in("XY-7 beside ABCD1", first, second) == [("XY-7", "ABCD1"), ("ABCD1", "ABCD1")]
    assert names_in("XY-7 beside ABCD1 and EFGH1", first, second) == [("ABCD1", "ABCD1"), ("EFGH1", "EFGH1")]
    owner = Entry("3", "XY7", "gene", ("XY7",))
    assert names_in("what is XY-7 for", first, second, owner) == [("XY-7", "XY7")]


def test_an_alias_too_short_to_match_keeps_its_spelling():
    """EB1 of one gene is never matched; where it is known, EB-1 of another is only what has the hyphen."""
    first = Entry("1", "ABCD1", "gene", ("ABCD1", "EB-1"))
    second = Entry("2", "EFGH1", "gene", ("EFGH1", "EB1"))
    assert names_in("EB-1 or EB1", first) == [("EB-1", "ABCD1"), ("EB1", "ABCD1")]
    assert names_in("EB-1 or EB1", first, second) == [("EB-1", "ABCD1")]


def test_one_thing_in_two_tables_is_both_their_concepts():
    """Entries of one preferred name agree."""
    own = Entry("Hepatocellular carcinomas", "Hepatocellular carcinomas", "term", ("Hepatocellular carcinomas", "HCC"))
    assert Lexicon.of((LIVER, own)).concepts("in HCC tissue") == ("DOID:684", "Hepatocellular carcinomas")


@pytest.mark.parametrize(
    ("alias", "text"),
    [
        ("base", "each base of the cell base"),
        ("BASE", "each base of the strand"),
        ("impact", "it has an impact"),
        ("flower", "the flower grows"),
        ("fruitless", "a fruitless search"),
        ("D29", "on day D29 it fell"),
        ("CO2", "in CO2 at noon"),
        ("EMT", "it drives EMT there"),
        ("COPD", "smokers with COPD came"),
        ("at1", "they met at1 noon"),
        ("FX", "where FX is low"),
        ("beta3", "mice without β3 grew"),
    ],
)
def test_short_and_everyday_aliases_never_count(alias, text):
    """An alias that stands for too many things, or is a word, is not held against texts at all."""
    assert names_in(text, Entry("x", "LONGSYM", "gene", ("LONGSYM", alias))) == []


def test_a_plain_word_never_becomes_another():
    """A user's table may say base for nucleotide; a text on a data base is not about nucleotides."""
    assert names_in("the data base is large", Entry("nucleotide", "nucleotide", "term", ("nucleotide", "base"))) == []


def test_a_protein_named_by_its_mass_counts():
    """p53 is a name of one letter."""
    entry = Entry("HGNC:11998", "TP53", "gene", ("TP53", "p53"))
    assert names_in("does p53 or P53 fall on p 53", entry) == [("p53", "TP53"), ("P53", "TP53")]


def test_an_ion_is_no_gene():
    """Ca2+ is calcium; CD4+ is a cell with CD4."""
    entries = [Entry("a", "CA2", "gene", ("CA2",)), Entry("b", "CD4", "gene", ("CD4",))]
    assert names_in("Ca2+ and ca2+ enter CD4+ cells", *entries) == [("CD4", "CD4")]


def test_what_the_text_defines_otherwise_is_not_the_symbol():
    """Mesenchymal stem cells (MSC) are not musculin, in the whole text."""
    assert names_in("MSC move. Mesenchymal stem cells (MSC) and MSCs rest.") == []
    assert names_in("We saw musculin (MSC) and MSC again.") == [("musculin", "MSC"), ("MSC", "MSC"), ("MSC", "MSC")]


def test_what_the_document_defines_is_not_the_symbol():
    """Abbreviations handed in are never taken for a symbol of that spelling; names with digits stay."""
    assert [found.text for found in EVERYTHING.find("MSC and TJP1 were seen", defined={"MSC", "TJP1"})] == ["TJP1"]


def test_a_numbered_family_is_no_member():
    """Where a second cadherin is known, "cadherin" alone is none of them."""
    entries = [
        Entry("1", "CDH17", "gene", ("CDH17", "cadherin")),
        Entry("2", "CDH2", "gene", ("CDH2", "cadherin 2")),
    ]
    assert names_in("cadherin and cadherin 2", *entries) == [("cadherin 2", "CDH2")]


def test_an_old_mirna_name_is_todays():
    """A starred name is the other arm of today."""
    assert EVERYTHING.concepts("what does hsa-miR-9* or MIR-9-3P do") == ("miR-9-3p",)


@pytest.mark.parametrize("text", ["miR-9", "miR-9-5p", "miR-90*", "miR-99*", "miR-9a*"])
def test_near_mirna_names_are_others(text):
    """Neither the molecule without its arm, nor the other arm, nor a near number is the old name."""
    assert names_in(text) == []


def test_an_old_name_that_lost_only_its_letter_or_arm_is_not_taken():
    """miR-20 was miR-20a-5p, but today it may be miR-20b as well; miR-189 can only be miR-24-1-5p."""
    lexicon = Lexicon.of(
        (
            Entry("miR-20a-5p", "miR-20a-5p", "mirna", ("hsa-miR-20a-5p", "hsa-miR-20a", "hsa-miR-20")),
            Entry("miR-24-1-5p", "miR-24-1-5p", "mirna", ("hsa-miR-24-1-5p", "hsa-miR-189")),
        )
    )
    assert lexicon.concepts("miR-20, miR-20a and miR-189") == ("miR-24-1-5p",)


def test_concepts_come_in_order_without_repeats():
    """Each key once, where it first appears."""
    assert EVERYTHING.concepts("HCC with ZO-1 lost, then hepatoma with tjp1") == ("DOID:684", "HGNC:11827")


def test_entries_of_one_concept_are_one():
    """The first's name and type stay, the names are put together, the preferred one first."""
    more = Entry("HGNC:11827", "ZO1", "protein", ("zonula occludens 1", "ZO-1"))
    assert merge([TJP1, more]) == (Entry("HGNC:11827", "TJP1", "gene", (*TJP1.synonyms, "zonula occludens 1")),)


def test_the_order_of_entries_does_not_matter():
    """Equal entries make equal bytes and an equal hash; one name more makes another."""
    turned = Lexicon.of(reversed(EVERYTHING.entries))
    assert (turned.hash, turned.to_json()) == (EVERYTHING.hash, EVERYTHING.to_json())
    assert Lexicon.of((*EVERYTHING.entries, Entry("x", "new", "term", ("new",)))).hash != EVERYTHING.hash


def test_a_saved_lexicon_is_the_same():
    """What was saved finds what was found, and is saved as the same bytes."""
    again = Lexicon.from_json(EVERYTHING.to_json())
    text = "ZO-1, hepatoma and miR-9* in mice"
    assert (again.hash, again.entries, again.find(text)) == (EVERYTHING.hash, EVERYTHING.entries, EVERYTHING.find(text))
    assert again.to_json() == EVERYTHING.to_json()


def test_keys_of_other_rules_are_made_anew():
    """A lexicon saved under other rules works as one of today's."""
    _, entries, _, _ = EVERYTHING.to_json().split(b"\n")
    body = entries + b"\n{}\n"
    about = json.dumps({"rules": 0, "sum": hashlib.sha256(body).hexdigest()}).encode()
    assert Lexicon.from_json(about + b"\n" + body).to_json() == EVERYTHING.to_json()


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b'{"rules": 1, "sum": ""}\n[]\n{}\n'])
def test_a_damaged_lexicon_says_so(data):
    """Bytes that are not what was saved are refused."""
    with pytest.raises(LibraryDamaged):
        Lexicon.from_json(data)


def test_a_changed_lexicon_says_so():
    """One letter changed on disk is noticed."""
    with pytest.raises(LibraryDamaged, match="not those that were saved"):
        Lexicon.from_json(EVERYTHING.to_json().replace(b"TJP1", b"TJP2"))


def test_an_empty_lexicon_finds_nothing():
    """No names, nothing found; it can be saved too."""
    assert Lexicon.from_json(Lexicon.of(()).to_json()).find("TJP1 and HCC") == ()


WORDS = st.sampled_from(
    [
        "TJP1",
        "zo-1",
        "SET",
        "set",
        "HCC",
        "hepatoma",
        "miR-9*",
        "tight",
        "junction protein 1",
        "TNF-α",
        "(",
        ", ",
        "\n",
        ".",
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=12).map(" ".join)))
def test_what_is_found_stands_in_the_text(text):
    """Every find is exactly its span, in order, apart from the next, and names entries of the lexicon."""
    found = EVERYTHING.find(text)
    assert all(text[each.start : each.end] == each.text for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert {concept for each in found for concept in each.concepts} <= {entry.concept for entry in EVERYTHING.entries}


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyz .,;?-'", min_size=1), min_size=1).map(" ".join))
def test_symbols_of_letters_never_count_in_small_letters(text):
    """Whatever is typed in small letters without digits, no gene but by its long name is found."""
    genes = Lexicon.of((SET, REST, KRAS, NR4A2, MSC))
    assert genes.find(text) == tuple(found for found in genes.find(text) if len(found.text) > 6)


@pytest.fixture(scope="module")
def all_genes(shared: Path) -> Lexicon:
    file = shared / "lexicons" / "hgnc_protein_coding.tsv.gz"
    return Lexicon.of(read_lexicon(file.name, file.read_bytes())[0])


@pytest.mark.parametrize(
    "text",
    [
        "the cats were set to rest in camp with mice and large base units, not in air, for the impact was high",
        "Cat, rest, set, camp, mice, was, air, large, base and not are words. Impact too.",
        "THE REST OF THE MICE WAS NOT SET IN AIR AT THE LARGE CAMP BASE",
        "what is the best way to clip a coil, hook a spring and link a chain in phase-2 or stage-1 of group-3",
        "we can all see how a flower may hang on a fruitless spike in a spatial hole",
        "Ca2+ and CO2 rose after day D29 while Mg2+ fell; H2O2 and 5% CO2 did too",
        "Results: ALL patients did NOT HAVE a cold; this is NOT for us",
        "BACKGROUND: chronic obstructive pulmonary disease (COPD) and COPD care. AIM: to see",
    ],
)
def test_with_every_gene_loaded_english_stays_english(all_genes, text):
    """Nothing fires on sentences without a gene."""
    assert all_genes.concepts(text) == ()


def test_with_every_gene_loaded_symbols_are_found(all_genes):
    """In one sentence the same letters are words and genes, as written."""
    found = all_genes.find("the rest of the set shows that REST and SET act with zo-1, p53, E-cadherin and occludin")
    assert [(each.text, each.name) for each in found] == [
        ("REST", "REST"),
        ("SET", "SET"),
        ("zo-1", "TJP1"),
        ("p53", "TP53"),
        ("E-cadherin", "CDH1"),
        ("occludin", "OCLN"),
    ]
