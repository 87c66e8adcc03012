"""What a person is mailed, and when: on a page of their own; and what holds for everybody else."""

from datetime import date, time

import pytest

from claims.enums import EmailKind, Timing
from claims.models import MailChoice, Reviewer
from claims.notifications.choices import choices_of
from tests.admin.pages import said, url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def usual() -> dict[str, str]:
    return {kind.value: timing.value for kind, timing in choices_of(None).items()} | {
        "wants_mail": "on",
        "digest_hour": "7",
    }


def test_the_page_says_of_each_event_what_it_is_who_hears_and_what_is_chosen(desk, reviewer):
    page = desk(reviewer).get(url("mail_choices"))
    for said_there in ("Mail goes to rita@desk.test", "An editor gave you a claim", "Claims are overdue",
                       "Morning digest", "who reviews its topic and language", "in the digest"):  # fmt: skip
        assert said_there in words(page), said_there
    assert page.content.decode().count("checked") >= len(EmailKind)


def test_a_person_chooses(desk, reviewer, usual):
    typed = {"claim_assigned": "never", "claim_decided": "at_once", "time_zone": "Europe/Berlin", "digest_hour": "6",
             "quiet_from": "22:00", "quiet_until": "06:30", "mail_paused_until": "2026-12-24"}  # fmt: skip
    answer = desk(reviewer).post(url("mail_choices"), usual | typed, follow=True)
    assert said(answer) == "Your choices are saved."
    rows = set(MailChoice.objects.values_list("reviewer__username", "kind", "timing"))
    assert rows == {("rita", "claim_assigned", "never"), ("rita", "claim_decided", "at_once")}
    person = Reviewer.objects.get(pk=reviewer.pk)
    assert (person.time_zone, person.digest_hour, person.mail_paused_until) == ("Europe/Berlin", 6, date(2026, 12, 24))
    assert (person.quiet_from, person.quiet_until) == (time(22), time(6, 30))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"time_zone": "Mars/Olympus"}, "There is no time zone “Mars/Olympus”. Write it as Europe/Berlin."),
        ({"quiet_from": "22:00"}, "Give both ends of the quiet hours, or none."),
        ({"digest_hour": "24"}, "less than or equal to 23"),
        ({"digest": "digest"}, "digest is not one of the available choices"),
        ({"claim_assigned": "x"}, "x is not one of the available choices"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(desk, reviewer, usual, typed, told):
    answer = desk(reviewer).post(url("mail_choices"), usual | {"turn_ended": "never"} | typed)
    assert (answer.status_code, told in words(answer)) == (400, True)
    assert (MailChoice.objects.count(), Reviewer.objects.get(pk=reviewer.pk).quiet_from) == (0, None)


def test_a_person_changes_nobody_elses_choices(desk, reviewer, editor, usual):
    desk(reviewer).post(url("mail_choices"), usual | {"turn_ended": "never"})
    assert choices_of(editor)[EmailKind.TURN_ENDED] is Timing.AT_ONCE


def test_administrators_choose_what_holds_for_who_has_not(desk, administrator, reviewer, usual):
    answer = desk(administrator).post(url("mail_defaults"), usual | {"claims_waiting": "digest"}, follow=True)
    assert said(answer) == "The desk’s choices are saved."
    assert choices_of(reviewer)[EmailKind.CLAIMS_WAITING] is Timing.DIGEST
    assert "This holds for everybody who has not chosen otherwise." in words(answer)


@pytest.mark.parametrize("who", ["reviewer", "editor", "producer"])
def test_nobody_else_sees_or_changes_the_desks_choices(desk, request, usual, who):
    person = request.getfixturevalue(who)
    assert desk(person).get(url("mail_defaults")).status_code == 403
    assert desk(person).post(url("mail_defaults"), usual | {"digest": "never"}).status_code == 403
    assert MailChoice.objects.count() == 0


def test_who_cannot_be_reached_is_told_so(desk, reviewer):
    Reviewer.objects.filter(pk=reviewer.pk).update(email="")
    assert "No mail can reach you" in words(desk(reviewer).get(url("mail_choices")))
