"""Zips: what is read of them, and what harm none can do."""

from __future__ import annotations

import io
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.readers.zipped import MAX_INFLATED, MAX_MEMBERS, Zipped

LOCAL, ENTRY, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return file.getvalue()


def patched(data: bytes, signature: bytes, at: int, value: bytes) -> bytes:
    """`data` with the bytes that lie `at` behind the last `signature` replaced."""
    place = data.rindex(signature) + at
    return data[:place] + value + data[place + len(value) :]


def test_members_come_back_whatever_their_letters_case():
    """Names are those of the file, asked for in any case."""
    made = Zipped("a.zip", zipped({"xl/Book.xml": b"foam", "b": b""}))
    assert list(made) == ["xl/Book.xml", "b"]
    assert "XL/book.xml" in made
    assert (made.read("xl/book.XML"), made.read("b")) == (b"foam", b"")
    with pytest.raises(KeyError):
        made.read("c")


def test_names_that_lead_elsewhere_are_no_members():
    """Absolute ones, ones that go up, drives, folders; a backslash parts folders too."""
    names = ["/etc/a", "../a", "x/../../a", "C:/a", "..\\a", "folder/", "x\\y"]
    assert list(Zipped("a.zip", zipped(dict.fromkeys(names, b"")))) == ["x/y"]


def test_a_member_that_grows_too_much_is_refused_by_what_its_directory_says():
    """Nothing is inflated for it."""
    with pytest.raises(UnreadableFile, match="unzipped it grows to more than 200 MB or 400 times its size"):
        Zipped("a.zip", zipped({"a": bytes(20_000_000)})).read("a")


def test_all_reads_together_have_one_limit():
    """Reading one member again and again counts too."""
    megabytes = bytes(range(256)) * 40_000
    made = Zipped("a.zip", zipped({"a": megabytes}, zipfile.ZIP_STORED))
    for _ in range(MAX_INFLATED // len(megabytes)):
        made.read("a")
    with pytest.raises(UnreadableFile, match="grows to more than 200 MB"):
        made.read("a")


@pytest.mark.parametrize("size", [0, 10, 4_000_000])
def test_a_directory_that_lies_gets_nothing_more_inflated(size: int):
    """Less than there is: no more than it says is inflated, and the check sum tells; more: likewise."""
    data = zipped({"a": b"foam and miR-21 " * 100_000})
    data = patched(data, ENTRY, 24, struct.pack("<L", size))
    with pytest.raises(UnreadableFile, match=r"damaged zip|grows to more than"):
        Zipped("a.zip", data).read("a")


def test_members_that_lie_over_one_another_are_refused():
    """As those of the bombs that make terabytes of one stretch of bytes."""
    once = zipped({"a": b"foam" * 1000})
    entry = once[once.rindex(ENTRY) : once.rindex(END)]
    count = struct.pack("<HH", 2, 2)
    twice = patched(once.replace(entry, entry * 2), END, 8, count)
    twice = patched(twice, END, 12, struct.pack("<L", 2 * len(entry)))
    with pytest.raises(UnreadableFile, match="files lie over one another"):
        Zipped("a.zip", twice)


def test_too_many_members_are_refused_before_they_are_listed():
    """A directory may name a million in a few megabytes."""
    with pytest.raises(UnreadableFile, match="more than 10,000 files"):
        Zipped("a.zip", LOCAL + ENTRY * (MAX_MEMBERS + 1))


def test_a_locked_member_and_another_packing_are_told():
    """Neither is a damaged file."""
    data = zipped({"a": b"foam"})
    with pytest.raises(UnreadableFile, match="locked by a password"):
        Zipped("a.zip", patched(data, ENTRY, 8, b"\x01")).read("a")
    with pytest.raises(UnreadableFile, match="packed in a way that is not read"):
        Zipped("a.zip", zipped({"a": b"foam"}, zipfile.ZIP_LZMA)).read("a")


WHOLE = zipped({"word/a.xml": b"<a>miR-21 and miR-210</a>" * 20, "b": b"x"})


@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=8), st.booleans())
def test_a_damaged_zip_gives_its_members_or_a_clear_line(place: int, other: bytes, cut: bool):
    """Whatever byte is lost or changed, nothing else is ever raised, and no member grows."""
    damaged = WHOLE[:place] + other + (b"" if cut else WHOLE[place + len(other) :])
    with suppress(UnreadableFile):
        made = Zipped("a.zip", damaged)
        assert sum(len(made.read(name)) for name in made) <= 501
