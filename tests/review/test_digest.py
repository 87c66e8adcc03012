"""The morning digest: once on each day of the person's own calendar, and only where there is something to say."""

from datetime import date, time

import pytest
import time_machine

from claims.enums import DismissalReason, EmailKind, Role, Timing
from claims.models import DigestEntry, OutgoingEmail, Reviewer
from claims.notifications.choices import choose, switch_off
from claims.notifications.routes import ROUTES
from claims.review.assignments import assign_claim, take_claim
from claims.review.closing import dismiss_claim
from claims.review.digest import send_digests
from tests.factories import hand_in, judge, make_policy, make_queued_claim, make_queued_claims
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-23 06:59:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def rita(clock, reviewer) -> Reviewer:
    """She hears of everything in the digest."""
    choose(reviewer, {route.kind: Timing.DIGEST for route in ROUTES if route.kind is not EmailKind.DIGEST})
    return change(reviewer, digest_on=date(2026, 11, 22))


def change(person: Reviewer, **fields) -> Reviewer:
    Reviewer.objects.filter(pk=person.pk).update(**fields)
    return Reviewer.objects.get(pk=person.pk)


def digests() -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(kind=EmailKind.DIGEST).order_by("pk"))


def morning(clock) -> OutgoingEmail:
    clock.move_to("2026-11-23 07:00:00Z")
    send_digests()
    (digest,) = digests()
    return digest


def test_the_digest_lists_what_waits_with_headline_words_outlet_reasons_and_deadline(clock, rita):
    claim = make_queued_claim(
        headline="2,500 dockers", reasons=[{"name": "number", "weight": 1.2, "text": "has a number"}]
    )
    claim.article.outlet = "Herald"
    claim.article.save()
    digest = morning(clock)
    assert (digest.recipient, digest.cause, digest.subject) == (rita, "day:2026-11-23", "1 claim waits for you")
    for words in ("- 2,500 dockers\n", "Herald · due 26 November 2026, 06:59 UTC", "“roughly 2,500 dockers”",
                  "Why: has a number", f"/admin/review/{claim.pk}/"):  # fmt: skip
        assert words in digest.text, words
    assert "has a number" in digest.html


def test_it_comes_at_the_hour_and_once(clock, rita):
    make_queued_claim()
    assert (send_digests(), digests()) == (0, [])
    clock.move_to("2026-11-23 07:00:00Z")
    assert (send_digests(), send_digests(), len(digests())) == (1, 0, 1)
    clock.move_to("2026-11-24 06:59:00Z")
    assert send_digests() == 0
    clock.move_to("2026-11-24 07:30:00Z")
    assert (send_digests(), len(digests())) == (1, 2)


def test_a_desk_that_was_down_in_the_morning_tells_later_the_same_day(clock, rita):
    make_queued_claim()
    clock.move_to("2026-11-23 23:59:00Z")
    assert send_digests() == 1


@pytest.mark.parametrize(
    ("zone", "hour", "before", "at"),
    [
        ("Asia/Tokyo", 7, "2026-11-22 21:59", "2026-11-22 22:00"),
        ("America/Los_Angeles", 7, "2026-11-23 14:59", "2026-11-23 15:00"),
        ("Pacific/Kiritimati", 0, "2026-11-22 09:59", "2026-11-22 10:00"),
        ("Pacific/Pago_Pago", 23, "2026-11-24 09:59", "2026-11-24 10:00"),
        ("Asia/Kathmandu", 6, "2026-11-23 00:14", "2026-11-23 00:15"),
    ],
)
def test_the_hour_is_that_of_the_persons_own_clock(clock, rita, zone, hour, before, at):
    clock.move_to(f"{before}:00Z")
    today = {"Pacific/Pago_Pago": date(2026, 11, 22)}.get(zone, date(2026, 11, 22))
    change(rita, time_zone=zone, digest_hour=hour, digest_on=today)
    make_queued_claim()
    assert send_digests() == 0
    clock.move_to(f"{at}:00Z")
    assert send_digests() == 1


@pytest.mark.parametrize(("day", "hour"), [("2026-03-29", 2), ("2026-10-25", 2), ("2026-10-25", 3)])
def test_clocks_that_are_put_forward_or_back_neither_skip_nor_double_a_digest(clock, rita, day, hour):
    change(rita, time_zone="Europe/Berlin", digest_hour=hour, digest_on=date(2026, 3, 1))
    make_queued_claim()
    clock.move_to(f"{day} 00:00:00Z")
    change(rita, digest_on=date.fromisoformat(day) - date.resolution)
    sent = 0
    for _ in range(4 * 21):  # every quarter of an hour until the evening
        sent += send_digests()
        clock.shift(900)
    assert (sent, len(digests())) == (1, 1)


def test_where_the_clocks_skip_the_hour_before_midnight_it_comes_in_the_days_last(clock, rita):
    change(rita, time_zone="America/Nuuk", digest_hour=23, digest_on=date(2026, 3, 27))
    make_queued_claim()
    clock.move_to("2026-03-28 23:59:00Z")  # 21:59 in Nuuk; at 23:00 it will be midnight
    assert send_digests() == 0
    clock.move_to("2026-03-29 00:00:00Z")
    assert (send_digests(), digests()[0].cause) == (1, "day:2026-03-28")


def test_nothing_is_sent_where_there_is_nothing_to_say(clock, rita):
    clock.move_to("2026-11-23 07:00:00Z")
    assert (send_digests(), digests()) == (0, [])
    assert Reviewer.objects.get(pk=rita.pk).digest_on == date(2026, 11, 23)


