"""Mail about turns that others end, verdicts that differ, and claims that are late: to whom, and to whom not."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine

from claims.enums import DismissalReason, Role
from claims.models import Claim, OutgoingEmail, Reviewer
from claims.notifications.routing import tell_adjudication_needed, tell_claims_waiting, tell_turn_ended
from claims.review.adjudication import send_to_another_round
from claims.review.assignments import assign_claim, lapse_expired, reassign, release_assignment, take_claim
from claims.review.closing import dismiss_claim, merge_claim, reopen_claim
from claims.review.deadlines import escalate_overdue, prioritise_claim
from claims.review.drafts import save_draft
from tests.factories import hand_in, judge, make_article, make_claim, make_policy, make_queued_claim, make_queued_claims

pytestmark = pytest.mark.django_db
HEADLINE = "roughly 2,500 dockers"


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-22 10:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def people(person) -> dict[str, Reviewer]:
    """Two of each role."""
    roles = {"ed": Role.EDITOR, "rev": Role.REVIEWER, "adm": Role.ADMINISTRATOR, "prod": Role.PRODUCER}
    return {f"{name}{n}": person(f"{name}{n}", role) for name, role in roles.items() for n in (1, 2)}


def told(kind: str) -> list[str]:
    return sorted(OutgoingEmail.objects.filter(kind=kind).values_list("recipient__username", flat=True))


def change(person: Reviewer, **fields) -> None:
    Reviewer.objects.filter(pk=person.pk).update(**fields)


UNREACHED = [
    {"away_until": date(2026, 12, 24)},
    {"wants_mail": False},
    {"email": ""},
    {"is_active": False},
]
REACHED = [{}, {"away_until": date(2026, 11, 22)}]


# A turn that somebody else has ended.


@pytest.fixture
def turn(people):
    return take_claim(people["rev1"], make_queued_claim().pk)


def merge(editor: Reviewer, claim: Claim) -> None:
    merge_claim(editor, claim.pk, make_claim(article=claim.article, quote="March 2019").pk, "The same.")


@pytest.mark.parametrize(
    "end",
    [
        lambda editor, turn, other: reassign(editor, turn.pk, other),
        lambda editor, turn, other: reassign(editor, turn.pk, editor),
        lambda editor, turn, other: dismiss_claim(editor, turn.claim_id, "An opinion.", DismissalReason.OPINION),
        lambda editor, turn, other: merge(editor, turn.claim),
    ],
    ids=["given to another", "taken over", "dismissed", "merged"],
)
def test_who_held_the_claim_is_told_who_ended_the_turn(people, turn, end):
    end(people["ed1"], turn, people["rev2"])
    assert told("turn_ended") == ["rev1"]
    mail = OutgoingEmail.objects.get(kind="turn_ended")
    assert (mail.cause, mail.subject) == (f"assignment:{turn.pk}", f"Your turn was ended: {HEADLINE}")
    for words in ("Hello rev1", "ed1 has ended your turn", HEADLINE, "kept as your draft"):
        assert words in mail.text, words
        assert words in mail.html, words
    assert f"/admin/review/{turn.claim_id}/" in mail.text


@pytest.mark.parametrize(
    "end",
    [
        lambda turn: release_assignment(turn.reviewer, turn.pk),
        lambda turn: dismiss_claim(turn.reviewer, turn.claim_id, "An opinion."),
        lambda turn: hand_in(turn, "True"),
    ],
    ids=["released", "dismissed", "judged"],
)
def test_nobody_is_told_that_they_have_ended_their_own_turn(turn, end):
    end(turn)
    assert told("turn_ended") == []


def test_everybody_who_sat_there_is_told_but_for_who_had_judged(people):
    make_policy(seats=3, agreeing=3)
    claim = make_queued_claim()
    judge(people["rev1"], claim, "True")
    take_claim(people["rev2"], claim.pk)
    take_claim(people["ed2"], claim.pk)
    dismiss_claim(people["ed1"], claim.pk, "An opinion.")
    assert told("turn_ended") == ["ed2", "rev2"]


def test_the_end_of_a_turn_is_told_once(people, turn):
    for _ in range(2):
        tell_turn_ended(turn, people["ed1"])
    assert told("turn_ended") == ["rev1"]


def test_an_end_that_nobody_has_brought_about_names_nobody(turn):
    tell_turn_ended(turn, None)
    mail = OutgoingEmail.objects.get(kind="turn_ended")
    assert "Your turn on this claim was ended" in mail.text
    assert "None" not in mail.text + mail.html


# Verdicts that differ.


@pytest.fixture
def differ(people) -> Callable[..., Claim]:
    """Two judge a claim, and differ; `added_by` and the judges by name."""

    def make(judges: tuple[str, str] = ("rev1", "rev2"), added_by: str = "", **rule) -> Claim:
        make_policy(seats=2, agreeing=2, **rule)
        claim = make_queued_claim(added_by=people.get(added_by))
        for name, rating in zip(judges, ("True", "False"), strict=True):
            judge(people[name], claim, rating)
        return claim

    return make


@pytest.mark.parametrize(("role", "names"), [("editor", ["ed1", "ed2"]), ("administrator", ["adm1", "adm2"])])
@pytest.mark.parametrize("is_blind", [False, True], ids=["open", "blind"])
def test_whom_the_rule_names_are_asked_to_adjudicate(differ, role, names, is_blind):
    claim = differ(adjudicated_by=role, is_blind=is_blind)
    assert told("adjudication_needed") == names
    mail = OutgoingEmail.objects.filter(kind="adjudication_needed").first()
    assert (mail.cause, mail.subject) == (f"event:{claim.events.last().pk}", f"Please decide: {HEADLINE}")
    for words in (f"Hello {names[1]}", "the verdicts on this claim differ", HEADLINE):
        assert words in mail.text, words
        assert words in mail.html, words
    for secret in ("rev1", "True", "False"):
        assert secret not in mail.text


def test_verdicts_that_agree_call_nobody(people):
    make_policy(seats=2, agreeing=2)
    claim = make_queued_claim()
    judge(people["rev1"], claim, "True")
    assert told("adjudication_needed") == []
    judge(people["rev2"], claim, "True")
    assert told("adjudication_needed") == []


def test_who_has_judged_the_claim_is_not_asked(differ):
    differ(judges=("ed1", "rev1"))
    assert told("adjudication_needed") == ["ed2"]


def test_who_added_the_claim_is_not_asked(differ):
    differ(added_by="ed2")
    assert told("adjudication_needed") == ["ed1"]


def test_who_has_judged_in_the_first_round_is_not_asked_after_the_second(differ, people, person):
    claim = differ(judges=("ed1", "rev1"))
    send_to_another_round(people["ed2"], claim.pk, "Look at the port's own figures.")
    judge(people["rev2"], claim, "True")
    judge(person("rev3", Role.REVIEWER), claim, "False")
    assert told("adjudication_needed") == ["ed2", "ed2"]  # once a round


@pytest.mark.parametrize("fields", UNREACHED, ids=str)
def test_who_cannot_be_reached_is_not_asked_to_adjudicate(clock, differ, people, fields):
    change(people["ed1"], **fields)
    differ()
    assert told("adjudication_needed") == ["ed2"]


@pytest.mark.parametrize("fields", REACHED, ids=str)
def test_who_is_back_is_asked_to_adjudicate(clock, differ, people, fields):
    change(people["ed1"], **fields)
    differ()
    assert told("adjudication_needed") == ["ed1", "ed2"]


def test_an_adjudication_is_asked_for_once(differ, people):
    claim = differ()
    tell_adjudication_needed(claim, claim.events.last())
    dismiss_claim(people["ed1"], claim.pk, "An opinion.")
    assert reopen_claim(people["ed1"], claim.pk, "It names a number.").status == "in_adjudication"
    assert told("adjudication_needed") == ["ed1", "ed2"]


# Late claims.


@pytest.fixture
def late(clock, people) -> Callable[[int, timedelta], list[Claim]]:
    def make(count: int = 1, by: timedelta = timedelta(0)) -> list[Claim]:
        make_policy(hours_to_decide=1)
        claims = make_queued_claims(count)
        clock.shift(timedelta(hours=1) + by)
        escalate_overdue()
        return claims

    return make


def test_editors_are_told_of_what_is_overdue_in_one_mail(late):
    claims = late(2)
    assert told("claims_overdue") == ["ed1", "ed2"]
    mail = OutgoingEmail.objects.filter(kind="claims_overdue").first()
    assert (mail.cause, mail.subject) == (f"event:{claims[1].events.last().pk}", "Please look: 2 claims are overdue")
    for words in ("Hello ed2", "1000 ships", "1001 ships", "should have been decided by now"):
        assert words in mail.text, words
        assert words in mail.html, words
    assert mail.text.count("due 22 November 2026, 11:00 UTC") == 2
    assert f"/admin/review/{claims[0].pk}/" in mail.text


def test_one_claim_is_one(late):
    late(1)
    assert OutgoingEmail.objects.filter(kind="claims_overdue").first().subject == "Please look: 1 claim is overdue"


def test_a_day_later_administrators_are_told_too(late, clock):
    late(1)
    OutgoingEmail.objects.all().delete()
    clock.shift(timedelta(hours=24))
    escalate_overdue()
    assert told("claims_overdue") == ["adm1", "adm2", "ed1", "ed2"]
    mail = OutgoingEmail.objects.filter(kind="claims_overdue").first()
    assert mail.subject == "Please look: 1 claim is more than a day late"
    assert "should have been decided more than a day ago" in mail.text
    assert "should have been decided more than a day ago" in mail.html


def test_an_editor_who_administers_is_told_once(clock, person):
    person("both", Role.EDITOR, Role.ADMINISTRATOR, Role.REVIEWER)
    make_policy(hours_to_decide=1)
    make_queued_claim()
    clock.shift(timedelta(hours=25))
    escalate_overdue()
    subjects = OutgoingEmail.objects.filter(kind="claims_overdue").order_by("id").values_list("subject", flat=True)
    assert list(subjects) == ["Please look: 1 claim is overdue", "Please look: 1 claim is more than a day late"]


def test_looking_again_tells_nothing_again(late, clock):
    late(2)
    clock.shift(timedelta(hours=23))
    escalate_overdue()
    assert told("claims_overdue") == ["ed1", "ed2"]


def test_a_deadline_that_was_moved_on_is_told_again_when_it_is_missed_again(late, clock, people):
    (claim,) = late(1)
    prioritise_claim(people["ed1"], claim.pk, due_at=claim.due_at + timedelta(hours=2))
    clock.shift(timedelta(hours=2))
    escalate_overdue()
    assert told("claims_overdue") == ["ed1", "ed1", "ed2", "ed2"]


@pytest.mark.parametrize("name", ["ed1", "adm1"])
@pytest.mark.parametrize("fields", UNREACHED, ids=str)
def test_who_cannot_be_reached_is_not_told_what_is_late(late, people, name, fields):
    change(people[name], **fields)
    late(1, by=timedelta(hours=24))
    assert told("claims_overdue") == sorted(
        [one for one in ("ed1", "ed2") if one != name] * 2 + [one for one in ("adm1", "adm2") if one != name]
    )


def test_a_long_list_of_late_claims_is_counted_whole_and_shown_in_part(late):
    late(20)
    mail = OutgoingEmail.objects.filter(kind="claims_overdue").first()
    assert mail.subject == "Please look: 20 claims are overdue"
    assert mail.text.count(" ships\n  Quantity") == 15


# Whom claims that wait concern.


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [
        ({}, True),
        ({"topics": ["POLITICS ", "Health"]}, True),
        ({"topics": ["Health"]}, False),
        ({"languages": ["de", "en"]}, True),
        ({"languages": ["de"]}, False),
        ({"topics": ["Politics"], "languages": ["de"]}, False),
        ({"away_until": date(2026, 11, 22)}, True),
        ({"away_until": date(2026, 11, 23)}, False),
    ],
    ids=str,
)
def test_claims_that_wait_are_told_to_whom_they_suit(clock, reviewer, fields, is_told):
    change(reviewer, **fields)
    claim = make_claim(article=make_article(section="Politics", language="en"))
    tell_claims_waiting(claim.article.versions.get(), [claim], 1)
    assert told("claims_waiting") == (["rita"] if is_told else [])


@pytest.mark.parametrize("language", ["", "und"])
def test_a_text_in_nobody_knows_which_language_is_told_to_all(reviewer, language):
    change(reviewer, languages=["de"])
    claim = make_claim(article=make_article(language=language))
    tell_claims_waiting(claim.article.versions.get(), [claim], 1)
    assert told("claims_waiting") == ["rita"]


def test_an_assignment_is_told_whatever_the_topics(reviewer, editor):
    change(reviewer, topics=["Sport"], languages=["fr"])
    assign_claim(editor, make_queued_claim().pk, reviewer)
    assert told("claim_assigned") == ["rita"]


# A turn that ran out.


@pytest.mark.parametrize(("typed", "mails"), [("Half a thought.", ["rev1"]), (None, [])])
def test_who_had_typed_something_is_told_that_it_is_kept(clock, people, turn, typed, mails):
    if typed:
        save_draft(people["rev1"], turn.claim, explanation=typed)
    clock.shift(timedelta(hours=1))
    assert lapse_expired() == 1
    assert told("turn_lapsed") == mails


def test_the_mail_on_a_lapse_says_what_to_do(clock, people, turn):
    save_draft(people["rev1"], turn.claim, explanation="Half a thought.")
    clock.shift(timedelta(hours=1))
    lapse_expired()
    mail = OutgoingEmail.objects.get(kind="turn_lapsed")
    assert mail.subject == f"Take it again, your draft is kept: {HEADLINE}"
    assert "Take the claim again to go on with it." in mail.text
    assert "Half a thought" not in mail.text
