import pytest

from claims.review.assignments import take_claim
from tests.factories import make_article, make_queued_claim, make_queued_claims


def test_ratings_are_the_desks_scale(api, producer, ratings):
    shown = api(producer).get("/api/v1/ratings/").json()["results"]
    assert [rating["name"] for rating in shown] == list(ratings)
    assert (shown[0]["value"], shown[-1]["value"]) == (5, None)


def test_queue_begins_with_the_claim_that_is_taken_next(api, reviewer, editor):
    low = make_queued_claim(quote="dockers", check_worthiness=0.6)
    high = make_queued_claim(article=low.article, quote="2,500", check_worthiness=0.9)
    held = make_queued_claim(article=low.article, quote="harbour", check_worthiness=1)
    turn = take_claim(editor, held.pk)
    shown = api(reviewer).get("/api/v1/queue/").json()["results"]
    assert [(seat["claim"]["id"], seat["status"], seat["held_by"]) for seat in shown] == [
        (high.pk, "open", None),
        (low.pk, "open", None),
        (held.pk, "taken", "edna"),
    ]
    assert shown[2]["held_until"] == turn.expires_at.isoformat().replace("+00:00", "Z")


def test_queue_offers_nobody_their_own_claim(api, reviewer, editor):
    claim = make_queued_claim(added_by=reviewer)
    assert api(reviewer).get("/api/v1/queue/").json()["results"] == []
    assert [seat["claim"]["id"] for seat in api(editor).get("/api/v1/queue/").json()["results"]] == [claim.pk]


@pytest.mark.parametrize(
    ("query", "number"),
    [("", 2), ("status=open", 1), ("status=taken", 1), ("kind=event", 0), ("kind=quantity", 2), ("outlet=Gazette", 2),
     ("outlet=Herald", 0)],
)  # fmt: skip
def test_queue_is_filtered(api, reviewer, editor, query, number):
    article = make_article(outlet="Gazette")
    make_queued_claim(article=article, quote="dockers")
    take_claim(editor, make_queued_claim(article=article, quote="2,500").pk)
    assert len(api(reviewer).get(f"/api/v1/queue/?{query}").json()["results"]) == number


def test_queue_pages_keep_the_order(api, reviewer):
    claims = make_queued_claims(5)
    url, seen = "/api/v1/queue/?page_size=2", []
    while url:
        page = api(reviewer).get(url).json()
        seen += [seat["claim"]["id"] for seat in page["results"]]
        url = page["next"]
    assert seen == [claim.pk for claim in claims]


def test_me_says_what_i_may_do(api, reviewer):
    take_claim(reviewer, make_queued_claim().pk)
    assert api(reviewer).get("/api/v1/me/").json() == {
        "username": "rita",
        "name": "",
        "roles": ["reviewer"],
        "powers": ["see_desk", "see_review", "add_claims", "review", "dismiss"],
        "open_assignments": 1,
        "preferences": {
            "wants_mail": True,
            "mail": {
                "claims_waiting": "at_once",
                "claim_assigned": "at_once",
                "turn_ended": "at_once",
                "turn_lapsed": "at_once",
                "verdict_recorded": "at_once",
                "second_verdict": "digest",
                "adjudication_needed": "at_once",
                "claim_decided": "digest",
                "outcome_changed": "at_once",
                "fact_check_published": "digest",
                "fact_check_corrected": "at_once",
                "claims_overdue": "at_once",
                "article_failed": "at_once",
                "opinion_given": "at_once",
                "feed_failing": "at_once",
                "webhook_paused": "at_once",
                "digest": "at_once",
            },
            "time_zone": "",
            "digest_hour": 7,
            "quiet_from": None,
            "quiet_until": None,
            "mail_paused_until": None,
        },
    }


@pytest.mark.parametrize(("body", "wants"), [({"wants_mail": False}, False), ({}, True), ({"username": "x"}, True)])
def test_preferences_are_mine_to_change(api, reviewer, body, wants):
    answer = api(reviewer).patch("/api/v1/me/preferences/", body)
    assert (answer.status_code, answer.json()["wants_mail"]) == (200, wants)
    reviewer.refresh_from_db()
    assert (reviewer.wants_mail, reviewer.username) == (wants, "rita")


def test_i_choose_what_i_am_mailed_and_when(api, reviewer):
    wanted = {"mail": {"claim_assigned": "digest"}, "time_zone": "Europe/Berlin", "digest_hour": 6,
              "quiet_from": "22:00:00", "quiet_until": "06:00:00", "mail_paused_until": "2026-12-24"}  # fmt: skip
    answer = api(reviewer).patch("/api/v1/me/preferences/", wanted)
    shown = answer.json()
    assert answer.status_code == 200
    assert (shown["mail"]["claim_assigned"], shown["mail"]["turn_ended"]) == ("digest", "at_once")
    times = {name: value for name, value in wanted.items() if name != "mail"}
    assert {name: shown[name] for name in times} == times


@pytest.mark.parametrize(
    ("body", "field"),
    [({"quiet_from": "22:00"}, "quiet_until"), ({"time_zone": "Berlin"}, "time_zone"),
     ({"digest_hour": 24}, "digest_hour"), ({"mail": {"digest": "digest"}}, "mail"),
     ({"mail": {"claim_assigned": "often"}}, "mail")],
)  # fmt: skip
def test_preferences_that_cannot_be_are_refused(api, reviewer, body, field):
    answer = api(reviewer).patch("/api/v1/me/preferences/", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
