"""The Symbol font, in which office files of old have their Greek letters: the letter b set in it is a β."""

from __future__ import annotations

from typing import Final

_LATIN: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_GREEK: Final = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ"
# Adobe's encoding of the font, as far as it is met in papers.
_SIGNS: Final = {0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xAE: "→", 0xAD: "↑", 0xAF: "↓", 0xB9: "≠", 0xBB: "≈",
    0xA5: "∞", 0xB0: "°", 0xB7: "·", 0xAC: "←", 0xAB: "↔", 0x2D: "−", 0x7E: "∼"}  # fmt: skip
_MEANT: Final = {**{ord(latin): greek for latin, greek in zip(_LATIN, _GREEK, strict=True)}, **_SIGNS}
# Word and Excel also write the font's characters among those for private use.
_SHOWN: Final = (
    _MEANT
    | {0xF000 + code: sign for code, sign in _MEANT.items()}
    | {0xF000 + code: chr(code) for code in range(0x20, 0x7F) if code not in _MEANT}
)


def in_symbol_font(text: str) -> str:
    r"""What `text` shows where it is set in the Symbol font.

    >>> in_symbol_font("b1"), in_symbol_font("\uf061")
    ('β1', 'α')
    """
    return text.translate(_SHOWN)
