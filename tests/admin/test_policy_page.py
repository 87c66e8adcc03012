import pytest

from claims.models import SignOffPolicy
from claims.review.policy import rules_in_force
from tests.admin.pages import said, url, words
from tests.factories import make_policy

pytestmark = pytest.mark.django_db
LAST = {"seats": 1, "agreeing": 1, "tolerance": 0, "adjudicated_by": "editor", "min_publishers": 0}
LAST |= {"hours_to_decide": 72}


def typed(*rows: dict, note: str = "", known: int = 0, **last) -> dict:
    """The form as sent: rows before the last rule, each with what differs from the blank one."""
    sent = {f"last-{name}": value for name, value in (LAST | last).items()}
    sent |= {"rules-TOTAL_FORMS": len(rows), "rules-INITIAL_FORMS": known, "note": note}
    for number, row in enumerate(rows):
        blank = {"kind": "", "min_check_worthiness": 0} | LAST
        sent |= {f"rules-{number}-{name}": value for name, value in (blank | row).items()}
    return sent


def rules() -> list[tuple]:
    return list(rules_in_force().values_list("kind", "min_check_worthiness", "seats", "agreeing", "is_blind"))


@pytest.mark.parametrize(("who", "has_form"), [("reviewer", False), ("editor", True), ("administrator", True)])
def test_everybody_who_reviews_reads_the_rules_and_some_change_them(request, desk, who, has_form):
    page = desk(request.getfixturevalue(who)).get(url("policy"))
    assert "In force: version 1" in words(page)
    assert "One reviewer decides. Within 3 days." in words(page)
    assert ("Put into force" in words(page)) == has_form


def test_a_new_version_holds_from_now_on(desk, editor):
    row = {"kind": "event", "min_check_worthiness": "0.5", "seats": 3, "agreeing": 2, "is_blind": "on"}
    page = desk(editor).post(url("policy"), typed(row, note="More eyes.", seats=2, agreeing=2), follow=True)
    assert "Version 2 holds from now on." in said(page)
    assert rules() == [("event", 0.5, 3, 2, True), ("", 0.0, 2, 2, False)]
    told = words(page)
    assert "edna, " in told
    assert "More eyes." in told
    assert "Event, from check-worthiness 0.5 Three reviewers, blind; two of them must agree. Else an editor" in told
    assert "Every other claim Two reviewers; both must agree. Else an editor decides. Within 3 days." in told
    assert "Version 1 The desk, " in told


def test_a_reviewer_changes_nothing(desk, reviewer):
    assert desk(reviewer).post(url("policy"), typed(seats=2, agreeing=2)).status_code == 403
    assert SignOffPolicy.objects.count() == 1


def test_blank_and_removed_rows_are_left_out_and_the_others_ordered(desk, editor):
    rows = [
        {"kind": "event", "ORDER": 2},
        {"kind": "quantity", "ORDER": 1},
        {"kind": "rule", "ORDER": 3, "DELETE": "on"},
        {},
    ]
    desk(editor).post(url("policy"), typed(*rows, known=3))
    assert [rule[0] for rule in rules()] == ["quantity", "event", ""]


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        (typed(seats=2, agreeing=1), "More than half of the reviewers must agree, and no more than there are."),
        (typed(seats=1, agreeing=2), "More than half of the reviewers must agree, and no more than there are."),
        (typed(seats=4), "Select a valid choice."),
        (typed(hours_to_decide=0), "Ensure this value is greater than or equal to 1."),
        (typed(hours_to_decide=10**9), "Ensure this value is less than or equal to 8760."),
        (typed({"min_check_worthiness": 1.5}), "Ensure this value is less than or equal to 1."),
        (typed({"min_check_worthiness": "nan"}), "Enter a number."),
        ({}, "The policy is not changed: see below."),
    ],
)
def test_a_refusal_stands_in_its_row_and_what_was_typed_stays(desk, editor, sent, refusal):
    page = desk(editor).post(url("policy"), sent | {"note": "Try it."})
    assert (page.status_code, SignOffPolicy.objects.count()) == (400, 1)
    assert refusal in words(page)
    assert 'value="Try it."' in page.content.decode()


def test_too_few_reviewers_are_warned_of(desk, editor, reviewer):
    make_policy(seats=3, agreeing=2)
    warned = "There are only 2 active people who judge claims"
    assert warned in words(desk(editor).get(url("policy")))
    make_policy(seats=2, agreeing=2)
    assert warned not in words(desk(editor).get(url("policy")))


def test_the_navigation_leads_here(desk, reviewer, producer):
    links = [url("policy") in desk(who).get(url("index")).content.decode() for who in (reviewer, producer)]
    assert links == [True, False]
