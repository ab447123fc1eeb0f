from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from index.intake import files_of, sources_of, take_in
from index.names import find_names
from index.naming import add_names
from qa.evaluation.judgments import load_questions
from qa.judging.weighing import _lacks_number
from qa.questions import fixed_set
from qa.results import Case, SearchResponse, Support
from qa.service import Service
from qa.settings import Settings
from tests.encoders import HashedEncoder


@pytest.fixture(scope="module")
def searched(starter: Service) -> list[SearchResponse]:
    """What is found for every question of the fixed set, over the starter documents."""
    return [starter.search(question.question, history=question.history) for question in load_questions(fixed_set())]


def test_the_verdict_is_where_the_confidence_lies(searched: list[SearchResponse]):
    """From `supported` up it is supported, below `absent` absent, between the two partial."""
    settings = Settings()
    for response in searched:
        support = response.support
        assert 0 <= support.confidence <= 1
        if support.confidence >= settings.supported:
            assert support.verdict == "supported"
        elif support.confidence >= settings.absent:
            assert support.verdict == "partial"
        else:
            assert support.verdict == "absent"


def test_what_is_not_supported_says_which_case_it_is_and_why(searched: list[SearchResponse]):
    """And what is supported has no case; a reason is one sentence."""
    for response in searched:
        assert (response.support.case is None) == (response.support.verdict == "supported")
        assert response.support.case in (None, *get_args(Case))
        assert response.support.reason.endswith(".")


def test_a_reason_is_not_at_odds_with_its_verdict(searched: list[SearchResponse]):
    """Nothing speaks against evidence that names it all and is partial but what the reason adds."""
    partial = [one.support.reason for one in searched if one.support.verdict == "partial"]
    assert partial
    assert "The best evidence names it all." not in partial


GULLS = """Of gulls

1. Foam

Foam with miR-9 feeds the gulls of the lagoon. Herons sleep at night.

2. Nests

Plankton glows in the harbour, and nests hang there by exosomes.
"""


@pytest.mark.parametrize(
    ("question", "verdict", "reason"),
    [
        # "What", "s", "role" and "affects" are no words that a paper must hold
        (
            "What's the foam's role in how miR-9 affects gulls and nests?",
            "absent",
            "miR-9 is in these documents, but not: nests.",
        ),
        ("foam gulls herons night plankton", "partial", "The best evidence does not mention: plankton."),
        (
            "does nihgt foam with miR-9 feed the gulls of the lagoon",
            "supported",
            "The best evidence does not mention: nihgt (night?).",
        ),
        (
            "What does miR-9 do in the lagon?",
            "absent",
            "miR-9 is in these documents, but not together with lagon (lagoon?).",
        ),
        ("zorbleflux", "absent", "zorbleflux is named nowhere in these documents."),
        ("gulls by nihgt", "absent", "nihgt is named nowhere in these documents; night is."),
        (
            "how does foam with miR-9 influence the gulls of the lagoon?",
            "supported",
            "The best evidence names it all, in other words than: influence.",
        ),
        ("which microRNAs feed the gulls of the lagoon?", "supported", "The best evidence names it all."),
        ("what of Kupffer exosomes?", "absent", "“Kupffer exosomes” is not what these documents are about."),
        ("which nests carry miR-9?", "absent", "miR-9 is in these documents, but not together with nests."),
        ("which birds use foam?", "absent", "birds are not what these documents are about."),
    ],
)
def test_a_reason_tells_everyday_words_from_others(tmp_path: Path, question: str, verdict: str, reason: str):
    """The word for microRNAs and what is left of a genitive are neither."""
    support = support_over(tmp_path, GULLS, question)
    assert (support.verdict, support.reason) == (verdict, reason)


def test_the_thresholds_are_settings(starter: Service):
    """The same evidence is supported to one and absent to another; the confidence is one."""
    question = "how does miR-21 promote metastasis in colorectal cancer"
    lenient = Service(starter.path, Settings(supported=0.0, absent=0.0), starter.encoder)
    strict = Service(starter.path, Settings(supported=1.0, absent=1.0), starter.encoder)
    one, other = lenient.search(question), strict.search(question)
    assert (one.support.verdict, other.support.verdict) == ("supported", "absent")
    assert one.support.confidence == other.support.confidence == starter.search(question).support.confidence
    assert one.evidence == other.evidence
    lenient.close()
    strict.close()


@pytest.mark.parametrize("name", ["miR-99999", "hsa-mir-4021-5p", "microRNA 8765"])
def test_a_molecule_that_is_nowhere_is_named_as_such(starter: Service, name: str):
    """The case is unknown-name, the confidence zero, and the nearest evidence is there all the same."""
    response = starter.search(f"how does {name} promote metastasis in colorectal cancer")
    assert (response.support.verdict, response.support.case) == ("absent", "unknown-name")
    assert response.support.confidence == 0
    assert response.interpreted.names[0].name in response.support.reason
    assert response.evidence


