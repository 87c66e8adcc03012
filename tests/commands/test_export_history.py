import hashlib
import json

import pytest
from django.core.management import CommandError, call_command

from claims.review.closing import dismiss_claim
from tests.factories import make_queued_claims

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims(reviewer):
    first, second = make_queued_claims(2)
    dismiss_claim(reviewer, first.pk, "„Ünprüfbar“\n\ttabbed")
    return first, second


def export(tmp_path, **options) -> list[dict]:
    file = tmp_path / "history.jsonl"
    call_command("export_history", output=str(file), **options)
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_every_event_is_a_line_in_order(claims, tmp_path):
    first, second = claims
    lines = [(line["claim"], line["number"], line["kind"]) for line in export(tmp_path)]
    assert lines == [
        (first.pk, 1, "extracted"),
        (first.pk, 2, "queued"),
        (first.pk, 3, "dismissed"),
        (second.pk, 1, "extracted"),
        (second.pk, 2, "queued"),
    ]


def test_a_stranger_can_check_the_chain_with_nothing_but_the_file(claims, tmp_path):
    previous: dict[int, str] = {}
    for line in export(tmp_path):
        written = line.pop("hash")
        assert line["previous_hash"] == previous.get(line["claim"], "0" * 64)
        assert written == hashlib.sha256(json.dumps(line, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
        previous[line["claim"]] = written


def test_one_claim_alone_and_none_that_is_not_there(claims, tmp_path, capsys):
    call_command("export_history", claim=claims[1].pk)
    assert [json.loads(line)["claim"] for line in capsys.readouterr().out.splitlines()] == [claims[1].pk] * 2
    with pytest.raises(CommandError, match="There is no claim 0"):
        export(tmp_path, claim=0)


def test_a_file_that_cannot_be_written_is_named(claims, tmp_path):
    with pytest.raises(CommandError, match=r"missing/history\.jsonl cannot be written"):
        call_command("export_history", output=str(tmp_path / "missing/history.jsonl"))
