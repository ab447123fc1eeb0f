"""Plain text, made up and real."""

import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.readers.text import read_text
from tests.corpus.drafts import check, of, shape

OPENING = "Engines of the sea\n\nAda Lovelace¹, Mary Somerville²\n\n¹Department of Engines, University of Kars\n\n"


def read(text):
    draft = read_text("a.txt", text.encode())
    check(draft)
    return draft


def test_title_authors_and_addresses_open_a_paper():
    """The kind of article comes before the title; marks leave the names."""
    draft = read("Review\n\n" + OPENING + "ABSTRACT\n\nShips sail on water.\n")
    assert draft.title == "Engines of the sea"
    assert draft.authors == ("Ada Lovelace", "Mary Somerville")
    assert shape(draft) == [
        ("front", "Review"),
        ("title", "Engines of the sea"),
        ("front", "Ada Lovelace, Mary Somerville"),
        ("front", "¹Department of Engines, University of Kars"),
        ("heading1", "ABSTRACT"),
        ("paragraph", "Ships sail on water."),
    ]


def test_title_and_authors_without_a_blank_line_between():
    """A line of names under the title is told from the title."""
    draft = read("Engines of\nthe sea\nAda Lovelace, Mary Somerville\nIzmir, Turkey\n\nShips sail on water.\n")
    assert draft.title == "Engines of the sea"
    assert draft.authors == ("Ada Lovelace", "Mary Somerville")
    assert of(draft, "paragraph") == ["Ships sail on water."]


def test_a_text_without_a_title_is_named_after_its_file():
    """A sentence is no title, and one paragraph alone is text."""
    assert read("Ships sail on water.\n\nThey float.").title == "a.txt"
    assert shape(read("Ships sail")) == [("paragraph", "Ships sail")]


def test_headings_in_capitals_are_level_1_and_in_title_case_level_2():
    """A name in small letters does not spoil capitals; a numbered heading is as deep as its number."""
    text = (
        "Engines\n\nTHE ROLE OF miRNAs IN SHIPS\n\nSails and masts\n\nA sail pulls.\n\n2.1.3 Deep Keels\n\n"
        "A keel holds.\n"
    )
    assert shape(read(text)) == [
        ("title", "Engines"),
        ("heading1", "THE ROLE OF miRNAs IN SHIPS"),
        ("heading2", "Sails and masts"),
        ("paragraph", "A sail pulls."),
        ("heading3", "2.1.3 Deep Keels"),
        ("paragraph", "A keel holds."),
    ]


def test_half_a_sentence_is_no_heading():
    """A short line without a full stop goes on in the next paragraph when that begins in lower case."""
    draft = read("Engines\n\nA sail pulls.\n\nShips are made of wood and\n\niron in Kars.\n")
    assert of(draft, "paragraph") == ["A sail pulls.", "Ships are made of wood and iron in Kars."]
    assert of(draft, "heading") == []


def test_many_short_lines_in_a_row_are_no_headings():
    """A list of names without bullets is text."""
    draft = read("Engines\n\nKars\n\nIzmir\n\nAnkara\n\nBursa\n\nShips sail on water.\n")
    assert of(draft, "heading") == []
    assert of(draft, "paragraph") == ["Kars", "Izmir", "Ankara", "Bursa", "Ships sail on water."]


def test_front_matter_in_the_middle_of_a_sentence_goes_behind_it():
    """Dates, licence, the correspondence block and the paper's citation break no paragraph."""
    draft = read(
        OPENING + "INTRODUCTION\n\nShips sail on the sea and use their en-\n\nReceived: May 1, 2020\n\n"
        "OPEN ACCESS This work is licensed under a licence.\n\nM.Sc. Ada LOVELACE\n\nA Street,\nKars\n"
        "E-mail: ada@kars.edu\n\n"
        "Cite this article as:\n\nLovelace A. Engines of the sea. J Sea Sci 2021;3:1-9. doi: 10.1000/sea.1.\n\n"
        "gines by day.[1] The engines rest.\n\nNight falls.\n"
    )
    assert of(draft, "paragraph") == [
        "Ships sail on the sea and use their engines by day.[1] The engines rest.",
        "Night falls.",
    ]
    assert len(of(draft, "front")) == 2 + 6
    assert (draft.year, draft.doi, draft.journal) == (2021, "10.1000/sea.1", "J Sea Sci")


