"""A sentence passes where its evidence says it, and fails where it says less, or something else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentences
from index.abbreviations import find_abbreviations
from index.concepts import Abbreviations
from index.names import find_names
from index.vocabulary import Vocabulary
from qa.checks import check_sentence, unknown_ranks
from qa.results import Evidence
from tests.qa.checks.conftest import all_of, piece

HERE = Path(__file__).parent
KELP = (
    "In lung cancer, exosomal miR-21 from macrophages suppresses KRIT1 in endothelial cells and raises VEGF, which "
    "promotes angiogenesis in 40% of patients [1]."
)
FERN = "In gastric cancer, miR-210 targets KLF2, whereas miR-155 activates AKT and may promote invasion."
MOSS = "Exosomal miR-9 does not promote apoptosis of breast cancer cells."
ROW = {
    "miRNA": "miR-148b-3p",
    "Cancer": "Breast cancer",
    "Source": "Fibroblasts",
    "Effect": "Invasion; inhibits angiogenesis",
    "Mechanism": "TSC2 lowered and AKT activated",
    "Year": "2023",
}


def loaded(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    "text",
    [
        "KRIT1 is suppressed by macrophage-derived miR-21 in lung cancer.",
        "In cancer of the lung, miR-21 lowers KRIT1.",
        "Macrophages send exosomal miR-21 to endothelial cells.",
        "By inhibiting KRIT1 and increasing VEGF, miR-21 drives blood vessel formation in lung cancer.",
        "miR-21 targets KRIT1.",
        "In 40% of patients, miR-21 promotes angiogenesis.",
    ],
)
def test_other_words_for_the_same_pass(text: str) -> None:
    """Passive voice, synonyms and less detail say nothing new."""
    assert check_sentence(text, [piece(KELP)]) == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("In lung cancer, exosomal miR-210 suppresses KRIT1.", "miR-210 is not in the evidence"),
        ("In lung cancer, exosomal miR-21-3p suppresses KRIT1.", "miR-21-3p is not in the evidence"),
        ("In lung cancer, miR-21 suppresses KRIT2.", "KRIT2 is not in the evidence"),
        ("In breast cancer, miR-21 suppresses KRIT1.", "breast cancer is not in the evidence"),
        ("In lung adenocarcinoma, miR-21 suppresses KRIT1.", "lung adenocarcinoma is not in the evidence"),
        ("In lung cancer, miR-21 activates KRIT1.", "KRIT1 is raised"),
        ("In lung cancer, miR-21 inhibits angiogenesis.", "angiogenesis is lowered"),
        ("In lung cancer, KRIT1 suppresses miR-21.", "miR-21 is lowered"),
        ("In lung cancer, loss of miR-21 suppresses KRIT1.", "KRIT1 is lowered"),
        ("In lung cancer, miR-21 does not suppress KRIT1.", "does not deny"),
        ("In lung cancer, miR-21 raises VEGF without suppressing KRIT1.", "does not deny"),
        ("In lung cancer, miR-21 raises VEGF in 60% of patients.", "number 60"),
        ("In lung cancer, miR-21 raises VEGF in 40 patients.", "number 40"),
        ("Endothelial cells release miR-21 to macrophages in lung cancer.", "other way round"),
        ("In lung cancer, miR-21 promotes proliferation.", "proliferation is not in the evidence"),
        ("In lung cancer, miR-21 always suppresses KRIT1.", "always is not in the evidence"),
        ("It suppresses KRIT1.", "does not name what it is about"),
    ],
)
def test_what_the_evidence_does_not_say_fails(text: str, reason: str) -> None:
    """Each kind of departure is named."""
    assert any(reason in one for one in check_sentence(text, [piece(KELP)]))


@pytest.mark.parametrize(
    "text",
    [
        "In gastric cancer, miR-155 targets KLF2.",
        "In gastric cancer, miR-210 activates AKT.",
        "In gastric cancer, miR-155 promotes invasion.",
    ],
)
def test_what_is_said_of_another_molecule_or_less_surely_is_not_enough(text: str) -> None:
    """Words of one sentence do not bear a claim by standing there together."""
    assert check_sentence(text, [piece(FERN)])


def test_a_hedge_that_is_kept_passes() -> None:
    """What the evidence says perhaps, a sentence may say perhaps."""
    assert check_sentence("In gastric cancer, miR-155 might promote invasion.", [piece(FERN)]) == ()


def test_a_denial_must_stay_one() -> None:
    """A dropped "not" fails; one that is kept passes."""
    assert check_sentence("Exosomal miR-9 promotes apoptosis of breast cancer cells.", [piece(MOSS)])
    assert check_sentence("miR-9 fails to promote cell death in breast cancer.", [piece(MOSS)]) == ()


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("In breast cancer, miR-148b-3p from fibroblasts lowers TSC2 and activates AKT.", True),
        ("miR-148b-3p promotes invasion and inhibits angiogenesis in breast cancer.", True),
        ("In breast cancer, miR-148b-3p raises TSC2.", False),
        ("miR-148b-3p promotes angiogenesis in breast cancer.", False),
        ("In breast cancer, miR-148b lowers TSC2.", True),
        ("In breast cancer, miR-148a-3p lowers TSC2.", False),
        ("In breast cancer, miR-148b-3p is delivered to fibroblasts.", False),
    ],
)
def test_a_row_bears_what_its_cells_say(text: str, *, passes: bool) -> None:
    """A row is one statement: its headers say what its cells are."""
    assert (check_sentence(text, [piece("", cells=ROW)]) == ()) is passes


@pytest.mark.parametrize("caution", ["contradicted", "merged", "slid"])
def test_a_doubtful_row_bears_nothing(caution: str) -> None:
    """Not even what it says itself."""
    reasons = check_sentence("miR-148b-3p lowers TSC2.", [piece("", cells=ROW, caution=caution)])
    assert reasons == ("Evidence 1 is doubtful itself: Its own study says otherwise.",)


def test_a_sentence_must_cite() -> None:
    """Without evidence there is a reason, whatever it says."""
    assert check_sentence("miR-21 suppresses KRIT1.", []) == ("The sentence cites no evidence.",)


def test_evidence_that_says_nothing_of_it_is_named() -> None:
    """A sentence that one piece bears may not cite another beside it for show."""
    reasons = check_sentence("In lung cancer, miR-21 suppresses KRIT1.", [piece(KELP), piece(MOSS, rank=2)])
    assert reasons == ("Evidence 2 says nothing of it.",)


def test_two_pieces_may_bear_a_half_each() -> None:
    """A sentence may say of two molecules what two pieces say of them, but not the one's of the other."""
    cited = [piece(KELP), piece("In gastric cancer, miR-210 targets KLF2.", rank=2)]
    assert check_sentence("miR-21 suppresses KRIT1 in lung cancer, and miR-210 targets KLF2.", cited) == ()
    assert check_sentence("miR-21 targets KLF2 in lung cancer, and miR-210 suppresses KRIT1.", cited)


