from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from corpus.readers import SUFFIXES
from index.encoder import SentenceEncoder
from index.library import Library
from qa.cli import app
from qa.service import Service
from tests.playing import saying, stage
from tests.qa.conftest import FERN, MOSS

ROOT = Path(__file__).resolve().parent.parent.parent
COMMANDS = ["serve", "add", "encode", "documents", "remove", "status", "check", "search", "ask", "mechanisms", "mcp"]
COMMANDS += ["evaluate", "names", "conversations", "engine"]

# the contract, written out by hand; people script against it
SEARCH = ["question", "interpreted", "evidence", "support", "library", "settings", "took_ms"]
EVIDENCE = [
    "rank", "id", "kind", "text", "score", "document", "section", "page", "start", "end", "row", "references",
    "cautions", "permalink",
]  # fmt: skip
SHAPES = {
    "interpreted": ["question", "names"],
    "support": ["verdict", "confidence", "case", "reason"],
    "library": ["hash", "documents", "records", "encoder"],
}
PARTS = {
    "document": ["id", "title", "authors", "year", "doi", "file", "review"],
    "row": ["table", "number", "caption", "cells"],
    "cells": ["header", "text", "carried", "start", "end"],
    "references": ["marker", "text", "doi", "pmid", "also"],
    "cautions": ["kind", "message", "suggestion", "quote"],
}


def ids(library: Path) -> list[str]:
    """The documents of a library."""
    opened = Library.open(library)
    held = [summary.id for summary in opened.store.summaries()]
    opened.close()
    return held


def said(ran, *words: str) -> bool:
    """True where a run failed with one line on standard error that holds these words, and no traceback."""
    lines = ran.err.splitlines()
    return ran.code == 1 and len(lines) == 1 and all(word in lines[0] for word in words)


# -- help


def test_the_commands_stand_in_the_order_of_use():
    """As the help lists them."""
    assert list(typer.main.get_command(app).commands) == COMMANDS


