"""What the database refuses about people without an account."""

from typing import Any

from claims.models import Claim, OutsideOpinion, Reviewer
from tests.models.attacking import change, double, tomorrow


def write_opinion(claim: Claim, editor: Reviewer) -> OutsideOpinion:
    asked = {"name": "Lex", "address": "lex@law.test", "question": "So?", "key": "k", "expires_at": tomorrow()}
    return OutsideOpinion.objects.create(claim=claim, asked_by=editor, **asked)


OPINION_ATTACKS: list[tuple[str, Any]] = [
    ("opinion_is_asked_of_somebody", lambda r: change(r.opinion, name="")),
    ("opinion_is_asked_by_mail", lambda r: change(r.opinion, address="")),
    ("opinion_has_a_question", lambda r: change(r.opinion, question="")),
    ("opinion_has_a_key", lambda r: change(r.opinion, key="")),
    ("opinion_expires_after_it_is_asked", lambda r: change(r.opinion, expires_at=r.opinion.asked_at)),
    ("opinion_has_a_known_answer_with_its_time_or_nothing", lambda r: change(r.opinion, answer="agree")),
    ("opinion_has_a_known_answer_with_its_time_or_nothing", lambda r: change(r.opinion, answered_at=tomorrow())),
    ("opinion_has_a_known_answer_with_its_time_or_nothing", lambda r: change(r.opinion, comment="Hm.")),
    (
        "opinion_has_a_known_answer_with_its_time_or_nothing",
        lambda r: change(r.opinion, answer="perhaps", answered_at=tomorrow()),
    ),
    (
        "opinion_is_revoked_by_somebody_and_never_once_answered",
        lambda r: change(r.opinion, revoked_at=tomorrow()),
    ),
    (
        "opinion_is_revoked_by_somebody_and_never_once_answered",
        lambda r: change(r.opinion, revoked_by=r.person),
    ),
    (
        "opinion_is_revoked_by_somebody_and_never_once_answered",
        lambda r: change(r.opinion, revoked_at=tomorrow(), revoked_by=r.person, answer="agree", answered_at=tomorrow()),
    ),
    ("one_open_opinion_per_claim_and_address", lambda r: double(r.opinion, key="l", address="Lex@law.test")),
    (
        "one_email_per_event_and_address",
        lambda r: [double(r.email, recipient_id=None, message_id=f"<{n}@desk.test>") for n in (2, 3)],
    ),
]