def test_claims_that_are_not_for_the_person_are_not_in_it(clock, rita, editor):
    first, second, third = make_queued_claims(3)
    judge(rita, first, "False")
    dismiss_claim(editor, second.pk, "An opinion.", DismissalReason.OPINION)
    DigestEntry.objects.all().delete()
    digest = morning(clock)
    assert digest.subject == "1 claim waits for you"
    assert (first.headline in digest.text, second.headline in digest.text, third.headline in digest.text) == (
        False,
        False,
        True,
    )


def test_a_topic_that_is_not_theirs_does_not_wait_for_them(clock, rita):
    make_queued_claim()
    change(rita, topics=["Health"])
    clock.move_to("2026-11-23 07:00:00Z")
    assert send_digests() == 0


def test_many_claims_are_counted_and_the_first_are_shown(clock, rita):
    make_queued_claims(20)
    digest = morning(clock)
    assert digest.subject == "20 claims wait for you"
    assert digest.text.count("/admin/review/") == 15 + 1


def test_it_tells_what_the_person_chose_to_hear_of_in_it_once(clock, rita, editor):
    claim = make_queued_claim()
    turn = assign_claim(editor, claim.pk, rita)
    digest = morning(clock)
    assert "Since the last digest:\n\n- Please review: roughly 2,500 dockers" in digest.text
    assert "You hold:\n\n- roughly 2,500 dockers\n" in digest.text
    assert "It is kept for you until 23 November" in digest.text
    assert DigestEntry.objects.get(cause=f"assignment:{turn.pk}").told_by == digest
    clock.move_to("2026-11-24 07:00:00Z")
    make_queued_claim(article=claim.article, quote="March 2019")
    send_digests()
    assert "Since the last digest" not in OutgoingEmail.objects.get(recipient=rita, cause="day:2026-11-24").text


def test_who_has_no_role_is_told_nothing_until_they_have_one_again(clock, rita, editor):
    assign_claim(editor, make_queued_claim().pk, rita)
    groups = list(rita.groups.all())
    rita.groups.clear()
    clock.move_to("2026-11-23 07:00:00Z")
    assert (send_digests(), DigestEntry.objects.get().told_by) == (0, None)
    rita.groups.set(groups)
    clock.move_to("2026-11-24 07:00:00Z")
    assert send_digests() == 1


def test_it_tells_that_a_claim_they_judged_is_decided(clock, rita, editor, person):
    make_policy(seats=2, agreeing=2, is_blind=False)
    claim = make_queued_claim()
    judge(rita, claim, "False")
    judge(person("cora", Role.REVIEWER), claim, "False")
    assert "- Decided “False”: roughly 2,500 dockers" in morning(clock).text


def test_editors_are_told_what_waits_for_their_decision(clock, rita, editor, person):
    make_policy(seats=2, agreeing=2, is_blind=False)
    claim = make_queued_claim()
    judge(rita, claim, "False")
    judge(person("cora", Role.REVIEWER), claim, "True")
    switch_off(rita, EmailKind.DIGEST)
    change(editor, digest_on=date(2026, 11, 22))
    digest = morning(clock)
    assert (digest.recipient, digest.subject) == (editor, "1 claim waits for your decision")
    assert "Verdicts differ: please decide:\n\n- roughly 2,500 dockers" in digest.text


@pytest.mark.parametrize(
    "fields",
    [{"wants_mail": False}, {"email": ""}, {"is_active": False}, {"mail_paused_until": date(2026, 11, 24)},
     {"away_until": date(2026, 11, 24)}],
)  # fmt: skip
def test_who_is_not_to_be_mailed_gets_none(clock, rita, fields):
    make_queued_claim()
    change(rita, **fields)
    clock.move_to("2026-11-23 07:00:00Z")
    assert (send_digests(), digests()) == (0, [])


def test_after_a_pause_the_digest_tells_what_happened_in_it(clock, rita, editor):
    change(rita, mail_paused_until=date(2026, 11, 24))
    assign_claim(editor, make_queued_claim().pk, Reviewer.objects.get(pk=rita.pk))
    clock.move_to("2026-11-23 07:00:00Z")
    assert send_digests() == 0
    clock.move_to("2026-11-24 07:00:00Z")
    assert send_digests() == 1
    assert "Please review: roughly 2,500 dockers" in digests()[0].text


def test_it_waits_for_the_end_of_the_quiet_hours(clock, rita):
    make_queued_claim()
    change(rita, quiet_from=time(22), quiet_until=time(8))
    assert morning(clock).next_attempt_at.isoformat() == "2026-11-23T08:00:00+00:00"


def test_a_person_who_is_new_is_told_the_next_morning(clock, person):
    clock.move_to("2026-11-23 15:00:00Z")
    person("new", Role.REVIEWER)
    make_queued_claim()
    assert send_digests() == 0
    clock.move_to("2026-11-24 07:00:00Z")
    assert send_digests() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_write_one_digest(rita, clock):
    make_queued_claim()
    clock.move_to("2026-11-23 07:00:00Z")
    all_at_once([send_digests] * 2)
    assert len(digests()) == 1


def test_a_blind_persons_digest_tells_nothing_of_the_verdicts_that_are_in(clock, rita, editor, person):
    make_policy(seats=3, agreeing=2, is_blind=True)
    claim = make_queued_claim()
    judge(person("cora", Role.REVIEWER), claim, "False")
    digest = morning(clock)
    assert digest.subject == "1 claim waits for you"
    assert not any(words in digest.text.lower() for words in ("false", "cora", "verdict", "another"))


def test_a_turn_that_was_handed_in_is_no_longer_held(clock, rita):
    claim = make_queued_claim()
    hand_in(take_claim(rita, claim.pk), "False")
    DigestEntry.objects.all().delete()
    clock.move_to("2026-11-23 07:00:00Z")
    assert send_digests() == 0
