import io
import json

import pytest
from django.core.management import call_command

NOTHING_TO_SAY = {  # acts that need no word
    "post /api/v1/articles/{article_id}/reading/",
    "post /api/v1/webhooks/{webhook_id}/secret/",
    "post /api/v1/webhooks/{webhook_id}/test/",
    "post /api/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/replay/",
    "post /api/v1/feeds/{feed_id}/reading/",
    "post /api/v1/feeds/{feed_id}/entries/{entry_id}/reading/",
}
METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def schema() -> dict:
    out = io.StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json", stdout=out)
    return json.loads(out.getvalue())


def operations(schema) -> dict[str, dict]:
    return {
        f"{method} {path}": operation
        for path, item in schema["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def test_schema_validates_without_warnings(schema):
    assert len(operations(schema)) == 76


def test_each_operation_says_what_it_does_and_returns(schema):
    for name, operation in operations(schema).items():
        assert operation["summary"], name
        good = {status: answer for status, answer in operation["responses"].items() if status < "400"}
        assert good, name
        assert all("content" in answer or status == "204" for status, answer in good.items()), name


def test_each_operation_that_takes_a_body_describes_it(schema):
    for name, operation in operations(schema).items():
        has_body = name.split()[0] in {"post", "put", "patch"} and name not in NOTHING_TO_SAY
        assert ("requestBody" in operation) == has_body, name


def test_each_operation_shares_one_form_of_problem(schema):
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for name, operation in operations(schema).items():
        bad = {status: answer["content"] for status, answer in operation["responses"].items() if status >= "400"}
        assert {"400", "401", "403", "404", "429"} <= set(bad), name
        assert all(content == problem for content in bad.values()), name


def test_schema_is_served_as_json(client, db, schema):
    served = client.get("/api/v1/schema/")
    assert served.status_code == 200
    assert served.json()["paths"].keys() == schema["paths"].keys()
