import io

import pytest
from django.core.management import CommandError, call_command


def test_token_is_alone_on_its_line_and_works(client, reviewer):
    out, words = io.StringIO(), io.StringIO()
    call_command("create_token", "rita", stdout=out, stderr=words)
    token = out.getvalue().strip()
    assert out.getvalue() == f"{token}\n"
    assert token.isalnum()
    assert token not in words.getvalue()
    answer = client.get("/api/v1/me/", headers={"Authorization": f"Token {token}"})
    assert answer.json()["username"] == "rita"


def test_each_token_is_another_one(reviewer):
    written = [io.StringIO(), io.StringIO()]
    for out in written:
        call_command("create_token", "rita", stdout=out, stderr=io.StringIO())
    assert written[0].getvalue() != written[1].getvalue()


def test_unknown_person_is_refused_with_what_to_do(db):
    with pytest.raises(CommandError, match=r"Nobody at the desk is called zoe\. Add them under /admin/"):
        call_command("create_token", "zoe")


def test_inactive_person_is_refused(reviewer):
    reviewer.is_active = False
    reviewer.save()
    with pytest.raises(CommandError, match="rita is not active"):
        call_command("create_token", "rita")


def test_person_without_a_role_is_refused(outsider):
    with pytest.raises(CommandError, match="otto has no role at the desk"):
        call_command("create_token", "otto")
