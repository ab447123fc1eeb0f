"""Words that say nothing which evidence would have to bear out, and words that say too much."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from index.tokens import stem

_PLAIN: Final = """
a ability able about above absorb absorbed acceptor accordingly across act acted acting action actively activities
activity acts actually addition additional additionally after again against aggressive aggressiveness ahead allow
allowed allowing allows along alongside already also although amid among amongst amount amounts an and another anti
any are area around arrive arrives article as aside aspect at author authors available axis back based basis be became
because become becomes been before beforehand behave behaviour behind being belong belongs below beside besides
between beyond bind biological biologically biology body both bring brings brought but by called can cancer cancerous
cancers capability capable capacity carcinoma carcinomas cargo carried carrier carries carry carrying cascade case
cases cause caused causes cell cells cellular certain certainly change changes characteristic characteristics clear
clearly close closely co coding collectively come comes coming common commonly communicate communication compared
component components concern concerning condition conditions consequence consequently consist constitute constitutes
contain containing contains content context conversion corresponding could course cross crosses currently data deliver
delivered delivering delivers delivery demonstrate demonstrated depend dependent depending derive derived described
despite detail diameter different direct directly disease diseases distinct do does doing done donor down due during
each easier easily effect effectively either element else engulf enter enters entity essential establishment etc ev
event events eventually evidence evs exactly example exert exerted exerting exist exists exosomal exosomally exosome
exosomes export exported exporting exports express expressed expression extent extracellular fact factor factors
family far feature features few find finding findings finds first follow followed following follows for form formation
former formerly forms found from function functional functionally functions furthermore gene general generally genes
get gets given go goes going group groups had hallmark hand handed hands has have having help helps hence here herein
host how however i identified identify if important importantly in include included includes including indeed indicate
indicated indicates indirectly inside instance instead intercellular internalize internalized into involve involved
involves involving is item its itself just key kind kinds large largely last later latter let lets level levels like
likewise line lines link list load loaded loading local located look made main mainly major make makes making
malignancies malignancy malignant malignantly manner many marked markedly mean means meanwhile mechanism mechanisms
mediator member members message messages messenger microrna micrornas microvesicle microvesicles mir mirna mirnas mode
molecular molecule molecules more moreover most mostly move moved moves mrna mrnas much multiple namely nanovesicle
nature near nearby need needed neighbor neighboring neighbors neighbour neoplasm neoplastic new newly next non
noncoding notable notably note noted now number observe observed occur occurs of off offer often on once one ones
onset onto onward open or order origin originate originates originating other others otherwise our out outside over
overall own package packaged packaging packed packet paper papers part partial partially participate participates
particular particularly partly partner pass passed passes passing pathological pathway pathways pattern per perform
period phenomenon phenotype phenotypic physiological pick picked picks place play played player players playing plays
point possess posttranscriptional potential potentially power pre presence present presented presents previously
primarily primary pro process processes produced producing product production program promising promote properties
property protein proteins provide provided provides publication published push pushes quite range rather reach reached
reaches reaching read reason receive received receives receiving recent recently recipient reference regard regarding
relation relationship relative relatively release released releases releasing relevant rely remain remains report
reported reports represent require required research response responses result resulting results review reviewed rich
rna rnas role route routes same say says scientist second secrete secreted secretes secreting secretion see seem seen
segment self send sending sends sent serious set several share shed shedding sheds shift shifted shifting shifts ship
shipped shipping ships should show showed showing shown shows shuttle shuttled shuttles shuttling side signal
signaling signalling signals significance similar similarly simultaneously since site sites size so some something
source sources special specific specifically state stated states stay stem stemming step still strong strongly
structure structures studied studies study studying subsequent subsequently such summary surrounding surroundings
system take taken takes taking target targets task team tell tendency terms than thank thanks that the their
themselves then there thereby therefore therein thereof therewith these they thing things this those though through
throughout thus time tissue tissues title to together too toward towards trait traits transcript transcription
transcriptional transcripts transdifferentiation transfer transferred transferring transfers transformation transition
translation transmit transmits transmitted transport transported transports travel traveling travelled travels tumor
tumoral tumors tumour tumours turn turned turning turns type types typical typically ultimately unable under undergo
undergoes undergoing underlying up upon uptake us use used uses using usual usually various vary versus very vesicle
vesicles via view was way ways we well went were what when whenever where whereas whereby whereupon wherever whether
which while who whole whom whose why wide widely will with within work works would yet
"""
_STRICT: Final = """
abolish absolutely all always animal animals approved ascites certainly child children clinical completely confirm
confirmed consistently cure cured cures death definitely definitive definitively diet dosage dose drug drugs effective
efficacy entire entirely every exclusive exclusively fully guarantee guarantees infant infants invariably irreversibly
known men mice milk mortality mouse must never only permanently placebo prove proved proven proves randomized rat rats
safe safely saliva smoker smokers smoking sole solely sweat tears totally trial trials undoubtedly unequivocally
unique universal universally urine women
"""
_TECHNICAL: Final = re.compile(
    r".{2,}(?:osis|otic|ysis|ytic|genesis|genic|ase|kine|kines|oma|omas|itis|emia|mia|mab|nib|statin|platin|taxel|cyte|cytes"
    r"|blast|blasts|penia|trophy|plasia|globin|globulin|cillin|mycin|philia|pathy|tropic|tropism|phage|phagy|lipid|lipids"
    r"|amine|acid|oxide|ide|sterol|toxin|receptor|receptors|ligand|ligands|hormone|insulin)$"
)


def is_plain(word: str) -> bool:
    """True for a word in lower case that carries no finding by itself."""
    return len(word) < 2 or word in _plain() or stem(word) in _plain()


def is_strict(word: str) -> bool:
    """True for a word that evidence must hold itself: it claims certainty, or names a substance or a disease."""
    return word in _strict() or stem(word) in _strict() or _TECHNICAL.fullmatch(word) is not None


@lru_cache(maxsize=1)
def _plain() -> frozenset[str]:
    return frozenset(form for word in _PLAIN.split() for form in (word, stem(word)))


@lru_cache(maxsize=1)
def _strict() -> frozenset[str]:
    return frozenset(form for word in _STRICT.split() for form in (word, stem(word)))
