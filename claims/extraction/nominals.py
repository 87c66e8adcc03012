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
met: meeting
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
won: win in
"""
_EXTRA_EVENT_NOUNS = (
    "election elections referendum war coup protest protests riot riots earthquake flood floods fire wildfire "
    "hurricane storm summit deal treaty ceasefire pandemic outbreak strike strikes massacre blackout census budget "
    "trial vote"
)


def _read_table() -> dict[str, tuple[str, str]]:
    nominals: dict[str, tuple[str, str]] = {}
    for line in _TABLE.split("\n"):
        forms, _, phrase = line.partition(": ")
        noun, _, preposition = phrase.partition(" ")
        nominals.update(dict.fromkeys(forms.split(), (noun, preposition)))
    return nominals


NOMINALS = _read_table()
EVENT_NOUNS = frozenset(noun for noun, _ in NOMINALS.values()) | frozenset(_EXTRA_EVENT_NOUNS.split())
ANNOUNCING = frozenset(
    ("announced", "declared", "confirmed", "marked", "saw", "proclaimed", "celebrated", "ordered", "reported", "began")
)
