from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import QuestionError
from index.names import find_names
from qa.reading.question import LONGEST, checked, interpreted, read_question

PROMOTE = "how does miR-21 promote metastasis in colorectal cancer"

VOCABULARY = """and or but what about how does it its their there this that same is the of in for miR-21 miR-155 let-7a
    miR-200a/c miR-221 -222 PTEN TGF-β breast lung cancer melanoma leukaemia exosomes target targets promote ? , . :
    which why genes do them cells""".split()  # noqa: SIM905
turns = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=14).map(" ".join)


def bases(text: str) -> set[str]:
    """The molecules that a text names."""
    return {name.base for name in find_names(text)}


@pytest.mark.parametrize("text", ["", " ", "\n\t \u00a0\u3000", "\u200b\ufeff \u00ad"])
def test_a_question_that_prints_as_nothing_is_empty(text: str):
    """Blanks of any kind, and characters without a width, are no question."""
    with pytest.raises(QuestionError, match="empty"):
        checked(text)


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x1c", "\x1f", "\x7f", "\x9f", "\ud800"])
def test_control_characters_and_half_characters_are_refused(character: str):
    """Wherever they stand; some of them Python takes for blanks."""
    for text in (f"what{character}is miR-21", f"{character}what", f"what{character}", character):
        with pytest.raises(QuestionError, match="control character"):
            checked(text)


def test_two_thousand_characters_pass_and_one_more_does_not():
    """Counted after trimming, in characters."""
    assert checked("  " + "β" * 2000 + "\n") == "β" * 2000
    with pytest.raises(QuestionError, match="2,001 characters"):
        checked("β" * 2001)


def test_length_is_counted_after_composition():
    """2,000 letters typed as base and accent are 2,000 characters, not 4,000."""
    assert checked("e\u0301" * 2000) == "é" * 2000


def test_blanks_of_any_kind_become_one():
    """A question pasted over several lines is one line."""
    assert checked("\twhat\r\n does\u00a0 \u2003miR-21\v\f\x85do? ") == "what does miR-21 do?"


def test_text_is_composed_after_what_prints_as_nothing_is_gone():
    """An accent parted from its letter by a zero-width blank finds it again."""
    assert checked("cafe\u200b\u0301 \u00adsoft") == "café soft"
    assert checked("\u202emiR-21\u202c and \u2066PTEN\u2069") == "miR-21 and PTEN"


@given(st.text(max_size=60))
def test_checking_twice_changes_nothing(text: str):
    """What passed once is its own checked form, in NFC."""
    try:
        once = checked(text)
    except QuestionError:
        return
    assert checked(once) == once == unicodedata.normalize("NFC", once)


def test_a_question_of_its_own_is_read_as_it_is():
    """Names, places and context are those it holds."""
    read = read_question("  How does miR-21  act in colorectal cancer? ")
    assert read.text == read.alone == "How does miR-21 act in colorectal cancer?"
    assert [name.name for name in read.names] == ["miR-21"]
    assert [site.site for site in read.sites] == ["colorectum"]
    assert read.context == "colorectal cancer"


def test_what_is_named_in_a_question_is_told_each_kind_once():
    """Molecules, then places, then genes, then drugs; a drug in small letters."""
    read = read_question("does Cisplatin act on PTEN or PDCD4 by miR-21 in the lung, as Cisplatin should?")
    assert [(card.text, card.name, card.type) for card in interpreted(read).names] == [
        ("miR-21", "miR-21", "mirna"),
        ("lung", "lung", "organ"),
        ("PTEN", "PTEN", "symbol"),
        ("PDCD4", "PDCD4", "symbol"),
        ("Cisplatin", "cisplatin", "drug"),
    ]


@pytest.mark.parametrize(
    ("question", "context"),
    [
        ("what is the role of exosomes in the tumour margin?", "tumour margin"),
        ("how does miR-21 (in plasma) rise in mice (young)?", "mice"),
        ("is miR-21 known", ""),
        ("in which cells?", ""),
        ("which pathways of the niche do exosomes open", ""),
        ("what of it: nothing", ""),
    ],
)
def test_the_context_is_what_stands_last_after_a_preposition(question: str, context: str):
    """Not what stands after the first one, and nothing with a predicate or a question word of its own."""
    assert read_question(question).context == context