def test_running_heads_and_page_numbers_go_where_pages_end():
    """With form feeds the repeated first and last lines are dropped, blocks have pages, and sentences go on."""
    pages = [f"J Sea Sci 2021;3\n\n{body}\n\n{number}" for number, body in
             ((11, "Engines\n\nShips sail on the"), (12, "wide sea. They float."), (13, "Night falls."))]  # fmt: skip
    draft = read("\f".join(pages))
    assert shape(draft) == [
        ("title", "Engines"),
        ("paragraph", "Ships sail on the wide sea. They float."),
        ("paragraph", "Night falls."),
    ]
    assert [block.page for block in draft.blocks] == [1, 1, 3]
    assert (draft.year, draft.journal) == (2021, "J Sea Sci")


def test_running_heads_without_form_feeds_are_lines_that_break_a_sentence():
    """A line standing alone three times, once within a sentence, is dropped everywhere; a repeated heading is not."""
    text = (
        "Engines\n\nAll the ships of Kars sail on the\n\nLovelace. Engines 12\n\nwide sea.\n\nResults\n\n"
        "They float.\n\n"
        "Lovelace. Engines 14\n\nResults\n\nThey sink.\n\nLovelace. Engines 16\n\nResults\n\nNight falls.\n"
    )
    draft = read(text)
    assert of(draft, "paragraph") == [
        "All the ships of Kars sail on the wide sea.",
        "They float.",
        "They sink.",
        "Night falls.",
    ]
    assert of(draft, "heading") == ["Results"] * 3


def test_a_table_over_two_pages_is_one_table():
    """Label and repeated header go, empty leading cells and ragged rows stay, the sentence is whole."""
    draft = read(
        "Engines\n\nShips have masts, and these are many;\n\nTable 2 Masts of ships\n\nShip\tMast\tRefs\n"
        "Ark\toak\t[1]\n"
        "\tpine\t[2]\nArgo\tash\n\nTable 2 Cont.\n\nShip\tMast\tRefs\n\t\t[3]\nno cells here\nNina\tfir\t[4]\n\n"
        "AR: an ark; ARG: a ship; NI: a girl.\n\nhowever, some have none.\n"
    )
    assert shape(draft) == [
        ("title", "Engines"),
        ("paragraph", "Ships have masts, and these are many; however, some have none."),
        ("caption", "Table 2 Masts of ships"),
        ("header", "Ship\tMast\tRefs"),
        ("row", "Ark\toak\t[1]"),
        ("row", "\tpine\t[2]"),
        ("row", "Argo\tash"),
        ("row", "\t\t[3]"),
        ("row", "no cells here"),
        ("row", "Nina\tfir\t[4]"),
        ("footnote", "AR: an ark; ARG: a ship; NI: a girl."),
    ]
    assert {block.table for block in draft.blocks[2:]} == {1}
    assert "Ship\tMast\tRefs\nArk\toak\t[1]\n\tpine" in draft.text


def test_two_tables_are_two():
    """A second caption begins a second table; a table needs no caption, and its notes may stand below its last row."""
    draft = read("Engines\n\nA\tB\n1\t2\n* a note\n\nTable 1. Sails\nC\tD\n3\t4\n\nNight falls.\n")
    assert [(b.kind, b.table) for b in draft.blocks[1:]] == [
        ("header", 1),
        ("row", 1),
        ("footnote", 1),
        ("caption", 2),
        ("header", 2),
        ("row", 2),
        ("paragraph", None),
    ]


def test_the_empty_first_cell_of_a_row_is_kept():
    """Whatever stands before the table: a whole sentence, or half of one."""
    table = "Table 1. Kites\n\nKite\tTail\tAge\nred\tlong\tnew\n\tshort\told\n"
    for before in ("Kites fly.", "Kites fly over"):
        text = f"Kites\n\nIntroduction\n\n{before}\n\n{table}\nthe bay, as they did.\n"
        assert "red\tlong\tnew\n\tshort\told\n" in read_text("kites.txt", text.encode()).text


def test_indented_lines_are_no_table():
    """Tabs that only lead lines, and tabs after bullets, mark no columns."""
    assert of(read("Engines\n\n\tShips sail on\n\twater by day.\n\nNight falls."), "row", "header") == []
    assert of(read("Engines\n\n1.\tOak\n2.\tPine\n\nNight falls."), "item") == ["1. Oak", "2. Pine"]


def test_list_items_stay_items():
    """Bullets go, numbers stay, wrapped lines go on in their item."""
    draft = read(
        "Engines\n\nMasts are of:\n\n1. oak (e.g. Ark).[1]\n2. pine\n   from Kars\n\n• ash\n• fir\n\nNight falls.\n"
    )
    assert of(draft, "item") == ["1. oak (e.g. Ark).[1]", "2. pine from Kars", "ash", "fir"]


