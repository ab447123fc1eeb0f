"""A sentence taken apart: the things it names, the words of relation between them, and what parts its clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from corpus.greek import NAMES as GREEK
from corpus.markers import find_markers
from index.names import find_names
from index.sites import Site, find_sites
from index.spelling import american
from index.tokens import spell, stem
from qa.checks.concepts import CELLS, broader, find_concepts
from qa.checks.plain import is_plain, is_strict
from qa.checks.verbs import KEEPS, PARTED, PHRASES, Verb, find_verb

Kind = Literal[
    "molecule", "symbol", "cancer", "organ", "cell", "process", "word",  # things
    "verb", "not", "hedge", "be", "have", "by", "release", "send", "receive", "from", "to", "place", "of", "through",
    "bound", "and", "comma", "open", "derived", "keep", "parted", "back", "which", "it", "aside",
]  # fmt: skip
THINGS: Final[frozenset[Kind]] = frozenset({"molecule", "symbol", "cancer", "organ", "cell", "process", "word"})

_HYPHEN: Final = "-\u2010\u2011"
_HYPHENS: Final = frozenset(_HYPHEN)
_NEUTRAL: Final = frozenset({"related", "associated", "linked", "like", "mediated", "driven"})
_COMPOUND: Final = re.compile(rf"(?!(?<=\w['’])s\b)[^\W_]+(?:[{_HYPHEN}][^\W_]+)*")
_PART: Final = re.compile(r"[^\W_]+")
_GREEK: Final = re.compile(
    rf"[α-ωΑ-Ω]|^(?:{'|'.join(sorted(set(GREEK.values()) - {'psi', 'chi', 'eta', 'iota'}))})$", re.IGNORECASE
)
_NO_HEAD: Final = frozenset(
    "cell cells like type derived rich mediated positive negative dependent free shaped ray tumor".split()
)
_SIGN: Final = re.compile(r"[,;:()\[\]/.?!\u2013\u2014]")
_PHRASES: Final = [(re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), effect) for pattern, effect in PHRASES]
_SHARED: Final = re.compile(r"(?<=\d)/(\d)(?![\d\w.])")
_NOT: Final = frozenset(
    """no not never without neither nor cannot cant dont doesnt didnt isnt arent wasnt werent none hardly nothing
    doesn don didn isn aren wasn weren couldn won hasn haven wouldn shouldn
    fail fails failed failing unable lacks""".split()
)
_HEDGES: Final = frozenset(
    """may might could possibly perhaps probably likely presumably potentially seem seems appear appears appeared
    suggest suggests suggested suggesting thought believed proposed hypothesized supposed assumed considered said
    speculated tend tends""".split()
)
_CLASSES: Final[dict[Kind, str]] = {
    "be": "is are was were be been being becomes become became gets got getting remains",
    "have": "has have had having",
    "by": "by",
    "through": "via through using",
    "release": """release releases released releasing secrete secretes secreted secreting shed sheds shedding export
        exports exported exporting emit emits emitted discharge originate originates originating come comes coming
        stem stems stemming spill spills""",
    "send": """send sends sent sending deliver delivers delivered delivering pass passes passed passing transfer
        transfers transferred transferring shuttle shuttles shuttled shuttling transmit transmits transmitted transmitting
        transport transports transported ship ships shipped shipping hand hands handed travel travels carry carries
        carried carrying move moves moved bring brings brought reach reaches reached reaching enter enters entered supply
        supplies supplied convey conveys conveyed transferal delivery transport donate donates""",
    "receive": "receive receives received receiving internalize internalizes internalized absorb absorbs absorbed uptake",
    "from": "from",
    "to": "to into toward towards onto",
    "place": "in inside within on at among during under between throughout across around after before against for with",
    "of": "of",
    "and": "and or & as",
    "which": "which that who whose",
    "bound": """while whereas although but though whereupon whereby thereby thus hence so when because since then if
        where therefore consequently meanwhile until yet""",
    "derived": "derived secreting-derived",
    "back": "back",
    "it": "it them",
}
_BY_WORD: Final[dict[str, Kind]] = {word: kind for kind, words in _CLASSES.items() for word in words.split()}
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
    (r"metastatic(?= (?:\w+ )?cancer)", ""),
)
_TYPES: Final = [(re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), key) for pattern, key in _SUBTYPES if key]


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
    known = tuple(concepts)
    return tuple(_aliased(term, known) if known and term.is_thing else term for term in terms)


def _held(term: Term, after: Sequence[Term]) -> Term:
    """ "Holds metastasis back" lowers it; "holds" alone does nothing."""
    if term.kind == "parted" and not any(one.kind == "back" for one in after):
        return replace(term, kind="aside")
    return term


def _as_noun(term: Term, before: Sequence[Term], after: Sequence[Term]) -> Term:
    """ "The transfer of" and "its release" are nouns, and move nothing by themselves."""
    if term.kind not in {"send", "release"}:
        return term
    owned = bool(before) and before[0].text.casefold() in {"the", "its", "their", "exosomal", "intercellular", "a"}
    return replace(term, kind="aside") if owned or (after and after[0].kind == "of") else term


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
        for start, end in _joined(compound):
            yield Term(text[start:end], start, end, "symbol", symbol_key(text[start:end]))


def _joined(compound: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The runs of a compound's parts that are one symbol, of two parts at least."""
    parts = list(_PART.finditer(compound[0]))
    first = 0
    for place in range(1, len(parts) + 1):
        if place < len(parts) and _holds(parts[place - 1][0], parts[place][0]):
            continue
        if place - first > 1:
            yield compound.start() + parts[first].start(), compound.start() + parts[place - 1].end()
        first = place


