"""`exocite conversations`: what was asked on the pages, from the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from qa.conversations.exporting import export_conversation
from qa.conversations.replay import answer_of
from qa.serial import to_json
from qa.service import Service


@pytest.fixture
def kept(small: Service) -> str:
    """A conversation about kelp, its first question answered."""
    kept = small.conversations.begin(earlier=["what do parcels bring to the gills", "and PTEN?"])
    whole = small.conversations.conversation(kept)
    answer_of(small, whole, whole.turns[0])
    return kept


def test_they_are_listed_and_searched(exocite, small: Service, kept: str):
    """With or without `list`: id, when, how many questions, title; as JSON what the endpoint gives."""
    other = small.conversations.begin("Moss")
    for command in (["conversations"], ["conversations", "list"]):
        lines = exocite("--library", small.path, *command).out.splitlines()
        assert [line.split()[0] for line in lines] == [other, kept]
        assert re.fullmatch(rf"{kept}  \d{{4}}-\d\d-\d\d \d\d:\d\d    2  what do parcels bring to the gills", lines[1])
    found = exocite("--library", small.path, "conversations", "list", "--search", "gills", "--json")
    assert json.loads(found.out) == json.loads(to_json(small.conversations.cards("gills")))
    assert [card["id"] for card in json.loads(found.out)["conversations"]] == [kept]


def test_one_is_shown_with_how_it_was_answered(exocite, small: Service, kept: str):
    """Its title, then its questions, in order."""
    title, first, second = exocite("--library", small.path, "conversations", "show", kept).out.splitlines()
    assert title == "what do parcels bring to the gills"
    assert first.endswith("  what do parcels bring to the gills  (answered)")
    assert second.endswith("  and PTEN?  (not answered yet)")


def test_one_is_renamed_exported_and_deleted(exocite, small: Service, kept: str):
    """The export is what the pages give."""
    assert exocite("--library", small.path, "conversations", "rename", kept, "Kelp").code == 0
    whole = small.conversations.conversation(kept)
    assert whole.title == "Kelp"
    text = exocite("--library", small.path, "conversations", "export", kept).out
    assert text == export_conversation(small, whole, "markdown")
    said = json.loads(exocite("--library", small.path, "conversations", "export", kept, "--format", "json").out)
    assert [turn["turn"]["number"] for turn in said["turns"]] == [1, 2]
    assert exocite("--library", small.path, "conversations", "delete", kept).out == f"- {kept}: deleted\n"
    again = exocite("--library", small.path, "conversations", "show", kept)
    assert (again.code, "There is no conversation" in again.err) == (1, True)


def test_all_are_deleted_only_when_that_is_said(exocite, small: Service, kept: str):
    """Neither ids nor --all, or both, is refused, and nothing is deleted."""
    for arguments in ([], [kept, "--all"]):
        refused = exocite("--library", small.path, "conversations", "delete", *arguments)
        assert (refused.code, "Say which to delete" in refused.err) == (1, True)
    assert small.conversations.cards().total == 1
    assert exocite("--library", small.path, "conversations", "delete", "--all").out == "- 1 deleted\n"
    assert small.conversations.cards().total == 0


def test_a_library_without_a_history_lists_nothing(exocite, tmp_path: Path):
    """Nor is anything made."""
    ran = exocite("--library", tmp_path / "none", "conversations")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert not (tmp_path / "none").exists()
