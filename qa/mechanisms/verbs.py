"""Words by which one thing acts on another: which way, and in which form they stand.

`inhibits` lowers, `activates` raises, `affects` does something. A microRNA silences what it targets, so "targets"
inhibits; "binds", "regulates" and "modulates" do not say which way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Direction = Literal["inhibits", "activates", "affects"]
Form = Literal["active", "passive", "noun"]

# stems, each with what may end it: verb endings, or the whole of a noun
_VERB: Final = r"(?:e|es|ed|s|ing|d|)"
_WAYS: Final[dict[Direction, tuple[str, ...]]] = {
    "inhibits": (
        r"inhibit{v}|inhibition|inhibitory effects? on|suppress{v}|suppression|repress{v}|repression|silenc{v}"
        r"|(?:down[\s-]?|negatively |negative )(?:regulat{v}|regulation|modulat{v}|modulation)|reduc{v}|reduction"
        r"|decreas{v}|block(?:s|ed|ing|ade)?|attenuat{v}|attenuation|impair{v}|impairment|abolish{v}|abrogat{v}"
        r"|abrogation|diminish{v}|lower(?:s|ed|ing)?(?!\s+than)|deplet{v}|depletion|degrad{v}|degradation"
        r"|disrupt{v}|disruption|destroy{v}|antagoni[sz]{v}|dampen{v}|restrain{v}|hinder{v}|prevent{v}|prevention"
        r"|inactivat{v}|inactivation|counteract{v}|knock(?:s|ed|ing)?[\s-]?down|loss|weaken{v}|curb{v}|interfer{v} with"
        r"|impede[sd]?|impeding|undermin{v}|revers{v}|ablat{v}|ablation|halt{v}|declin{v}",
        r"targets? (?:genes? )?(?:of|for)(?=\s[^.;,]{{0,30}}\b(?:miR|let-7|microRNA|miRNA))|target(?:s|ed|ing)?",
    ),
    "activates": (
        r"activat{v}|activation|promot{v}|promotion|induc{v}|induction|enhanc{v}|enhancement|increas{v}"
        r"|(?:up[\s-]?|positively |positive )(?:regulat{v}|regulation)|stimulat{v}|stimulation|elevat{v}|elevation"
        r"|augment{v}|augmentation|facilitat{v}|facilitation|accelerat{v}|acceleration|trigger{v}|amplif(?:y|ies|ied|ying)"
        r"|amplification|boost{v}|strengthen{v}|driv(?:e|es|ing|en)|drove|foster{v}|potentiat{v}|potentiation|reinforc{v}"
        r"|support(?:s|ed|ing)?|favou?r(?:s|ed|ing)?|elicit{v}|evok{v}|initiat{v}|initiation|confer(?:s|red|ring)?"
        r"|improv{v}|rais{v}|restor{v}|restoration|stabili[sz]{v}|stabili[sz]ation|contribut{v} to|accumulation"
        r"|sustain(?:s|ed|ing)?|acquisition|caus{v}|creat{v}|generat{v}|provok{v}|encourag{v}|enabl{v}|maintain(?:s|ed|ing)?|overexpress{v}"
        r"|polari[sz](?:e|es|ed|ing)(?=\s+macrophages)",
    ),
    "affects": (
        r"regulat{v}|regulation|modulat{v}|modulation|affect{v}|influenc{v}|alter(?:s|ed|ing)?|alterations?"
        r"|control(?:s|led|ling)?|bind(?:s|ing)?(?: to)?(?!\s+\w*proteins?\b)|bound to|interact(?:s|ed|ing)? with"
        r"|interaction with|act(?:s|ed|ing)? on|(?:an? )?(?:(?!no\b|an?\b|little\b)\w+ )?(?:effects?|impact) on"
        r"|chang{v}|govern{v}|mediat{v}|dysregulat{v}|dysregulation|remodel(?:s|ed|ing)"
        r"|(?:(?:key|important|critical|crucial|potential) )?roles? in"
        r"|involv{v} in|involvement in|(?:roles?|involvement)(?= of\b)|implicat{v} in|participat{v} in",
    ),
}
_RELATIONS: Final = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(
        f"(?P<{way}{place}>{part.format(v=_VERB)})" for way, parts in _WAYS.items() for place, part in enumerate(parts)
    )
    + r")(?!\w|-(?!reg))",
    re.IGNORECASE,
)
_NOUN: Final = re.compile(
    r".*(?:ion|ment|loss|ade)$|(?:.* )?(?:roles?|effects?|impact|interactions?)(?: (?:in|on|with))?$"
    r"|involvement in$|alterations?",
    re.IGNORECASE,
)
_EITHER: Final = re.compile(
    r"(?:increas|decreas|declin)e$|silencing|targeting|.*binding(?: to)?$|.*knock-?\s?down$|.*ing$", re.IGNORECASE
)
_BE: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|being|gets?|got|becomes?)(?:\s+(?:\w+ly|also|not|then|thus|further))*\s+$",
    re.IGNORECASE,
)
_BY: Final = re.compile(r"\s+(?:\w+ly\s+)?by\b", re.IGNORECASE)
# a thing that has a name of its own: "its target gene", "a tumor suppressor"
_THING: Final = re.compile(r"\s+(?:genes?|sites?|cells?|proteins?|mrnas?|molecules?|organs?|tissues?)\b", re.IGNORECASE)
_QUALIFIED: Final = re.compile(
    r"\s+(?:[TB]\s+)?(?:cells?|(?:myo)?fibroblasts?|macrophages?|CAFs?|platelets?|protein\s+kinase)\b"
)
# a state and no deed: "with higher PCK1 and lower PTEN"
_STATE: Final = re.compile(
    r"(?:\b(?:with|had|has|have|show(?:s|ed)?|an?|the|of|at|by)|\bhigher\s+[^,;.]{1,40}\band)\s+$", re.IGNORECASE
)
_ITS: Final = re.compile(
    r"\b(?:its|their|direct|downstream|an?|the|possible|potential|novel|key|new)\s+$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation word, the characters `[start, end)` of a text.

    Attributes:
        form: `active` where what it acts on stands after it, `passive` where before it, `noun` where either may be.
    """

    direction: Direction
    form: Form
    start: int
    end: int


