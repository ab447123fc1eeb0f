from __future__ import annotations

from corpus.assemble import read_document
from corpus.describing import described
from corpus.metadata import Facts
from corpus.records import Reading

SAID = Facts("Lanterns, a review of the literature", ("Ada Ito", "Bela Cruz"), 2020, "10.1/a", "Quay Letters")
JATS = b"""<article><front><article-meta><title-group><article-title>Gulls</article-title></title-group>
<pub-date pub-type="ppub"><year>2019</year></pub-date></article-meta></front><body><p>Gulls turn twice.</p></body>
</article>"""


def read(name: str, data: bytes) -> Reading:
    return read_document(name, data, document_id="a", source=f"/p/{name}")


def facts(reading: Reading) -> tuple[object, ...]:
    document = reading.document
    return document.title, document.authors, document.year, document.doi, document.journal, document.review


def test_an_entry_counts_more_than_what_was_guessed():
    """Only of what it does not say is the guess kept."""
    guessed = read("a.md", b"# Gulls\n\nKim Marsh, Lee Reef\n\nPublished: 2019\n\n## Light\n\nGulls turn twice.\n")
    assert facts(described(guessed, SAID)) == (SAID.title, SAID.authors, 2020, "10.1/a", "Quay Letters", True)
    assert facts(described(guessed, Facts("Lanterns"))) == ("Lanterns", *facts(guessed)[1:])


def test_an_entry_counts_less_than_what_the_format_states():
    """It adds what the file leaves out."""
    said = described(read("a.xml", JATS), SAID)
    assert facts(said) == ("Gulls", SAID.authors, 2019, "10.1/a", "Quay Letters", False)


def test_without_its_entry_a_document_is_what_its_file_says():
    for name, data in (("a.xml", JATS), ("a.md", b"# Gulls\n\nGulls turn twice."), ("a.txt", b"Gulls turn twice.")):
        plain = read(name, data)
        assert described(described(plain, SAID), None) == plain
        assert described(described(plain, SAID, companion=True), None) == plain


def test_a_companion_has_the_name_of_its_file_in_its_title():
    assert described(read("s1.csv", b"Boat,Lamp\nAlba,red\n"), SAID, companion=True).document.title == (
        "Lanterns, a review of the literature (s1.csv)"
    )


def test_nothing_but_the_metadata_changes():
    """No text, no record."""
    plain = read("a.xml", JATS)
    said = described(plain, SAID)
    assert (said.document.text, said.records, said.references) == (plain.document.text, plain.records, plain.references)
