"""Everyday words that name nothing a paper could be about: what happens, how, how much, and who asks.

A paper need not hold them to answer a question that does: it says "suppress" where the question says "curb". Written
by hand; words of biology and medicine, and those of which a paper must speak itself ("cure"), are none of them.
"""

from __future__ import annotations

from typing import Final

from index.tokens import stem

_HAPPENS: Final = """
    accelerate accord achieve acquire act activate adapt add adjust adopt affect aid aim allow alter amplify answer
    antagonise appear apply arise arrive assemble assist associate assume attach attack attempt attenuate attract
    avoid awake awaken base beat became become been befall began begin begun behave believe belong bend bind blame
    block blunt boost bore borne bother bought bound break bring broke broken brought build built call calm came care
    carry cast catch caught cause change check choke choose chose chosen circulate claim clear cling clog close coax
    collect combine come command commence communicate compare compete complete comprise compromise concern conclude
    conduct confer confirm confuse connect consider consist constitute constrain construct contain continue contrast
    contribute control convert convey convince cooperate coordinate cope correlate correspond count counteract couple
    court cover crack crank create cripple cross curb curtail cut damage dampen deal dealt decide decline decrease
    deduce define degrade delay deliver demonstrate depend deplete deposit derail derive describe deserve destroy
    detect deter determine develop dial dictate did die differ diminish direct disable disappear discover discuss
    dismantle disperse disrupt distinguish distort distribute disturb divert divide dock dominate donate done double
    draw drawn drew drive driven drop drove dump dupe dwell eat educate elaborate elevate elicit eliminate emerge emit
    employ enable encode encounter encourage end endow enforce engage enhance enlist enrich ensure entail enter equip
    erode escape establish estimate evade evoke examine exceed exchange exclude execute exert exhaust exhibit exist
    expand expect explain exploit explore expose express extend facilitate fail fall fallen favour fed feed feel fell
    felt ferry fight fill find finish fit flag flip flood flow follow fool force forge form foster fought found free
    fuel fulfil function gain gather gave generate get give given go goes gone gotten govern graduate grant grasp grew
    grow grown guide halt hamper handle happen harbour harm hasten hear heard heighten held help herald hidden hide
    hijack hinder hit hold home host hurt identify ignite ignore imagine impact impair impede implicate imply import
    impose improve include incorporate increase indicate induce infer influence inform inhibit initiate injure insert
    instruct integrate interact interfere interrupt intervene introduce invade investigate invite involve join jump
    keep kept kick kill knew knock known lack laid lain last launch lay lead leak learn leave let lie lift limit link
    live load locate look loosen lose lost lower lull lure made maintain make manage manifest manipulate map mark
    match matter mean meant measure meddle mediate meet mend mention merge met migrate mimic mind miss mix mobilise
    moderate modify modulate motivate mount move multiply name need neglect neutralise note notice nourish nudge
    observe obstruct obtain occupy occur offer open operate oppose optimise orchestrate originate oust overcome
    override own pack package paid paralyse participate partner pass pause pave penetrate perceive perform permit
    persist perturb pick place play plug point pose possess potentiate precede predict prefer prepare present preserve
    press prevent prime proceed process prod produce profit program progress prohibit prolong promote propagate propel
    propose protect prove proven provide provoke publish pull pump push put question quit raise ramp ran rang reach
    react read realise rearrange rebuild receive recognise record recover recruit redirect reduce refer reflect refuse
    regain regulate reinforce reject relate relax relay release relieve relocate rely remain remember remodel remove
    render repair repeat replace report represent repress reprogram require rescue research reshape resist resolve
    respond restore restrain restrict result retain return reveal reverse rewire rewrite rid rig rise risen rob rose
    rule run sabotage said sat save say sculpt search secrete see seed seek seem seen segregate seize select send
    sensitise sent separate serve set settle shaken shape share shed shelter shield shift ship shorten show shown
    shrank shrink shut shuttle signal silence sit skew slow smooth smuggle soften soothe sort spare spark speak speed
    spell spent split spoil spoke spoken sponge spread spur stabilise stand start starve state stay steer stem step
    stick stimulate stir stolen stood stop store strengthen stress strike strip struck stuck stunt subdue substitute
    subvert succeed suffer suggest suit supply support suppose suppress survive sustain swap sway swing switch tackle
    take taken talk tame tamper target taught teach tell tend terminate test thank think thought threaten threw thrive
    throw thrown tie tinker tip told tolerate took touch trace track train transfer transform translate transmit
    transport trap travel treat trick trigger try tune turn uncover undergo underlie undermine underpin understand
    understood underwent undo undone unleash unlock upset urge use utilise vary view visit wait wake walk want warn
    waste watch weaken wear weigh went win wipe wish withstand woke woken won wonder woo wore work worn worry worsen
    wrap write written wrote yield
"""
_THINGS: Final = """
    ability absence abundance account action addition advantage age agent amount analysis angle approach area argument
    article aspect assembly association attention author background balance barrier basis bearing beginning behaviour
    benefit bit blueprint body boss breakdown bridge burden candidate capacity case category centre chain challenge
    chance character characteristic child children choice circumstance class clue colleague combination comparison
    component composition concept conclusion condition connection consensus consequence contact content context
    contribution conversion core counterpart course crosstalk culprit data day debate decade degree density
    description detail determinant difference direction discovery discussion distance distinction disturbance dot
    doubt drawback driver dynamics edge effect effort element emphasis engine entity environment error event evidence
    evolution example exception existence expenditure experiment expert explanation exposure extent eye fact factor
    failure family fashion fate feature feedback fidelity field figure finding focus fraction framework frequency
    future gap goal group growth guy half hallmark hand head help hierarchy highlight hint history hour hub human idea
    implication importance improvement indication individual information initiation input insight instance interaction
    interest intermediary intermediate interplay interpretation issue item job joint journal journey key kind
    knowledge lab laboratory landscape layer leader length lesion level life line list literature loop loss lot
    machinery maintenance majority man manifestation manner material means mechanism member men message messenger
    method middle million minute mirror mode model moment month mutual nature neighbour network node number object
    occurrence offender offspring one onset opinion option order origin outcome outline output overview pace pair
    paper paragraph part party passenger path patient pattern people percent percentage period person perspective
    phase phenomenon picture piece pivot player population portion position possibility potential practice preference
    presence pressure principle priority problem procedure product professor profile programme proof property
    proportion purpose quality quantity question range rate rearrangement reason recipient recommendation reduction
    reference regard region relation relationship relevance repertoire researcher resource response rest restriction
    review risk role root route sample scale scenario scheme scientist scope secondary section sense sentence series
    setting severity share side significance similarity situation size solution source space species specimen spectrum
    spot stage standard statement status story strategy strength structure student study subgroup subject success
    suggestion sum summary supervisor surface surrounding surroundings switch symptom synopsis system table task team
    technique tendency term text theme theory thesis thing thought threat threshold time title today tool top topic
    total trait transition treatment trend trouble type understanding unit usage usefulness value variant variety
    vehicle version
    victim volume vulnerability way weapon week whole woman women world year
"""
_OTHERS: Final = """
    aberrant able absent abundant accurate active actual additional adequate adjacent advanced adverse aggressive
    ahead alike alive alone already alternative altogether always amid among amongst analogous anecdotal another
    anybody anyhow anyone anyway apart apparent appreciable appropriate approximate around aside available average
    aware away back bad basic beside besides best better beyond big bigger biggest brand brief briefly broad bullet
    catastrophic central certain chief clear close colourful common comparable compelling complex concise concomitant
    concrete congruent considerable consistent constant contrary conventional correct critical crowded crucial curious
    current dangerous dead dear decisive deep definite deleterious dense despite detailed different difficult
    dimensional dire distant distinct dramatic due earlier earliest early easy effective efficient either elevated
    else elsewhere emerging english enough entire environmental equal erroneous especially essential even eventual
    ever every everybody everyone everywhere evident exact exactly excess exclusive explicit extra extreme false
    familiar far farther fast favourable few fewer final fine first five flexible former forward four frequent fresh
    friendly full fully fundamental further furthermore general genuine global good great hard harmful heavy hello
    hence here high himself huge identical immediate important impossible inadequate incapable independent indirect
    inside instead intact interested interesting internal intrinsic inverse irrespective jointly key kindly large late
    later latest layman least left less lesser like likely likewise limited little local long longer loud low lowly
    main mainly major many maybe mere might mild minor mixed modern moreover multiple must mutually namely narrow
    natural near nearby necessary negative neither nevertheless new newer newest next nice nobody none nonetheless
    normal notable noteworthy nothing notorious novel now nowhere numerous obvious odd off often okay old older onto
    onward opposite ordinary original otherwise ought ourselves outer outside overall overly partial particular past
    peculiar perhaps permanent physical plain plausible please plenty plus poor popular possible potent powerful
    practical precise predominant preferential preliminary presumable previous primary prior probable professional
    prominent promising proper purely putative quick quiet quite random rapid rare rather ready real really recent
    regardless regular relative relevant reliable remarkable remote responsible rich right rigid rough roughly safe
    second secret selective serious seven several severe shall sharp short significant similar simple simply
    simultaneous since single six slight small smart sole solely solid somebody somehow someone something sometimes
    somewhat somewhere soon sorry sound special specific spontaneous stable still straight strange strong suboptimal
    subsequent substantial successful sudden sufficient suitable super sure surprising swift systematic temporary ten
    thanks themselves therefore thin third thorough though three throughout thus tight tiny together tough toward
    towards traditional true truly twice two typical ultimate uncertain unclear underneath unexpected unique unknown
    unless unlike unlikely unusual upper usual valid various vast versus viable vice visual vital vulnerable warm weak
    well whatever whenever whereas wherever whether whichever whoever whose wide wise without wonder worse worst worth
    would wrong yes yesterday young yourself
"""
ORDINARY: Final = frozenset(map(stem, f"{_HAPPENS} {_THINGS} {_OTHERS}".split()))
"""The stems of these words."""


def is_ordinary(word: str) -> bool:
    """True for an everyday word in any inflection, whichever its case and spelling.

    >>> is_ordinary("Hijacking"), is_ordinary("favor"), is_ordinary("ferroptosis"), is_ordinary("cures")
    (True, True, False, False)
    """
    return stem(word) in ORDINARY
