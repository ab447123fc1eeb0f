"""Words that say what one thing does to another: raises it, lowers it, hits it, or only has to do with it.

A small table written by hand. Verbs are inflected here, so that the table holds each once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

Effect = Literal["raises", "lowers", "hits", "affects"]
"""What is done to a thing; `hits` is what a microRNA does to its target, `affects` says nothing of the direction."""
Shape = Literal["verb", "gerund", "participle", "noun", "adjective"]

_VERBS: Final = {
    "raises": """accelerate activate advance aggravate aid amplify assist augment boost build cause confer contribute
    create deposit drive ease elevate enable encourage engage enhance enlarge evoke exacerbate expand express facilitate
    favor feed foster fuel further gain generate give grow heighten help improve increase induce initiate intensify
    launch maintain make mediate phosphorylate potentiate prepare preserve produce prolong promote provoke push quicken
    raise recover recruit reinforce restore rise spark speed spur stabilize start stimulate stir strengthen support
    sustain trigger unleash upregulate urge yield accumulate widen worsen climb soar acquire adopt allow let permit""",
    "lowers": """abate abolish abrogate antagonize arrest attenuate block brake combat counter counteract curb
        curtail cut dampen decline decrease defeat degrade deplete destabilize destroy digest diminish disable disrupt
        dissolve downregulate drop eliminate eradicate erase fall forfeit halt hamper hinder impair impede
        inactivate inhibit interrupt kill lessen limit loosen lose lower mute neutralize obstruct oppose
        overcome prevent quench reduce refute relieve remove repress restrain restrict reverse shrink shut
        silence slow spare stop suppress surmount thwart undermine weaken""",
    "hits": "target bind pair",
    "affects": """act affect alter associate change control correlate decide deregulate determine direct dysregulate
    exert govern guide implicate impact influence interact interfere involve link modify modulate play regulate relate
    remodel reprogram reshape respond rewire serve shape steer switch tie tune turn underlie use employ exploit engage
    convert transform become""",
}
_IRREGULAR: Final = {  # present, past, participle; where a form is the same, it stands once
    "become": "became become",
    "bind": "bound",
    "build": "built",
    "cut": "cut",
    "drive": "drove driven",
    "fall": "fell fallen",
    "feed": "fed",
    "give": "gave given",
    "grow": "grew grown",
    "let": "let",
    "lose": "lost",
    "make": "made",
    "overcome": "overcame overcome",
    "rise": "rose risen",
    "shrink": "shrank shrunk",
    "shut": "shut",
    "speed": "sped",
    "steer": "steered",
    "underlie": "underlay underlain",
}
_NOUNS: Final = {
    "raises": """accumulation activation activator amplification augmentation boost elevation enhancement expansion gain
    improvement increase increment induction inducer initiation overexpression phosphorylation promotion promoter
    restoration rise stabilization stimulation surge upregulation upswing acceleration recruitment""",
    "lowers": """abolition abrogation absence ablation arrest attenuation blockade blockage blocker brake decline
    decrease deficiency degradation deletion depletion destruction disruption downregulation drop elimination impairment
    inactivation inhibition inhibitor interruption knockdown knockout lack loss neutralization prevention reduction
    removal repression repressor restraint shortage silencing suppression weakening""",
    "affects": """association change control correlation deregulation dysregulation effect impact influence interaction
    involvement link modulation regulation role alteration""",
    "hits": "binding targeting",
}
NOUNS: Final = frozenset(" ".join(_NOUNS.values()).split())
"""The words of relation that are nouns, some of them verbs too: "the increase"."""
_ADJECTIVES: Final = {
    "raises": "higher much more greater stronger faster enriched rich abundant excessive extra high increased elevated",
    "lowers": "lower little less fewer weaker slower poor low reduced deficient impaired defective lacking devoid",
}
PHRASES: Final[tuple[tuple[str, Effect], ...]] = (
    (
        r"(?:bring|brought)s? about|give[sn]? rise to|gave rise to|le(?:ad|d)s? to|leading to|result(?:s|ed|ing)? in",
        "raises",
    ),
    (
        r"set(?:s|ting)? (?:off|up|in motion)|bringing (?:about|on)|giving rise to|turn(?:s|ed|ing)? up|ramp\w* up",
        "raises",
    ),
    (r"(?:switch|turn)(?:es|s|ed|ing)? on|kick\w* off|pav(?:e[sd]?|ing) the way (?:for|to)|account\w* for", "raises"),
    (r"(?:switch|turn|shut)(?:es|s|ed|t?ing)? (?:off|down)|(?:knock|tone|break|tak)(?:s|es|ed|ing)? down", "lowers"),
    (
        r"(?:hold|held|holding)s? (?:back|in check)|(?:keep|kept|keeping)s? in check|giv(?:e|es|ing) up"
        r"|do(?:es|ing)? away with",
        "lowers",
    ),
    (r"(?:keep|kept|keeping)s? (?:up|going|alive)", "raises"),
    (r"down regulat(?:es?|ed|ing|ion)", "lowers"),
    (r"up regulat(?:es?|ed|ing|ion)", "raises"),
)
"""Several words that are one, as patterns, each with its effect."""
PARTED: Final = {
    "hold": ("back", "lowers"),
    "holds": ("back", "lowers"),
    "held": ("back", "lowers"),
    "holding": ("back", "lowers"),
}
KEEPS: Final = frozenset(
    """keep keeps kept keeping prevent prevents prevented preventing stop stops stopped stopping
    protect protects protected protecting hinder hinders hindered hindering""".split()  # noqa: SIM905 (shorter so)
)
"""Verbs after which "from" comes before what does not happen: "keeps T cells from maturing"."""
ALONE: Final = frozenset(
    """accumulate climb decline decrease diminish drop expand fall grow improve increase intensify rise shrink soar
    strengthen weaken widen worsen lessen""".split()  # noqa: SIM905 (shorter so)
)
"""Verbs that take no object: "permeability increases"."""
_DOUBLED: Final = re.compile(r".*[^aeiou][aeiou][bdglmnprt]$")


@dataclass(frozen=True, slots=True)
class Verb:
    """A word of relation: what it does, and in which shape it stands."""

    effect: Effect
    shape: Shape
    alone: bool = False


def find_verb(word: str) -> Verb | None:
    """What a word in lower case, hyphens left out and spelled as Americans do, does to another thing; or None."""
    return _forms().get(word)


@lru_cache(maxsize=1)
def _forms() -> dict[str, Verb]:
    forms: dict[str, Verb] = {}
    for effect, lemmas in _VERBS.items():
        for lemma in lemmas.split():
            for form, shape in _inflected(lemma):
                forms.setdefault(form, Verb(effect, shape, lemma in ALONE))  # type: ignore[arg-type]  # of the table
    for table, shape in ((_NOUNS, "noun"), (_ADJECTIVES, "adjective")):
        for effect, words in table.items():
            for word in words.split():
                known = forms.get(word)
                if known is None:
                    forms[word] = Verb(effect, shape, known.alone if known else False)  # type: ignore[arg-type]  # so
    return forms


def _inflected(lemma: str) -> list[tuple[str, Shape]]:
    soft = lemma.endswith("e")
    root = lemma[:-1] if soft else lemma
    third = (
        f"{lemma[:-1]}ies"
        if re.search(r"[^aeiou]y$", lemma)
        else f"{lemma}es"
        if re.search(r"(?:s|sh|ch|x|z)$", lemma)
        else f"{lemma}s"
    )
    past = f"{lemma[:-1]}ied" if re.search(r"[^aeiou]y$", lemma) else f"{root}ed"
    pasts = _IRREGULAR.get(lemma, past).split()
    forms: list[tuple[str, Shape]] = [(lemma, "verb"), (third, "verb"), (f"{root}ing", "gerund")]
    if _DOUBLED.match(lemma):
        forms += [(f"{lemma}{lemma[-1]}ing", "gerund"), (f"{lemma}{lemma[-1]}ed", "participle")]
    return [*forms, *((form, "participle") for form in pasts)]
