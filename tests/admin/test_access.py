"""Who may open which page and press which button: the forbidden beside the allowed."""

import re
from contextlib import suppress

import pytest
from django.db import transaction

from claims.models import Claim
from claims.review.assignments import take_claim
from tests.admin.pages import url, words
from tests.factories import make_queued_claim

pytestmark = pytest.mark.django_db

PEOPLE = ["reviewer", "editor", "producer", "administrator"]
OPEN, SHUT = 200, 403
PAGES = [  # for a reviewer, an editor, a producer, an administrator
    ("review_queue", [OPEN, OPEN, SHUT, OPEN]),
    ("review_claim", [OPEN, OPEN, SHUT, OPEN]),
    ("similar_claims", [OPEN, OPEN, SHUT, OPEN]),
    ("policy", [OPEN, OPEN, SHUT, OPEN]),
    ("article", [OPEN, OPEN, OPEN, OPEN]),
    ("add_article", [SHUT, OPEN, OPEN, OPEN]),
    ("mailbox", [OPEN, OPEN, OPEN, OPEN]),
    ("own_settings", [OPEN, OPEN, OPEN, OPEN]),
    ("change_keys", [OPEN, OPEN, SHUT, OPEN]),
    ("mail_choices", [OPEN, OPEN, OPEN, OPEN]),
    ("mail_defaults", [SHUT, SHUT, SHUT, OPEN]),
    ("mail_previews", [SHUT, OPEN, SHUT, OPEN]),
    ("claims_article_changelist", [OPEN, OPEN, OPEN, OPEN]),
    ("claims_claim_changelist", [OPEN, OPEN, SHUT, OPEN]),
    ("claims_factcheck_changelist", [OPEN, OPEN, OPEN, OPEN]),
    ("claims_claimevent_changelist", [OPEN, OPEN, SHUT, OPEN]),
    ("claims_evidence_changelist", [OPEN, OPEN, SHUT, OPEN]),
    ("claims_verdict_changelist", [OPEN, OPEN, SHUT, OPEN]),
    ("claims_assignment_changelist", [OPEN, OPEN, SHUT, OPEN]),
    ("claims_claimant_changelist", [OPEN, OPEN, SHUT, OPEN]),
    ("claims_outgoingemail_changelist", [OPEN, OPEN, OPEN, OPEN]),
    ("claims_reviewer_changelist", [SHUT, SHUT, SHUT, OPEN]),
    ("claims_rating_changelist", [SHUT, SHUT, SHUT, OPEN]),
    ("claims_ratingscale_changelist", [SHUT, SHUT, SHUT, OPEN]),
    ("knox_authtoken_changelist", [SHUT, SHUT, SHUT, OPEN]),
]
ACTIONS = [
    ("take_next", [302, 302, SHUT, SHUT]),
    ("take_claim", [302, 302, SHUT, SHUT]),
    ("assign_claim", [SHUT, 302, SHUT, SHUT]),
    ("save_draft", [302, 302, SHUT, SHUT]),
    ("add_evidence", [400, 400, SHUT, SHUT]),
    ("dismiss_claim", [400, 400, SHUT, SHUT]),
    ("reopen_claim", [SHUT, 409, SHUT, SHUT]),
    ("restore_decision", [SHUT, 409, SHUT, SHUT]),
    ("policy", [SHUT, 400, SHUT, 400]),
    ("reassign", [SHUT, 404, SHUT, SHUT]),
    ("prioritise_claim", [SHUT, 400, SHUT, SHUT]),
    ("merge_claim", [SHUT, 400, SHUT, SHUT]),
    ("unmerge_claim", [SHUT, 409, SHUT, SHUT]),
    ("adjudicate", [SHUT, 400, SHUT, 400]),  # whom the claim's rule names: see test_adjudication_page
    ("another_round", [SHUT, 409, SHUT, SHUT]),
    ("ask_claimant", [400, 400, SHUT, SHUT]),
    ("ask_opinion", [SHUT, 400, SHUT, SHUT]),
    ("publish_claim", [SHUT, 400, SHUT, SHUT]),
    ("record_verdict", [404, 404, SHUT, SHUT]),
    ("heartbeat", [404, 404, SHUT, SHUT]),
    ("release_claim", [404, 404, SHUT, SHUT]),
    ("add_claim", [400, 400, SHUT, SHUT]),
    ("retry_extraction", [SHUT, 404, SHUT, SHUT]),
    ("reextract", [SHUT, 404, SHUT, SHUT]),
    ("retry_page", [SHUT, 302, 302, 302]),
    ("resend_email", [SHUT, SHUT, SHUT, 404]),
]
OF_THE_ARTICLE = {"article", "add_claim", "retry_extraction", "reextract", "retry_page"}
OF_NOTHING = {"take_next", "review_queue", "add_article", "mailbox", "policy"} | {
    "own_settings",
    "change_keys",
    "mail_choices",
    "mail_defaults",
    "mail_previews",
}


