import pytest

from claims.models import Evidence
from tests.factories import make_queued_claim

GIVEN = {"url": "https://port.test/staff", "title": "Staff", "quote": "2,512 dockers", "stance": "supports"}


def test_evidence_is_added_and_listed(api, reviewer):
    url = f"/api/v1/claims/{make_queued_claim().pk}/evidence/"
    answer = api(reviewer).post(url, GIVEN | {"is_primary": True})
    assert answer.status_code == 201
    assert api(reviewer).get(url).json()["results"] == [answer.json()]
    expected = GIVEN | {"publisher": "", "is_primary": True, "added_by": "rita"}
    assert {name: answer.json()[name] for name in expected} == expected


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://port.test/", "HTTP://port.test/", "port.test", "", 5])
def test_evidence_off_the_web_is_refused(api, reviewer, url):
    answer = api(reviewer).post(f"/api/v1/claims/{make_queued_claim().pk}/evidence/", GIVEN | {"url": url})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["url"])
    assert not Evidence.objects.exists()


def test_evidence_for_a_missing_claim_is_not_found(api, reviewer):
    assert api(reviewer).post("/api/v1/claims/0/evidence/", GIVEN).status_code == 404
