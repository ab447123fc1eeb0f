"""A sentence taken apart: the things it names, the words of relation between them, and what parts its clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus.markers import find_markers
from index.names import find_names
from index.sites import Site, find_sites
from index.spelling import american
from index.tokens import spell, stem
from qa.checks.concepts import CELLS, broader, find_concepts
from qa.checks.kinds import BY_WORD, HEDGES, NOT, THINGS, Kind
from qa.checks.plain import is_plain, is_strict
from qa.checks.symbols import PART, is_symbol, joined, symbol_key
from qa.checks.verbs import KEEPS, NOUNS, PARTED, PHRASES, Shape, Verb, find_verb

_HYPHEN: Final = "-\u2010\u2011"
_HYPHENS: Final = frozenset(_HYPHEN)
_SO: Final = frozenset({"thereby", "thus", "hence", "so", "therefore", "consequently"})
_MAKES: Final = frozenset({"be", "have", "send", "release", "receive", "keep", "parted"})
"""The kinds of verbs that are no words of relation."""
_NEUTRAL: Final = frozenset({"related", "associated", "linked", "like", "mediated", "driven"})
_COMPOUND: Final = re.compile(rf"(?!(?<=\w['’])s\b)[^\W_]+(?:[{_HYPHEN}][^\W_]+)*")
_SIGN: Final = re.compile(r"[,;:()\[\]/.?!\u2013\u2014]")
_PHRASES: Final = [(re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), effect) for pattern, effect in PHRASES]
_SHARED: Final = re.compile(r"(?<=\d)/(\d)(?![\d\w.])")
_BEFORE_NUMBER: Final = re.compile(rf"([^\W\d_][{_HYPHEN}\w]{{0,20}})\d$")
_SUBTYPES: Final = (
    (r"adenocarcinomas?|LUAD|PDAC", "adenocarcinoma"),
    (r"squamous|OSCC|ESCC|HNSCC", "squamous"),
    (r"non[\s-]small|NSCLC", "non-small cell"),
    (r"(?<!non[\s-])small[\s-]cell|\bSCLC", "small cell"),
    (r"triple[\s-]negative|TNBC", "triple-negative"),
    (r"clear[\s-]cell|ccRCC", "clear cell"),
    (r"hepatocellular|HCC|hepatomas?", "hepatocellular"),
    (r"glioblastomas?|GBM", "glioblastoma"),
    (r"melanomas?", "melanoma"),
    (r"(?:osteo)sarcomas?", "sarcoma"),
    (r"ductal|PDAC", "ductal"),
)
_TYPES: Final = [(re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), key) for pattern, key in _SUBTYPES]


@dataclass(frozen=True, slots=True)
class Term:
    """A thing or a word with a part in the sentence; characters `[start, end)` of the text taken apart.

    Attributes:
        key: of a thing, the one word for it; equal keys are equal things.
        also: other keys that are as good: of its concept where a document abbreviates it.
        wider: what the thing is too, so that evidence on it is evidence on that.
        verb: of a word of relation, what it does.
    """

    text: str
    start: int
    end: int
    kind: Kind
    key: str = ""
    also: tuple[str, ...] = ()
    wider: tuple[str, ...] = ()
    verb: Verb | None = None

    @property
    def is_thing(self) -> bool:
        """True for what the sentence speaks of."""
        return self.kind in THINGS


def find_terms(text: str, concepts: Iterable[tuple[int, int, str]] = ()) -> tuple[Term, ...]:
    """The terms of a sentence in order; its markers are passed over.

    Args:
        concepts: what a vocabulary knows of it, (start, end, key).
    """
    for marker in reversed(find_markers(text)):
        text = _blanked(text, marker.start, marker.end)
    found = list(_named(text))
    free = text
    for term in found:
        free = _blanked(free, term.start, term.end)
    named = [*_placed(free), *_conceived(free)]
    for term in named:
        free = _blanked(free, term.start, term.end)
    terms = sorted([*found, *named, *_words(free, text)], key=lambda term: (term.start, -term.end, term.key))
    terms = [_held(term, terms[i + 1 : i + 7]) for i, term in enumerate(terms)]
    terms = [_as_noun(term, terms[i - 1 : i], terms[i + 1 : i + 2]) for i, term in enumerate(terms)]
    terms = [_tied(term, terms[max(0, i - 1) : i], terms[i + 1 :]) for i, term in enumerate(terms)]
    known = tuple(concepts)
    return tuple(_aliased(term, known) if known and term.is_thing else term for term in terms)


def _held(term: Term, after: Sequence[Term]) -> Term:
    """The term; "holds" without "back" does nothing."""
    if term.kind == "parted" and not any(one.kind == "back" for one in after):
        return replace(term, kind="aside")
    return term


def _as_noun(term: Term, before: Sequence[Term], after: Sequence[Term]) -> Term:
    """The term; "the transfer of" and "its release" are nouns, and move nothing by themselves; so is "the increase"."""
    if term.verb is not None and term.verb.shape == "verb" and term.text.casefold() in NOUNS:
        article = bool(before) and before[0].text.casefold() in {"the", "a", "an", "its", "their", "this", "any"}
        return replace(term, verb=replace(term.verb, shape="noun")) if article else term
    if term.kind not in {"send", "release"}:
        return term
    owned = bool(before) and before[0].text.casefold() in {"the", "its", "their", "exosomal", "intercellular", "a"}
    return replace(term, kind="aside") if owned or (after and after[0].kind == "of") else term


def _tied(term: Term, before: Sequence[Term], after: Sequence[Term]) -> Term:
    """The term; "thereby" begins no clause where no verb follows: "lowers PTEN and thereby KRIT1"."""
    if term.kind != "bound" or term.text.casefold() not in _SO or not before or before[0].kind != "and":
        return term
    for one in after:
        if one.kind in {"comma", "bound", "which"}:
            break
        if one.kind in _MAKES or (one.verb is not None and one.verb.shape in {"verb", "gerund", "participle"}):
            return term
    return replace(term, kind="aside")


def _aliased(term: Term, concepts: tuple[tuple[int, int, str], ...]) -> Term:
    also = tuple(key for start, end, key in concepts if start <= term.start and term.end <= end)
    return replace(term, also=also) if also else term


def _blanked(text: str, start: int, end: int) -> str:
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"


def _named(text: str) -> Iterator[Term]:
    """MicroRNAs, and symbols that hyphens hold together."""
    for name in find_names(text):
        wider = (name.base,) if name.base != name.name else ()
        yield Term(name.text, name.start, name.end, "molecule", name.name, wider=wider)
        text = _blanked(text, name.start, name.end)
    for compound in _COMPOUND.finditer(text):
        for start, end in joined(compound):
            yield Term(text[start:end], start, end, "symbol", symbol_key(text[start:end]))


def _placed(text: str) -> Iterator[Term]:
    for site in find_sites(text):
        yield from _of_site(site, text)


def _of_site(site: Site, text: str) -> Iterator[Term]:
    kind: Kind = "cancer" if site.disease else "organ"
    wider = (f"site:{site.site}", "cell:cancer cell") if site.disease else ()
    key = f"{'cancer' if site.disease else 'site'}:{site.site}"
    yield Term(site.text, site.start, site.end, kind, key, wider=wider)
    if site.disease:
        around = text[max(0, site.start - 16) : site.end]
        for pattern, subtype in _TYPES:
            if pattern.search(around):
                yield Term(site.text, site.start, site.end, "cancer", f"type:{subtype}")
        if follows := re.match(r"[\s-]+(?:tumou?r )?cells?\b(?! lines?)", text[site.end : site.end + 16]):
            yield Term(follows[0].strip(), site.end, site.end + follows.end(), "cell", "cell:cancer cell")


def _conceived(text: str) -> Iterator[Term]:
    for start, end, key in find_concepts(text):
        if key in CELLS:
            wider = tuple(f"cell:{one}" if one in CELLS else one for one in broader(key))
            yield Term(text[start:end], start, end, "cell", f"cell:{key}", wider=wider)
        else:
            yield Term(text[start:end], start, end, "process", key, wider=broader(key))


def _words(free: str, text: str) -> Iterator[Term]:
    """What is left: phrases of relation, the second of "ERK1/2", signs, and words."""
    for found in (_phrases(free), _numbered(text)):
        for term in found:
            yield term
            free = _blanked(free, term.start, term.end)
    yield from _signs(free, text)
    for compound in _COMPOUND.finditer(free):
        yield from _compound(compound, text)


def _phrases(text: str) -> Iterator[Term]:
    for pattern, effect in _PHRASES:
        for match in pattern.finditer(text):
            known = find_verb(match[0].casefold().replace(" ", ""))  # "down regulated"
            shape: Shape = known.shape if known else "gerund" if re.match(r"\w+ing\b", match[0]) else "verb"
            yield Term(match[0], match.start(), match.end(), "verb", verb=Verb(effect, shape))


def _numbered(text: str) -> Iterator[Term]:
    for match in _SHARED.finditer(text):
        if before := _BEFORE_NUMBER.search(text[: match.start()]):
            yield Term(match[1], match.start(1), match.end(1), "symbol", symbol_key(before[1] + match[1]))


def _signs(free: str, text: str) -> Iterator[Term]:
    for sign in _SIGN.finditer(free):
        if sign[0] == "." and re.match(r"\w", free[sign.end() : sign.end() + 1]):
            continue
        tied = sign[0] == "\u2013" and re.fullmatch(r"\w\W\w", text[sign.start() - 1 : sign.end() + 1]) is not None
        kind: Kind = "comma" if sign[0] == "," else "open" if tied or sign[0] in "()[]/" else "bound"
        yield Term(sign[0], sign.start(), sign.end(), kind)


def _compound(compound: re.Match[str], text: str) -> Iterator[Term]:
    """A word, or the parts of one with hyphens; "down-regulated" is one, and "EMT-related" relates nothing."""
    whole = american(spell(re.sub(rf"[{_HYPHEN}]", "", compound[0])))
    if len(compound[0]) > len(whole) and (verb := find_verb(whole)):
        yield Term(compound[0], compound.start(), compound.end(), "verb", verb=verb)
        return
    for part in PART.finditer(compound[0]):
        term = _word(part[0], compound.start() + part.start())
        tied = text[term.start - 1 : term.start] in _HYPHENS and (part.start() > 0 or part[0] in _NEUTRAL)
        yield replace(term, kind="aside", verb=None) if tied and term.verb is not None else term


def _word(text: str, start: int) -> Term:
    word, end = american(spell(text)), start + len(text)
    if text.isdigit() or re.fullmatch(r"\d+[.,]?\d*", text):
        return Term(text, start, end, "aside")
    if word in NOT:
        return Term(text, start, end, "not")
    if word in HEDGES:
        return Term(text, start, end, "hedge")
    if word in PARTED:
        return Term(text, start, end, "parted")
    if word in KEEPS:
        return Term(text, start, end, "keep", verb=find_verb(word) or Verb("raises", "verb"))
    if is_symbol(text):
        return Term(text, start, end, "symbol", symbol_key(text))
    if kind := BY_WORD.get(word):
        return Term(text, start, end, kind)
    if verb := find_verb(word):
        return Term(text, start, end, "verb", verb=verb)
    if is_plain(word) or (word.endswith("ly") and not is_strict(word)):
        return Term(text, start, end, "aside")
    return Term(text, start, end, "word", stem(word))
