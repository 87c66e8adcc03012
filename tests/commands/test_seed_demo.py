import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from claims.demo import DEMO_LOGINS, DEMO_PASSWORD
from claims.models import Article, Claim, Reviewer
from claims.permissions import roles_of


def test_seed_demo_loads_people_who_can_sign_in(db, rf):
    call_command("seed_demo")
    people = [authenticate(rf.post("/"), username=name, password=DEMO_PASSWORD) for name in DEMO_LOGINS]
    assert [person.username for person in people] == list(DEMO_LOGINS)
    roles = {person.username: sorted(roles_of(person)) for person in Reviewer.objects.all()}
    assert roles == {
        "admin": ["administrator"],
        "editor": ["editor"],
        "producer": ["producer"],
        "reviewer1": ["reviewer"],
        "reviewer2": ["reviewer"],
        "reviewer3": ["reviewer"],
    }


def test_seed_demo_brings_the_two_headlines_into_the_queue(jobs):
    call_command("seed_demo")
    jobs.run()
    queued = set(Claim.objects.filter(status="queued").values_list("headline", flat=True))
    assert {"roughly 2,500 troops", "December 2021 end of combat role"} <= queued


def test_seed_demo_twice_changes_nothing(db):
    call_command("seed_demo")
    Reviewer.objects.get(username="editor").set_password("mine now")
    before = (Article.objects.count(), list(Reviewer.objects.values_list("username", "password")))
    call_command("seed_demo")
    assert (Article.objects.count(), list(Reviewer.objects.values_list("username", "password"))) == before


def test_seed_demo_refuses_on_a_desk_that_is_not_embedded(db, settings):
    settings.EMBEDDED = False
    with pytest.raises(CommandError, match="public password"):
        call_command("seed_demo")
    assert not Reviewer.objects.exists()
