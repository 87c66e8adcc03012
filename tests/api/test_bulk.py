import json

import pytest

from claims.models import Article
from tests.broker import take_messages
from tests.factories import TEXT
from tests.intake.feeding import article_page

URL = "/api/v1/articles/bulk/"


def send(client, *lines, content_type="application/x-ndjson"):
    written = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    return client.generic("POST", URL, b"\n".join(written), content_type)


@pytest.mark.parametrize(
    "content_type", ["application/x-ndjson", "application/jsonl", "application/jsonl; charset=utf-8"]
)
def test_lines_become_articles(api, producer, content_type):
    answer = send(api(producer), {"text": TEXT}, {"text": "Other words."}, content_type=content_type)
    assert (answer.status_code, answer.json()) == (202, {"accepted": 2, "rejected": []})
    assert Article.objects.count() == 2


def test_each_bad_line_is_named_and_the_others_are_stored(api, producer):
    lines = [
        {"text": TEXT},
        b"{",
        {"text": ""},
        b"",
        {"title": "No text"},
        b'{"text": "caf\xe9"}',
        [1],
        {"text": "Fine."},
    ]
    answer = send(api(producer), *lines)
    assert answer.json()["accepted"] == 2
    codes = [(line["line"], line["code"]) for line in answer.json()["rejected"]]
    assert codes == [(2, "parse_error"), (3, "empty"), (5, "invalid"), (6, "encoding"), (7, "invalid")]
    assert Article.objects.count() == 2


def test_same_lines_again_are_accepted_and_store_nothing(api, producer):
    send(api(producer), {"text": TEXT})
    assert send(api(producer), {"text": TEXT}, {"text": TEXT}).json() == {"accepted": 2, "rejected": []}
    assert Article.objects.count() == 1


def test_a_line_with_an_address_alone_has_its_page_read(api, producer):
    line = {"url": "https://gazette.test/harbour"}
    answer = send(api(producer), line, line, {"url": "gazette.test"}, {"text": TEXT})
    assert answer.json()["accepted"] == 3
    assert [(bad["line"], bad["code"]) for bad in answer.json()["rejected"]] == [(3, "url")]
    assert sorted(name for name, _ in take_messages()) == ["claims.extract_version", "claims.read_page"]


def test_a_line_with_the_source_of_a_page_is_read(api, producer):
    line = {"html": article_page("Harbour grows"), "external_id": "cms-7"}
    answer = send(api(producer), line, line, {"html": "<p></p>"}, {"html": line["html"], "text": TEXT})
    assert answer.json()["accepted"] == 2
    codes = [(bad["line"], bad["code"]) for bad in answer.json()["rejected"]]
    assert codes == [(3, "no_article_text"), (4, "invalid")]
    assert Article.objects.get().versions.count() == 1


def test_lines_wake_the_extraction(api, producer, jobs):
    send(api(producer), {"text": TEXT}, b"{", {"text": "Other words."})
    assert [name for name, _ in jobs.run()].count("claims.extract_version") == 2


def test_empty_body_holds_no_lines(api, producer):
    assert send(api(producer)).json() == {"accepted": 0, "rejected": []}


def test_too_many_lines_are_refused_as_a_whole(api, producer):
    answer = send(api(producer), *[b"{}"] * 10_001)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_plain_json_is_another_media_type(api, producer):
    answer = send(api(producer), {"text": TEXT}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")