@pytest.mark.parametrize(
    "question",
    [
        "miR-21",
        "miR-",
        "let-",
        "10.1000/sea.4",
        "ما هو دور miR-155؟",
        "Quelle est la cible de miR-155 ?",
        "𝛃",
        "?",
        "it",
    ],
)
def test_any_text_can_be_a_question(question: str):
    """One name, half a name, a DOI, another language: read as it is, first or following."""
    assert read_question(question).alone == question
    assert read_question(question, ["what is a vesicle"]).text == question


def test_twenty_names_are_twenty_names():
    """Each once, in order."""
    names = [f"miR-{number}" for number in range(101, 121)]
    assert [name.name for name in read_question(f"compare {', '.join(names)}").names] == names


# -- turns of a conversation


@pytest.mark.parametrize(
    ("turn", "alone"),
    [
        # the molecule is replaced, the place carried
        ("and miR-155?", "how does miR-155 promote metastasis in colorectal cancer"),
        ("what about hsa-miR-155-5p?", "how does hsa-miR-155-5p promote metastasis in colorectal cancer"),
        ("same for miR-200c", "how does miR-200c promote metastasis in colorectal cancer"),
        ("Does miR-155 do the same?", "how does miR-155 promote metastasis in colorectal cancer"),
        ("does miR-155 do that too?", "how does miR-155 promote metastasis in colorectal cancer"),
        ("what about -155?", "how does miR-155 promote metastasis in colorectal cancer"),
        ("and -155-5p or -210 in melanoma?", "how does miR-155-5p and miR-210 promote metastasis in melanoma?"),
        ("and 155?", "how does miR-155 promote metastasis in colorectal cancer"),
        ("and 2019?", "how does miR-21 promote metastasis in colorectal cancer (2019)?"),
        ("and 20 patients?", "how does miR-21 promote metastasis in colorectal cancer (20 patients)?"),
        ("and miR-200a/c?", "how does miR-200a and miR-200c promote metastasis in colorectal cancer"),
        # the place is replaced, the molecule carried
        ("and in breast cancer?", "how does miR-21 promote metastasis in breast cancer?"),
        ("in breast cancer", "how does miR-21 promote metastasis in breast cancer?"),
        ("and prostate cancer?", "how does miR-21 promote metastasis in prostate cancer?"),
        ("how about melanoma", "how does miR-21 promote metastasis in melanoma?"),
        ("and in leukaemia?", "how does miR-21 promote metastasis in leukaemia?"),
        ("does the same happen in gastric cancer?", "how does miR-21 promote metastasis in gastric cancer?"),
        ("Does that also hold in gastric cancer?", "how does miR-21 promote metastasis in gastric cancer?"),
        # both
        ("or miR-210 in breast cancer?", "how does miR-210 promote metastasis in breast cancer?"),
        ("and miR-210, breast cancer?", "how does miR-210 promote metastasis in breast cancer?"),
        ("does miR-9 do the same in melanoma?", "how does miR-9 promote metastasis in melanoma?"),
        # what is of neither kind is added
        ("and in mice?", "how does miR-21 promote metastasis in colorectal cancer in mice?"),
        ("and PTEN?", "how does miR-21 promote metastasis in colorectal cancer (PTEN)?"),
        ("which genes?", "how does miR-21 promote metastasis in colorectal cancer: which genes?"),
        ("in which cancer?", f"{PROMOTE}: in which cancer?"),
        ("And to which other drugs exactly?", f"{PROMOTE}: to which other drugs exactly?"),
        ("which microRNAs?", f"{PROMOTE}: which microRNAs?"),
        ("By whom?", f"{PROMOTE} (By whom)?"),
        ("and by which cells?", "how does miR-21 promote metastasis in colorectal cancer: by which cells?"),
        # a predicate of its own
        ("and what does it target?", "what does miR-21 target in colorectal cancer?"),
        ("What are its targets?", "What are miR-21's targets in colorectal cancer?"),
        ("Does it also target PTEN?", "Does miR-21 also target PTEN in colorectal cancer?"),
        ("Does it also rise in breast cancer?", "Does miR-21 also rise in breast cancer?"),
        ("What does this miRNA do in breast cancer?", "What does miR-21 do in breast cancer?"),
        ("What does miR-155 do there?", "What does miR-155 do in colorectal cancer?"),
        ("In that cancer, what does miR-9 do?", "in colorectal cancer, what does miR-9 do?"),
        ("And does miR-9 promote growth?", "does miR-9 promote growth in colorectal cancer?"),
        ("And -155?", "how does miR-155 promote metastasis in colorectal cancer"),
        ("Which targets in liver cancer?", "Which targets in liver cancer (miR-21)?"),
        ("Which pathway is activated?", "Which pathway is activated (miR-21) in colorectal cancer?"),
        # nothing new
        ("why?", PROMOTE),
        ("and how exactly?", PROMOTE),
        ("and", PROMOTE),
        ("?", PROMOTE),
    ],
)
def test_what_a_turn_names_replaces_its_kind_and_what_it_leaves_out_is_carried(turn: str, alone: str):
    """After one question about a molecule in a place."""
    assert read_question(turn, [PROMOTE]).alone == alone


