from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from index.abbreviations import find_abbreviations
from index.concepts import Abbreviations
from index.lexicon import Entry, Lexicon
from index.tokens import words
from index.vocabulary import Group, Vocabulary

LIVER = Entry("DOID:684", "hepatocellular carcinoma", "disease", ("hepatocellular carcinoma", "hepatoma"))
KRAS = Entry("HGNC:6407", "KRAS", "gene", ("KRAS", "KRAS2"))
STAR = Entry("miR-9-3p", "miR-9-3p", "mirna", ("miR-9-3p", "hsa-miR-9*"))
DEFINED = {
    "gulls": find_abbreviations("Gulls fear hepatocellular carcinoma (HCC) and a long red kite (LRK)."),
    "terns": find_abbreviations("Terns like little round krill (LRK)."),
}
VOCABULARY = Vocabulary(Abbreviations.of(DEFINED), Lexicon.of((LIVER, KRAS, STAR)))
HCC = "con:hepatocellular carcinoma"


def concepts(text: str, document_id: str) -> list[str]:
    """The words of a record beyond its index words."""
    found = VOCABULARY.record_words(text, document_id)
    assert found[: len(words(text))] == words(text)
    return found[len(words(text)) :]


def test_a_record_holds_one_word_for_each_concept_however_it_is_named():
    """By its short form, in full, or twice; a name that the lexicon knows too holds that word as well."""
    for text in ("HCC grows", "Hepatocellular carcinomas grow", "HCC, hepatocellular carcinoma, HCC"):
        assert concepts(text, "gulls") == [HCC, "lex:DOID:684"]
    assert concepts("a hepatoma and KRAS2 grow", "gulls") == ["lex:DOID:684", "lex:HGNC:6407"]
    assert concepts("nothing grows", "gulls") == []


def test_a_short_form_is_read_as_its_own_document_defines_it():
    """Two documents mean two things by it; a third, which does not say, means neither."""
    assert concepts("LRK flies", "gulls") == ["con:long red kite"]
    assert concepts("LRK swims", "terns") == ["con:little round krill"]
    assert concepts("LRK sleeps", "auks") == []
    assert VOCABULARY.asked("LRK sleeps").groups == ()


def test_what_a_document_abbreviates_is_no_symbol_of_the_lexicon():
    """KRAS is a gene, but not where the document says that it is the king of the reed warblers."""
    defined = {"warblers": find_abbreviations("The king of reeds and streams (KRAS) sings.")}
    vocabulary = Vocabulary(Abbreviations.of(defined), Lexicon.of([KRAS]))
    assert vocabulary.record_words("we heard KRAS", "auks")[-1] == "lex:HGNC:6407"
    assert vocabulary.record_words("we heard KRAS", "warblers")[-1] == "con:king of reed and stream"
    assert vocabulary.asked("who heard KRAS").groups[0].concepts == ("con:king of reed and stream",)


def test_a_question_is_taken_apart_into_its_names_and_the_rest():
    """Each name has its characters, its own index words, and the words of all that it names."""
    question = "does HCC grow where KRAS2 is"
    asked = VOCABULARY.asked(question)
    assert asked.rest == ("grow",)
    assert asked.groups == (
        Group(5, 8, tuple(words("HCC")), (HCC, "lex:DOID:684")),
        Group(20, 25, ("kras2",), ("lex:HGNC:6407",)),
    )


def test_of_names_that_overlap_the_longer_counts():
    """The lexicon's carcinoma within the document's abbreviated one is passed over."""
    lexicon = Lexicon.of([Entry("D:1", "carcinoma", "disease", ("carcinoma",))])
    asked = Vocabulary(Abbreviations.of(DEFINED), lexicon).asked("hepatocellular carcinoma and another carcinoma")
    assert [group.concepts for group in asked.groups] == [(HCC,), ("lex:D:1",)]


def test_a_word_is_known_by_the_concepts_it_names():
    """A molecule's word stands for its other names too; any other word for itself."""
    asked = VOCABULARY.asked("what does miR-9* do")
    assert asked.naming("mir:mir-9") == ("mir:mir-9", "lex:miR-9-3p")
    assert asked.naming("mir:mir-90") == ("mir:mir-90",)


def test_an_empty_vocabulary_adds_nothing():
    """Words and questions are what they would be without it."""
    text = "HCC and KRAS2 in hepatomas"
    assert Vocabulary().record_words(text, "gulls") == words(text)
    assert Vocabulary().asked(text).groups == ()
    assert Counter(Vocabulary().asked(text).rest) == Counter(words(text))


@given(st.lists(st.sampled_from(["HCC", "hepatoma", "KRAS2", "miR-9*", "TGF-β", "LRK/HCC", "and", "growth,", "liver"])))
def test_no_word_of_a_question_is_lost_or_told_twice(pieces: list[str]):
    """The rest and the names' words are its index words; the names follow one another."""
    question = " ".join(pieces)
    asked = VOCABULARY.asked(question)
    found = Counter(asked.rest)
    for group in asked.groups:
        found += Counter(group.surface)
    assert found == Counter(words(question))
    ends = [0, *(group.end for group in asked.groups)]
    assert all(end <= group.start < group.end for end, group in zip(ends, asked.groups, strict=False))