def test_one_unknown_molecule_among_known_ones_is_told(starter: Service):
    """Half an answer never passes for a whole one; only the unknown one is named as such."""
    lenient = Service(starter.path, Settings(supported=0.0, absent=0.0), starter.encoder)
    assert lenient.search("do miR-21 and miR-99999 promote metastasis").support.case is None
    lenient.close()
    sure = Service(starter.path, Settings(supported=0.02, absent=0.0), starter.encoder)
    support = sure.search("do miR-21 and miR-99999 promote metastasis").support
    sure.close()
    assert (support.verdict, support.case) == ("partial", "unknown-name")
    assert "miR-99999" in support.reason
    assert "miR-21 " not in support.reason


def test_a_question_that_shares_no_word_is_off_topic(starter: Service):
    """Whatever lies nearest."""
    response = starter.search("sourdough zeppelin quokka")
    assert (response.support.verdict, response.support.case) == ("absent", "off-topic")
    assert response.evidence


@pytest.mark.parametrize("question", ["miR-", "???", "ما هو دور الورم", "10.1000/none", "the of and"])
def test_every_question_gets_a_verdict(starter: Service, question: str):
    """Also one without a word that could be searched for."""
    assert starter.ask(question).support.verdict in {"absent", "partial", "supported"}


@pytest.mark.parametrize("k", [1, 3, 30])
def test_whether_the_documents_answer_does_not_hang_on_how_much_is_shown(starter: Service, k: int):
    """The same question has the same verdict, whatever the count of evidence wanted."""
    for question in load_questions(fixed_set())[::8]:
        wide = starter.search(question.question, history=question.history)
        narrow = starter.search(question.question, history=question.history, k=k)
        assert narrow.support == wide.support
        assert replace(narrow, took_ms={}, evidence=()) == replace(wide, took_ms={}, evidence=())


@pytest.mark.parametrize("question", ["GBM", "what does NPC do?", "miR-21 and HCC", "hsa-mir-9-1"])
def test_what_asks_for_names_and_no_more_is_answered_by_what_names_them(starter: Service, question: str):
    """Also where it is spelled as no paper spells it: there is nothing else in it to be missing."""
    assert starter.search(question).support.verdict == "supported"


def test_twenty_names_of_which_some_are_known_are_answered_in_part(starter: Service):
    """The reason names those that are nowhere, and no other."""
    numbers = (21, 155, 210, 105, 17, 9, 29, 494, 103, 423, *range(9001, 9011))
    support = starter.search(", ".join(f"miR-{number}" for number in numbers)).support
    assert (support.verdict, support.case) == ("partial", "unknown-name")
    assert {int(name.base[4:]) for name in find_names(support.reason)} == {*range(9001, 9011)}


@pytest.mark.parametrize("doi", ["10.1000/sea.4", "doi: 10.1186/s12943-019-1019-x", "https://doi.org/10.1000/sea.4"])
def test_a_doi_is_told_to_be_none_of_what_is_searched(starter: Service, doi: str):
    """Its pieces occur in the library by chance only."""
    assert absent_because(starter, doi) == "A DOI cannot be searched for; ask about what that study found."


def test_an_old_star_is_no_sure_answer(starter: Service):
    """Which arm it meant is not in the name, and the papers may mean the other one."""
    support = starter.search("miR-25* in colorectal cancer").support
    assert (support.verdict, support.case) == ("partial", "unknown-name")
    assert support.reason == "These documents name miR-25, but not as miR-25*."


def test_the_headings_of_a_pasted_abstract_are_nothing_that_is_asked_for(starter: Service):
    """What it says is in the library, so it is answered."""
    question = "BACKGROUND: miR-105 destroys tight junctions in breast cancer. RESULTS: ZO-1 is lost."
    assert starter.search(question).support.verdict == "supported"


def absent_because(service: Service, question: str) -> str:
    """The reason for which the documents do not answer."""
    support = service.search(question).support
    assert support.verdict == "absent", support
    return support.reason


def support_over(folder: Path, text: str, question: str) -> Support:
    """What is said of a question to a library of this one text, plain or Markdown."""
    paper = folder / ("text.md" if text.startswith("#") else "text.txt")
    paper.write_text(text, encoding="utf-8")
    take_in(folder / "lib", HashedEncoder(), sources_of([paper]))
    with closing(Service(folder / "lib", Settings(), HashedEncoder())) as service:
        return service.search(question).support


