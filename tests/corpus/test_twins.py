from __future__ import annotations

import random
from dataclasses import replace

import pytest

from corpus.assemble import read_document
from corpus.describing import described, known_as
from corpus.metadata import Facts
from corpus.records import Reading
from corpus.twins import SIGNS, Likeness, kinship, sameness, sketch
from tests.corpus.drafts import check_reading

WORDS = "lantern quay gull tide keeper boat wall shore lamp rope anchor sail harbour pilot buoy reef swell"


def sentences(seed: int, count: int, *, pattern: bool = False) -> str:
    """A text of `count` sentences of 18 words and two numbers; of one pattern, only its numbers depend on the seed."""
    chosen = random.Random(0 if pattern else seed)  # noqa: S311 (words of a text are no secret)
    told = []
    for place in range(count):
        words = chosen.choices(WORDS.split(), k=18)
        told.append(f"The {' '.join(words)} of {seed * 1000 + place * 3} in {seed * 777 + place * 11}.")
    return " ".join(told)


def paper(body: str, *, title: str = "Lanterns over the harbour wall", name: str = "a.md", **facts: object) -> Reading:
    """A Markdown paper of this body, with this metadata."""
    text = f"# {title}\n\n## Light\n\n{body}\n"
    reading = read_document(name, text.encode(), document_id="a", source=f"/p/{name}")
    return replace(reading, document=replace(reading.document, **facts))


def test_equal_dois_make_one_paper():
    one, other = (paper(sentences(1, 3), title=title, doi="10.1/a") for title in ("Lanterns", "Ferries"))
    assert kinship(one, other) == "same"
    assert sameness(one, other) == "DOI 10.1/a"


def test_equal_dois_on_texts_that_have_nothing_in_common_may_be_one_paper():
    """One of them is perhaps a supplement; nothing is to be lost."""
    assert kinship(paper(sentences(1, 9), doi="10.1/a"), paper(sentences(2, 9), doi="10.1/a")) == "perhaps"


def test_different_dois_make_two_papers_unless_the_text_is_the_same():
    one = paper(sentences(1, 9), title="Lanterns", doi="10.1/a")
    assert kinship(one, paper(sentences(2, 9), title="Ferries", doi="10.1/b")) is None
    assert kinship(one, paper(sentences(1, 9), title="Ferries", doi="10.1/b")) == "perhaps"


def test_different_dois_under_one_title_may_be_a_preprint_and_its_paper():
    """However much was written anew; by another author it is another paper."""
    one, other = (paper(sentences(seed, 9), doi=f"10.1/{seed}", authors=("Ada Ito",), year=2020) for seed in (1, 2))
    assert kinship(one, other) == "perhaps"
    by_another = replace(other, document=replace(other.document, authors=("Kim Marsh",)))
    assert kinship(one, by_another) is None


def test_a_title_tells_a_paper_with_its_first_author_or_year():
    """However either is printed; a short title may be anybody's."""
    one = paper("Short.", authors=("Ada Itô", "B. Cruz"), year=2020)
    assert kinship(one, paper("Other.", authors=("A. Ito",), title="LANTERNS over the Harbour-Wall.")) == "same"
    assert kinship(one, paper("Other.", year=2021)) == "same"
    assert kinship(one, paper("Other.", year=2022)) is None
    assert kinship(one, paper("Other.", authors=("Kim Marsh",), year=2020)) is None
    assert kinship(one, paper("Other.")) is None
    assert kinship(replace(one), paper("Other.", title="Introduction", authors=("Ada Ito",))) is None


@pytest.mark.parametrize(
    "title",
    [
        "Correction: Lanterns over the harbour wall",
        "Corrigendum to: Lanterns",
        "Comment on Lanterns",
        "Supplementary data",
    ],
)
def test_what_is_about_a_paper_is_not_the_paper(title: str):
    """Under its DOI, and with its very words."""
    assert kinship(paper(sentences(1, 9), doi="10.1/a"), paper(sentences(1, 9), title=title, doi="10.1/a")) is None


def test_a_file_that_is_named_a_supplement_is_not_the_paper():
    one = paper(sentences(1, 9), doi="10.1/a")
    for name in ("ito2020_suppl.md", "Supporting Information.md", "mmc1.md"):
        assert kinship(one, paper(sentences(1, 9), name=name, doi="10.1/a")) is None


def test_a_companion_is_not_the_paper():
    said = Facts("Lanterns over the harbour wall", ("Ada Ito",), 2020, "10.1/a")
    beside = described(paper(sentences(1, 9), name="b.md"), said, companion=True)
    assert kinship(described(paper(sentences(1, 9)), said), beside) is None


def test_one_text_with_other_markers_and_running_heads_is_one_paper():
    """Without a title or a DOI that says so."""
    body = sentences(1, 40)
    printed = body.replace("gull", "gull [3]").replace(" reef", " reef 12") + " Quay Letters 2020;4:1-9."
    assert kinship(paper(body, title="a.pdf"), paper(printed, title="b.pdf")) == "same"


def test_one_text_under_two_titles_may_be_two_papers():
    """Papers after one pattern differ in what they are about, and their titles say it."""
    body = sentences(1, 40)
    one = paper(body, title="Lamps over the gastric harbours")
    other = paper(body.replace("gull", "tern"), title="Lamps over the hepatic harbours")
    assert Likeness.of(one.passages, other.passages).alike
    assert kinship(one, other) == "perhaps"


def test_papers_of_one_group_are_two():
    """With one methods section, a quarter of each."""
    methods = sentences(9, 10)
    one, other = (paper(f"{sentences(seed, 30)} {methods}", title=f"Part {seed}") for seed in (1, 2))
    assert kinship(one, other) is None


def test_papers_after_one_pattern_are_two():
    """The same words all through; their numbers are other numbers."""
    one, other = (paper(sentences(seed, 40, pattern=True), title=f"Part {seed}") for seed in (1, 2))
    likeness = Likeness.of(one.passages, other.passages)
    assert likeness.numbers < 0.1
    assert kinship(one, other) is None


def test_a_chapter_is_not_the_book():
    """Though every word of it stands there."""
    chapter = sentences(1, 20)
    assert kinship(paper(chapter, title="A"), paper(f"{chapter} {sentences(2, 40)}", title="B")) is None


def test_an_excerpt_under_the_doi_of_the_paper_is_the_paper():
    whole = paper(f"{sentences(1, 20)} {sentences(2, 60)}", title="Lanterns", doi="10.1/a")
    excerpt = paper(sentences(1, 20), title="Abstract", name="b.md", doi="10.1/a")
    excerpt = replace(excerpt, document=replace(excerpt.document, file="b.xml"))
    assert kinship(whole, excerpt) == "same"


def test_a_sketch_is_of_the_text_alone():
    """At most 64 signs, the same wherever the text stands."""
    one, other = paper(sentences(1, 40)), paper(sentences(1, 40), name="b.txt", title="Other")
    assert sketch(one.passages) == tuple(sorted(sketch(other.passages)))
    assert len(sketch(one.passages)) == SIGNS
    assert sketch(()) == ()


def test_a_reading_under_another_id_is_the_same_reading():
    one = paper(f"{sentences(1, 3)}\n\n| Boat | Lamp |\n| --- | --- |\n| Alba | red |")
    other = known_as(one, "b")
    check_reading(other)
    assert {record.id.partition(":")[0] for record in other.records} == {"b"}
    assert known_as(other, "a") == one
