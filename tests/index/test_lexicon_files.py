"""Tables of other names are read as what they are, and what cannot be read is said."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from corpus.errors import UnreadableFile
from index.lexicon import Entry
from index.lexicon_files import read_lexicon

HGNC = (
    "hgnc_id\tsymbol\tname\tlocus_type\talias_symbol\tprev_symbol\talias_name\tprev_name\n"
    "HGNC:1\tKITE1\tkite protein 1\tgene with protein product\tZK-1|statin|KT\tKITA\tWind syndrome|P-kitin\told kite\n"
    "HGNC:2\tMIR9-1\tmicroRNA 9-1\tRNA, micro\thsa-mir-9-1\tMIRN9-1\t\t\n"
)
KITE = Entry("HGNC:1", "KITE1", "gene", ("KITE1", "kite protein 1", "ZK-1", "KT", "KITA", "P-kitin"))
OBO = """format-version: 1.2
default-namespace: weather

[Term]
id: DOID:1
name: wind fever
synonym: "fever of the \\"wind\\"" EXACT []
synonym: "WF" EXACT ABBREVIATION [X:1]
synonym: "fever" BROAD []
synonym: "breeze fever" RELATED []

[Term]
id: CL:2
name: kite cell
namespace: cell

[Term]
id: CL:3
name: gone cell
is_obsolete: true

[Term]
id: CL:4

[Typedef]
id: part_of
name: part of
"""


def read(text: str, name: str = "names.txt") -> tuple[Entry, ...]:
    """The entries of a table that has nothing to remark."""
    entries, notices = read_lexicon(name, text.encode())
    assert notices == ()
    return entries


def test_hgnc_gives_symbols_and_long_names():
    """Short words among a gene's other names are left out, and of its older long names all but a protein's word."""
    mirna = Entry("miR-9-1", "miR-9-1", "mirna", ("miR-9-1", "MIR9-1", "microRNA 9-1", "hsa-mir-9-1", "MIRN9-1"))
    assert read(HGNC) == (KITE, mirna)


def test_a_gzipped_table_is_the_same():
    """The first bytes tell, not the name."""
    assert read_lexicon("genes", gzip.compress(HGNC.encode())) == read_lexicon("genes.tsv", HGNC.encode())


def test_the_download_page_of_hgnc_is_read():
    """Its headings have blanks, its lists commas."""
    text = "HGNC ID\tApproved symbol\tApproved name\tPrevious symbols\tAlias symbols\n"
    assert read(text + "HGNC:1\tKITE1\tkite protein 1\tKITA, KITB\tZK-1\n") == (
        Entry("HGNC:1", "KITE1", "gene", ("KITE1", "kite protein 1", "KITA", "KITB", "ZK-1")),
    )


def test_a_withdrawn_symbol_is_left_out():
    """A gene that is no longer approved is counted, not read."""
    table = "hgnc_id\tsymbol\tstatus\talias_symbol\nHGNC:1\tKITE1\tApproved\tZK-1\nHGNC:2\tOLD1\tEntry Withdrawn\t\n"
    entries, notices = read_lexicon("hgnc.tsv", table.encode())
    assert [entry.name for entry in entries] == ["KITE1"]
    assert notices == ("1 line was left out for want of a usable name, the first at line 3.",)


def test_only_exact_synonyms_of_a_disease_count():
    """The slim of the Disease Ontology keeps others apart, and so do we."""
    table = "id\tname\texact_synonyms\tother_synonyms\tis_a\nDOID:1\twind fever\tWF|fever, wind\tbreeze\tDOID:9\n"
    assert read(table) == (Entry("DOID:1", "wind fever", "disease", ("wind fever", "WF", "fever, wind")),)


def test_obo_gives_exact_synonyms_of_living_terms():
    """Broad and related names, obsolete terms and relations stay out; a term without a name is counted."""
    entries, notices = read_lexicon("weather.obo", OBO.encode())
    assert entries == (
        Entry("CL:2", "kite cell", "cell", ("kite cell",)),
        Entry("DOID:1", "wind fever", "disease", ("wind fever", 'fever of the "wind"', "WF")),
    )
    assert notices == ("1 line was left out for want of a usable name, the first at line 22.",)


def test_mirbase_old_names_are_keyed_by_todays():
    """Today's name in its one spelling is the key and is shown."""
    table = (
        "mimat\tname\told_names\nMIMAT1\thsa-miR-9-3p\thsa-miR-9*\nMIMAT2\thsa-miR-24-1-5p\thsa-miR-24-1*|hsa-miR-189\n"
    )
    assert read(table) == (
        Entry(
            "miR-24-1-5p", "miR-24-1-5p", "mirna", ("miR-24-1-5p", "hsa-miR-24-1-5p", "hsa-miR-24-1*", "hsa-miR-189")
        ),
        Entry("miR-9-3p", "miR-9-3p", "mirna", ("miR-9-3p", "hsa-miR-9-3p", "hsa-miR-9*")),
    )


