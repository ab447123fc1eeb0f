from __future__ import annotations

import io
import sys
from dataclasses import replace

import pytest
from rich.console import Console

from index.intake import Outcome
from qa.commands.printing import print_answer, print_evidence, print_search
from qa.commands.terminal import (
    by_suffix,
    documents_table,
    encoding,
    left_out_line,
    outcome_line,
    progress_bar,
    reading,
)
from qa.results import AskResponse, Caution, Disagreement, Sentence, Support
from qa.service import Service


@pytest.fixture
def console() -> Console:
    """A console that writes into memory, one line a line."""
    return Console(file=io.StringIO(), width=2000, highlight=False, markup=False)


def shown(console: Console) -> str:
    """What was printed."""
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def asked(service: Service, question: str, *history: str, **support: object) -> AskResponse:
    """The answer, its support changed."""
    response = service.ask(question, history=history)
    return replace(response, support=replace(response.support, **support))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("outcome", "line"),
    [
        (Outcome("a.md", "added", "a", 3, 2, 1), "+ a.md: added, 3 passages, 2 table rows, 1 reference"),
        (Outcome("a.md", "replaced", "a", 3, 0, 1), "~ a.md: replaced, 3 passages, 0 table rows, 1 reference"),
        (Outcome("a.md", "unchanged", "a", 3, 2, 1), "= a.md: unchanged, 3 passages, 2 table rows, 1 reference"),
        (
            Outcome("b.pdf", "unchanged", "a", notices=("The same paper as a.xml, which is kept.",), same_as="a.xml"),
            "= b.pdf: same paper\n    The same paper as a.xml, which is kept.",
        ),
        (Outcome("a.md", "unreadable", notices=("it is empty.",)), "! a.md: not read; it is empty."),
        (
            Outcome("[b].md", "added", "b", 1, 0, 0, ("Look twice.",)),
            "+ [b].md: added, 1 passage, 0 table rows, 0 references\n    Look twice.",
        ),
    ],
)
def test_each_file_has_its_line(outcome: Outcome, line: str):
    """What became of it, what it gave, and below it what the user should know."""
    assert outcome_line(outcome).plain == line


def test_evidence_is_shown_with_the_place_it_stands_at(small: Service, console: Console):
    """Paper, document id, characters, section, studies cited, cautions."""
    (row,) = [p for p in small.search("PTEN at the south shore").evidence if p.row and p.row.number == 2]
    print_evidence(console, row)
    text = shown(console)
    assert f"[{row.rank}] Kelp letters" in text
    assert f"kelp {row.start}–{row.end} · Tides · Table 1, row 2" in text
    assert "miRNA: miR-21; Shore: south; Target: PTEN" in text
    assert "cites 2. Cruz B. Walls of foam." in text
    assert "! In the printed row these cells are empty" in text


def test_evidence_of_a_paper_with_pages_names_its_page(small: Service, console: Console):
    """After the characters."""
    piece = small.search("PTEN at the south shore").evidence[0]
    print_evidence(console, replace(piece, page=4))
    assert f"{piece.start}–{piece.end} · p. 4 · " in shown(console)


def test_a_row_that_is_contradicted_is_shown_with_how_to_read_it(small: Service, console: Console):
    """Below its caution; where nothing is suggested, nothing is said."""
    row = small.search("PTEN at the south shore").evidence[0]
    print_evidence(console, replace(row, cautions=(Caution("contradicted", "It says 9.", "miR-21 in kelp"),)))
    assert "    ! It says 9.\n      Read it as: miR-21 in kelp.\n" in shown(console)
    print_evidence(console, replace(row, cautions=(Caution("merged", "It is two."),)))
    assert shown(console).endswith("    ! It is two.\n")


def test_brackets_in_a_text_are_text(small: Service, console: Console):
    """Nothing in a paper is taken for a colour or a style."""
    (piece, *_) = small.search("KRIT1").evidence
    print_evidence(console, replace(piece, text="[red]alarm[/red] [1]", row=None))
    assert "[red]alarm[/red] [1]" in shown(console)


def test_a_follow_up_is_shown_as_it_was_understood(small: Service, console: Console):
    """In a search and in an answer, so that a wrong molecule is seen at once."""
    print_answer(console, small.ask("and miR-210?", history=["what does miR-21 do"]))
    print_search(console, small.search("and miR-210?", history=["what does miR-21 do"]))
    assert shown(console).count("Understood as: what does miR-210 do") == 2


def test_a_question_that_stands_alone_is_not_repeated(small: Service, console: Console):
    """Nothing was understood that was not said."""
    print_answer(console, small.ask("which moss drinks fog"))
    assert "Understood as" not in shown(console)


def test_an_answer_shows_the_evidence_it_stands_on_and_no_other(small: Service, console: Console):
    """Sentence and evidence share a number."""
    response = asked(small, "which moss drinks fog with miR-210", verdict="supported")
    print_answer(console, response)
    used = {rank for sentence in response.answer.sentences for rank in sentence.evidence}
    for sentence in response.answer.sentences:
        assert f"{sentence.text} [{sentence.evidence[0]}]\n" in shown(console)
    assert "\nEvidence\n" in shown(console)
    for piece in response.evidence:
        assert (f"\n[{piece.rank}] {piece.document.title}\n" in shown(console)) == (piece.rank in used)


