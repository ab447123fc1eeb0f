r"""Formulae as one line of text: MathML read element by element, TeX as far as Unicode has it (else as written)."""

from __future__ import annotations

import re

from lxml import etree

from corpus import inline

_TEX_BODY = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
# What stands after the base, in its order: raised or lowered.
_SCRIPTS = {"msup": "^", "msub": "_", "munder": "_", "msubsup": "_^", "munderover": "_^"}
_SIMPLE = re.compile(r"[\w.]+|.")


def tex(source: str) -> str:
    r"""TeX as it reads on one line, without the frame that makes it a document.

    >>> tex(r"\documentclass{minimal}\begin{document}$$10^{6}$$\end{document}")
    '10⁶'
    """
    found = _TEX_BODY.search(source)
    return inline.math((found[1] if found else source).strip())


def mathml(node: etree._Element) -> str:
    """What an element of MathML says on one line."""
    if node.tag in {"annotation", "annotation-xml"}:
        return ""
    parts = [mathml(child) for child in node if isinstance(child.tag, str)]
    if not parts:
        return " " if node.tag == "mspace" else " ".join((node.text or "").split())
    if node.tag in _SCRIPTS and len(parts) == len(_SCRIPTS[node.tag]) + 1:
        return parts[0] + "".join(map(_script, parts[1:], _SCRIPTS[node.tag]))
    match node.tag, parts:
        case "mfrac", [upper, lower]:
            return f"{_grouped(upper)}/{_grouped(lower)}"
        case "msqrt", _:
            return f"√{_grouped(''.join(parts))}"
        case "mroot", [base, degree]:
            return f"{_script(degree, '^')}√{_grouped(base)}"
        case "mmultiscripts", [base, *_]:
            tags = [child.tag for child in node if isinstance(child.tag, str)]
            at = tags.index("mprescripts") if "mprescripts" in tags else len(tags)
            return f"{_pairs(parts[at + 1 :])}{base}{_pairs(parts[1:at])}"
        case "mfenced", _:
            return f"{node.get('open', '(')}{', '.join(parts)}{node.get('close', ')')}"
        case _:
            return {"mtable": "; ", "mtr": ", "}.get(node.tag, "").join(parts)


def _pairs(texts: list[str]) -> str:
    """Lowered and raised texts by turns, of which some are empty."""
    return "".join(_script(text, "_^"[place % 2]) for place, text in enumerate(texts) if text.strip())


def _script(text: str, sign: str) -> str:
    said = inline.superscript(text) if sign == "^" else inline.lowered(text)
    return f"{sign}{{{text.strip()}}}" if said is None else said


def _grouped(text: str) -> str:
    return text if _SIMPLE.fullmatch(text) else f"({text})"
