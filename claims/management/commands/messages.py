"""`manage.py messages`: brings the catalogues of translations up to what the code says, and compiles them."""

from typing import Any

from django.core.management.base import BaseCommand

from claims.management.catalogue import ROOT, faults, languages, path_of, update, write


class Command(BaseCommand):
    help = "Collect what is to be translated, compile the catalogues, and print what each language still lacks."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        for language in languages():
            catalog = update(language)
            write(language, catalog)
            lacking = faults(catalog)
            for line in lacking:
                self.stdout.write(line)
            path = path_of(language).relative_to(ROOT)
            self.stdout.write(f"{path}: {len(catalog)} messages, {len(lacking)} to translate.")
