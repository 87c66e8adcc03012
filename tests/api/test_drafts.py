import pytest

from claims.models import Draft
from tests.factories import make_queued_claim


@pytest.fixture
def url(db) -> str:
    return f"/api/v1/claims/{make_queued_claim().pk}/draft/"


def test_draft_is_kept_as_typed(api, reviewer, url, ratings):
    typed = {
        "rating": ratings["True"].pk,
        "explanation": " Half a sen",
        "evidence": [{"url": "htt", "quote": "2,5"}, 7],
    }
    assert api(reviewer).put(url, typed).status_code == 200
    kept = api(reviewer).get(url).json()
    assert {name: kept[name] for name in typed} == typed


def test_latest_saving_wins(api, reviewer, url):
    api(reviewer).put(url, {"explanation": "Half"})
    api(reviewer).put(url, {"explanation": "Half a"})
    assert Draft.objects.get().explanation == "Half a"


def test_draft_is_its_writers_alone(api, reviewer, editor, url):
    api(reviewer).put(url, {"explanation": "Mine."})
    assert api(editor).get(url).status_code == 404


@pytest.mark.parametrize("evidence", [[{"quote": "a\0b"}], [[]], 5])
def test_draft_that_cannot_be_stored_is_refused(api, reviewer, url, evidence):
    answer = api(reviewer).put(url, {"evidence": evidence})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["evidence"])