def _holds(a: str, b: str) -> bool:
    """True where a hyphen between the two makes one symbol of them: ZO-1, TGF-β, E-cadherin, NF-κB, p120-catenin."""
    if b.casefold() in _NO_HEAD or (b.isascii() and len(b) > 2 and b.islower() and is_plain(b)):
        return False
    if re.fullmatch(r"\d{1,3}[A-Za-zα-ω]{0,2}", b) or _GREEK.search(b) or _GREEK.search(a):
        return True
    if re.fullmatch(r"[A-Z]{1,2}|[a-z]\d{2,3}", a) and b.islower():
        return True
    return re.fullmatch(r"[A-Z]{1,3}|[a-z]", a) is not None and re.fullmatch(r"[A-Zk][A-Z0-9]{0,5}", b) is not None


def symbol_key(text: str) -> str:
    """A symbol in one spelling: Greek letters by name, hyphens left out, no plural s: `TGF-β` is `tgfbeta`."""
    bare = re.sub(r"(?<=[A-Z0-9])s$", "", text)
    return re.sub(r"[^a-z0-9]", "", spell(bare))


def _placed(text: str) -> Iterator[Term]:
    for site in find_sites(text):
        yield from _of_site(site, text)


def _of_site(site: Site, text: str) -> Iterator[Term]:
    kind: Kind = "cancer" if site.disease else "organ"
    wider = (f"site:{site.site}", "cell:cancer") if site.disease else ()
    key = f"{'cancer' if site.disease else 'site'}:{site.site}"
    yield Term(site.text, site.start, site.end, kind, key, wider=wider)
    if site.disease:
        around = text[max(0, site.start - 16) : site.end]
        for pattern, subtype in _TYPES:
            if pattern.search(around):
                yield Term(site.text, site.start, site.end, "cancer", f"type:{subtype}")
        if follows := re.match(r"[\s-]+(?:tumou?r )?cells?\b(?! lines?)", text[site.end : site.end + 16]):
            yield Term(follows[0].strip(), site.end, site.end + follows.end(), "cell", "cell:cancer")


