"""Marks inside a line: emphasis, HTML tags, raised and lowered characters, made plain without losing a letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from html import unescape

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_RAISED = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
)
_LOWERED = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
# These say the same on the line as above it: miR-31*, 5′, 25°.
_MARKS = "*∗†‡§¶#′″°®©™"
_NUMBERS = re.compile(r"\d{1,4}(?:\s*[-–—,;]\s*\d{1,4})*")
_SINGLE = re.compile(r"\d{1,4}")
_BRACKETS = re.compile(r"(?:\[[^\[\]]*\][\s,–—-]*)+")
_WORD = re.compile(r"[^\W\d_][^\W_]*")
_OPERATOR = re.compile(r"\s*([+−=,-])\s*")

# Tags that mark up letters within a word; all others part words.
_WITHIN = "i|b|u|em|strong|span|small|big|font|a|sub|sup|mark|s|strike|del|ins|code|kbd|var|samp|tt|cite|q|abbr|dfn"
_PARTING = (
    "br|p|div|center|hr|pre|h[1-6]|ul|ol|li|dl|dt|dd|blockquote|table|caption|colgroup|col|thead|tbody|tfoot|tr|th|td"
    "|article|aside|details|summary|figure|figcaption|footer|header|main|nav|section|img|picture|svg|iframe|video|audio"
    "|source|form|label|input|button|select|option|textarea|html|head|body|title|meta|link|noscript|script|style"
)
_TAG = re.compile(
    rf"</?({_WITHIN}|{_PARTING})"
    r"(?:\s+(?:[\w:-]{1,30}\s?=\s?(?:\"[^\"<>]{0,300}\"|'[^'<>]{0,300}'|[^\s\"'<>=]{1,300})"
    r"|open|hidden|disabled|checked|controls|nowrap|async|defer|required))*\s*/?>",
    re.IGNORECASE,
)
_WITHIN_NAME = re.compile(_WITHIN, re.IGNORECASE)
_HIDING = re.compile(r"<!--|<(script|style|del|strike|s)(?:\s[^<>]{0,300})?>", re.IGNORECASE)
_HIDDEN_END = re.compile(r"</(script|style|del|strike|s)\s*>", re.IGNORECASE)
_SUP_TAG = re.compile(r"<sup(?:\s[^<>]{0,300})?>([^<>]{1,60})</sup\s*>", re.IGNORECASE)
_SUB_TAG = re.compile(r"<sub(?:\s[^<>]{0,300})?>([^<>]{1,60})</sub\s*>", re.IGNORECASE)
_CARET_BRACES = re.compile(r"\^\{([^{}\n]{1,60})\}")
_CARET_BRACKETS = re.compile(r"\^(\[[^\[\]\n]{1,200}\])\^(?!\w)")
_CARET_BRACKET = re.compile(r"\^(?=\[)")
# Not "a^2+b^2": there the second caret raises what follows it.
_CARET_PAIR = re.compile(r"\^([^\s^\[\]{}]{1,20})\^(?!\w)")
_LOW_BRACES = re.compile(r"(?<=[\w)\]])_\{([^{}\n]{1,30})\}")
_BOLD = re.compile(r"(?<![\w*])\*\*(?=[^\s*])([^*\n]{1,400})(?<=\S)\*\*(?![\w*])")
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,400})(?<=\S)\*(?![\w*])")

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lamda mu nu xi pi rho sigma tau upsilon phi chi psi omega"
)
_COMMANDS = {
    **{name: unicodedata.lookup(f"GREEK SMALL LETTER {name}") for name in _GREEK.split()},
    **{name.title(): unicodedata.lookup(f"GREEK CAPITAL LETTER {name}") for name in _GREEK.split()},
    "lambda": "λ", "Lambda": "Λ", "times": "×", "cdot": "·", "pm": "±", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥",
    "approx": "≈", "sim": "∼", "to": "→", "rightarrow": "→", "uparrow": "↑",
    "downarrow": "↓", "circ": "°", "prime": "′", "ast": "*", "%": "%", ",": " ",
}  # fmt: skip
_COMMAND = re.compile(r"\\([A-Za-z]+|[%,])(?: (?=[A-Za-z]))?")
_MATH_RAISED = re.compile(r"\^(?:\{([^{}]{1,60})\}|([\w*°′]))")
_MATH_LOWERED = re.compile(r"_(?:\{([^{}]{1,60})\}|(\w))")
# As pandoc has it: no blank inside the dollars, no digit after them; and in a sentence a price is no mathematics.
_MATH = re.compile(r"\$\$(?:\\.|[^$\\]){1,1000}\$\$|\$(?![\s$])((?:\\.|[^$\\]){1,300})(?<!\s)\$(?![\d$])", re.DOTALL)
_SUBSCRIPT = re.compile(r"(?:(?<=[^\W\d_])|(?<=[)\]]))~([\w+-]{1,12})~(?!\d)")
_SCRIPT_TAG = re.compile(r"<(/?)(su[bp])(?:\s[^<>]*)?>", re.IGNORECASE)
# What was left out, until the blank before it is settled; the parser lets no such character in.
_LEFT_OUT = "\0"
_AROUND_LEFT_OUT = re.compile(rf"[ \n]?{_LEFT_OUT}+(?!\w)|{_LEFT_OUT}+")


def plain(text: str) -> str:
    """`text` without Markdown emphasis, known HTML tags and comments, and with raised characters made readable.

    A raised list of numbers after a word becomes a reference marker in brackets; see `raised`.

    >>> plain("seen *in vivo*.^[35,36] and in <b>CD8^{+}</b> cells")
    'seen in vivo.[35,36] and in CD8⁺ cells'
    """
    if "<" in text:
        # What is raised may itself be marked up, so the tags inside it go first.
        text = _TAG.sub(_without_tag, without_comments(text))
        text = _SUB_TAG.sub(_lower, _SUP_TAG.sub(_raise, text))
    text = scripts(text)
    if "*" in text:
        text = _ITALIC.sub(r"\1", _BOLD.sub(r"\1", text))
    return text


def scripts(text: str, before: str = "") -> str:
    """`text`, which stands after `before`, with `10^{6}`, `10^6^`, `^[3]` and `CO_{2}` made readable.

    >>> scripts("10^{6} cells^[3]^ in CO_{2}, at x^{0.5}")
    '10⁶ cells[3] in CO₂, at x^{0.5}'
    """
    if "^" in text:
        text = _CARET_BRACKET.sub("", _CARET_BRACKETS.sub(r"\1", text))
        for pattern in (_CARET_BRACES, _CARET_PAIR):
            text = pattern.sub(lambda up: _raise(up, before), text)
    if "_{" in text:
        whole = _LOW_BRACES.sub(lambda low: _read(lowered(low[1]), low), before[-1:] + text)
        text = whole[len(before[-1:]) :]
    return text


def math(source: str) -> str:
    r"""TeX mathematics between dollars as it reads on one line; as written where no line of Unicode says the same.

    >>> math("$10^{-3}$"), math(r"TGF-$\beta$"[4:]), math("$e^{-0.5t}$")
    ('10⁻³', 'β', '$e^{-0.5t}$')
    """
    text = _COMMAND.sub(lambda command: _COMMANDS.get(command[1], command[0]), source.strip("$"))
    text = _MATH_RAISED.sub(lambda up: _read(_translated(up[1] or up[2], _RAISED), up), text)
    text = _MATH_LOWERED.sub(lambda low: _read(_translated(low[1] or low[2], _LOWERED), low), text)
    return source if re.search(r"[\\^_{}]", text) else text


def math_rule(state: StateInline, silent: bool) -> bool:
    """The parser's rule for mathematics within a line, whose marks are not Markdown's."""
    found = _MATH.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "$" else None
    if found is None or (found[1] and " " in found[1] and not re.search(r"[\\^_=<>]", found[1])):
        return False
    if not silent:
        state.push("math_inline", "math", 0).content = found[0]
    state.pos = found.end()
    return True


def html_text(html: str) -> str:
    """The text of a block of HTML: tags, scripts, styles, comments and struck-out text gone, cells parted by blanks."""
    return unescape(plain(without_hidden(html)))


def flat(token: Token, breaks: str = " ") -> str:
    """The text of an inline token without its marks; line ends become `breaks`."""
    out: list[str] = []
    scripts: list[tuple[str, int, str]] = []  # the raised or lowered stretches that are open: name, place, tag
    for child in _shown(token.children or []):
        match child.type:
            case "text" | "text_special":
                out.append(_all_scripts(child.content, "".join(out[-3:])[-12:]))
            case "code_inline" | "image":
                out.append(child.content)
            case "math_inline":
                out.append(math(child.content))
            case "softbreak" | "hardbreak":
                out.append(breaks)
            case "s_close" | "footnote_ref":
                # A raised number would be taken for a power after a number, and for a citation after a word.
                out.append(_LEFT_OUT)
            case "html_inline":
                _take_tag(child.content, out, scripts)
            case _:
                pass
    for _, place, tag in reversed(scripts):
        out.insert(place, tag)
    return _AROUND_LEFT_OUT.sub("", "".join(out))


def without_comments(html: str) -> str:
    """`html` with each comment become one blank; one that never ends is text."""
    kept: list[str] = []
    at = 0
    while (start := html.find("<!--", at)) >= 0 and (end := html.find("-->", start + 4)) >= 0:
        kept += [html[at:start], " "]
        at = end + 3
    return "".join([*kept, html[at:]])


def without_hidden(html: str) -> str:
    """`html` with each comment, script, style and struck-out text become one blank; what never ends is text."""
    kept: list[str] = []
    at, start = 0, 0
    endless: set[str] = set()
    while opened := _HIDING.search(html, start):
        end_mark = f"</{opened[1].lower()}" if opened[1] else "-->"
        closing = re.compile(rf"{end_mark}\s*>?", re.IGNORECASE)
        ended = None if end_mark in endless else closing.search(html, opened.end())
        start = opened.end()
        if ended is None:
            endless.add(end_mark)
            continue
        kept += [html[at : opened.start()], " "]
        at = start = ended.end()
    return "".join([*kept, html[at:]])


def raised(inner: str, before: str) -> str | None:
    """What the raised characters `inner` read as, after the text `before`; None where a line cannot say it.

    Brackets stay as they are. Numbers parted by commas or dashes, and a single number after punctuation or after a
    whole word, are reference markers: "growth" and "3,4" give "[3,4]". Otherwise characters are raised if Unicode has
    all of them raised (10⁵, CD8⁺, cm²); some of them alone would say something else.
    """
    inner = inner.strip()
    if _BRACKETS.fullmatch(inner):
        return inner
    if _NUMBERS.fullmatch(inner) and not before[-1:].isdigit():
        single = _SINGLE.fullmatch(inner) is not None
        if not single or re.search(r"[.,;:!?)\]\"”’]$|(?<![^\W\d_])[^\W\d_]{4,}$", before[-12:]):
            return f"[{inner}]"
    return superscript(inner, before)


def superscript(inner: str, before: str = "") -> str | None:
    """The raised characters `inner` after the text `before`, none of them a marker; None where a line cannot say it."""
    inner = inner.strip()
    after_digit = before[-1:].isdigit()
    # After a number, "1,5" is more likely a decimal than two marks; with digits, a slash is a fraction.
    kept = ("" if after_digit else ",") + ("" if re.search(r"\d", inner) else "/")
    return _translated(inner, _RAISED, kept)


def lowered(inner: str, before: str = "") -> str | None:
    """What the lowered characters `inner` read as after the text `before`; None where a line cannot say it.

    Lowered where Unicode has all of them lowered (CO₂); else a word after a letter says the same on the line (Treg).
    """
    inner = inner.strip()
    found = _translated(inner, _LOWERED)
    return inner if found is None and before[-1:].isalpha() and _WORD.fullmatch(inner) else found


def _translated(inner: str, table: dict[int, int], kept: str = "") -> str | None:
    """`inner` through `table`, or None where it has more than the table's characters, marks and those of `kept`."""
    inner = _OPERATOR.sub(r"\1", inner)
    if all(ord(letter) in table or letter in _MARKS or letter in kept for letter in inner):
        return inner.translate(table)
    return None


