"""Letters of the fonts Symbol and Wingdings, which are not what their codes say, as Unicode has them."""

from __future__ import annotations

# By code, from 0x20 and from 0xA0; a blank where the font has nothing.
_FROM_20 = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_FROM_A0 = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
_SYMBOL = dict(enumerate(_FROM_20, 0x20)) | dict(enumerate(_FROM_A0, 0xA0))
_WINGDINGS = {
    0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "→", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    0xA7: "▪", 0x6C: "●", 0x6E: "■", 0xA8: "□", 0x4A: "☺",
}  # fmt: skip
_PRIVATE = range(0xF000, 0xF100)
LOST = "\ufffd"
"""Stands for a letter that no one knows."""


def is_symbolic(font: str) -> bool:
    """Whether the codes of a font's letters are its own."""
    return font.casefold() == "symbol" or font.casefold().startswith("wingdings")


def symbol(code: int, font: str) -> str:
    """The letter of a font at a code, which may stand in the private area that Word keeps such letters in."""
    table = _WINGDINGS if font.casefold().startswith("wingdings") else _SYMBOL
    return table.get(code - 0xF000 if code in _PRIVATE else code, LOST)


def said(text: str, font: str) -> str:
    r"""What a run of this font says.

    >>> said("TGF-b", "Symbol"), said("TGF-\uf062", "Arial")
    ('ΤΓΦ−β', 'TGF-β')
    """
    if is_symbolic(font):
        return "".join(
            symbol(ord(letter), font) if ord(letter) < 0x100 or ord(letter) in _PRIVATE else letter for letter in text
        )
    return "".join(symbol(ord(letter), "Symbol") if ord(letter) in _PRIVATE else letter for letter in text)