@pytest.mark.parametrize("command", [[], *([command] for command in COMMANDS)], ids=" ".join)
def test_every_command_explains_itself(command: list[str]):
    """With status 0, its usage and a sentence."""
    result = CliRunner().invoke(app, [*command, "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.output
    assert "Traceback" not in result.output


def test_ids_are_shown_as_such_in_the_usage():
    """One name, and dots that say it may be repeated."""
    usage = CliRunner().invoke(app, ["remove", "--help"]).output
    assert "{ID}...\n" in re.sub(r" +\n", "\n", usage)


def test_without_a_command_help_is_shown(exocite):
    """And the status says that nothing was done."""
    ran = exocite()
    assert ran.code == 2
    assert "Usage:" in ran.out + ran.err


@pytest.mark.parametrize("arguments", [["sing"], ["search"], ["ask", "a", "-k", "0"], ["ask", "a", "-k", "101"]])
def test_a_wrong_command_line_is_a_usage_error(exocite, arguments: list[str]):
    """Status 2, as everywhere."""
    assert exocite(*arguments).code == 2


# -- adding


def test_a_folder_is_read_with_a_line_a_file(exocite, papers: Path, tmp_path: Path):
    """What it gave; a second time it is unchanged, and a changed file is replaced."""
    (papers / "below").mkdir()
    (papers / "below" / "fern.md").write_text(FERN, encoding="utf-8")
    (papers / "picture.png").write_bytes(b"\x89PNG")
    library = tmp_path / "new"
    first = exocite("--library", library, "add", papers)
    assert (first.code, first.err) == (0, "")
    *lines, others = first.out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["+ fern.md", "+ kelp.md", "+ moss.md"]
    formats = ", ".join(sorted(SUFFIXES))
    assert others == f"1 file of another format was not read: .png 1; Exocite reads {formats}."
    assert "+ moss.md: added, 1 passage, 0 table rows, 0 references\n" in first.out
    (papers / "moss.md").write_text(MOSS.replace("quokka", "numbat"), encoding="utf-8")
    second = exocite("--library", library, "add", papers)
    assert [line[0] for line in second.out.splitlines()] == ["=", "=", "~", "1"]
    assert ids(library) == ["fern", "kelp", "moss"]


BAD = {
    "empty.txt": b"",
    "blank.md": b" \n\t\n",
    "binary.txt": b"\x7fELF\x00\x01\x02" * 40,
    "picture.md": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "really.txt": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "wrong.txt": b"Neither UTF-8 nor Windows-1252: \x81\x8d\x8f\x90\x9d\n",
    "half.txt": b"\xff\xfeT\x00i\x00d",
    "huge.txt": b"Tides rise. " * 4_200_000,
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_gives_no_document_is_one_clear_line(exocite, library: Path, tmp_path: Path, name: str):
    """On standard error, naming the file and what to do; status 1, and the library is as it was."""
    (tmp_path / name).write_bytes(BAD[name])
    before = exocite("--library", library, "status").out
    ran = exocite("--library", library, "add", tmp_path / name)
    assert said(ran, f"! {name}: not read; ")
    assert ran.err.rstrip().endswith(".")
    assert ran.out == ""
    assert exocite("--library", library, "status").out == before


def test_a_path_that_is_not_there_is_one_clear_line(exocite, library: Path):
    """Like any other file that cannot be read."""
    assert said(exocite("--library", library, "add", "atlantis.txt"), "atlantis.txt", "no such file")


def test_where_nothing_could_be_read_no_library_is_made(exocite, tmp_path: Path):
    """An empty one would keep the starter documents away."""
    assert exocite("--library", tmp_path / "new", "add", "atlantis.txt").code == 1
    assert said(exocite("--library", tmp_path / "new", "documents"), "no library")


def test_a_folder_without_a_paper_says_what_is_read(exocite, library: Path, tmp_path: Path):
    """The suffixes, so that the user knows what to make of the others."""
    (tmp_path / "empty").mkdir()
    assert said(exocite("--library", library, "add", tmp_path / "empty"), "exocite: ", "no file", ".md", ".txt")


def test_a_folder_of_other_formats_says_which_they_are(exocite, library: Path, tmp_path: Path):
    """Nothing was added, and the user sees why."""
    (tmp_path / "printed").mkdir()
    for name in ("a.heic", "b.HEIC", "c.key"):
        (tmp_path / "printed" / name).write_bytes(b"%PDF-1.7\n")
    assert said(exocite("--library", library, "add", tmp_path / "printed"), "no file", "(.heic 2, .key 1)", ".md")


def test_a_format_that_is_not_read_says_which_are(exocite, library: Path, tmp_path: Path):
    """Named by hand, so it is not passed over as in a folder."""
    (tmp_path / "slides.pptx").write_bytes(b"PK")
    assert said(exocite("--library", library, "add", tmp_path / "slides.pptx"), "slides.pptx", ".md")


def test_one_bad_file_does_not_stop_the_others(exocite, library: Path, tmp_path: Path):
    """The good ones are in, the bad one is told of, and the status says that not all went well."""
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "fern.md").write_text(FERN, encoding="utf-8")
    ran = exocite("--library", library, "add", tmp_path / "empty.txt", tmp_path / "fern.md", "nowhere.md")
    assert ran.code == 1
    assert [line.split(":")[0] for line in ran.err.splitlines()] == ["! empty.txt", "! nowhere.md"]
    assert ran.out.startswith("+ fern.md: added")
    assert ids(library) == ["fern", "kelp", "moss"]


def test_an_encoding_that_had_to_be_guessed_is_told(exocite, library: Path, tmp_path: Path):
    """The file is read all the same."""
    (tmp_path / "cafe.txt").write_bytes("Notes on cafés\n\nThe café by the shore opens at dawn.\n".encode("cp1252"))
    ran = exocite("--library", library, "add", tmp_path / "cafe.txt")
    assert ran.code == 0
    assert "Windows-1252" in ran.out


def test_a_ragged_table_is_read_as_far_as_it_goes(exocite, library: Path, tmp_path: Path):
    """No row is lost, and no cell is made up."""
    table = ["| a | b | c |", "| --- | --- | --- |", "| x1 |", "| y1 | y2 | y3 | y4 |", "| z1 | z2 | z3 |"]
    (tmp_path / "ragged.md").write_text("\n".join(["# Shores\n\nTable 1. Shores\n", *table]), encoding="utf-8")
    assert exocite("--library", library, "add", tmp_path / "ragged.md").code == 0
    opened = Library.open(library)
    rows = opened.store.reading("ragged").rows
    opened.close()
    assert [next(cell.text for cell in row.cells if cell.text and not cell.carried) for row in rows] == [
        "x1",
        "y1",
        "z1",
    ]
    assert {cell.text for row in rows for cell in row.cells} <= {"", "x1", "y1", "y2", "y3", "y4", "z1", "z2", "z3"}


def test_a_file_in_the_place_of_the_library_is_an_error(exocite, papers: Path, tmp_path: Path):
    """It is not overwritten."""
    (tmp_path / "file").write_text("mine")
    assert said(exocite("--library", tmp_path / "file", "add", papers), "exocite: ")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_library_of_another_model_is_not_mixed(exocite, library: Path, tmp_path: Path):
    """Adding, removing, asking and measuring say which model it was made with, and change nothing."""
    (tmp_path / "fern.md").write_text(FERN, encoding="utf-8")
    for arguments in (["add", tmp_path / "fern.md"], ["remove", "moss"], ["search", "x"], ["ask", "x"], ["evaluate"]):
        ran = exocite("--library", library, "--model", "another", *arguments)
        assert said(ran, "made with the model hashed", "not with another", "`--model NAME` (or EXOCITE_MODEL)")
        assert ran.out == ""
    assert ids(library) == ["kelp", "moss"]


def test_an_add_that_fails_claims_nothing(exocite, papers: Path, library: Path, tmp_path: Path):
    """A library that cannot be written and one that is damaged: the error alone, and no file is said to be added."""
    unwritable = tmp_path / "unwritable"
    unwritable.mkdir()
    (unwritable / "generations").write_text("a file in the way")
    ran = exocite("--library", unwritable, "add", papers)
    assert said(ran, "exocite: ", "cannot be written")
    assert ran.out == ""
    (papers / "fern.md").write_text(FERN, encoding="utf-8")
    next(library.rglob("vectors.npy")).write_bytes(b"gone")
    ran = exocite("--library", library, "add", papers)
    assert said(ran, "exocite: ", "vectors.npy")
    assert ran.out == ""


# -- looking


def test_documents_are_listed_and_given_as_json(exocite, library: Path):
    """One a line; the JSON holds the same documents."""
    assert [line.split()[0] for line in exocite("--library", library, "documents").out.splitlines()[1:]] == [
        "kelp", "moss",
    ]  # fmt: skip
    listed = json.loads(exocite("--library", library, "documents", "--json").out)
    assert [(one["id"], one["title"], one["rows"], one["references"]) for one in listed] == [
        ("kelp", "Kelp letters", 2, 2),
        ("moss", "Moss on stones", 0, 0),
    ]


def test_removing_takes_documents_out(exocite, library: Path):
    """A line each; an unknown id takes nothing out."""
    assert said(exocite("--library", library, "remove", "moss", "nessie"), "exocite: ", "'nessie'", "exocite documents")
    assert ids(library) == ["kelp", "moss"]
    ran = exocite("--library", library, "remove", "moss")
    assert (ran.code, ran.out) == (0, "- moss: removed\n")
    assert ids(library) == ["kelp"]


def test_status_says_what_the_library_is_and_that_it_is_whole(exocite, library: Path):
    """Size, hash, encoder, health."""
    opened = Library.open(library)
    manifest = opened.manifest
    opened.close()
    shown = exocite("--library", library, "status").out
    assert str(library) in shown
    assert f"{manifest.documents} documents, {manifest.records} passages and rows" in shown
    assert manifest.hash in shown
    assert "hashed, 512 dimensions" in shown
    assert "health     whole" in shown


def test_status_counts_one_as_one(exocite, library: Path):
    """One document, not one documents."""
    exocite("--library", library, "remove", "kelp")
    assert "holds      1 document, 1 passage or row, " in exocite("--library", library, "status").out


def test_status_says_where_the_model_set_is_not_the_librarys(exocite, library: Path):
    """The library is whole all the same; with its own model nothing is said."""
    ran = exocite("--library", library, "--model", "another", "status")
    assert (ran.code, ran.err) == (0, "")
    assert "health     whole" in ran.out
    assert "model set  another" in ran.out
    assert "made with the model hashed" in ran.out
    assert "model set" not in exocite("--library", library, "status").out


def test_a_damaged_library_is_told(exocite, library: Path):
    """By every command that reads it, with what to do."""
    next(library.rglob("vectors.npy")).write_bytes(b"gone")
    for arguments in (["status"], ["documents"], ["search", "moss"], ["ask", "moss"], ["remove", "moss"]):
        assert said(exocite("--library", library, *arguments), "exocite: ", "vectors.npy", " add")


@pytest.mark.parametrize(
    "arguments",
    [["documents"], ["remove", "x"], ["status"], ["search", "x"], ["ask", "x"], ["evaluate"]],
    ids=lambda arguments: arguments[0],
)
def test_no_library_is_one_clear_line(exocite, tmp_path: Path, arguments: list[str]):
    """It says how to make one, and nothing is made."""
    assert said(exocite("--library", tmp_path / "none", *arguments), "exocite: ", "no library", "exocite add")
    assert not (tmp_path / "none").exists()


# -- asking


def fields_hold(response: dict[str, object], fields: list[str]) -> None:
    """The response has exactly the contract's fields, all the way down."""
    assert list(response) == fields
    for name, shape in SHAPES.items():
        assert list(response[name]) == shape  # type: ignore[call-overload]
    assert response["evidence"]
    for piece in response["evidence"]:  # type: ignore[attr-defined]
        assert list(piece) == EVIDENCE
        assert list(piece["document"]) == PARTS["document"]
        assert piece["row"] is None or list(piece["row"]) == PARTS["row"]
        for name in ("references", "cautions"):
            assert all(list(part) == PARTS[name] for part in piece[name])
        assert all(list(cell) == PARTS["cells"] for cell in (piece["row"] or {"cells": []})["cells"])


def test_a_search_as_json_is_the_contract(exocite, library: Path):
    """Fields and their order; rows, references and cautions among them; nothing else on standard output."""
    ran = exocite("--library", library, "search", "miR-21 silences PTEN at the south shore", "-k", "3", "--json")
    response = json.loads(ran.out)
    fields_hold(response, SEARCH)
    assert len(response["evidence"]) == 3
    assert any(piece["row"] and piece["references"] and piece["cautions"] for piece in response["evidence"])
    assert response["interpreted"]["names"] == [
        {"text": "miR-21", "name": "miR-21", "type": "mirna"},
        {"text": "PTEN", "name": "PTEN", "type": "symbol"},
    ]
    assert ran.err == ""


def test_an_answer_as_json_is_the_contract(exocite, library: Path):
    """A search with an answer."""
    response = json.loads(exocite("--library", library, "ask", "which moss drinks fog with miR-210", "--json").out)
    fields_hold(response, [*SEARCH, "answer", "mechanisms"])
    assert list(response["answer"]) == ["text", "sentences", "writer", "lead", "disagreements", "note"]
    assert response["answer"]["sentences"]
    shape = ["text", "evidence", "check", "places", "reasons"]
    assert all(list(sentence) == shape for sentence in response["answer"]["sentences"])
    assert response["answer"]["writer"] == "extractive"


@pytest.mark.parametrize(
    ("form", "first"),
    [
        ("markdown", "# which moss"),
        ("csv", "\ufeffrank,kind,"),
        ("bibtex", "@misc{"),
        ("ris", "TY  - GEN"),
        ("csl-json", "["),
    ],
)
def test_answers_and_evidence_are_written_in_other_formats(exocite, library: Path, form: str, first: str):
    """On standard output, and nothing else there."""
    for command in ("ask", "search"):
        ran = exocite("--library", library, command, "which moss drinks fog with miR-210", "--format", form)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith(first)
        assert ran.out.endswith("\n")


def test_json_is_a_format_too(exocite, library: Path):
    """`--json` is short for it; times apart, both say the same."""
    ask = ("--library", library, "ask", "which moss drinks fog with miR-210")
    long, short, both = (
        json.loads(exocite(*ask, *more).out)
        for more in (["--format", "json"], ["--json"], ["--json", "--format", "json"])
    )
    for response in (long, short, both):
        del response["took_ms"]
    assert long == short == both


def test_two_formats_at_once_are_refused(exocite, library: Path):
    """In one line, with status 1; a format that is none, with typer's status 2."""
    ask = ("--library", library, "ask", "which moss drinks fog")
    assert said(exocite(*ask, "--json", "--format", "csv"), "--json and --format csv")
    assert exocite(*ask, "--format", "docx").code == 2


def test_what_to_know_of_a_library_is_told_by_paper(exocite, library: Path):
    """With status 0, whatever is found; a sum at the end."""
    ran = exocite("--library", library, "check")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "kelp  Kelp letters",
        "    nothing found",
        "moss  Moss on stones",
        "    no-year  No year of this paper was found in its file.",
        "    no-doi  No DOI of this paper was found in its file.",
        "",
        "2 papers: 1 paper without a year, 1 paper without a DOI",
    ]


def test_what_to_know_of_one_paper_as_json(exocite, library: Path):
    """The paper as in evidence, and its findings with their places."""
    (library.parent / "foam.md").write_text("# Foam\n\nFoam lies on stones [3].\n", encoding="utf-8")
    exocite("--library", library, "add", library.parent / "foam.md")
    (found,) = json.loads(exocite("--library", library, "check", "foam", "--json").out)
    assert list(found) == ["document", "findings"]
    assert found["document"]["id"] == "foam"
    assert found["findings"][0] == {
        "kind": "unresolved",
        "message": "[3] could not be resolved: this document has no reference list.",
        "where": "Text",
        "start": 6,
        "end": 30,
        "suggestion": "",
    }
    shown = exocite("--library", library, "check", "foam").out
    assert "    unresolved  Text (6–30): [3] could not be resolved" in shown
    assert shown.endswith("\n1 paper: 1 unresolved citation, 1 paper without a year, 1 paper without a DOI\n")


def test_a_paper_that_is_not_there_cannot_be_checked(exocite, library: Path):
    """As with every other command."""
    assert said(exocite("--library", library, "check", "fern"), "fern", "exocite documents")


def test_mechanisms_are_a_table_and_json_and_csv(exocite, library: Path):
    """With where each stands; limits leave out, and what is nowhere is said in a line."""
    ran = exocite("--library", library, "mechanisms", "--name", "miR-21")
    assert (ran.code, ran.err) == (0, "")
    header, first, *_ = ran.out.splitlines()
    assert header.split()[:2] == ["molecule", "from"]
    assert first.split()[0] == "miR-21"
    assert "Ito 2020 " in first
    found = json.loads(exocite("--library", library, "mechanisms", "--json", "--limit", "1").out)
    assert list(found) == ["question", "mechanisms", "total", "offset", "limit", "unread", "library"]
    whole = exocite("--library", library, "mechanisms", "--format", "csv")
    assert whole.out.startswith("\ufeffmolecule,direction,")
    assert whole.err == ""
    part = exocite("--library", library, "mechanisms", "--format", "csv", "--limit", "1")
    assert f"{found['total']} mechanisms, shown from 1 to 1;" in part.err
    none = exocite("--library", library, "mechanisms", "which bolts hold the bridge over the river Kwai")
    assert none.out == "These papers say nothing of mechanisms that fits.\n"
    assert "two formats" in exocite("--library", library, "mechanisms", "--json", "--format", "csv").err


def test_history_is_given_oldest_first(exocite, library: Path):
    """The option repeats."""
    arguments = ["--history", "what does miR-21 do in kelp", "--history", "and miR-210?", "--json"]
    response = json.loads(exocite("--library", library, "ask", "and miR-155?", *arguments).out)
    assert response["interpreted"]["question"] == "what does miR-155 do in kelp"


def test_a_search_is_shown_as_a_list(exocite, library: Path):
    """Each piece on whole lines, with where it stands."""
    shown = exocite("--library", library, "search", "which moss drinks fog", "-k", "2").out
    assert "Green moss drinks fog with miR-210 and shelters one lonely quokka." in shown
    assert "[1] Moss on stones" in shown
    assert "[3]" not in shown


def test_an_answer_is_shown_with_its_evidence(exocite, library: Path):
    """Sentence, number, and below it the paper of that number."""
    shown = exocite("--library", library, "ask", "which moss drinks fog with miR-210").out
    assert "Green moss drinks fog with miR-210 and shelters one lonely quokka. [1]" in shown
    assert "[1] Moss on stones" in shown


def test_what_is_not_in_the_documents_is_an_answer(exocite, library: Path):
    """Status 0: the question was answered."""
    ran = exocite("--library", library, "ask", "what does miR-99999 do")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Not in these documents. miR-99999")


def test_who_writes_an_answer_can_be_chosen(exocite, library: Path, monkeypatch: pytest.MonkeyPatch):
    """A model that is set, unless the quoted answer is asked for; without one it cannot be."""
    ask = ("--library", library, "ask", "which moss drinks fog with miR-210")
    quoted = exocite(*ask).out
    assert exocite(*ask, "--writer", "extractive").out == quoted
    assert said(exocite(*ask, "--writer", "model"), "No language model is set; set EXOCITE_LLM_BASE_URL")
    with stage() as playing:
        monkeypatch.setenv("EXOCITE_LLM_BASE_URL", playing.url)
        monkeypatch.setenv("EXOCITE_LLM_MODEL", "played")
        playing.part = saying("Fog is drunk by green moss with miR-210 [1].")
        assert "Fog is drunk by green moss with miR-210. [1]\nWritten by played" in exocite(*ask).out
        assert exocite(*ask, "--writer", "extractive").out == quoted


@pytest.mark.parametrize(
    ("question", "word"), [("", "empty"), (" \n", "empty"), ("x" * 2001, "2,001"), ("a\x07b", "control character")]
)
def test_a_bad_question_is_one_clear_line(exocite, library: Path, question: str, word: str):
    """For search and for ask."""
    for command in ("search", "ask"):
        assert said(exocite("--library", library, command, question), "exocite: ", word)


# -- where the library is


def test_the_library_is_named_by_the_environment_too(exocite, library: Path, tmp_path: Path, monkeypatch):
    """From any folder; the option counts more."""
    monkeypatch.setenv("EXOCITE_LIBRARY", str(library))
    monkeypatch.chdir("/")
    assert "kelp" in exocite("documents").out
    assert said(exocite("--library", tmp_path / "none", "documents"), "no library", str(tmp_path / "none"))


def test_a_bad_setting_is_one_clear_line(exocite, library: Path, monkeypatch):
    """It names the variable."""
    monkeypatch.setenv("EXOCITE_WORDS_WEIGHT", "plenty")
    assert said(exocite("--library", library, "search", "moss"), "exocite: ", "EXOCITE_WORDS_WEIGHT", "'plenty'")


# -- serving


def test_a_busy_port_is_one_clear_line(exocite, tmp_path: Path):
    """And no starter library is made for a service that cannot start."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = exocite("--library", tmp_path / "none", "serve", "--port", port)
    assert said(ran, "exocite: ", f"127.0.0.1:{port}", "--port")
    assert not (tmp_path / "none").exists()


def test_a_library_of_another_model_is_not_served(exocite, library: Path):
    """Known before the address is announced."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ran = exocite("--library", library, "--model", "another", "serve", "--port", port)
    assert said(ran, "made with the model hashed", "not with another")
    assert ran.out == ""


# -- as a program


def program(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """A run of the program from another folder."""
    code = [sys.executable, "-c", "from qa.cli import main; main()", *map(str, arguments)]
    return subprocess.run(
        code,
        cwd="/",
        env={**os.environ, "PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1", **environment},
        check=False,
        capture_output=True,
        text=True,
    )


def test_an_error_is_a_status_and_a_line_on_standard_error(tmp_path: Path):
    """Standard output stays empty, for pipes."""
    ran = program("ask", "x", EXOCITE_LIBRARY=str(tmp_path / "none"))
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("exocite: There is no library at ")
    assert len(ran.stderr.splitlines()) == 1


@pytest.mark.model
def test_papers_are_added_and_asked_with_the_real_model(papers: Path, tmp_path: Path):
    """From any folder, with nothing but JSON on standard output and nothing on standard error."""
    SentenceEncoder().load()  # made once on a machine, which the program would say
    added = program("--library", tmp_path / "new", "add", papers)
    assert (added.returncode, added.stderr) == (0, "")
    asked = program("--library", tmp_path / "new", "ask", "which moss drinks fog with miR-210", "--json")
    assert (asked.returncode, asked.stderr) == (0, "")
    response = json.loads(asked.stdout)
    assert response["library"]["encoder"] == "all-MiniLM-L6-v2"
    assert response["evidence"][0]["document"]["id"] == "moss"


@pytest.mark.model
@pytest.mark.long
def test_where_the_faster_form_of_a_model_cannot_be_kept_standard_error_says_so(papers: Path, tmp_path: Path):
    """In one line, and what was asked for is done all the same."""
    (tmp_path / "file").touch()
    cache = str(tmp_path / "file" / "cache")
    added = program("--library", tmp_path / "new", "add", papers, EXOCITE_CACHE=cache)
    assert added.returncode == 0
    assert "moss" in added.stdout
    (line,) = added.stderr.splitlines()
    assert line.startswith(f"The faster form of the model cannot be kept in {cache}")


def test_an_answer_is_that_of_the_service(exocite, library: Path, small: Service):
    """The command adds nothing of its own."""
    shown = json.loads(exocite("--library", library, "ask", "which moss drinks fog", "--json").out)
    assert shown["answer"]["text"] == small.ask("which moss drinks fog").answer.text


# -- other names

GENES = "symbol\tname\talias_symbol\tprev_symbol\nKRIT1\tKRIT1 ankyrin repeat containing\tCCM1|CAM-7\tKREV1A\n"


def test_names_are_added_listed_and_removed_by_file(exocite, library: Path, tmp_path: Path):
    """Another name finds its evidence meanwhile; `names` by itself lists."""
    (tmp_path / "genes.tsv").write_text(GENES + "\tnameless\t\t\n", encoding="utf-8")
    assert exocite("--library", library, "names").out == ""
    added = exocite("--library", library, "names", "add", tmp_path / "genes.tsv")
    assert (added.code, added.err) == (0, "")
    first, notice = added.out.splitlines()
    assert first == "+ genes.tsv: 1 gene, 5 names"
    assert notice.strip() == "1 line was left out for want of a usable name, the first at line 3."
    for words in (["names"], ["names", "list"]):
        assert exocite("--library", library, *words).out == "genes.tsv: 1 gene, 5 names\n"
    shown = json.loads(exocite("--library", library, "search", "what silences CCM1", "--json").out)
    assert shown["evidence"][0]["document"]["id"] == "kelp"
    assert "health     whole" in exocite("--library", library, "status").out
    removed = exocite("--library", library, "names", "remove", "genes.tsv")
    assert (removed.code, removed.out) == (0, "- genes.tsv: removed\n")
    assert exocite("--library", library, "names", "list").out == ""


def test_what_is_no_table_of_names_is_one_clear_line(exocite, library: Path, tmp_path: Path):
    """Nor a file that is not there, one that was never added, or a library that does not exist."""
    (tmp_path / "poem.txt").write_text("moss on a stone\n", encoding="utf-8")
    assert said(exocite("--library", library, "names", "add", tmp_path / "poem.txt"), "exocite: poem.txt: ", "HGNC")
    assert said(exocite("--library", library, "names", "add", "atlantis.tsv"), "atlantis.tsv", "no such file")
    assert said(exocite("--library", library, "names", "remove", "genes.tsv"), "genes.tsv", "exocite names list")
    assert said(exocite("--library", tmp_path / "none", "names", "list"), "no library")
