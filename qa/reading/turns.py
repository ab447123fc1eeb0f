"""A turn of a conversation made a question of its own, by what the question before it said.

A turn follows on where it opens with a link ("and in the lung?"), stands on a word that points back ("its targets",
"there"), or brings a place alone. What it names replaces its kind in the question before, molecule for molecule, place
for place, gene for gene, drug for drug, author for author; what it leaves out is carried over. Where it is doubtful
that a turn points back it is left alone: an answer about a molecule that nobody asked about is the worst there is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.diseases import DISEASE
from index.drugs import find_drugs
from index.names import Name, find_names
from index.sites import Site, find_sites
from qa.reading.bylines import with_byline
from qa.reading.labels import with_table

_PREPOSITIONS: Final = "in|of|for|during"
CONTEXT: Final = re.compile(
    rf"\b(?P<preposition>{_PREPOSITIONS})\s+(?:the\s+)?(?P<what>(?:(?!\b(?:{_PREPOSITIONS})\b)[^,:;?.!()])+?)"
    r"\s*(?:\([^()]*\))?[\s?.!]*$",
    re.IGNORECASE,
)
"""What stands last after a preposition: where, or in whom, a question is asked about."""

_LINK: Final = re.compile(r"^\s*(?:and|or|but|also|what\s+about|how\s+about|same)\b", re.IGNORECASE)
_OPENING: Final = re.compile(
    r"^\s*(?:(?:and|or|but|also|then|so)\b[\s,]*)*(?:(?:(?:what|how)\s+)?about\b)?[\s,]*", re.IGNORECASE
)
# "does the same hold in …", "same for …": the question before is asked again
_SAME: Final = re.compile(
    r"^(?:(?:does|do|did|is|would|will|can)\s+)?"
    r"(?:(?:the\s+)?same|(?:it|that|this)(?=\s+(?:also\s+)?(?:happen|hold|apply|occur|go|true)\b))\s*"
    r"(?:also\s+)?(?:(?:thing|happens?|holds?|appl(?:y|ies)|occurs?|goe?s?|true)\b\s*)*",
    re.IGNORECASE,
)
_DOES_SAME: Final = re.compile(
    r"^(?:does|do|did|can|could|will|would)\s+(?P<who>\S.*?)\s+(?:also\s+)?do\s+(?:the\s+same|that|this|so)\b"
    r"(?:\s+(?:too|also|as\s+well))?(?P<where>.*)$",
    re.IGNORECASE,
)
_PLACE_FIRST: Final = re.compile(rf"^(?:{_PREPOSITIONS})\s+\S+(?:\s+\S+){{0,3}}$", re.IGNORECASE)
_VERB: Final = re.compile(
    r"\b(?:is|are|was|were|be|do|does|did|can|could|may|might|will|would|has|have|which|who|what|where|when|why|how)\b",
    re.IGNORECASE,
)
# a subject of the turn's own, to which "its" and "their" belong
_SUBJECT: Final = re.compile(
    r"\b(?:do|does|did|can|could|may|might|will|would)\s+"
    r"(?!(?:it|its|they|their|this|that|these|those|there|the\s+same|we|you|i|one|not|also)\b)\w",
    re.IGNORECASE,
)
# "it" and "there" that point at nothing: "is it known that", "are there"
_EMPTY: Final = re.compile(
    r"\b(?:is|was|has)\s+it\s+(?:\w+\s+){1,3}?(?:that|whether|if|how|which|why)\b"
    r"|\bit\s+(?:is|was|has\s+been)\s+(?:\w+\s+){1,3}?(?:that|whether|if|how|which|why)\b"
    r"|\b(?:is|are|was|were|be)\s+there\b(?!\s*[?.!]*$)|\bthere\s+(?:is|are|was|were)\b",
    re.IGNORECASE,
)
_PRONOUN: Final = re.compile(
    r"\b(?:it|this\s+molecule|(?:this|that|the\s+same)\s+mi(?:cro)?RNA)\b(?!'s)", re.IGNORECASE
)
_POSSESSIVE: Final = re.compile(r"\b(?:its|their)\b", re.IGNORECASE)
_OF_ONE: Final = re.compile(r"\b(?:it|its|they|them|their)\b", re.IGNORECASE)
# "that" after these is no relative pronoun, nor is it at the end
_DEMONSTRATIVE: Final = re.compile(
    r"\b(?:this|these|those)\b(?!\s+(?:reviews?|papers?|documents?|articles?|librar(?:y|ies)|collections?)\b)"
    r"|\b(?:does|do|did|is|was|can|could|would|will|of|in|by|for|with|after|from)\s+that\b|\bthat\s*[?.!]*$|\bthere\b"
    r"|\bthe\s+same\s+(?:mi(?:cro)?RNAs?|molecules?|cancers?|tumou?rs?|diseases?|contexts?|genes?|proteins?|pathways?"
    r"|targets?|effects?|mechanisms?|cells?|way|role)\b",
    re.IGNORECASE,
)
_THERE: Final = re.compile(
    r"\b(?:there|in\s+(?:this|that|the\s+same)\s+(?:cancer|tumou?r|disease|context))\b", re.IGNORECASE
)
_WORD: Final = re.compile(r"[^\W_]+")
_BY: Final = re.compile(r"^(?:by|of|from|according\s+to)\s+", re.IGNORECASE)
# words that ask about a molecule without saying which
_GENERIC: Final = frozenset(
    """a an the of in by is are was were do does did has have been be which what who where when why how any all other
    others more and or with for from to on through via directly mainly mechanism mechanisms pathway pathways signalling
    signaling target targets targeted gene genes protein proteins mrna mrnas source sources cell cells effect effects
    role roles evidence study studies paper papers year function functions outcome outcomes activated silenced
    suppressed inhibited affected involved regulated reported secreted released known found molecules consequences
    activate silence suppress inhibit affect regulate upstream downstream exactly recipient donor""".split()  # noqa: SIM905
)
_OF_SOMETHING: Final = frozenset(
    """mechanism mechanisms pathway pathways target targets gene genes protein proteins mrna mrnas source sources effect
    effects role roles function functions consequences outcome outcomes""".split()  # noqa: SIM905
)
# "in which cancer?", "which drugs?": asks of the question before which thing of a kind it was, and says nothing else
_WHICH_KIND: Final = re.compile(
    r"^\s*(?:(?:and|but|or|so)\b[\s,]*)?(?:(?:in|of|for|by|from|to|through|via|with|on|against|between)\s+)?"
    r"(?:which|what)(?:\s+(?:other|kinds?\s+of|types?\s+of|specific|particular|human|exosomal))*\s+"
    r"(?:(?:mi(?:cro)?-?\s?rna|mirs?|drug|cancer|tumou?r|disease|organ|tissue|gene|protein|pathway|target|exosome|vesicle"
    r"|cell\s+type|cell|receptor|enzyme|cytokine|chemokine|integrin|lipid|ligand|species|(?:lnc|circ|nc)?rna|molecule|marker|biomarker|fluid|mechanism|study|paper|patient)s?|studies|ones?)"
    r"(?:\s+(?:exactly|specifically|precisely))?\s*[?.!]*\s*$"
    r"|^\s*(?:and\s+)?by\s+whom\s*[?.!]*\s*$",
    re.IGNORECASE,
)
_QUESTION_WORDS: Final = frozenset("why how so really and exactly what about then please".split())  # noqa: SIM905
# a gene or protein as it is written: capitals, often with digits
_SYMBOL: Final = re.compile(r"\b[A-Z][A-Z0-9]+(?:-[A-Z0-9α-ω]+)*\b")
# what may stand between two places that are named together, and between a preposition and a place
_TOGETHER: Final = re.compile(
    r"(?:[\s,/&-]|\b(?:and|or|versus|vs)\b(?:\s+(?:in|of|for)\b)?(?:\s+the\b)?)*", re.IGNORECASE
)
_BEFORE_PLACE: Final = re.compile(
    rf"\b(?:{_PREPOSITIONS})\s+(?:the\s+)?(?:(?!(?:{_PREPOSITIONS})\b)[a-z]+\s+)?$", re.IGNORECASE
)
# a molecule without its stem: tied to nothing by a hyphen, or a number that is all there is, and no year
_MEMBERS: Final = re.compile(
    r"[-\u2010-\u2013\u2212]\d|(?!(?:19|20)\d\d\b)\d{1,4}[a-z]?(?:-[35]p)?\s*[?.!]*$", re.IGNORECASE
)
_LISTED: Final = re.compile(r"(?:[\s,/&]|\b(?:and|or|versus|vs)\b)*", re.IGNORECASE)


def stand_alone(turn: str, before: str) -> str:
    """`turn` as a question of its own, given the stand-alone question `before` (empty for none); blanks single.

    A turn that stands on its own is given back as it is.
    """
    if not before or not follows_on(turn):
        return turn
    return " ".join(_joined(turn, before).split())


def follows_on(turn: str) -> bool:
    """True where a turn needs the one before it: it opens with a link, points back, or names nothing but a place."""
    if any(pattern.search(turn) for pattern in (_LINK, _SAME, _DOES_SAME, _WHICH_KIND)) or _points_back(turn):
        return True
    if find_names(turn):
        return False
    if _PLACE_FIRST.search(turn) and not _VERB.search(turn):
        return True
    bare = turn
    for site in reversed(find_sites(turn)):
        bare = f"{bare[: site.start]} {bare[site.end :]}"
    words = [word.casefold() for word in _WORD.findall(bare)]
    # "which targets in liver cancer?" asks for somebody's, "what is liver cancer?" does not
    return all(word in _GENERIC for word in words) and (bare == turn or not _OF_SOMETHING.isdisjoint(words))


def _points_back(turn: str) -> bool:
    """True where a word of the turn stands for something that the turn itself does not name before it."""
    full = _EMPTY.sub(lambda match: "_" * len(match[0]), turn)
    names, subject = find_names(turn), _SUBJECT.search(turn)
    for match in _OF_ONE.finditer(full):
        named = any(name.end <= match.start() for name in names)
        its_own = subject is not None and subject.start() < match.start() and match[0].casefold() != "it"
        if not named and not its_own:
            return True
    return any(not (names and match[0].casefold().startswith("the same")) for match in _DEMONSTRATIVE.finditer(full))


def _joined(turn: str, before: str) -> str:
    rest = _with_stem(_OPENING.sub("", turn, count=1), before)
    if all(word.casefold() in _QUESTION_WORDS for word in _WORD.findall(rest)):
        return before
    if asked_of := _with_author(rest, before) or with_table(before, rest.strip(" ,.?!")):
        return asked_of
    if match := _DOES_SAME.search(rest):
        return _elliptic(f"{match['who']} {match['where']}", before)
    if match := _SAME.search(rest):
        return _elliptic(rest[match.end() :], before)
    if not _points_back(rest) and not _VERB.search(rest):
        return _elliptic(rest, before)
    if _is_bare(rest):
        return f"{before.rstrip(' ?.!')}: {rest}"
    return _predicate(rest, before)


def _with_stem(rest: str, before: str) -> str:
    """`rest`, its members of a list that the question before began named in full: "-155 in the lung", "155"."""
    old = find_names(before)
    if not old or not _MEMBERS.match(rest):
        return rest
    listed = f"{_spelled(old[-1:])}/{rest}"
    first, *new = find_names(listed) or old[-1:]
    if not new or new[0].start > first.end + 2:
        return rest
    return f"{_spelled(new)} {listed[new[-1].end :]}"


def _with_author(rest: str, before: str) -> str:
    """The question before, asked of the author who is all that the turn brings; "" where it is not so."""
    return with_byline(before, _BY.sub("", rest).strip(" ,?!"))


def _is_bare(rest: str) -> bool:
    """True for a question word and what it asks for, no more: "which genes?", "by which cells?"."""
    if _WHICH_KIND.search(rest):
        return True
    words = [word.casefold() for word in _WORD.findall(rest)]
    return len(words) <= 3 and all(word in _GENERIC for word in words)


def _elliptic(rest: str, before: str) -> str:
    """The question before, with what the turn names in the place of its kind, and what is left of it added."""
    names, place, left = _parts(rest.strip(" ,?.!"))
    alone = _replace_names(before, names) if names else before
    if place:
        alone = _replace_place(alone, place)
    if all(word.casefold() in _GENERIC for word in _WORD.findall(left)):
        return alone
    return _replace_symbol(alone, left)


def _parts(rest: str) -> tuple[tuple[Name, ...], str, str]:
    """The names, the place with its preposition ("" for none), and whatever else an elliptic turn brings."""
    place, context = "", CONTEXT.search(rest)
    if context and not find_names(context[0]):
        place, rest = context[0], rest[: context.start()]
    names, sites = find_names(rest), find_sites(rest)
    if sites and not place:
        first, last = (0, len(rest)) if not names else (sites[0].start, sites[-1].end)
        place, rest = f"in {rest[first:last]}", f"{rest[:first]} {rest[last:]}"
        names = find_names(rest)
    left = rest
    for name in reversed(names):
        left = f"{left[: name.start]} {left[name.end :]}"
    return names, place, re.sub(r"^(?:[\s,/&-]|\b(?:and|or)\b)+|[\s,/&-]+$", "", left)


def _replace_symbol(before: str, new: str) -> str:
    """A gene or a drug in the question before gives way to a new one; anything else is added."""
    if find_drugs(new) == (new,) and len(drugs := find_drugs(before)) == 1:
        return before.replace(drugs[0], new)
    old = [match for match in _SYMBOL.finditer(before) if not find_sites(match[0]) and not find_names(match[0])]
    if _SYMBOL.fullmatch(new) and len(old) == 1:
        return before[: old[0].start()] + new + before[old[0].end() :]
    return f"{before.rstrip(' ?.!')} ({new})?"


def _replace_names(before: str, names: Sequence[Name]) -> str:
    """The molecules of the question before, those named first and together, give way to new ones."""
    new, old = _spelled(names), find_names(before)
    if not old:
        return f"{before.rstrip(' ?.!')} ({new})?"
    end = old[0].end
    for name in old[1:]:
        if not _LISTED.fullmatch(before, end, max(end, name.start)):
            break
        end = name.end
    return before[: old[0].start] + new + before[end:]


def _replace_place(before: str, phrase: str) -> str:
    """The place or disease of the question before gives way to a new one; what is neither is added."""
    old = _place(before) if find_sites(phrase) or DISEASE.search(phrase) else _same_context(before, phrase)
    if old is None:
        return f"{before.rstrip(' ?.!')} {phrase}?"
    start, end = old
    bare = not re.match(rf"(?:{_PREPOSITIONS})\b", before[start:end], re.IGNORECASE)
    new = re.sub(rf"^(?:{_PREPOSITIONS})\s+", "", phrase, flags=re.IGNORECASE) if bare else phrase
    return before[:start] + new + (before[end:] or "?")


def _place(text: str) -> tuple[int, int] | None:
    """Where `text` names its place last, `[start, end)`, the preposition included; None where it names none."""
    sites = find_sites(text)
    if not sites:
        context = CONTEXT.search(text)
        known = context and DISEASE.search(context["what"]) and not find_names(context["what"])
        return (context.start(), context.end("what")) if context and known else None
    start, end = _together(text, sites)
    lead = _BEFORE_PLACE.search(text, 0, start)
    return (lead.start() if lead and not find_names(lead[0]) else start), end


def _together(text: str, sites: Sequence[Site]) -> tuple[int, int]:
    """From the first to the last of the places that stand together at the end."""
    start, end = sites[-1].start, sites[-1].end
    for site in reversed(sites[:-1]):
        if not _TOGETHER.fullmatch(text, site.end, max(site.end, start)):
            break
        start = site.start
    return start, end


def _same_context(text: str, phrase: str) -> tuple[int, int] | None:
    """Where `text` ends with a phrase of the same preposition that names neither a place nor a molecule."""
    context = CONTEXT.search(text)
    if not context or _place(text) or find_names(context[0]):
        return None
    same = phrase.casefold().startswith(context["preposition"].casefold())
    return (context.start(), context.end("what")) if same else None


def _predicate(rest: str, before: str) -> str:
    """A turn with a predicate of its own takes over the molecule and the place that it leaves out."""
    points, names, sites = _points_back(rest), find_names(before), find_sites(before)
    if not points and _SUBJECT.search(rest) and not find_names(rest):
        return rest
    if not names and not find_names(rest):
        return f"{before.rstrip(' ?.!')}: {rest}"
    alone = rest if find_names(rest) else _with_molecule(rest, _spelled(names))
    if sites and not find_sites(rest) and not DISEASE.search(_THERE.sub("", rest)):
        start, end = _together(before, sites)
        alone, put = _THERE.subn(f"in {before[start:end]}", alone, count=1)
        if not put:
            alone = f"{alone.rstrip(' ?.!')} in {before[start:end]}?"
    return alone


def _with_molecule(rest: str, molecule: str) -> str:
    alone, put = _PRONOUN.subn(molecule, rest, count=1)
    if not put:
        alone, put = _POSSESSIVE.subn(f"{molecule}'s", rest, count=1)
    return alone if put else f"{rest.rstrip(' ?.!')} ({molecule})?"


def _spelled(names: Sequence[Name]) -> str:
    """The names as typed, joined; a member of a list ("-155") in its one spelling, since it would be lost alone."""
    texts = [name.text if [n.name for n in find_names(name.text)] == [name.name] else name.name for name in names]
    return " and ".join(dict.fromkeys(texts))
