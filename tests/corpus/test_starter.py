from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.starter import starter_documents

MIRNAS = "exosomal-mirnas-in-metastasis-digest.md"
PROGRESSION = "exosomes-in-cancer-progression-digest.md"
REVIEW_OF = {
    MIRNAS: "tahan-2025-exosomal-mirnas-metastasis.txt",
    PROGRESSION: "camci-2025-exosomes-cancer-progression.txt",
}

# headings of what is said about the digest and its references: shown, but no evidence
REMARKS = ("About this digest", "Notes")

TITLES_WITHOUT_MIRNA = {
    41: "CAFs secreted exosomes",
    53: "MicroRNA modified tumor-derived exosomes",
    58: "fibroblasts release exosomal microRNAs",
    66: "MicroRNAs bind to toll-like receptors",
    68: "derived small extracellular vesicles",
    81: "Breast cancer exosomes contribute",
    87: "microRNA in peritoneal fluid",
    89: "non invasive miRNA biomarker candidates",
    90: "Plasma exosomal miRNA Levels after radiotherapy",
    94: "Hypoxic BMSC derived exosomal miRNAs",
    97: "M2 macrophage secreted exosomes",
    98: "Circulating plasma exosomal miRNA profiles",
    102: "Exosome-encapsulated miRNAs contribute",
}

MARKER = re.compile(r"\[(\d+(?:[,-]\d+)*)\]")
MIRNA_NUMBER = re.compile(r"(?:miR|microRNA|miRNA|let)[- ]?(\d+[a-z]?)\b", re.IGNORECASE)


def text_of(name: str) -> str:
    return dict(starter_documents())[name].decode("utf-8")


def halves(name: str) -> tuple[str, str]:
    body, references = text_of(name).split("\n## References\n")
    return body, references


def entries(name: str) -> dict[int, str]:
    listed = re.findall(r"^(\d+)\. (.+)$", halves(name)[1], flags=re.MULTILINE)
    return {int(number): entry for number, entry in listed}


def prose(name: str) -> list[tuple[str, str]]:
    """The paragraphs of running text, each with the heading of level 2 above it; no front matter, no table."""
    found, heading = [], ""
    for part in halves(name)[0].split("\n\n"):
        if part.startswith("## "):
            heading = part.removeprefix("## ")
        elif not part.lstrip().startswith(("---", "#", "|", "Table ")):
            found.append((heading, part))
    return found


def sentences(name: str, *, remarks: bool = False) -> list[str]:
    """The sentences of the facts, or those of the remarks."""
    parts = [part for heading, part in prose(name) if (heading in REMARKS) is remarks]
    return [sentence for part in parts for sentence in re.split(r"(?<=[\]a-z)]\.) (?=[A-Z])", part)]


def statements(name: str) -> list[str]:
    return [sentence for sentence in sentences(name) if MARKER.search(sentence)]