def _conceived(text: str) -> Iterator[Term]:
    for start, end, key in find_concepts(text):
        if key in CELLS or key == "cancer cell":
            wider = tuple(f"cell:{one}" if one in CELLS else one for one in broader(key))
            yield Term(
                text[start:end],
                start,
                end,
                "cell",
                f"cell:{key.removesuffix(' cell') if key == 'cancer cell' else key}",
                wider=wider,
            )
        else:
            yield Term(text[start:end], start, end, "process", key, wider=tuple(broader(key)))


def _words(free: str, text: str) -> Iterator[Term]:
    for pattern, effect in _PHRASES:
        for match in pattern.finditer(free):
            shape = "gerund" if re.match(r"\w+ing\b", match[0]) else "verb"
            if match[0].startswith(("down", "up")):
                shape = (find_verb(match[0].replace(" ", "")) or Verb("raises", "verb")).shape
            yield Term(match[0], match.start(), match.end(), "verb", verb=Verb(effect, shape))  # type: ignore[arg-type]  # of the table
            free = _blanked(free, match.start(), match.end())
    for match in _SHARED.finditer(text):
        if before := re.search(rf"([^\W\d_][{_HYPHEN}\w]*)\d$", text[: match.start()]):
            yield Term(match[1], match.start(1), match.end(1), "symbol", symbol_key(before[1] + match[1]))
            free = _blanked(free, match.start(1), match.end(1))
    for sign in _SIGN.finditer(free):
        tied = sign[0] == "\u2013" and re.fullmatch(r"\w\W\w", text[sign.start() - 1 : sign.end() + 1])
        kind: Kind = "comma" if sign[0] == "," else "open" if tied or sign[0] in "()[]/" else "bound"
        if sign[0] == "." and re.match(r"\w", free[sign.end() : sign.end() + 1]):
            continue
        yield Term(sign[0], sign.start(), sign.end(), kind)
    for compound in _COMPOUND.finditer(free):
        whole = american(spell(compound[0])).replace("-", "").replace("\u2010", "").replace("\u2011", "")
        if "-" in compound[0] and (verb := find_verb(whole)):
            yield Term(compound[0], compound.start(), compound.end(), "verb", verb=verb)
            continue
        for part in _PART.finditer(compound[0]):
            term = _word(part[0], compound.start() + part.start())
            tied = text[term.start - 1 : term.start] in _HYPHENS and (part.start() > 0 or part[0] in _NEUTRAL)
            yield replace(term, kind="aside", verb=None) if tied and term.verb is not None else term


def _word(text: str, start: int) -> Term:
    word, end = american(spell(text)), start + len(text)
    if text.isdigit() or re.fullmatch(r"\d+[.,]?\d*", text):
        return Term(text, start, end, "aside")
    if word in _NOT:
        return Term(text, start, end, "not")
    if word in _HEDGES:
        return Term(text, start, end, "hedge")
    if word in PARTED:
        return Term(text, start, end, "parted")
    if word in KEEPS:
        return Term(text, start, end, "keep", verb=find_verb(word) or Verb("raises", "verb"))
    if _is_symbol(text):
        return Term(text, start, end, "symbol", symbol_key(text))
    if kind := _BY_WORD.get(word):
        return Term(text, start, end, kind)
    if verb := find_verb(word):
        return Term(text, start, end, "verb", verb=verb)
    if is_plain(word) or (word.endswith("ly") and not is_strict(word)):
        return Term(text, start, end, "aside")
    return Term(text, start, end, "word", stem(word))


@lru_cache(maxsize=65536)
def _is_symbol(text: str) -> bool:
    """True for a single word written as genes and proteins are: digits with letters, two capitals, a Greek letter."""
    if (
        len(text) < 2
        or text.upper().rstrip("S") in {"RNA", "MRNA", "MIRNA", "DNA", "EV"}
        or text in {"miRNAs", "miRNA", "mRNAs"}
    ):
        return False
    capitals = sum(letter.isupper() for letter in text)
    mixed = any(letter.isdigit() for letter in text) and any(letter.isalpha() for letter in text)
    return mixed or capitals > 1 or re.search(r"[α-ω]", text) is not None
