"""Verbs of the news and the nouns that name the same event."""

# verb forms: noun, preposition before what it happened to ("" keeps the verb's own preposition alone)
_TABLE = """
abandoned: abandonment of
abolished: abolition of
acquired: acquisition of
adopted: adoption of
agreed: agreement on
announced: announcement of
annexed: annexation of
appointed: appointment of
approved: approval of
arrested: arrest of
arrived: arrival
assassinated: assassination of
attacked: attack on
banned: ban on
began begun: start of
blocked: blocking of
bombed: bombing of
bought: purchase of
built: construction of
cancelled canceled: cancellation of
captured: capture of
ceased: end of
closed: closure of
collapsed: collapse
completed: completion of
condemned: condemnation of
convicted: conviction of
crashed: crash
created: creation of
cut: cut in
deployed: deployment of
deported: deportation of
derailed: derailment
destroyed: destruction of
died: death
discovered: discovery of
dismissed sacked fired: dismissal of
dissolved: dissolution of
doubled: doubling of
elected: election of
ended: end of
erupted: eruption
established founded: founding of
evacuated: evacuation of
expanded: expansion of
expelled: expulsion of
exploded: explosion
extended: extension of
failed: failure
fell: fall
flooded: flooding of
formed: formation of
froze frozen: freeze of
halted: halt to
handed: handover of
imposed: imposition of
inaugurated: inauguration of
introduced: introduction of
invaded: invasion of
issued: issue of
joined: joining of
killed: killing of
launched: launch of
left: departure from
lifted: lifting of
lost: loss of
merged: merger
met: meeting with
moved: move
murdered: murder of
nationalised nationalized: nationalisation of
opened: opening of
passed: passage of
postponed: postponement of
privatised privatized: privatisation of
published: publication of
raised: rise in
ratified: ratification of
rebuilt: rebuilding of
recognised recognized: recognition of
rejected: rejection of
released: release of
removed: removal of
reopened: reopening of
repealed: repeal of
replaced: replacement of
rescued: rescue of
resigned: resignation
restored: restoration of
resumed: resumption of
retired: retirement
returned: return
revoked: revocation of
rose: rise
sank sunk: sinking of
seized: seizure of
sentenced: sentencing of
shut: closure of
signed: signing of
sold: sale of
split: split
started: start of
stormed: storming of
struck: strike on
surrendered: surrender
suspended: suspension of
terminated: termination of
tested: test of
took taken: taking of
unveiled: unveiling of
vetoed: veto of
visited: visit to
voted: vote
walked: walkout
withdrew withdrawn: withdrawal
ordered: order of
redesigned: redesign of
raided: raid on
reviewed: review of
upgraded: upgrade of
protested: protest
purchased: purchase of
transferred: transfer of
appealed: appeal
debated: debate on
searched: search of
besieged: siege of
promoted: promotion of
demoted: demotion of
nominated: nomination of
reelected re-elected: re-election of
inspected: inspection of
investigated: investigation of
prosecuted: prosecution of
indicted: indictment of
acquitted: acquittal of
charged: charging of
executed: execution of
detained: detention of
kidnapped abducted: abduction of
ambushed: ambush of
shelled: shelling of
liberated: liberation of
occupied: occupation of
demolished: demolition of
renovated: renovation of
installed: installation of
constructed: construction of
restarted: restart of
relaunched: relaunch of
rolled: rollout of
recalled: recall of
withheld: withholding of
refused: refusal of
denied: denial of
proposed: proposal of
presented: presentation of
submitted: submission of
amended: amendment of
reformed: reform of
overturned: overturning of
upheld: upholding of
ruled: ruling
decided: decision
warned: warning
promised: promise
pledged: pledge
threatened: threat
demanded: demand for
requested: request for
invited: invitation of
accused: accusation of
complained: complaint
testified: testimony
confessed: confession
apologised apologized: apology
contracted: contraction of
invested: investment
donated: donation of
funded: funding of
financed: financing of
borrowed: borrowing of
paid: payment of
fined: fining of
taxed: taxation of
subsidised subsidized: subsidy of
devalued: devaluation of
increased: increase in
reduced: reduction in
decreased: decrease in
lowered: lowering of
improved: improvement in
tripled: tripling of
halved: halving of
grew: growth
declined: decline
dropped: drop
recovered: recovery
disappeared: disappearance
emerged: emergence
spread: spread
infected: infection of
vaccinated: vaccination of
treated: treatment of
hospitalised hospitalized: hospitalisation of
born: birth
married: marriage
divorced: divorce
graduated: graduation
enrolled: enrolment of
recruited: recruitment of
hired: hiring of
employed: employment of
trained: training of
moved relocated: relocation of
emigrated: emigration
immigrated: immigration
fled: flight
escaped: escape
travelled traveled: journey
departed: departure
landed: landing
entered: entry
crossed: crossing of
hit: hitting of
collided: collision
burned burnt: burning of
drowned: drowning
injured wounded: injuring of
poisoned: poisoning of
contaminated: contamination of
polluted: pollution of
leaked: leak
spilled: spill of
mined: mining of
drilled: drilling of
exported: export of
imported: import of
delivered: delivery of
shipped: shipment of
supplied: supply of
produced: production of
manufactured: manufacture of
developed: development of
invented: invention of
designed: design of
tested trialled: test of
detected: detection of
identified: identification of
observed: observation of
measured: measurement of
confirmed: confirmation of
revealed: revelation of
disclosed: disclosure of
leaked: leak of
recorded: recording of
broadcast: broadcast of
aired: airing of
performed: performance of
defeated: defeat of
beat beaten: win over
qualified: qualification
transferred: transfer of
transformed: transformation of
renamed: renaming of
separated: separation of
reunited: reunification of
unified: unification of
integrated: integration of
joined: joining of
admitted: admission of
excluded: exclusion of
divided: division of
distributed: distribution of
allocated: allocation of
granted: granting of
awarded: award of
assigned: assignment of
commissioned: commissioning of
decommissioned: decommissioning of
nationalised nationalized: nationalisation of
legalised legalized: legalisation of
criminalised criminalized: criminalisation of
decriminalised decriminalized: decriminalisation of
liberalised liberalized: liberalisation of
restricted: restriction of
eased: easing of
tightened: tightening of
relaxed: relaxation of
enforced: enforcement of
implemented: implementation of
activated: activation of
triggered: triggering of
declared: declaration of
proclaimed: proclamation of
celebrated: celebration of
commemorated: commemoration of
buried: burial of
survived: survival of
backed: backing of
endorsed: endorsement of
supported: support for
opposed: opposition to
criticised criticized: criticism of
attempted: attempt
tried: trial of
won: victory in
"""
_EXTRA_EVENT_NOUNS = (
    "election elections referendum war coup protest protests riot riots earthquake flood floods fire wildfire "
    "hurricane storm summit deal treaty ceasefire pandemic outbreak strike strikes massacre blackout census budget "
    "trial vote recount hearing inquiry conference congress marathon festival derby final match debate crash eclipse"
)