def test_wrapped_lines_become_one_paragraph_and_long_lines_several():
    """In text wrapped by hand a short last line ends a paragraph."""
    wrapped = (
        "Engines\n\nShips sail on the wide sea by day and rest in har-\n"
        "bours at night. Harbours are many\nin Kars.\nAll of the ships float on the water as long as it lasts.\n"
    )
    assert of(read(wrapped), "paragraph") == [
        "Ships sail on the wide sea by day and rest in harbours at night. Harbours are many in Kars.",
        "All of the ships float on the water as long as it lasts.",
    ]
    line = "Ships sail on the sea, " * 10 + "and float."
    assert of(read(f"Engines\n\n{line}\n{line}\n"), "paragraph") == [line, line]


def test_back_matter_is_not_evidence():
    """Run-in labels and sections alike; the section ends where another begins."""
    draft = read(
        "Engines\n\nCONCLUSION\n\nShips float.\n\nFunding: None at all.\n\nUse of AI for Writing Assistance: None.\n\n"
        "ACKNOWLEDGEMENTS\n\nWe thank the sea.\n\nWe thank Kars.\n\nAPPENDIX ON MASTS\n\nMasts are tall.\n"
    )
    assert of(draft, "back") == [
        "Funding: None at all.",
        "Use of AI for Writing Assistance: None.",
        "We thank the sea.",
        "We thank Kars.",
    ]
    assert of(draft, "paragraph") == ["Ships float.", "Masts are tall."]


def test_references_are_cut_by_their_numbers():
    """Blank lines, bullets and years at line begins part no entry; a missing blank line joins none."""
    draft = read(
        "Engines\n\nShips float.[1]\n\nREFERENCES\n\n1. Lovelace A. On masts. J Sea 2020;1:2.\n"
        "2. Berg J, Ok K. On sails in\n\n"
        "- in Kars. J Sea\n2021. p. 3.\n\n 3. Ek B. On 12. keels. J Sea 2022;\n4:5. doi: 10.1/k.\n\n"
        "Funding: None.\n\nMore text.\n"
    )
    assert of(draft, "reference") == [
        "1. Lovelace A. On masts. J Sea 2020;1:2.",
        "2. Berg J, Ok K. On sails in in Kars. J Sea 2021. p. 3.",
        "3. Ek B. On 12. keels. J Sea 2022; 4:5. doi: 10.1/k.",
    ]
    assert of(draft, "back") == ["Funding: None."]
    assert of(draft, "paragraph")[-1] == "More text."


def test_a_number_may_stand_on_a_line_of_its_own():
    """In brackets, the entry below it."""
    draft = read(
        "Engines\n\nShips float.[1]\n\nREFERENCES\n\n[1]\nEk B. Masts. J 2020;1:2.\n[2]\nOk K. Keels. J 2021;1:3.\n"
    )
    assert of(draft, "reference") == ["[1] Ek B. Masts. J 2020;1:2.", "[2] Ok K. Keels. J 2021;1:3."]


def test_a_list_without_numbers_is_cut_by_paragraphs():
    """One entry a paragraph, each with its year."""
    draft = read(
        "Engines\n\nShips float.\n\nReferences\n\nBerg J (2020) Masts.\n J Sea 1:2.\n\nEk B (2021) Keels. J Sea 1:3.\n"
    )
    assert of(draft, "reference") == ["Berg J (2020) Masts. J Sea 1:2.", "Ek B (2021) Keels. J Sea 1:3."]


def test_a_file_of_furniture_alone_is_refused():
    """Nothing is left to cite."""
    with pytest.raises(UnreadableFile, match="no text"):
        read_text("a.txt", b"Page 1 of 2\n\n\nPage 2 of 2\n")


PIECES = st.sampled_from(
    ["Ships sail", "on the sea.", "HEADING IN CAPS", "Title Case", "1. item", "- ", "• x", "a\tb\tc", "\t\tz", "\t",
    "Table 1. T",
     "Table 1 Cont.", "REFERENCES", "1. Berg J. 2020.", "2. Ek B. 2021", "[3] x", "Received: May 1, 2020",
     "E-mail: a@b.cd",
     "Cite this article as:", "Ada Lovelace¹, Mary Berg²", "Funding: none", "FUNDING", "-", "in-", "\f", "12", "β",
     " β ", "α v β 3",
     "^[1,2]", "^{3}", "*x*", "<i>", "EMT: a; TGF: b;", "\u0301", "\u00a0", "\u3000", "\x85", "\u200b", "é",
     "Summary", "Figure 1. x"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(PIECES | st.text(max_size=8), st.sampled_from([" ", "\n", "\n\n", ""])), max_size=30))
