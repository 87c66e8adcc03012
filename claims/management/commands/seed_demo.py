"""`manage.py seed_demo`: demo people and articles, for an embedded desk alone."""

from importlib import resources
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from claims.demo import DEMO_ARTICLES, DEMO_PASSWORD, DEMO_PEOPLE
from claims.enums import Role
from claims.intake.articles import NewArticle, add_article
from claims.models import Reviewer


class Command(BaseCommand):
    help = "Load the demo people and the demo articles. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError("Demo people have a public password: they only exist on an embedded desk.")
        for username, (first_name, last_name, role) in DEMO_PEOPLE.items():
            _ensure_person(username, role, first_name=first_name, last_name=last_name)
        articles = resources.files("claims.demo").joinpath("articles")
        for name, outlet, published_on in DEMO_ARTICLES:
            text = articles.joinpath(name).read_text("utf-8")
            add_article(NewArticle(text=text, outlet=outlet, published_on=published_on))


@transaction.atomic
def _ensure_person(username: str, role: Role, **names: str) -> None:
    """Create the person once; somebody who changed their password or roles keeps them."""
    if Reviewer.objects.filter(username=username).exists():
        return
    person = Reviewer(username=username, email=f"{username}@desk.example", **names)
    person.set_password(DEMO_PASSWORD)
    person.save()
    person.groups.add(Group.objects.get(name=role.value))