@pytest.mark.parametrize(
    ("before", "turn", "alone"),
    [
        ("What did Zhou et al. find about miR-105?", "and Fong?", "What did Fong find about miR-105?"),
        (
            "What did Zhou et al. find about miR-105?",
            "What about Yan et al.?",
            "What did Yan et al. find about miR-105?",
        ),
        ("Which study by Fong is about glucose?", "And by Lazar?", "Which study by Lazar is about glucose?"),
        ("What did Zhou et al. find about miR-105?", "and about miR-9?", "What did Zhou et al. find about miR-9?"),
        ("What did Zhou et al., 2014 find?", "and Fong?", "What did Fong find?"),
        ("What did Zhou et al. find?", "and Lazar et al. 2019?", "What did Lazar et al. 2019 find?"),
        ("How does kelp grow?", "and Fong?", "How does kelp grow (Fong)?"),
    ],
)
def test_an_author_gives_way_to_another(before: str, turn: str, alone: str):
    """Where the question before asks of one."""
    assert read_question(turn, [before]).alone == alone


@pytest.mark.parametrize(
    "turn",
    [
        "miR-210",
        "breast cancer?",
        "What does miR-155 do in breast cancer?",
        "Then what does miR-9 do in gastric cancer?",
        "Which microRNAs suppress metastasis?",
        "What is the capital of France?",
        "what is liver cancer?",
        "thanks",
        # words that look as if they pointed back
        "Which microRNAs that target PTEN are secreted by breast cancer cells?",
        "What evidence is there that exosomes cross the blood-brain barrier?",
        "Are there exosomal miRNAs in urine?",
        "Is it known whether miR-155 is in saliva?",
        "How do exosomes deliver their cargo?",
        "How does let-7a reach its targets?",
        "Do miR-9 and miR-10b share the same target?",
        "What does this review say about vesicles?",
    ],
)
def test_a_turn_that_stands_alone_is_left_alone(turn: str):
    """No molecule and no place creeps in from the question before."""
    assert read_question(turn, [PROMOTE]).alone == turn


