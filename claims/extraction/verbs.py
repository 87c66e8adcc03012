"""The verbs of saying, and what can be told from each."""

from claims.extraction.words import word_set

SAYING = word_set(
    "said says say saying told tells tell telling argued argues argue arguing claimed claims claim claiming",
    "stated states warned warns warn warning confirmed confirms confirm insisted insists insist added adds add",
    "adding explained explains reported reports report estimated estimates estimate estimating acknowledged",
    "admitted admits alleged asserted recalled recalls remembered wrote writes announced testified maintained",
    "declared complained complains noted notes noting concluded concludes believes replied answered suggests",
    "suggested predicted predicts forecasts forecast expects found finds showed shows show revealed reveals",
    "reveal conceded concedes concede contends contended cautioned observed remarked stressed boasted counted",
    "calculated calculates recorded tweeted posted promised vowed heard hears insisting pointing stressing",
    "predicting recounted maintains projects fears alleges contend held ordered ruled promises vows answers",
    "pointed objected countered disclosed quipped continued reckons reckon believe put puts indicates indicate",
    "indicated",
)
ESTIMATING = word_set(
    "put puts estimated estimates estimate counted counts recorded records reported reports reckons",
)
# `told reporters`: whom, not what
TO_WHOM = word_set("told tells tell telling warned warns reminded informed assured")
# these stand behind what was said only with someone before them
TELLING = word_set("told tells tell reports put puts")
# without `that` they are no sayings
LATE_ONLY = word_set("held ordered ruled objected countered")
ADDING = word_set("adding saying noting warning claiming arguing")
REFUSING = word_set("declined refused")
# with a thing instead of a clause
EXPECTING = word_set("expect expects expected forecast forecasts project projects projected foresee foresees predicted")
BLAMING = word_set("blame blames blamed attribute attributes attributed credit credits credited linked")
FINDING = word_set("found finds show shows showed record records recorded")