def test_a_gene_and_a_cancer_must_stand_in_one_record(starter: Service):
    """PTEN is there and gastric cancer is there, but nowhere together."""
    assert absent_because(starter, "which miRNA targets PTEN in gastric cancer?") == (
        "gastric cancer is in these documents, but not together with PTEN."
    )


def test_a_molecule_and_a_gene_of_another_molecule_do_not_answer(starter: Service):
    """SOCS1 is a target of miR-155-5p; a passage that names both molecules is read sentence by sentence."""
    assert "not together with SOCS1" in absent_because(starter, "does miR-21 target SOCS1?")


CANCERS = """Of vesicles

1. Tumours

Vesicles of bladder cancer awaken the fibroblasts of the stroma. Vesicles of breast cancer with miR-9 do the same.

2. Stroma

Vesicles of breast cancer awaken the stroma. They carry miR-105 too.
"""


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("miR-9 in breast cancer", "supported"),
        ("miR-9 in bladder cancer", "absent"),
        ("miR-105 in breast cancer", "supported"),
    ],
)
def test_a_molecule_and_the_cancer_of_another_sentence_do_not_answer(tmp_path: Path, question: str, verdict: str):
    """Where its own sentence names a cancer, that is it; where it names none, the passage tells."""
    support = support_over(tmp_path, CANCERS, question)
    assert (support.verdict, support.case) == (verdict, "other-context" if verdict == "absent" else None)


DRUGS = """Of vesicles

1. Resistance

Vesicles with miR-9 make cells resistant to cisplatin. Those with miR-105 change the vessels of the lung.

Vesicles with miR-34a lower BCL2. This makes the cells sensitive to paclitaxel. Those with miR-16 do not.

2. Vessels

Vesicles with miR-105 open the vessels. In breast cancer they carry miR-9 to the stroma.
"""


@pytest.mark.parametrize(
    ("question", "wanting"),
    [
        ("does miR-9 make cells resistant to cisplatin", None),
        ("miR-9 cisplatin", None),
        ("does miR-34a make cells sensitive to paclitaxel", None),
        ("how does cisplatin change miR-105", "miR-105 is in these documents, but not together with cisplatin."),
        (
            "how does cisplatin change miR-9 in breast cancer",
            "miR-9 and cisplatin are in these documents, but not together with breast cancer.",
        ),
        ("does miR-9 make cells resistant to gefitinib", "gefitinib is named nowhere in these documents."),
    ],
)
def test_a_drug_must_stand_with_what_is_asked_of_it(tmp_path: Path, question: str, wanting: str | None):
    """One that is said of another molecule, or in another place, or nowhere, leaves the question unanswered."""
    support = support_over(tmp_path, DRUGS, question)
    assert support.verdict == ("absent" if wanting else "supported")
    assert support.reason == (wanting or "The best evidence names it all.")


SLID = """# Kelp

## Tides

In lung cancer foam is thick.

## Nights

Kelp drinks miR-155 at night.

Table 1. Cargo

| miRNA | Cancer | Ref |
| --- | --- | --- |
| miR-200c | Lung cancer | [1] |
| miR-9 | Breast cancer | [2] |

## References

1. Vang A. Exosomal miR-155 in gastric cancer. Moss News 2020;2:3-4.
2. Vang A. Exosomal miR-9 in breast cancer. Moss News 2021;3:3-4.
"""


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (
            "miR-200c in lung cancer",
            "lung cancer is in these documents, but together with miR-200c only in table rows that may stand beside "
            "the wrong study.",
        ),
        (
            "which microRNA is raised in lung cancer?",
            "lung cancer is in these documents, but together with a microRNA only in table rows that may stand beside "
            "the wrong study.",
        ),
        # the row's study is on miR-155
        (
            "miR-155 in lung cancer",
            "miR-155 is in these documents, but together with lung cancer only in table rows that may stand beside the "
            "wrong study.",
        ),
        ("miR-9 in breast cancer", "The best evidence names it all."),
    ],
)
def test_what_stands_together_in_contradicted_rows_alone_is_told(tmp_path: Path, question: str, reason: str):
    """The verdict does not count them; the reason does not say that nothing is there."""
    support = support_over(tmp_path, SLID, question)
    assert support.reason == reason
    assert (support.verdict == "supported") == ("names it all" in reason)


TITLES = """# Of kelp

## Tides

Foam with miR-155 wakes the kelp of the shore at night. The kelp wakes in the same way in summer [1].

Kelp sleeps in breast cancer with miR-9 and foam all night [2].

## References

1. Vang A. Exosomal miR-200c silences KRIT1 in lung cancer. Moss News 2020;2:3-4.
2. Vang A. Gulls. Moss News 2021;3:3-4.
"""


