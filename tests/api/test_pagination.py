from urllib.parse import parse_qs, urlsplit

import pytest

from claims.models import Claim
from tests.factories import make_article, make_claim

URL = "/api/v1/claims/"


@pytest.fixture
def claims(db) -> list[Claim]:
    """Seven claims; only the first and the last differ in check-worthiness from the others."""
    quotes = [f"{number} ships" for number in range(10, 17)]
    article = make_article(". ".join(quotes))
    worth = [0.9, 0.5, 0.5, 0.5, 0.5, 0.5, 0.2]
    return [make_claim(article, quote, check_worthiness=value) for quote, value in zip(quotes, worth, strict=True)]


def walk(client, url, link="next"):
    """The ids on each page, from `url` on along the links."""
    pages = []
    while url:
        page = client.get(url).json()
        pages.append([row["id"] for row in page["results"]])
        url = page[link]
    return pages


@pytest.mark.parametrize("ordering", ["-id", "id", "-check_worthiness", "check_worthiness"])
def test_pages_hold_every_row_once_in_order(api, producer, claims, ordering):
    field = ordering.lstrip("-")
    ordered = sorted(claims, key=lambda claim: (getattr(claim, field), claim.pk), reverse=ordering.startswith("-"))
    pages = walk(api(producer), f"{URL}?page_size=2&ordering={ordering}")
    assert [len(page) for page in pages] == [2, 2, 2, 1]
    assert [pk for page in pages for pk in page] == [claim.pk for claim in ordered]


def test_pages_lead_back_the_way_they_came(api, producer, claims):
    client, url = api(producer), f"{URL}?page_size=2&ordering=-check_worthiness"
    forth = walk(client, url)
    last = client.get(client.get(client.get(client.get(url).json()["next"]).json()["next"]).json()["next"])
    assert last.json()["next"] is None
    back = walk(client, last.request["PATH_INFO"] + "?" + last.request["QUERY_STRING"], "previous")
    assert back[::-1] == forth


def test_first_and_only_page_has_no_links(api, producer, claims):
    page = api(producer).get(URL).json()
    assert (page["next"], page["previous"], len(page["results"])) == (None, None, 7)


def test_new_row_does_not_shift_the_pages(api, producer, claims):
    client = api(producer)
    first = client.get(f"{URL}?page_size=3").json()
    make_claim(make_article("Only 99 boats came."), "99 boats")
    second = client.get(first["next"]).json()
    assert [row["id"] for row in second["results"]] == [claim.pk for claim in claims[3:0:-1]]


def test_links_keep_the_filters(api, producer, claims):
    link = api(producer).get(f"{URL}?page_size=2&kind=quantity&min_check_worthiness=0.5").json()["next"]
    query = parse_qs(urlsplit(link).query)
    assert (query["kind"], query["min_check_worthiness"], query["page_size"]) == (["quantity"], ["0.5"], ["2"])


def test_page_size_has_a_ceiling(api, producer, claims):
    assert len(api(producer).get(f"{URL}?page_size=100000000000").json()["results"]) == 7


@pytest.mark.parametrize(
    "query", ["page_size=0", "page_size=-1", "page_size=x", "ordering=headline", "cursor=x", "cursor=é:1:2"]
)
def test_paging_that_makes_no_sense_is_named(api, producer, claims, query):
    answer = api(producer).get(f"{URL}?{query}")
    [(name, words)] = answer.json()["errors"].items()
    assert (answer.status_code, name, len(words)) == (400, query.split("=")[0], 1)


def test_cursor_of_another_ordering_is_refused(api, producer, claims):
    cursor = parse_qs(urlsplit(api(producer).get(f"{URL}?page_size=2").json()["next"]).query)["cursor"][0]
    answer = api(producer).get(URL, {"cursor": cursor, "ordering": "check_worthiness"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["cursor"])
