"""GET claims/{id}/matches/: claims like one, and why."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, Claimant
from tests.factories import judge, make_article, make_queued_claim

VELMAR = "The harbour of Velmar employs roughly 2,500 dockers."
FEWER = "The harbour of Velmar employs only 1,900 dockers."


def say(sentence: str, value: int, **fields) -> Claim:
    article = make_article(f"{sentence} ({Claim.objects.count()})", outlet="The Courier")
    facts = {"quantity": {"value": value, "unit": "dockers"}}
    return make_queued_claim(
        article=article, quote=sentence, headline=f"{value} dockers", stand_alone=sentence, facts=facts, **fields
    )


def matches(api, person, claim: Claim):
    return api(person).get(f"/api/v1/claims/{claim.pk}/matches/")


def test_a_match_is_a_claim_and_why_it_is_one(api, producer, reviewer, ratings):
    claim = say(VELMAR, 2500)
    other = say(FEWER, 1900, claimant=Claimant.objects.create(name="The port"))
    judge(reviewer, other, "False")
    other = Claim.objects.get(pk=other.pk)
    [found] = matches(api, producer, claim).json()
    assert 0.5 < found.pop("likeness") < 1
    assert (found["claim"].pop("decided_at"), found["claim"]["rating"].pop("meaning")) != (None, "")
    rating = ratings["False"]
    assert found == {
        "claim": {
            "id": other.pk,
            "article": other.article_id,
            "outlet": "The Courier",
            "headline": "1900 dockers",
            "stand_alone": FEWER,
            "kind": "quantity",
            "claimant": "The port",
            "status": "decided",
            "rating": {
                "id": rating.pk,
                "scale": rating.scale.name,
                "position": rating.position,
                "name": "False",
                "value": rating.value,
                "colour": rating.colour,
            },
            "created_at": found["claim"]["created_at"],
        },
        "shared_words": ["dockers", "harbour", "Velmar", "employs"],
        "shared_numbers": [],
        "same_facts": [],
        "differing_facts": ["quantity"],
        "same_claimant": False,
    }


def test_the_likest_comes_first(api, producer):
    claim, figure, same = say(VELMAR, 2500), say(FEWER, 1900), say(VELMAR, 2500)
    found = matches(api, producer, claim).json()
    assert [one["claim"]["id"] for one in found] == [same.pk, figure.pk]
    assert found[0]["shared_numbers"] == ["2500"]
    assert found[0]["claim"]["claimant"] is None


def test_nothing_alike_is_an_empty_list(api, producer):
    answer = matches(api, producer, say(VELMAR, 2500))
    assert (answer.status_code, answer.json()) == (200, [])


@pytest.mark.django_db
def test_the_matches_of_no_claim_are_not_found(api, producer):
    assert api(producer).get("/api/v1/claims/99/matches/").status_code == 404


def test_matches_take_a_constant_number_of_queries(api, producer):
    claim, counts = say(VELMAR, 2500), []
    say(FEWER, 1900)
    matches(api, producer, claim)  # their roles are read once
    for number in range(3):
        with CaptureQueriesContext(connection) as queries:
            matches(api, producer, claim)
        counts.append(len(queries))
        say(VELMAR, 2500, claimant=Claimant.objects.create(name=f"Port {number}"))
    assert counts[0] == counts[1] == counts[2] <= 7