def relations_in(text: str) -> tuple[Relation, ...]:
    """The relation words of `text`, in order."""
    return tuple(
        Relation(_direction(match), _form(text, match), match.start(), match.end())
        for match in _RELATIONS.finditer(text)
        if not _is_thing(text, match)
    )


def _direction(match: re.Match[str]) -> Direction:
    kind = next(kind for kind, found in match.groupdict().items() if found)
    return next(way for way in _WAYS if kind.startswith(way))


def _form(text: str, match: re.Match[str]) -> Form:
    word = match[0]
    if word.casefold().endswith(("t of", "ts of", "e of", "es of", "t for", "ts for")):
        return "passive"
    if word.casefold().endswith(("ed", "en", "bound to")) and (
        _BE.search(text, max(0, match.start() - 60), match.start()) or _BY.match(text, match.end())
    ):
        return "passive"
    return "noun" if _NOUN.fullmatch(word) or _EITHER.fullmatch(word) else "active"


def _is_thing(text: str, match: re.Match[str]) -> bool:
    """True where a word names a thing, or says which, rather than what is done: "target gene", "activated T cells"."""
    if match[0].casefold() == "lower":
        return _STATE.search(text, max(0, match.start() - 60), match.start()) is not None
    if match[0].casefold() not in {"target", "targets", "control", "controls"}:
        return match[0].endswith("ed") and _QUALIFIED.match(text, match.end()) is not None
    return bool(_THING.match(text, match.end()) or _ITS.search(text, max(0, match.start() - 30), match.start()))


def compose(outer: Direction, inner: Direction) -> Direction:
    """What comes of doing one thing to another: to reduce an inhibition is to activate.

    >>> compose("inhibits", "activates"), compose("inhibits", "inhibits"), compose("activates", "affects")
    ('inhibits', 'activates', 'affects')
    """
    if "affects" in (outer, inner):
        return inner if outer == "affects" else ("affects" if outer == "activates" else outer)
    return "activates" if outer == inner else "inhibits"
