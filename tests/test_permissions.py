"""Who may do what, spelled out. A change here is a change of policy."""

import pytest
from django.contrib.auth.models import AnonymousUser

from claims.enums import EmailKind, Role
from claims.exceptions import NotPermitted
from claims.models import Article, Claim, OutgoingEmail, Reviewer
from claims.permissions import (
    POWERS,
    Power,
    can,
    own_assignments,
    people_who_can,
    require,
    roles_of,
    visible_articles,
    visible_claims,
    visible_emails,
    visible_events,
    visible_evidence,
    visible_opinions,
)
from claims.review.assignments import take_claim
from claims.review.evidence import add_evidence
from tests.factories import make_opinion, make_queued_claim

R, P = Role, Power
TABLE = {
    # power:        (producer, reviewer, editor, administrator)
    P.SEE_DESK: (True, True, True, True),
    P.SEE_REVIEW: (False, True, True, True),
    P.ADD_ARTICLES: (True, False, True, True),
    P.MANAGE_FEEDS: (False, False, True, True),
    P.ADD_CLAIMS: (False, True, True, False),
    P.REVIEW: (False, True, True, False),
    P.DISMISS: (False, True, True, False),
    P.REOPEN: (False, False, True, False),
    P.REEXTRACT: (False, False, True, False),
    P.ASSIGN: (False, False, True, False),
    P.ADJUDICATE: (False, False, True, True),  # whom the claim's rule names
    P.MERGE: (False, False, True, False),
    P.PUBLISH: (False, False, True, False),
    P.CORRECT: (False, False, True, False),
    P.ASK_OUTSIDE: (False, False, True, False),
    P.SET_POLICY: (False, False, True, True),
    P.SEE_FIGURES: (False, False, True, True),
    P.OWN_WEBHOOKS: (True, False, True, True),
    P.ADMINISTER: (False, False, False, True),
}
ROLES = (R.PRODUCER, R.REVIEWER, R.EDITOR, R.ADMINISTRATOR)


def test_the_table_is_complete():
    assert (set(TABLE), set(ROLES), set(POWERS)) == (set(Power), set(Role), set(Role))


@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_exactly_its_powers(person, role):
    somebody = person("sam", role)
    assert {power for power in Power if can(somebody, power)} == {
        power for power, row in TABLE.items() if row[ROLES.index(role)]
    }


def test_two_roles_add_up(person):
    both = person("sam", R.PRODUCER, R.REVIEWER)
    assert can(both, P.ADD_ARTICLES)
    assert can(both, P.REVIEW)
    assert not can(both, P.REOPEN)


def test_nobody_else_may_do_anything(outsider):
    assert [power for power in Power if can(outsider, power) or can(AnonymousUser(), power)] == []


def test_who_left_the_desk_may_do_nothing(person):
    gone = person("sam", R.EDITOR)
    gone.is_active = False
    assert roles_of(gone) == frozenset()


def test_a_superuser_is_an_administrator_and_no_judge(db):
    root = Reviewer.objects.create_superuser("root")
    assert roles_of(root) == {R.ADMINISTRATOR}
    assert not can(root, P.REVIEW)


def test_a_refusal_names_the_role_that_would_do(producer, reviewer):
    with pytest.raises(NotPermitted, match="This needs the role of reviewer or editor"):
        require(producer, P.REVIEW)
    assert require(reviewer, P.REVIEW) is None


def test_people_who_can_review_are_the_active_ones_in_a_group(person, producer, administrator):
    rita, edna, gone = person("rita", R.REVIEWER), person("edna", R.EDITOR, R.REVIEWER), person("gone", R.REVIEWER)
    Reviewer.objects.filter(pk=gone.pk).update(is_active=False)
    Reviewer.objects.create_superuser("root")
    assert list(people_who_can(P.REVIEW)) == [rita, edna]


# What each may see. Everything of the desk exists; the question is who finds it.


@pytest.fixture
def everybody(person, outsider) -> dict[str, Reviewer]:
    return {role.value: person(role.value, role) for role in Role} | {"outsider": outsider}


@pytest.fixture
def desk(everybody) -> Claim:
    claim = make_queued_claim()
    take_claim(everybody["reviewer"], claim.pk)
    add_evidence(everybody["reviewer"], claim.pk, url="https://port.example/")
    make_opinion(everybody["editor"], claim)
    return claim


@pytest.mark.parametrize(
    ("visible", "who"),
    [
        (visible_articles, {"producer", "reviewer", "editor", "administrator"}),
        (visible_claims, {"producer", "reviewer", "editor", "administrator"}),
        (visible_evidence, {"reviewer", "editor", "administrator"}),
        (visible_events, {"reviewer", "editor", "administrator"}),
        (visible_opinions, {"reviewer", "editor", "administrator"}),
        (own_assignments, {"reviewer"}),
    ],
)
def test_who_sees_what(desk, everybody, visible, who):
    assert {name for name, somebody in everybody.items() if visible(somebody).exists()} == who
    assert not visible(AnonymousUser()).exists()


def test_colleagues_do_not_own_each_others_assignments(desk, everybody, person):
    assert not own_assignments(person("ravi", R.REVIEWER)).exists()
    assert not own_assignments(everybody["editor"]).exists()


def test_mail_is_its_recipients_and_the_administrators(everybody):
    common = {"kind": EmailKind.CLAIMS_WAITING, "subject": "-", "text": "-", "html": "-", "to_address": "x@desk.test"}
    for somebody in (everybody["reviewer"], everybody["editor"], everybody["outsider"]):
        OutgoingEmail.objects.create(cause="version:1", recipient=somebody, message_id=somebody.username, **common)
    seen = {name: [m.message_id for m in visible_emails(who).order_by("id")] for name, who in everybody.items()}
    assert seen == {
        "producer": [],
        "reviewer": ["reviewer"],
        "editor": ["editor"],
        "administrator": ["reviewer", "editor", "otto"],
        "outsider": [],
    }
    assert not visible_emails(AnonymousUser()).exists()


def test_looking_asks_the_database_for_roles_once(reviewer, django_assert_num_queries):
    reviewer = Reviewer.objects.get(pk=reviewer.pk)
    with django_assert_num_queries(1):
        assert [can(reviewer, power) for power in (P.REVIEW, P.REOPEN)] == [True, False]
    assert Article.objects.count() == 0
