"""Equations of Word (OMML) as MathML, which `corpus.readers.formulas` reads."""

from __future__ import annotations

from lxml import etree

from corpus.readers.docx.package import value

# By element of OMML: that of MathML, and which of its children it takes, in MathML's order.
_BUILT = {
    "f": ("mfrac", ("num", "den")),
    "sSup": ("msup", ("e", "sup")),
    "sSub": ("msub", ("e", "sub")),
    "sSubSup": ("msubsup", ("e", "sub", "sup")),
    "limLow": ("munder", ("e", "lim")),
}


def mathml(node: etree._Element, tag: str = "mrow") -> etree._Element:
    """An equation, or a piece of one, as an element of MathML."""
    made = etree.Element(tag)
    for child in node:
        made.extend(_pieces(child))
    return made


def _pieces(node: etree._Element) -> list[etree._Element]:  # noqa: C901  # one case for each kind of element
    """What an element of OMML is."""
    tag = node.tag
    if tag in _BUILT:
        kind, children = _BUILT[tag]
        return [_of(kind, *(_piece(node, child) for child in children))]
    match tag:
        case "t":
            return [_letters("mi", node.text or "")]
        case "rad":
            degree = _piece(node, "deg")
            return [_of("mroot", _piece(node, "e"), degree) if len(degree) else _of("msqrt", _piece(node, "e"))]
        case "nary":
            sign = _letters("mo", value(node.find("naryPr/chr")) or "∫")
            return [_scripted(sign, node), _letters("mo", " "), _piece(node, "e")]
        case "sPre":
            return [_scripted(etree.Element("mrow"), node), _piece(node, "e")]
        case "d":
            made = _of("mfenced", *(mathml(one) for one in node.findall("e")))
            for side, sign in (("open", "begChr"), ("close", "endChr")):
                if (said := value(node.find(f"dPr/{sign}"))) is not None:
                    made.set(side, said)
            return [made]
        case "func":
            return [_piece(node, "fName"), _letters("mo", " "), _piece(node, "e")]
        case "acc":
            return [_of("mover", _piece(node, "e"), _letters("mo", value(node.find("accPr/chr")) or "\u0302"))]
        case "bar":
            line = "\u0305" if value(node.find("barPr/pos")) == "top" else "\u0332"
            return [_of("mover", _piece(node, "e"), _letters("mo", line))]
        case "m":
            return [_of("mtable", *(_of("mtr", *map(mathml, row.findall("e"))) for row in node.findall("mr")))]
        case "eqArr":
            return [_of("mtable", *map(mathml, node.findall("e")))]
        case "instrText" | "delText" | "del" | "moveFrom":
            return []
        case _ if tag.endswith("Pr"):
            return []
        case _:
            return [piece for child in node for piece in _pieces(child)]


def _scripted(base: etree._Element, node: etree._Element) -> etree._Element:
    """A base with the lower and upper limits or indices that an element has, of which either may be empty."""
    for tag, child in (("msub", "sub"), ("msup", "sup")):
        limit = _piece(node, child)
        base = _of(tag, base, limit) if len(limit) else base
    return base


def _piece(node: etree._Element, child: str) -> etree._Element:
    found = node.find(child)
    return etree.Element("mrow") if found is None else mathml(found)


def _of(tag: str, *children: etree._Element) -> etree._Element:
    made = etree.Element(tag)
    made.extend(children)
    return made


def _letters(tag: str, text: str) -> etree._Element:
    made = etree.Element(tag if text.strip() else "mspace")
    made.text = text
    return made
