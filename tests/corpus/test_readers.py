"""Choosing the reader, and the limits every reader keeps."""

import pytest

from corpus.errors import BadSetting, UnreadableFile
from corpus.readers import DEFAULT_MAX_FILE_MB, SUFFIXES, read


def test_suffix_in_any_case_chooses_the_reader():
    """`.MD` is Markdown and `.TXT` is text: what marks a heading in one is a character in the other."""
    data = b"# Engines\n\nA sentence."
    assert read("folder/a.MD", data).title == "Engines"
    assert read("C:\\folder\\a.TXT", data).title == "# Engines"


def test_other_formats_are_refused_naming_those_that_are_read():
    """The error says what can be given instead."""
    with pytest.raises(UnreadableFile, match=r"paper\.heic: .*\.csv, .*\.md, .*\.xml") as caught:
        read("paper.heic", b"x")
    assert caught.value.file == "paper.heic"
    assert {".csv", ".markdown", ".md", ".nxml", ".text", ".tsv", ".txt", ".xlsx", ".xml"} <= SUFFIXES


def test_a_file_over_the_limit_is_refused_with_both_sizes():
    """50 MB are more than the 20 MB read by default."""
    assert DEFAULT_MAX_FILE_MB == 20
    with pytest.raises(UnreadableFile, match=r"50\.0 MB, and the limit is 20 MB"):
        read("a.txt", b"a" * 50_000_000)


def test_the_limit_is_a_setting(monkeypatch):
    """EXOCITE_MAX_FILE_MB moves the limit, in megabytes; exactly at it a file is still read."""
    monkeypatch.setenv("EXOCITE_MAX_FILE_MB", "0.00001")
    assert read("a.txt", b"0123456789").text == "0123456789"
    with pytest.raises(UnreadableFile, match="the limit is 1e-05 MB"):
        read("a.txt", b"0123456789a")


@pytest.mark.parametrize("value", ["0", "-1", "many", "nan"])
def test_a_limit_that_is_no_size_is_refused(monkeypatch, value):
    """The error names the setting."""
    monkeypatch.setenv("EXOCITE_MAX_FILE_MB", value)
    with pytest.raises(BadSetting, match="EXOCITE_MAX_FILE_MB"):
        read("a.txt", b"text")
