"""`manage.py ingest FILE... | -`: articles into the desk, through the same function as the other doors."""

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.exceptions import ArticleRefused
from claims.intake.articles import NewArticle, add_article
from claims.intake.decoding import decode_text


class Command(BaseCommand):
    help = "Add articles from text files (UTF-8), or one from standard input with '-'. Their claims join the queue."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a text file, or - for standard input")
        parser.add_argument("--title", default="")
        parser.add_argument("--outlet", default="")
        parser.add_argument("--url", default="", help="where the article stands; its identity")
        parser.add_argument("--external-id", default="", help="the CMS's id; the identity where there is no URL")
        parser.add_argument("--published-on", type=date.fromisoformat, help="YYYY-MM-DD; else what the page says")

    def handle(self, *args: Any, files: list[str], **options: Any) -> None:
        about = {name: options[name] for name in ("title", "outlet", "url", "external_id", "published_on")}
        if len(files) > 1 and (about["title"] or about["url"] or about["external_id"]):
            raise CommandError("--title, --url and --external-id describe one article: give one file with them.")
        refused = sum(not self._ingest(name, about) for name in files)
        if refused:
            raise CommandError(f"{refused} of {len(files)} files were refused; the others are in.")

    def _ingest(self, name: str, about: dict[str, Any]) -> bool:
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            article, is_new = add_article(NewArticle(text=decode_text(data), **about))
        except (ArticleRefused, OSError) as error:
            self.stderr.write(self.style.ERROR(f"{name}: {error}"))
            return False
        self.stdout.write(f"{name}: article {article.pk}, {'added' if is_new else 'already known'}: {article}")
        return True