def test_a_sentence_that_does_not_stand_is_told_apart(small: Service, console: Console):
    """With the reasons, after who wrote and before why not all of it."""
    response = asked(small, "which moss drinks fog with miR-210", verdict="supported")
    sentences = (
        Sentence("Moss drinks fog.", (1,), "checked"),
        Sentence("Moss sings.", (1,), "flagged", reasons=("It does not.",)),
        Sentence("Why it sings.", (), "flagged", reasons=("Nobody said.",)),
    )
    answer = replace(response.answer, sentences=sentences, writer="played", note="It broke off.")
    print_answer(console, replace(response, answer=answer))
    text = shown(console)
    assert "\nMoss drinks fog. [1]\n! Not borne out: Moss sings. [1] (It does not.)\n" in text
    assert "! Not borne out: Why it sings. (Nobody said.)\nWritten by played from the evidence" in text
    assert "checked by Exocite\nIt broke off.\n" in text


def test_an_answer_begins_with_its_lead_and_says_what_disagrees(small: Service, console: Console):
    """And shows the evidence that disagrees, though no sentence stands on it."""
    response = small.ask("which moss drinks fog with miR-210")
    (sentence, *_), unsaid = response.answer.sentences, response.evidence[-1].rank
    told = Disagreement("Tides rise and fall.", (1, unsaid))
    answer = replace(response.answer, sentences=(sentence,), disagreements=(told,))
    print_answer(console, replace(response, answer=answer))
    lines = shown(console).splitlines()
    assert answer.lead in lines[:2]
    assert f"They disagree. Tides rise and fall. [1, {unsaid}]" in lines
    assert f"[{unsaid}] {response.evidence[-1].document.title}" in lines


def test_a_partial_answer_says_that_it_is_one(small: Service, console: Console):
    """Before its first sentence."""
    response = asked(
        small, "which moss drinks fog with miR-210", verdict="partial", confidence=0.5, reason="Half of it is here."
    )
    print_answer(console, response)
    assert shown(console).startswith("partial (0.50): Half of it is here.\n")


def test_what_is_not_in_the_documents_is_said_with_the_nearest_evidence(small: Service, console: Console):
    """Marked as what it is, three pieces at most."""
    print_answer(console, small.ask("what does miR-99999 do"))
    text = shown(console)
    assert text.startswith("Not in these documents. miR-99999")
    assert "Nearest evidence, which does not answer" in text
    assert "[3] " in text
    assert "\n[4] " not in text


def test_a_search_says_when_its_evidence_does_not_answer(small: Service, console: Console):
    """In one line above it; nothing where it does."""
    found = small.search("which moss drinks fog")
    print_search(console, replace(found, support=Support("absent", 0.125, "off-topic", "Elsewhere.")))
    assert shown(console).startswith("absent (0.12): Elsewhere.\n")
    again = Console(file=io.StringIO(), width=2000)
    print_search(again, replace(found, support=Support("supported", 0.9, None, "Here.")))
    assert "Here." not in shown(again)


def test_documents_are_listed_one_a_line(small: Service, console: Console):
    """Id, title, year, and how much of each."""
    console.print(documents_table(small.documents()))
    header, kelp, moss = shown(console).splitlines()
    assert header.split() == ["id", "title", "year", "passages", "rows", "references"]
    counts = small.documents()[0]
    assert kelp.split() == ["kelp", "Kelp", "letters", "2020", str(counts.passages), "2", "2"]
    assert moss.split() == ["moss", "Moss", "on", "stones", "1", "0", "0"]


def test_a_bar_that_is_told_nothing_shows_nothing(console: Console):
    """An unchanged library encodes nothing, and no line is left behind."""
    with encoding(console):
        pass
    assert shown(console) == ""


def test_a_pipe_gets_no_bar(console: Console):
    """Nor an empty line where it would be."""
    with progress_bar(console) as show:
        show("Counting shells", 3, 8)
    assert shown(console) == ""


def test_a_bar_shows_what_is_done_of_how_many():
    """On a terminal, in words and numbers."""
    terminal = Console(file=io.StringIO(), width=100, force_terminal=True)
    with progress_bar(terminal) as show:
        show("Counting shells", 3, 8)
    assert "Counting shells" in shown(terminal)
    assert "3 of 8" in shown(terminal)


def test_files_are_read_and_texts_encoded_under_one_bar():
    """First one, then the other; it shows what it was told last."""
    terminal = Console(file=io.StringIO(), width=100, force_terminal=True)
    with reading(terminal) as bar:
        bar.reading(3, 8)
        bar.naming("kelp.md")
    with reading(terminal) as bar:
        bar.reading(8, 8)
        bar.encoding(20, 50)
    read, _, encoded = shown(terminal).partition("Embedding passages and rows")
    assert "Reading kelp.md" in read
    assert "3 of 8" in read
    assert "20 of 50" in encoded


def test_what_goes_to_standard_error_stays_there_under_a_bar(capsys):
    """Errors sent to a file are not drawn into the terminal that shows the bar."""
    terminal = Console(file=io.StringIO(), width=100, force_terminal=True)
    with progress_bar(terminal):
        sys.stderr.write("a.md: not read\n")
    assert capsys.readouterr().err == "a.md: not read\n"
    assert "not read" not in shown(terminal)


def test_files_of_other_formats_are_told_in_one_line():
    """How many of each, and what is read instead."""
    line = left_out_line({".pdf": 11, ".docx": 1}, {".txt", ".md"})
    assert line.plain == "12 files of other formats were not read: .pdf 11, .docx 1; Exocite reads .md, .txt."


def test_many_formats_are_told_together():
    """Seven by name, so that a folder of everything is still one line; a missing suffix is said in words."""
    assert by_suffix({"": 2, ".pdf": 1}) == "without a suffix 2, .pdf 1"
    names = {f".{letter}": 1 for letter in "abcdefgh"}
    assert by_suffix(names) == ".a 1, .b 1, .c 1, .d 1, .e 1, .f 1, .g 1, .h 1"
    assert by_suffix({**names, ".i": 1}) == ".a 1, .b 1, .c 1, .d 1, .e 1, .f 1, .g 1, others 2"
