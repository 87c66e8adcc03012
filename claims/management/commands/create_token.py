"""`manage.py create_token USERNAME`: a token for the REST API."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from knox.models import get_token_model

from claims.models import Reviewer
from claims.permissions import roles_of


class Command(BaseCommand):
    help = "Make a REST token for a person. The token is the last line printed; the desk keeps only its hash."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *, username: str, **options: Any) -> None:
        person = self._find(username)
        _, token = get_token_model().objects.create(person)
        self.stderr.write(f"A token for {person}, shown only now. Send it with every request:")
        self.stderr.write(f'curl -H "Authorization: Token …" {settings.SITE_URL}/api/v1/me/')
        self.stdout.write(token)

    def _find(self, username: str) -> Reviewer:
        person = Reviewer.objects.filter(username=username).first()
        if person is None:
            raise CommandError(
                f"Nobody at the desk is called {username}. Add them under /admin/, or check the spelling."
            )
        if not person.is_active:
            raise CommandError(f"{username} is not active. Make the account active under /admin/ first.")
        if not roles_of(person):
            raise CommandError(f"{username} has no role at the desk. Add them to a group under /admin/ first.")
        return person