def address(name: str, claim: Claim) -> str:
    if name in OF_NOTHING or name.endswith("_changelist"):
        return url(name)
    return url(name, claim.article_id if name in OF_THE_ARTICLE else claim.pk)


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.EMAIL_BACKEND = "claims.notifications.mailbox.MailboxBackend"


class Undo(Exception):
    """Rolls back what an action has done, so that the next one finds the desk as it was."""


@pytest.mark.parametrize("who", PEOPLE)
def test_a_page_opens_for_its_roles_alone(request, desk, who):
    browser, claim = desk(request.getfixturevalue(who)), make_queued_claim()
    answers = {name: browser.get(address(name, claim)).status_code for name, _ in PAGES}
    assert answers == {name: row[PEOPLE.index(who)] for name, row in PAGES}


@pytest.mark.parametrize("who", PEOPLE)
def test_an_action_works_for_its_roles_alone(request, desk, who):
    browser, claim, answers = desk(request.getfixturevalue(who)), make_queued_claim(), {}
    for name, _ in ACTIONS:
        with suppress(Undo), transaction.atomic():
            answers[name] = browser.post(address(name, claim)).status_code
            raise Undo
    assert answers == {name: row[PEOPLE.index(who)] for name, row in ACTIONS}


def test_an_action_is_no_link(desk, editor):
    browser, claim = desk(editor), make_queued_claim()
    names = [name for name, _ in ACTIONS if name != "policy"]
    assert {name: browser.get(address(name, claim)).status_code for name in names} == dict.fromkeys(names, 405)


def test_the_refusal_says_which_role_would_do(desk, producer):
    page = desk(producer).get(url("review_queue"))
    assert "This needs the role of reviewer or editor or administrator." in words(page)


def test_nobody_acts_in_the_turn_of_another(desk, person, reviewer, editor):
    claim = make_queued_claim()
    held = take_claim(reviewer, claim.pk)
    typed = {"assignment": held.pk, "fence": held.fence, "rating": 1, "explanation": "x"}
    for name in ("release_claim", "heartbeat", "record_verdict"):
        assert desk(editor).post(url(name, claim.pk), typed).status_code == 404


def test_a_producer_reads_claims_in_the_article_without_a_way_to_the_review(desk, producer):
    claim = make_queued_claim()
    page = desk(producer).get(url("article", claim.article_id))
    assert claim.headline in words(page)
    assert url("review_claim", claim.pk) not in page.content.decode()


def test_an_administrator_reads_the_review_page_and_finds_no_button(desk, administrator):
    claim = make_queued_claim()
    page = desk(administrator).get(url("review_claim", claim.pk))
    actions = set(re.findall(r'action="([^"]+)"', page.content.decode()))
    assert actions == {url("logout")}
    assert "You can read this page; reviewers and editors judge." in words(page)
