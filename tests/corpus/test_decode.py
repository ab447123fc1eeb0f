"""Bytes to characters."""

import pytest

from corpus.errors import UnreadableFile
from corpus.readers.decode import decode


def test_utf8_with_and_without_mark_reads_the_same():
    """A byte-order mark is not part of the text."""
    assert decode("a.txt", "TGF-β".encode()).text == "TGF-β"
    assert decode("a.txt", "TGF-β".encode("utf-8-sig")).text == "TGF-β"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_with_a_mark(encoding):
    """UTF-16 of either order is read where its mark says so."""
    mark = {"utf-16": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[encoding]
    assert decode("a.txt", mark + "κ and Ω".encode(encoding)).text == "κ and Ω"


def test_windows_1252_is_read_and_said():
    """Text that is not UTF-8 is read as Windows-1252, and the user is told."""
    decoded = decode("a.txt", "Krüppel – “like”".encode("cp1252"))
    assert decoded.text == "Krüppel – “like”"
    assert decoded.notices == ("Read as Windows-1252, since it is not UTF-8; check accents and Greek letters.",)


def test_line_ends_become_one():
    """CR, CRLF and the separators of Unicode are line feeds; tabs and form feeds stay."""
    assert decode("a.txt", "a\r\nb\rc\u2028d\x0be\tf\x0cg".encode()).text == "a\nb\nc\nd\ne\tf\x0cg"


def test_letters_are_composed():
    """An accent after its letter becomes one character with it (NFC)."""
    assert decode("a.txt", "Hu\u0308lya".encode()).text == "Hülya"


def test_raised_and_greek_characters_stay():
    """Nothing is folded: superscripts, subscripts and Greek letters come through."""
    assert decode("a.txt", "CD8⁺ H₂O 10⁵ µm TNF-α ﬁ".encode()).text == "CD8⁺ H₂O 10⁵ µm TNF-α ﬁ"


def test_unprinted_characters_go():
    """Soft hyphens, also before a line end, and zero-width blanks are dropped."""
    assert decode("a.txt", "meta\u00ad\nstasis ex\u00adosome a\u200bb\ufeffc".encode()).text == "metastasis exosome abc"


def test_a_dropped_control_character_is_said():
    """A lost letter is not lost silently."""
    decoded = decode("a.txt", ("IFN-\x02 " + "word " * 50).encode())
    assert decoded.text.startswith("IFN- word")
    assert decoded.notices[0].startswith("1 control character was dropped")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b" \n\t ", "the file is empty"),
        ("\u00a0\u200b\n".encode(), "the file is blank"),
        (b"text\x00text", "NUL bytes"),
        (b"\x01\x02abc\x03", "binary"),
        (b"%PDF-1.7 stuff", "this is a PDF"),
        (b"PK\x03\x04....", "a zipped file"),
        (b"\xff\xfea", "begins as UTF-16"),
        (b"caf\xe9 \x81", "neither UTF-8 nor Windows-1252"),
    ],
)
def test_what_gives_no_text_is_refused_with_its_reason(data, reason):
    """Each kind of unreadable file has its own clear error, which names the file."""
    with pytest.raises(UnreadableFile) as caught:
        decode("a.txt", data)
    assert caught.value.file == "a.txt"
    assert reason in caught.value.reason
