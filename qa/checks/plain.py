"""Words that say nothing which evidence would have to bear out, and words that say too much."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from index.tokens import stem

_PLAIN: Final = """
a about above across acting action actively activity activities actually addition additional additionally after again
against ahead all-round allow allows allowed allowing along alongside already also although amount amounts an and another any
are area around article as aside aspect at author authors available axis back based basis be became because become
becomes been before beforehand behave behaviour behind being belong belongs below beside besides between beyond both
bring brings brought but by called can capable capacity carry carries carried carrying case cases cell cells cellular certain
certainly characteristic characteristics clear clearly close closely collectively come comes coming common commonly compared component components
concern concerning condition conditions consequence consequently consist contain containing contains content context
corresponding could course currently data demonstrate demonstrated depend dependent depending derive derived described
despite detail different direct directly distinct do does doing done down due during each easier easily effect effectively either
element else enter enters entity essential etc evidence exactly example exist exists extent fact factor factors far
feature features few find finding findings finds first follow followed following follows for form former
formerly forms found from function functional functions furthermore gene genes general generally get gets given go goes going
group groups had half-way has have having hence here herein how however i identified identify if important importantly in
include included includes including indeed indicate indicated indicates individual-level indirectly inside instance instead into involve
involved involves involving is item its itself just key kind kinds large largely last later latter
let lets level levels like likewise line lines link list local located look made main mainly major make makes making manner
many marked markedly mean means meanwhile mechanism mechanisms member members might-be mir mirna mirnas microrna micrornas mode molecular molecule
molecules more moreover most mostly much multiple namely nature near nearby need needed new newly next notable notably
note noted now number observe observed occur occurs of off offer often on once one ones only-if onto onward open or order
other others otherwise our out outside over overall own paper papers part partial partially participate participates particular
particularly partly pass passed passes passing pathway pathways pattern per perform period phenomenon phenotype phenotypic place play
played playing plays point possess potential potentially power presence present presented presents previously
primarily primary process processes product production promising property properties protein proteins provide provided provides
publication published quite range rather reach reached reaches reaching read reason receive received receives receiving recent recently recipient
reference regard regarding relation relationship relative relatively relevant rely remain remains report reported reports represent require required
research result resulting results review reviewed rich right-away rna rnas role routes route same say says scientist second secondary-to see
seem seen segment self-evidently send sends sending sent serious set several share should show showed showing shown shows side
signal signaling signalling signals significance similar similarly simultaneously since site sites so some something source sources special specific
specifically stage-wise state stated states step still strong strongly study studied studies studying subsequent subsequently such
summary suggest-ed system take taken takes taking task team tell terms than thank that the their themselves then there
thereby therefore therein these they thing things this those though through throughout thus time title to together too toward
towards transcript transcripts two-fold type types typical typically ultimately under undergo underlying up upon us use used uses using
usual usually various vary versus very via view was way ways we well went were what when whenever where whereas whereby
whereupon wherever whether which while who whole whom whose why wide widely will with within work works would yet
cargo carrier exosome exosomes exosomal exosomally extracellular vesicle vesicles microvesicle microvesicles ev evs nanovesicle packaged package packaging
packed packet released release releases releasing secrete secretes secreted secreting secretion shed sheds shedding transfer
transfers transferred transferring transmit transmits transmitted transport transports transported deliver delivers delivered
delivering delivery shuttle shuttles shuttled shuttling export exports exported exporting ship ships shipped shipping load loaded loading pick
picked picks uptake internalize internalized absorb absorbed engulf hand hands handed travel travels travelled
traveling cross crosses move moves moved arrive arrives intercellular communicate communication message messages
messenger cancer cancers tumor tumors tumour tumours carcinoma carcinomas malignant malignancy malignancies
neoplasm cancerous tumoral neoplastic disease diseases expression expressed express gene mrna mrnas messenger-rna target targets
cascade program axis neighbour neighboring neighbors neighbor surrounding surroundings donor acceptor host origin
originate originates originating stem stemming produced producing tissue tissues body
trait traits aggressive aggressiveness malignantly ability capability tendency able unable extent amount
response responses turn turns turned stay event events thanks cause causes caused effectively tumor-derived
hence onset formation course establishment promote help helps via means mediator player players
hallmark feature functionally biologically biological biology physiological pathological structure structures
family member transcription translation transcriptional posttranscriptional bind partner
consequently eventually accordingly additionally whereby thereof therewith upon amid among amongst
exert exerted exerting undergoing undergoes constitute constitutes act acts acted
diameter size across conversion transformation transition transdifferentiation protein-coding coding noncoding non pro anti pre co self
shift shifts shifted shifting push pushes turning change changes
"""
_STRICT: Final = """
abolish absolutely all always animal animals approved certainly completely confirm confirmed consistently cure cured cures definitely
definitive definitively effective efficacy entire entirely every exclusive exclusively fully guarantee guarantees human-trial
invariably mice mouse mouse-model must never only irreversibly permanently prove proved proven proves rat rats safe safely sole solely
totally trial trials undoubtedly unequivocally unique universal universally first-ever dose dosage mortality death
known women men children child infant infants smoker smokers smoking diet drug drugs clinical
randomized placebo urine saliva milk sweat tears ascites
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
    """True for a word that evidence must hold itself: it claims certainty, or names a substance, a disease or a kind."""
    return word in _strict() or stem(word) in _strict() or _TECHNICAL.fullmatch(word) is not None


@lru_cache(maxsize=1)
def _plain() -> frozenset[str]:
    return frozenset(form for word in _PLAIN.split() for form in (word, stem(word)))


@lru_cache(maxsize=1)
def _strict() -> frozenset[str]:
    return frozenset(form for word in _STRICT.split() for form in (word, stem(word)))
