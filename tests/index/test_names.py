"""Near names are never equal; spellings of one name always are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.names import find_names

# what is written, and the (name, base) of each molecule in it
SPELLINGS = [
    ("miR-21", "miR-21"),
    ("MiR-21", "miR-21"),
    ("mir-21", "miR-21"),
    ("mir 21", "miR-21"),
    ("mir21", "miR-21"),
    ("MIR21", "miR-21"),
    ("miRNA-21", "miR-21"),
    ("miRNA 21", "miR-21"),
    ("mi-RNA-21", "miR-21"),
    ("microRNA-21", "miR-21"),
    ("MicroRNA 21", "miR-21"),
    ("micro-RNA-21", "miR-21"),
    ("micro RNA 21", "miR-21"),
    ("hsa-miR-21", "miR-21"),
    ("HSA-MIR-21", "miR-21"),
    ("bta-mir-21", "miR-21"),
    ("pre-miR-21", "miR-21"),
    ("pri-hsa-mir-21", "miR-21"),
    ("anti-miR-21", "miR-21"),
    ("exomiR-21", "miR-21"),
    ("miR\u201021", "miR-21"),
    ("miR\u201121", "miR-21"),
    ("miR\u201221", "miR-21"),
    ("miR\u201321", "miR-21"),
    ("miR\u221221", "miR-21"),
    ("miR_21", "miR-21"),
    ("miR- 21", "miR-21"),
    ("miR -21", "miR-21"),
    ("miR – 21", "miR-21"),
    ("miR-\n21", "miR-21"),
    ("MIR200A", "miR-200a"),
    ("miR-200A", "miR-200a"),
    ("miR-548aa", "miR-548aa"),
    ("let-7", "let-7"),
    ("Let 7", "let-7"),
    ("let7i", "let-7i"),
    ("LET-7I", "let-7i"),
    ("hsa-let-7i", "let-7i"),
    ("miR-let-7i", "let-7i"),
    ("miRlet-7i", "let-7i"),
    ("MIRLET7I", "let-7i"),
]
ARMS_AND_COPIES = [
    ("miR-25-3p", "miR-25-3p", "miR-25"),
    ("miR 25 3p", "miR-25-3p", "miR-25"),
    ("miR-25 - 3p", "miR-25-3p", "miR-25"),
    ("miR-25-3P", "miR-25-3p", "miR-25"),
    ("hsa_miR_25_3p", "miR-25-3p", "miR-25"),
    ("miR92a-3p", "miR-92a-3p", "miR-92a"),
    ("miR-92a3p", "miR-92a-3p", "miR-92a"),
    ("let-7a-5p", "let-7a-5p", "let-7a"),
    ("miR-16-1", "miR-16-1", "miR-16"),
    ("miR-16-1-3p", "miR-16-1-3p", "miR-16"),
    ("MIR125B1", "miR-125b-1", "miR-125b"),
    ("MIRLET7A1", "let-7a-1", "let-7a"),
    ("miR-9*", "miR-9*", "miR-9"),
    ("miR-9\u2217", "miR-9*", "miR-9"),
    ("miR-17-92", "miR-17-92", "miR-17-92"),
    ("miR-17~92", "miR-17-92", "miR-17-92"),
    ("miR\u201317\u201392", "miR-17-92", "miR-17-92"),
    ("miR-17-92a", "miR-17-92a", "miR-17-92a"),
]
LISTS = [
    ("miR-200a/b/c", "miR-200a miR-200b miR-200c"),
    ("miR-200A/B/C", "miR-200a miR-200b miR-200c"),
    ("miR-200a, b and c", "miR-200a miR-200b miR-200c"),
    ("miR-200a, -b, -c, -141 and -429", "miR-200a miR-200b miR-200c miR-141 miR-429"),
    ("miR-34a, b, and c.", "miR-34a miR-34b miR-34c"),
    ("miR-200b/c-transfected", "miR-200b miR-200c"),
    ("miR-141/200c/429", "miR-141 miR-200c miR-429"),
    ("miR-221/222", "miR-221 miR-222"),
    ("miR-221/-222", "miR-221 miR-222"),
    ("miR-221/miR-222", "miR-221 miR-222"),
    ("miR-221/222-3p", "miR-221 miR-222-3p"),
    ("miR-15a/16-1", "miR-15a miR-16-1"),
    ("miR-21 and -155", "miR-21 miR-155"),
    ("miR-21 & -155", "miR-21 miR-155"),
    ("miR-21, -155 and -210", "miR-21 miR-155 miR-210"),
    ("miR-21, -155, and -210", "miR-21 miR-155 miR-210"),
    ("miR-21, miR-378e, and miR-143", "miR-21 miR-378e miR-143"),
    ("miR-21-5p/3p", "miR-21-5p miR-21-3p"),
    ("miR-21-5p and -3p", "miR-21-5p miR-21-3p"),
    ("miR-19a-3p/b-3p", "miR-19a-3p miR-19b-3p"),
    ("miRNAs 21, 155 and 210", "miR-21 miR-155 miR-210"),
    ("miRs-21, 155", "miR-21 miR-155"),
    ("let-7a/b", "let-7a let-7b"),
    ("let-7g and -7i", "let-7g let-7i"),
    ("let-7a/98", "let-7a miR-98"),
    ("let-7 and miR-7", "let-7 miR-7"),
]
BOUNDARIES = [
    ("(miR-21)", "miR-21"),
    ("miR-21's", "miR-21"),
    ("miR-21-mediated", "miR-21"),
    ("miR-21/PTEN", "miR-21"),
    ("miR-21–PTEN", "miR-21"),
    ("miR-21-3′UTR", "miR-21"),
    ("miR-21 3′ UTR", "miR-21"),
    ("miR-21, 155 patients", "miR-21"),
    ("miR-21 and 24 hours", "miR-21"),
    ("miR-21, -2.5 fold", "miR-21"),
    ("miR-21/E", "miR-21"),
    ("miR-29b and a kinase", "miR-29b"),
    ("miR-29b and c-Myc", "miR-29b"),
    ("miRNAs 21, 22 patients", "miR-21"),
    ("miR-21 in 2019", "miR-21"),
]
NO_NAMES = [
    "", "miR-", "miR", "microRNA", "miRNAs", "mirror", "mirror 21", "Miranda", "mirtron", "admir-21", "xmiR-21",
    "let 5", "let-75", "let us", "outlet 7", "5 miRNAs", "5 miRNAs, 21 patients", "miRNA 2019", "microRNAs 1999",
    "miRNAs 22 nt long", "miRNAs 20-24 nucleotides", "miRNA (21)", "miR-5p", "miR-3p", "MIR17HG", "miR-123456",
    "siRNA-21", "RNA 21", "SNHG21", "circ-21",
]  # fmt: skip


def names(text: str) -> str:
    return " ".join(name.name for name in find_names(text))


@pytest.mark.parametrize(("text", "name"), SPELLINGS)
def test_spelling_does_not_make_another_molecule(text, name):
    """Prefixes, stems, blanks, hyphens and case leave one name, whose base it is."""
    (found,) = find_names(f"In blood {text} rose.")
    assert (found.name, found.base, found.type) == (name, name, "mirna")
    assert found.text == text


@pytest.mark.parametrize(("text", "name", "base"), ARMS_AND_COPIES)
def test_arms_and_copies_belong_to_their_molecule_and_clusters_are_their_own(text, name, base):
    """The name tells them apart, the base holds them together."""
    (found,) = find_names(f"In blood {text} rose.")
    assert (found.text, found.name, found.base) == (text, name, base)


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_lists_are_spelled_out(text, expected):
    """Every member is a name of its own, in order."""
    assert names(text) == expected
    assert names(f"both {text} rose") == expected


@pytest.mark.parametrize(("text", "expected"), BOUNDARIES)
def test_what_stands_beside_a_name_is_not_taken_into_it(text, expected):
    """Genes, untranslated regions, counts, years and single letters are no molecules."""
    assert names(text) == expected


@pytest.mark.parametrize("text", NO_NAMES)
def test_what_is_no_name_is_not_found(text):
    """Better no molecule than the wrong one."""
    assert find_names(text) == ()


def test_a_list_member_is_where_it_stands():
    """Its text is its own characters, not the whole list."""
    text = "Of miR-200a/b and -141, the last."
    assert [(name.text, name.start) for name in find_names(text)] == [("miR-200a", 3), ("b", 12), ("141", 19)]


number = st.integers(1, 9999) | st.sampled_from([1, 2, 12, 20, 21, 121, 200, 210, 212, 221, 2121])
letter = st.sampled_from(["", *"abcdefghi", "aa", "bc"])
arm = st.sampled_from(["", "5p", "3p"])
hyphen = st.sampled_from("- \u2010\u2011\u2012\u2013\u2212")
stem = st.sampled_from(["miR", "mir", "MIR", "miRNA", "microRNA", "MicroRNA", "hsa-miR", "hsa-mir", "mmu-miR"])


@st.composite
def spelled(draw):
    """A molecule, its arm and one way to write them."""
    digits, suffix, side = draw(number), draw(letter), draw(arm)
    written = draw(stem) + draw(hyphen) + str(digits) + (suffix.upper() if draw(st.booleans()) else suffix)
    return (digits, suffix), side, written + (draw(hyphen) + side if side else "")


@given(spelled())
def test_every_spelling_of_a_molecule_gives_its_one_name(one):
    """For any number, letter and arm, whatever the stem, the hyphens and the case; years after a blank aside."""
    (digits, suffix), side, written = one
    found = find_names(f"({written})")
    if not found:
        assert "RNA " in written
        assert 1900 <= digits <= 2099
        return
    base = f"miR-{digits}{suffix}"
    assert [(name.name, name.base, name.text) for name in found] == [
        (f"{base}-{side}" if side else base, base, written)
    ]


@given(spelled(), spelled())
def test_different_molecules_never_have_an_equal_name_or_base(one, other):
    """Only number and letter make a molecule: equal ones are equal, any others are not."""
    first, second = find_names(one[2]), find_names(other[2])
    if first and second:
        assert (first[0].base == second[0].base) == (one[0] == other[0])
        assert (first[0].name == second[0].name) == (one[:2] == other[:2])


PIECES = [
    "miR-21",
    "mir 200",
    "a",
    "b",
    "/",
    "-",
    ", ",
    " and ",
    "let-7",
    "3p",
    "*",
    "155",
    "miRNAs ",
    "~92",
    "β",
    "2019",
    " ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=40))
def test_names_are_exact_spans_in_order_that_never_overlap(text):
    """`text[start:end] == name.text` whatever stands around it."""
    position = 0
    for name in find_names(text):
        assert name.start >= position
        assert text[name.start : name.end] == name.text != ""
        position = name.end


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("miR 23 a in hypoxia", ["miR-23a"]),
        ("loss of miR-148 a, or of let-7 a", ["miR-148a", "let-7a"]),
        ("miR 23 a", ["miR-23a"]),
        ("miR-21 a molecule of", ["miR-21"]),
        ("we call miR-21 a marker", ["miR-21"]),
    ],
)
def test_an_a_that_stands_apart_is_a_letter_where_it_can_be_no_article(text: str, names: list[str]):
    """Before a preposition, a comma or the end; before a noun it is the article."""
    assert [name.name for name in find_names(text)] == names
