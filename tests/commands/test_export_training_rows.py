import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.review.closing import dismiss_claim
from tests.factories import make_queued_claim, make_queued_claims


def test_rows_are_json_lines(db, reviewer, tmp_path, capsys):
    dismiss_claim(reviewer, make_queued_claim().pk, "Zu ungenau, naïf.")
    call_command("export_training_rows")
    out, err = capsys.readouterr()
    assert [json.loads(line)["reason"] for line in out.splitlines()] == ["Zu ungenau, naïf."]
    assert err == "1 rows.\n"
    file = tmp_path / "rows.jsonl"
    call_command("export_training_rows", "--output", str(file))
    assert file.read_text("utf-8") == out
    assert capsys.readouterr().out == ""


def test_since_leaves_out_what_is_older(db, reviewer, capsys):
    dismiss_claim(reviewer, make_queued_claim().pk, "Too vague.")
    call_command("export_training_rows", "--since", "2999-01-01")
    assert capsys.readouterr() == ("", "0 rows.\n")


def test_unwritable_output_is_told(db, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_training_rows", "--output", str(tmp_path / "no" / "rows.jsonl"))


def test_queries_do_not_grow_with_the_claims(db, reviewer, capsys):
    for claim in make_queued_claims(40):
        dismiss_claim(reviewer, claim.pk, "Too vague.")
    with CaptureQueriesContext(connection) as queries:
        call_command("export_training_rows")
    assert len(capsys.readouterr().out.splitlines()) == 40
    assert len(queries) <= 3