def table_rows(name: str) -> list[list[str]]:
    lines = [line for line in halves(name)[0].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def cited(text: str) -> set[int]:
    numbers: set[int] = set()
    for marker in MARKER.findall(text):
        for part in marker.split(","):
            first, _, last = part.partition("-")
            numbers.update(range(int(first), int(last or first) + 1))
    return numbers


def year_of(entry: str) -> str:
    """The year an entry gives before its volume, or at its end for a book."""
    years = re.findall(r"\b((?:19|20)\d\d)(?=;|\.$)", entry)
    return years[0]


def words(text: str) -> list[str]:
    return re.sub(r"[\W_]+", " ", text.casefold()).split()


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    flat = words(text)
    return {tuple(flat[at : at + length]) for at in range(len(flat) - length + 1)}


def parts_of_review(shared: Path, name: str) -> tuple[str, str]:
    text = (shared / "documents" / REVIEW_OF[name]).read_text(encoding="utf-8")
    body, references = text.split("\nREFERENCES\n")
    return body, references


def test_starter_documents_are_the_two_digests_sorted_by_name() -> None:
    """A new library starts from exactly the two digests, in the order of their names."""
    assert [name for name, _ in starter_documents()] == [MIRNAS, PROGRESSION]


@pytest.mark.parametrize(
    ("name", "phrases"),
    [
        (MIRNAS, ["digest", "Rana Tahan and Hülya Yazıcı", "In-depth Guide", "www.onkder.org", "its wording was not"]),
        (PROGRESSION, ["digest", "Irem Yalim Camci", "D J Med Sci", "10.5606/fng.btd.2025.199", "its wording was not"]),
    ],
)
def test_the_first_paragraph_says_of_which_review_it_is_a_digest_and_where_the_original_is(
    name: str, phrases: list[str]
) -> None:
    """A reader meets the review's authors, title and place before any fact taken from it."""
    heading, opening = prose(name)[0]
    assert heading == "About this digest"
    assert [phrase for phrase in phrases if phrase not in opening] == []


@pytest.mark.parametrize("name", [MIRNAS, PROGRESSION])
def test_the_remarks_on_the_digest_stand_right_after_the_title(name: str) -> None:
    """What is said about the document comes before every fact, under a heading of its own."""
    headings = re.findall(r"^#+ .+$", halves(name)[0], flags=re.MULTILINE)
    assert headings[0].startswith("# ")
    assert headings[1] == "## About this digest"


@pytest.mark.parametrize("name", [MIRNAS, PROGRESSION])
def test_no_remark_stands_among_the_facts(name: str) -> None:
    """What is said about the document, its table or its markers stands under the headings for remarks only."""
    telling = re.compile(
        r"\b(?:(?:a|the|this) digest|Exocite|printed|marker leads|review's|the table|Table \d)|review cites\b"
    )
    assert [sentence for sentence in sentences(name) if telling.search(sentence)] == []
    assert len([sentence for sentence in sentences(name, remarks=True) if telling.search(sentence)]) >= 3


@pytest.mark.parametrize("name", [MIRNAS, PROGRESSION])
def test_every_study_is_cited_by_a_fact(name: str) -> None:
    """No study of the list is cited in a remark alone."""
    facts = " ".join([*statements(name), *(row[6] for row in table_rows(name))])
    assert set(entries(name)) - cited(facts) == set()


def test_the_table_needs_no_paragraph_before_its_caption() -> None:
    """The caption follows right after the section's heading."""
    before = halves(MIRNAS)[0].split("\nTable 1. ")[0]
    assert before.rstrip().splitlines()[-1].startswith("## ")


@pytest.mark.parametrize(("name", "count"), [(MIRNAS, 108), (PROGRESSION, 65)])
def test_the_reference_list_is_numbered_without_a_gap(name: str, count: int) -> None:
    """Every entry of the review's list is there, under its own number."""
    listed = re.findall(r"^(\d+)\. ", halves(name)[1], flags=re.MULTILINE)
    assert [int(number) for number in listed] == list(range(1, count + 1))


@pytest.mark.parametrize("name", [MIRNAS, PROGRESSION])
def test_the_reference_list_is_the_reviews_word_for_word(name: str, shared: Path) -> None:
    """Entries carry the review's bibliographic facts whole; only hyphens and emphasis may differ."""
    printed = parts_of_review(shared, name)[1]
    assert words(halves(name)[1]) == words(printed)


def test_there_are_at_least_170_statements_each_with_its_marker() -> None:
    """The two digests make at least 170 statements, remarks not counted, that carry their own citation."""
    assert len(statements(MIRNAS)) >= 95
    assert len(statements(PROGRESSION)) >= 75


@pytest.mark.parametrize("name", [MIRNAS, PROGRESSION])
def test_a_statement_ends_with_its_marker(name: str) -> None:
    """The citation stands before the full stop, so a sentence shown alone still cites its study."""
    assert [sentence for sentence in statements(name) if not re.search(r"\[[\d,-]+\]\.$", sentence)] == []


@pytest.mark.parametrize("name", [MIRNAS, PROGRESSION])
def test_a_statement_needs_no_sentence_before_it(name: str) -> None:
    """No statement opens with a word that points back at another sentence."""
    pointing = ("this ", "these ", "it ", "they ", "similarly", "moreover", "likewise", "in addition", "such ", "that ")
    assert [sentence for sentence in statements(name) if sentence.lower().startswith(pointing)] == []


@pytest.mark.parametrize("name", [MIRNAS, PROGRESSION])
def test_no_statement_is_made_twice(name: str) -> None:
    """Each sentence occurs once, so evidence is not doubled."""
    made = statements(name)
    assert sorted(made) == sorted(set(made))


@pytest.mark.parametrize("name", [MIRNAS, PROGRESSION])
def test_every_marker_names_an_entry_of_the_list(name: str) -> None:
    """No number in brackets is beyond the reference list."""
    assert cited(halves(name)[0]) <= set(entries(name))


def test_the_table_has_at_least_55_whole_rows() -> None:
    """Each row has seven cells and repeats its molecule; a dash, never a blank, marks what is not known."""
    rows = table_rows(MIRNAS)
    assert len(rows) >= 55
    assert [row for row in rows if len(row) != 7 or not all(row) or "–" in (row[0], row[5], row[6])] == []


def test_no_molecule_stands_twice_beside_the_same_study() -> None:
    """A molecule and a study make one row."""
    pairs = [(row[0], row[6]) for row in table_rows(MIRNAS)]
    assert sorted(pairs) == sorted(set(pairs))


def test_each_rows_molecule_is_the_one_its_study_is_about() -> None:
    """The cited title names the row's molecule; titles that name none are listed here one by one."""
    listed = entries(MIRNAS)
    wrong = []
    for row in table_rows(MIRNAS):
        number = int(row[6].strip("[]"))
        in_title = {found.lower() for found in MIRNA_NUMBER.findall(listed[number])}
        own = {found.lower() for found in MIRNA_NUMBER.findall(row[0])}
        if number not in TITLES_WITHOUT_MIRNA and not own <= in_title:
            wrong.append((row[0], listed[number]))
    assert wrong == []


@pytest.mark.parametrize(("number", "phrase"), TITLES_WITHOUT_MIRNA.items())
def test_a_title_excused_from_naming_the_molecule_names_none(number: int, phrase: str) -> None:
    """The list of excused titles holds no title that could contradict its row."""
    entry = entries(MIRNAS)[number]
    assert phrase in entry
    assert MIRNA_NUMBER.findall(entry) == []


def test_each_rows_cancer_is_not_another_than_its_studys_title_says() -> None:
    """Where a cited title names an organ, the row's cancer is of that organ."""
    organs = {
        "breast": "breast",
        "colorectal": "colorectal",
        "colon": "colorectal",
        "gastric": "gastric",
        "hepatocellular": "hepatocellular",
        "liver cancer": "hepatocellular",
        "melanoma": "melanoma",
        "renal": "renal",
        "nasopharyngeal": "nasopharyngeal",
        "lung cancer": "lung",
        "lung adenocarcinoma": "lung adenocarcinoma",
        "esophageal": "esophageal",
        "oral": "oral",
        "head and neck": "head and neck",
        "prostate": "prostate",
        "cervical": "cervical",
        "endometrial": "endometrial",
        "ovarian": "ovarian",
        "glioblastoma": "glioblastoma",
    }
    listed = entries(MIRNAS)
    wrong = []
    for row in table_rows(MIRNAS):
        entry = listed[int(row[6].strip("[]"))].casefold()
        named = {cancer for organ, cancer in organs.items() if re.search(rf"\b{organ}\b", entry)}
        if named and not any(cancer in row[1].casefold() for cancer in named):
            wrong.append((row[1], entry))
    assert wrong == []


def test_each_rows_year_is_that_of_its_study() -> None:
    """The year column repeats the cited entry's year."""
    listed = entries(MIRNAS)
    assert [row for row in table_rows(MIRNAS) if row[5] != year_of(listed[int(row[6].strip("[]"))])] == []


def test_greek_letters_are_kept() -> None:
    """TGF-β and its like are spelled with Greek letters, never in Latin or dropped."""
    text = halves(MIRNAS)[0] + halves(PROGRESSION)[0]
    assert [name for name in ("TGF-β", "β-catenin", "α-SMA", "NF-κB", "HIF-1α", "αvβ5") if name not in text] == []
    assert re.findall(r"\b(?:alpha|beta|kappa)\b|TGFβ|TGF-b\b|\bWnt/-", text, flags=re.IGNORECASE) == []


@pytest.mark.parametrize("name", [MIRNAS, PROGRESSION])
def test_no_twelve_words_in_a_row_are_those_of_a_review(name: str, shared: Path) -> None:
    """Facts are carried over, wording is not: no run of twelve equal words, case and punctuation aside."""
    printed = {run for review in REVIEW_OF for run in runs(parts_of_review(shared, review)[0], 12)}
    assert runs(halves(name)[0], 12) & printed == set()