def test_any_text_gives_a_true_draft_or_a_clear_refusal(pieces):
    """Spans tile the text whatever comes in."""
    text = "".join(piece + gap for piece, gap in pieces)
    try:
        draft = read_text("a.txt", text.encode("utf-8", "surrogatepass"))
    except UnreadableFile:
        return
    check(draft)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_give_a_true_draft_or_a_clear_refusal(data):
    """No other error escapes."""
    try:
        draft = read_text("a.txt", data)
    except UnreadableFile:
        return
    check(draft)


def letters(text):
    """How often each letter and digit stands in a text, raised and lowered ones as plain."""
    return Counter(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


@pytest.fixture(scope="module", params=["tahan", "camci"])
def review(request, reviews):
    path = reviews[request.param]
    return request.param, path.read_text(encoding="utf-8"), read_text(path.name, path.read_bytes())


def test_reviews_keep_every_letter(review):
    """Of all letters and digits only furniture is missing: repeated headers, marks of authors, HTML tags."""
    name, raw, draft = review
    check(draft)
    missing = letters(raw) - letters(draft.text)
    assert not letters(draft.text) - letters(raw)
    header = next(iter(of(draft, "header")), "")
    gone = {
        "tahan": letters(("Table 1 Cont." + header) * 3 + "1213ii"),
        "camci": letters("1112"),
    }
    assert missing == gone[name]


def test_reviews_metadata(review):
    """Title, authors, year, DOI and journal as the papers state them."""
    name, _, draft = review
    if name == "tahan":
        assert draft.title.startswith("The Role of Exosomal MicroRNAs in Cancer Metastasis")
        assert draft.authors == ("Rana TAHAN", "Hülya YAZICI")
        assert (draft.year, draft.doi, draft.journal) == (2025, None, None)
    else:
        assert draft.title.startswith("Exosomes in cancer progression")
        assert draft.authors == ("Irem Yalim Camci", "Arzu Aysan", "Nursah Ersezen", "Iremnur Caglayan")
        assert (draft.year, draft.doi, draft.journal) == (2025, "10.5606/fng.btd.2025.199", "D J Med Sci")


def test_reviews_parts(review):
    """Entries, rows, headings and back matter counted by hand; every paragraph is a whole one."""
    name, _, draft = review
    counts = Counter(block.kind for block in draft.blocks)
    expected = {
        "tahan": {
            "reference": 108,
            "row": 59,
            "header": 1,
            "caption": 1,
            "footnote": 1,
            "heading": 17,
            "back": 5,
            "paragraph": 30,
        },
        "camci": {"reference": 65, "item": 3, "heading": 21, "back": 4, "paragraph": 41},
    }[name]
    assert {kind: counts[kind] for kind in expected} == expected
    assert [int(text.split(".")[0]) for text in of(draft, "reference")] == list(range(1, expected["reference"] + 1))
    for text in of(draft, "paragraph", "item"):
        assert text[0].isupper() or text[0].isdigit()
        assert text[-1] in ".:]"
    assert "@" not in "".join(of(draft, "paragraph"))


def test_reviews_rows_are_the_printed_lines(review):
    """Each data line of the printed table is one row, its tabs kept; the header is no row."""
    name, raw, draft = review
    printed = [line for line in raw.split("\n") if "\t" in line and not line.startswith("Exosomal microRNAs\t")]
    rows = of(draft, "row")
    assert len(rows) == len(printed) == (59 if name == "tahan" else 0)
    assert [row.count("\t") for row in rows] == [line.count("\t") for line in printed]
    assert [letters(row) for row in rows] == [letters(line.replace("<i>", "").replace("</i>", "")) for line in printed]


def test_reviews_sentences_are_whole(review):
    """Halves parted by pages, dates and the table stand together, and Greek letters in their names."""
    name, _, draft = review
    whole = {
        "tahan": ["activities including embryonic", "linked to the onset", "60% of all human", "responses; however",
        "C/EBPβ",
                  "β1-integrin-NF-κB", "factor-1 (HIF-1α)", "[48] demonstrated", "IFNγ, and", "HIFα initiates"],
        "camci": ["exosomes transfer TGF-β, inducing", "c-Src/TGF-β1 signaling", "(αvβ3, α6β4)", "p85α in",
        "thereby augmenting",
                  "αvβ5 directs", "Wnt/β-catenin", "HIF-1α-enriched", "pathway in macrophages"],
    }[name]  # fmt: skip
    assert [piece for piece in whole if piece not in draft.text] == []
    assert not [text for text in of(draft, "paragraph", "item", "row", "footnote") if " β" in text and "- β" in text]