def _read_table() -> dict[str, tuple[str, str]]:
    nominals: dict[str, tuple[str, str]] = {}
    for line in _TABLE.split("\n"):
        forms, _, phrase = line.partition(": ")
        noun, _, preposition = phrase.partition(" ")
        nominals.update(dict.fromkeys(forms.split(), (noun, preposition)))
    return nominals


NOMINALS = _read_table()
# `meets on 16 January`: a present that tells of a date to come
SCHEDULED = {
    "meets": ("meeting", "of"), "meet": ("meeting", "of"), "opens": ("opening", "of"), "begins": ("start", "of"),
    "starts": ("start", "of"), "ends": ("end", "of"), "expires": ("expiry", "of"), "closes": ("closure", "of"),
    "votes": ("vote", "of"), "returns": ("return", "of"), "retires": ("retirement", "of"),
    "resumes": ("resumption", "of"),
}  # fmt: skip
_GERUNDS = {
    past: gerund
    for line in [
        "wound winding",
        " held holding",
        " made making",
        " gave given giving",
        " told telling",
        " kept keeping",
        " sent sending",
        " paid paying",
        "wrote written writing",
        " drew drawn drawing",
        " threw thrown throwing",
        " led leading",
        " laid laying",
        " caught catching",
        "brought bringing",
        " broke broken breaking",
        " chose chosen choosing",
        " drove driven driving",
        " went gone going",
        " grew growing",
        "hit hitting",
        " put putting",
        " read reading",
        " ran running",
        " saw seen seeing",
        " set setting",
        " spent spending",
        " spread spreading",
        "stole stolen stealing",
        " swore sworn swearing",
        " taught teaching",
        " tore tearing",
        " lent lending",
        " dug digging",
        " fought fighting",
        "found finding",
        " flew flown flying",
        " hid hidden hiding",
        " shot shooting",
        " swept sweeping",
        " overturned overturning",
    ]
    for *pasts, gerund in [line.split()]
    for past in pasts
}
_LIGHT = frozenset(("", "down", "off", "away", "out"))
EVENT_NOUNS = frozenset(noun for noun, _ in NOMINALS.values()) | frozenset(_EXTRA_EVENT_NOUNS.split())
ANNOUNCING = frozenset(
    ("announced", "declared", "confirmed", "marked", "saw", "proclaimed", "celebrated", "reported", "began")
)


def nominalise(verb: str, xpos: str, particle: str = "") -> tuple[str, str]:
    """The noun of a verb's past or participle, and the preposition before what it happened to.

    A verb without a noun of its own becomes its gerund; empty where not even that can be told.
    """
    if verb in NOMINALS and particle in _LIGHT:
        return NOMINALS[verb]
    if verb in SCHEDULED:
        return SCHEDULED[verb]
    gerund = verb if xpos == "VBG" else _GERUNDS.get(verb) or _gerund(verb)
    return (f"{gerund} {particle}".strip(), "of") if gerund else ("", "")


def _gerund(verb: str) -> str:
    """Of a regular past; "" of anything else."""
    if not verb.endswith("ed") or len(verb) < 5:
        return ""
    stem = verb[:-2]
    return f"{stem[:-1]}ying" if stem.endswith("i") else f"{stem}ing"