@pytest.mark.parametrize(
    "table",
    [
        "name\tsynonyms\ttype\nkite\tflyer|wind bird\ttoy\n",
        "# a comment\n#Name\tSynonyms\tType\nkite\tflyer|wind bird\ttoy\n",
        "Term,Synonyms,Type\nkite,flyer; wind bird,toy\n",
        'type;term;aliases\ntoy;"kite";flyer|wind bird\n',
        '"name","synonym","type"\n"kite","flyer","toy"\n\n"kite","wind bird","toy"\n',
        '\ufeffname\tsynonyms\ttype\r\nkite\t"flyer|wind bird"\ttoy\r\n',
    ],
)
def test_any_table_with_a_header_is_read(table):
    """Tabs, commas or semicolons, quotes or none; a name's lines are put together."""
    assert read(table) == (Entry("kite", "kite", "toy", ("kite", "flyer", "wind bird")),)


def test_two_columns_need_no_header():
    """A name and another name, parted by a tab; comments and blank lines are passed over."""
    assert read("! mine\nkite\tflyer\n\nkite\twind bird\nmoss\tgreen\n") == (
        Entry("kite", "kite", "term", ("kite", "flyer", "wind bird")),
        Entry("moss", "moss", "term", ("moss", "green")),
    )


def test_unusable_lines_are_counted_not_fatal():
    """A line without a name, a sentence for a name, a line cut short: the rest is read."""
    table = f"name\tsynonyms\nkite\tflyer\n\tnobody\n{'x' * 301}\ty\n--\t-\nmoss\n"
    entries, notices = read_lexicon("mine.tsv", table.encode())
    assert [entry.name for entry in entries] == ["kite", "moss"]
    assert notices == ("3 lines were left out for want of a usable name, the first at line 3.",)


def test_another_encoding_is_remarked():
    """Windows-1252 is read with a notice."""
    entries, notices = read_lexicon("mine.tsv", "kite\tflèche\n".encode("cp1252"))
    assert entries[0].synonyms == ("kite", "flèche")
    assert len(notices) == 1
    assert "Windows-1252" in notices[0]


@pytest.mark.parametrize(
    "data",
    [
        b"Kites climb when the wind is high.\nHerons watch them, quietly.\n",
        b"a\tb\tc\n1\t2\t3\n",
        b"name\tcolour\tsize\nkite\tred\t3\n",
        b"one,two\nthree,four\n",
        b"name\tsynonyms\n\t\n",
        b"[Term]\nid: CL:1\n",
        b'{"kite": ["flyer"]}',
        b'name,synonyms\n"kite,' + b"x" * 200_000,
    ],
)
def test_what_is_no_table_says_what_was_expected(data):
    """The message names the file and the formats that are read."""
    with pytest.raises(UnreadableFile, match=r"^mine\.txt: .*HGNC.*OBO.*`name`.*`synonyms`.*tab"):
        read_lexicon("mine.txt", data)


@pytest.mark.parametrize(
    "data", [b"", b"  \n", b"%PDF-1.7", b"\x00\x01", b"\x1f\x8b\x08cut", gzip.compress(b"a\tb\n", mtime=0)[:-6]]
)
def test_what_is_no_text_is_refused(data):
    """Empty, binary and broken files are the user's to mend."""
    with pytest.raises(UnreadableFile):
        read_lexicon("mine.tsv", data)


def test_a_gzipped_bomb_is_refused(monkeypatch):
    """What unzips beyond the limit is not read to its end."""
    monkeypatch.setattr("index.lexicon_files.MAX_BYTES", 10)
    with pytest.raises(UnreadableFile, match="smaller"):
        read_lexicon("mine.tsv.gz", gzip.compress(b"kite\tflyer\n" * 10))


@pytest.mark.parametrize(
    ("file", "count", "some"),
    [
        ("hgnc_protein_coding.tsv.gz", 19_290, ("HGNC:11827", "TJP1", "gene", "ZO-1")),
        ("hgnc_microrna.tsv", 1_912, ("miR-9-1", "miR-9-1", "mirna", "MIRN9-1")),
        ("DO_cancer_slim.tsv", 729, ("DOID:684", "hepatocellular carcinoma", "disease", "Hepatoma")),
        ("mirbase_v20_human_mature.tsv", 2_578, ("miR-24-1-5p", "miR-24-1-5p", "mirna", "hsa-miR-189")),
    ],
)
def test_the_real_tables_are_read_whole(shared: Path, file, count, some):
    """Every line of the four real tables is an entry, and nothing is left out."""
    entries, notices = read_lexicon(file, (shared / "lexicons" / file).read_bytes())
    assert (len(entries), notices) == (count, ())
    entry = next(entry for entry in entries if entry.concept == some[0])
    assert (entry.name, entry.type) == some[1:3]
    assert some[3] in entry.synonyms