def _raise(found: re.Match[str], before: str = "") -> str:
    return _read(raised(found[1], (before + found.string[max(0, found.start() - 12) : found.start()])[-12:]), found)


def _lower(found: re.Match[str]) -> str:
    return _read(lowered(found[1], found.string[max(0, found.start() - 1) : found.start()]), found)


def _read(read: str | None, found: re.Match[str]) -> str:
    """`read`, or the match as it was written where it cannot be read."""
    return found[0] if read is None else read


def _without_tag(tag: re.Match[str]) -> str:
    """What a tag leaves on the line; tags that raise or lower stay, for they say what their content is."""
    return tag[0] if tag[1].lower() in {"sup", "sub"} else _tag_gap(tag[0])


def _shown(children: Sequence[Token]) -> Iterator[Token]:
    """`children` without struck-out text, of which the end stays, and without scripts and styles."""
    at, struck = 0, 0
    # Where each such element ends last: one that never ends is looked for once.
    tags = [(place, child.content) for place, child in enumerate(children) if child.type == "html_inline"]
    last = {found[1].lower(): place for place, tag in tags if (found := _HIDDEN_END.match(tag))}
    while at < len(children):
        child = children[at]
        struck += (child.type == "s_open") - (child.type == "s_close")
        name = _hiding_tag(child.content) if child.type == "html_inline" else None
        if name is not None and last.get(name, -1) > at:
            while not ((found := _HIDDEN_END.match(children[at].content)) and found[1].lower() == name):
                at += 1
            child = Token("s_close", "s", -1)
        if not struck:
            yield child
        at += 1