@pytest.mark.parametrize(
    ("before", "turn", "alone"),
    [
        ("Which miRNAs target PTEN in breast cancer?", "and KRIT1?", "Which miRNAs target KRIT1 in breast cancer?"),
        ("What goes with cisplatin resistance?", "what about tamoxifen?", "What goes with tamoxifen resistance?"),
        ("Is cisplatin better than paclitaxel?", "and tamoxifen?", "Is cisplatin better than paclitaxel (tamoxifen)?"),
        ("What does miR-9 do in lung cancer and in melanoma?", "and in the liver?", "What does miR-9 do in the liver?"),
        ("Does miR-21 in colorectal cancer rise?", "and in breast cancer?", "Does miR-21 in breast cancer rise?"),
        ("What role of miR-9 in parcels helps oral cancer?", "and HCC?", "What role of miR-9 in parcels helps HCC?"),
        ("What is the role of parcels?", "and in breast cancer?", "What is the role of parcels in breast cancer?"),
        ("What happens in mice?", "and in rats?", "What happens in rats?"),
        (
            "Which parcels in plasma mark liver metastasis of colorectal cancer?",
            "and of gastric cancer?",
            "Which parcels in plasma mark liver metastasis of gastric cancer?",
        ),
        ("Is miR-21 or miR-155 higher than miR-9?", "and miR-210?", "Is miR-210 higher than miR-9?"),
        ("Which parcels promote EMT?", "And what about miR-92a-3p?", "Which parcels promote EMT (miR-92a-3p)?"),
        ("Compare miR-21 and -155", "what do they target?", "what do they target (miR-21 and miR-155)?"),
        ("How does PD-L1 act?", "Which cells release it?", "How does PD-L1 act: Which cells release it?"),
        ("And then?", "in breast cancer", "And then in breast cancer?"),
    ],
)
def test_only_the_same_kind_is_replaced(before: str, turn: str, alone: str):
    """Genes for genes, drugs for drugs, places for places, molecules named together for such; the rest is added."""
    assert read_question(turn, [before]).alone == alone


def test_a_chain_of_turns_carries_on():
    """Each turn is read after the stand-alone form of the one before."""
    history = [PROMOTE, "and in breast cancer?", "and miR-155?"]
    assert read_question("what does it target?", history).alone == "what does miR-155 target in breast cancer?"


def test_a_question_of_its_own_ends_what_went_before():
    """What follows it follows it alone."""
    read = read_question("and in mice?", [PROMOTE, "What is the role of moss in rats?"])
    assert read.alone == "What is the role of moss in mice?"


@pytest.mark.parametrize("bad", ["", "x" * 2001, "a\0b"])
def test_earlier_questions_are_held_to_the_same_rules(bad: str):
    """A history that could not have been asked is refused."""
    with pytest.raises(QuestionError):
        read_question("and miR-21?", [PROMOTE, bad])


def test_a_pasted_history_never_grows_past_the_longest_question():
    """The turn that would grow past it is left as it is, and the next follows that."""
    long = "parcels drift " * 142 + "at sea today"
    assert len(checked(long)) == LONGEST
    assert read_question("how can one stop their drift", [long]).alone == "how can one stop their drift"
    assert len(read_question("and why is that", [long] * 30).alone) <= LONGEST


def test_a_wall_of_capitals_is_read_at_once():
    """No pattern tries every way to part a long symbol; this would not end if one did."""
    wall = "A" * 1980 + "_"
    assert read_question("and KRIT1?", [wall]).alone == f"{wall} (KRIT1)?"


@given(turns, st.lists(turns, max_size=4))
def test_no_molecule_appears_from_nowhere_and_none_asked_about_is_lost(turn: str, history: list[str]):
    """Whatever the turns: the stand-alone question names what the turn names, and nothing that no turn named."""
    read = read_question(turn, history)
    assert bases(turn) <= bases(read.alone)
    # a hyphen that nothing stands before stands for the stem of a list that goes on: "and -222"
    said = [re.sub(r"(?<!\w)-(?=\d)", "miR-", text) for text in (turn, *history)]
    assert bases(read.alone) <= bases(turn).union(*map(bases, [*history, *said]))


@given(turns, st.lists(turns, max_size=4))
def test_a_question_that_stands_alone_is_a_question(turn: str, history: list[str]):
    """It passes every check unchanged, and asked without a history it is itself."""
    alone = read_question(turn, history).alone
    assert read_question(alone).alone == alone


def test_a_member_without_its_stem_goes_on_with_a_list_whose_last_member_was_a_letter():
    """What is left of "miR-200a/c" as typed is "c", which names nothing by itself."""
    assert read_question("and -222", ["what do miR-200a/c do"]).names[0].name == "miR-222"
