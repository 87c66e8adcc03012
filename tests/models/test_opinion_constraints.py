"""What stands beside the refusals: the same writes with one thing right."""

import pytest
from django.utils import timezone

from claims.models import OutgoingEmail
from tests.factories import make_queued_claim
from tests.models.attacking import change, double
from tests.models.opinion_attacks import write_opinion

pytestmark = pytest.mark.django_db


def test_an_answered_opinion_makes_room_for_another_question(editor):
    opinion = write_opinion(make_queued_claim(), editor)
    change(opinion, answer="agree", answered_at=timezone.now())
    double(opinion, key="l", answer="", answered_at=None)
    assert opinion.claim.opinions.count() == 2


def test_one_mail_goes_to_two_people_without_an_account(editor):
    mail = OutgoingEmail(kind="opinion_asked", cause="opinion:1", subject="-", text="-", html="-")
    for number, address in ((2, "lex@law.test"), (3, "ana@law.test")):
        double(mail, to_address=address, message_id=f"<{number}@desk.test>")
    assert OutgoingEmail.objects.filter(recipient=None).count() == 2