def _take_tag(tag: str, out: list[str], scripts: list[tuple[str, int, str]]) -> None:
    """Takes an HTML tag within a line: what it raises or lowers is made so, or stays as written."""
    found = _SCRIPT_TAG.fullmatch(tag)
    if found is None:
        known = tag.startswith("<!--") or _is_known_tag(tag)
        out.append((" " if tag.startswith("<!--") else _tag_gap(tag)) if known else tag)
    elif not found[1]:
        scripts.append((found[2].lower(), len(out), tag))
        out.append("")
    elif scripts and scripts[-1][0] == found[2].lower():
        name, place, opened = scripts.pop()
        inner, before = "".join(out[place:]), "".join(out[:place])[-12:]
        said = raised(inner, before) if name == "sup" else lowered(inner, before)
        out[place:] = [f"{opened}{inner}{tag}" if said is None else said]


def _all_scripts(text: str, before: str) -> str:
    """`text`, which stands after `before`, with `^3^`, `^[3]` and `H~2~O` made readable."""
    text = scripts(text, before)
    return _SUBSCRIPT.sub(lambda low: lowered(low[1], low.string[: low.start()]) or low[0], text)


def _is_known_tag(html: str) -> bool:
    """Whether `html` is one HTML tag that only marks up what stands in it ("<b and c>" is text, not a tag)."""
    return _TAG.fullmatch(html) is not None


def _tag_gap(tag: str) -> str:
    """What a known HTML tag leaves on the line: nothing within a word, else a blank."""
    found = _TAG.match(tag)
    return "" if found is None or _WITHIN_NAME.fullmatch(found[1]) else " "


def _hiding_tag(tag: str) -> str | None:
    """The name of the opened HTML element where `tag` opens one whose content is not shown or struck out, or None."""
    found = _HIDING.fullmatch(tag)
    return found[1].lower() if found and found[1] else None