@pytest.mark.parametrize(
    ("question", "verdict", "reason"),
    [
        ("miR-200c", "partial", "miR-200c stands only in headings, or in titles of studies that are cited here."),
        (
            "kelp wakes with KRIT1 in summer",
            "partial",
            "KRIT1 stands only in headings, or in titles of studies that are cited here.",
        ),
        ("miR-155 in lung cancer", "supported", "The best evidence names it all."),
        (
            "miR-200c in lung cancer",
            "partial",
            "miR-200c and lung cancer stand together only in headings, or in titles of studies that are cited here.",
        ),
        ("miR-9 in breast cancer", "supported", "The best evidence names it all."),
    ],
)
def test_what_only_cited_titles_name_is_not_said_here(tmp_path: Path, question: str, verdict: str, reason: str):
    """One name in the text is enough: a title may say in which cancer."""
    support = support_over(tmp_path, TITLES, question)
    assert (support.verdict, support.reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("question", "texts", "lacks"),
    [
        ("how many human genes are there", ["60% of all human genes are"], False),
        ("how many gulls sleep", ["30 old and grey gulls"], False),
        ("how many gulls sleep", ["30 herons, and gulls"], False),
        ("how many gulls sleep", ["gulls and 30 herons"], True),
        ("how many patients with foam were there", ["30 samples of foam"], True),
    ],
)
def test_a_number_counts_what_stands_behind_it(question: str, texts: list[str], lacks: bool):
    """Within five words; what is asked for ends before a verb or a preposition."""
    assert _lacks_number(question, texts) is lacks


def test_the_other_arm_does_not_answer(starter: Service):
    """Only miR-25-3p is there, and the reason says so."""
    reason = absent_because(starter, "miR-25-5p in colorectal cancer")
    assert reason == "miR-25-5p is named nowhere in these documents; its other arm, miR-25-3p, is."


def test_a_bare_stem_names_no_molecule(starter: Service):
    """The reason says what to type."""
    assert absent_because(starter, "miR-") == "The question names no microRNA: give its number, as in miR-21."


@pytest.mark.parametrize("kind", ["miR", "miRs", "exomiR", "exo-miRs", "mirna", "micro RNA", "micro-RNAs", "mi-RNA"])
def test_how_the_kind_is_spelled_makes_no_difference(starter: Service, kind: str):
    """What is answered of a microRNA is answered of a miR; what is not of the one is not of the other."""
    assert starter.search(f"Which {kind} inhibits PTEN in hepatocellular carcinoma").support.verdict == "supported"
    assert "not together with PTEN" in absent_because(starter, f"Which {kind} inhibits PTEN in gastric cancer")


GENES = "symbol\tname\talias_symbol\tprev_symbol\nKRIT1\tKRIT1 ankyrin repeat containing\tCCM1|CAM-7\tKREV1A\n"


def named(library: Path, tmp_path: Path) -> Service:
    """A service over that library, which knows other names of the gene KRIT1 from now on."""
    (tmp_path / "genes.tsv").write_text(GENES, encoding="utf-8")
    add_names(library, HashedEncoder(), files_of([tmp_path / "genes.tsv"]))
    return Service(library, Settings(), HashedEncoder())


def test_a_symbol_under_another_name_in_the_documents_is_not_missing(library: Path, tmp_path: Path):
    """KREV1A is KRIT1, which miR-21 silences; before its table is there, it is named nowhere. GALE1 stays unknown."""
    question = "does miR-21 silence KREV1A in the gills"
    before = Service(library, Settings(), HashedEncoder())
    without = before.search(question).support
    before.close()
    after = named(library, tmp_path)
    support = after.search(question).support
    plain = after.search("does miR-21 silence KRIT1 in the gills").support
    other = after.search("does miR-21 silence GALE1 in the gills").support
    after.close()
    assert (without.case, "KREV1A" in without.reason) == ("unknown-name", True)
    assert support.confidence > without.confidence
    assert support.case != "unknown-name"
    assert (other.case, "GALE1" in other.reason) == ("unknown-name", True)
    assert plain.confidence >= support.confidence


def test_another_name_of_a_gene_finds_the_evidence_that_holds_its_symbol(library: Path, tmp_path: Path):
    """It comes first, and names the symbol, not the alias."""
    after = named(library, tmp_path)
    first = after.search("what silences CCM1").evidence[0]
    after.close()
    assert "KRIT1" in first.text or "KRIT1" in str(first.row)


def test_a_name_that_is_nowhere_is_told_beside_its_family(starter: Service):
    """miR-378 itself is not in the documents, miR-378e is; miR-9999 has no family."""
    reason = absent_because(starter, "what does miR-378 do?")
    assert reason == "miR-378 is named nowhere in these documents; of the same family, miR-378e is."
    assert absent_because(starter, "what does miR-9999 do?") == "miR-9999 is named nowhere in these documents."