def test_the_heading_and_the_cited_title_give_the_cancer_where_the_sentence_names_none() -> None:
    """They are context, and never overrule the sentence."""
    plain = "Exosomal miR-21 suppresses KRIT1 [1]."
    said = "In lung cancer, miR-21 suppresses KRIT1."
    assert check_sentence(said, [piece(plain)])
    assert check_sentence(said, [piece(plain, section="Lung cancer")]) == ()
    assert check_sentence(said, [piece(plain, titles=("Ito A. Parcels in lung cancer.",))]) == ()
    assert check_sentence(said, [piece(f"In breast cancer, {plain}", section="Lung cancer")])


def test_what_it_stands_for_is_looked_up_before() -> None:
    """The molecule of the sentence before is the one that a pronoun means."""
    assert check_sentence("It raises VEGF.", [piece(KELP)], before="miR-21 suppresses KRIT1.") == ()
    assert check_sentence("It raises VEGF.", [piece(KELP)], before="miR-210 suppresses KRIT1.")


def test_an_abbreviation_that_the_library_defines_is_its_long_form() -> None:
    """What a document abbreviates may be said either way."""
    evidence = piece("Exosomal miR-21 stimulates fatty acid oxidation in melanoma.")
    known = Vocabulary(Abbreviations.of({"paper": find_abbreviations("They use fatty acid oxidation (FAO) a lot.")}))
    assert check_sentence("In melanoma, miR-21 stimulates FAO.", [evidence])
    assert check_sentence("In melanoma, miR-21 stimulates FAO.", [evidence], known=known) == ()


def test_numbers_that_are_nobodys_rank_are_found() -> None:
    """Each once, in order."""
    assert unknown_ranks([2, 7, 1, 7, 0], [piece(KELP), piece(MOSS, rank=2)]) == (7, 0)


def test_retellings_of_the_starter_documents_pass(quoted: Callable[[object], list[Evidence]]) -> None:
    """True sentences in other words stand."""
    told = [one for one in loaded("retold.jsonl") if check_sentence(str(one["sentence"]), quoted(one["evidence"]))]
    assert told == []


def test_lies_about_the_starter_documents_fail(quoted: Callable[[object], list[Evidence]]) -> None:
    """No false sentence stands."""
    told = [one for one in loaded("false.jsonl") if not check_sentence(str(one["sentence"]), quoted(one["evidence"]))]
    assert told == []


def sentences_of(evidence: tuple[Evidence, ...]) -> list[tuple[str, Evidence]]:
    return [(one.text[a:b], one) for one in evidence if not one.row for a, b in sentences(one.text)]


def test_every_sentence_stands_on_its_own_evidence(told: tuple[Evidence, ...]) -> None:
    """What is said word for word is said, also where the words are read like anybody's."""
    found = sentences_of(told)
    assert [text for text, one in found if check_sentence(text, [one])] == []
    again = [text for text, one in found if check_sentence(f"Indeed, {text}", [one])]
    assert len(again) <= 0.02 * len(found)


def test_every_sentence_of_the_reviews_stands_on_its_own_evidence(reviews_library: Path) -> None:
    """Real papers too."""
    assert [text for text, one in sentences_of(all_of(reviews_library)) if check_sentence(text, [one])] == []


def test_a_near_name_in_the_place_of_any_fails(told: tuple[Evidence, ...]) -> None:
    """A molecule with one more digit, or another arm, is another one."""
    for text, one in sentences_of(told):
        for name in find_names(text):
            number = re.search(r"\d+", name.name)
            other = name.name.replace(number[0], f"{number[0]}7", 1) if number else name.name
            false = f"{text[: name.start]}{other}{text[name.end :]}"
            if len(find_names(false)) == len(find_names(text)):
                assert check_sentence(false, [one]), false


@given(st.sampled_from(["suppresses", "lowers", "silences", "inhibits", "targets", "raises", "promotes", "activates"]))
def test_an_added_not_fails(verb: str) -> None:
    """Whatever the verb."""
    evidence = [piece(f"In lung cancer, miR-21 {verb} KRIT1.")]
    assert check_sentence(f"miR-21 {verb} KRIT1 in lung cancer.", evidence) == ()
    assert check_sentence(f"miR-21 does not {verb.removesuffix('s')} KRIT1 in lung cancer.", evidence)
