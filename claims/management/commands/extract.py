"""`manage.py extract`: the claims in articles as JSON Lines, as they are found. Needs no database."""

import json
import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from claims.exceptions import ArticleRefused
from claims.extraction import iter_claims
from claims.extraction.limits import explain_limits
from claims.intake.cleaning import CleanedPage, clean_page
from claims.management.article_files import MAX_BYTES, ArticleText, Found, Skipped, Unread, measure, read_articles
from claims.management.piping import writing_to_a_pipe
from claims.management.progress import Progress


class Command(BaseCommand):
    help = (
        "Print the claims found in each article, one JSON object a line. A folder gives its .txt, .text, .md and "
        ".jsonl files, those of its folders included. A .jsonl file holds an article a line: "
        '{"id", "text", "published_on"}. Ends with 1 if any article could not be read.'
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help="UTF-8 text, .jsonl, a folder, or - for one on standard input"
        )
        parser.add_argument("--published-on", type=date.fromisoformat, metavar="DATE", help="YYYY-MM-DD")
        parser.add_argument("--json", action="store_true", help="print each article's cleaned text before its claims")

    def handle(self, *args: Any, **options: Any) -> None:
        self.published_on, self.with_article = options["published_on"], options["json"]
        self.failures = 0
        files = options["files"]
        with Progress(lambda: measure(files)) as self.progress, writing_to_a_pipe():
            for found in read_articles(files):
                self._handle_found(found)
        if self.failures:
            sys.exit(1)

    def _handle_found(self, found: Found) -> None:
        match found:
            case ArticleText():
                self._extract(found)
            case Unread(where, message, size):
                self._fail(where, message)
                self.progress.article_done(size)
            case Skipped(where, message):
                self._say(f"{where}: {message}")

    def _extract(self, article: ArticleText) -> None:
        try:
            page = clean_page(article.text, MAX_BYTES)
        except ArticleRefused as refusal:
            self._fail(article.where, refusal.message)
        else:
            self._print_claims(article, page)
            self.stdout.flush()
        self.progress.article_done(article.size)

    def _print_claims(self, article: ArticleText, page: CleanedPage) -> None:
        published_on = article.published_on or self.published_on or page.published_on
        if self.with_article:
            self._print(article.label | _describe(page, published_on))
        found = False
        for claim in iter_claims(page.text, published_on, page.language):
            found = True
            self._print(article.label | claim.as_dict())
            self.progress.claim_found(claim.end / len(page.text), article.size)
        if not found and (limits := explain_limits(page.text, page.language)):
            self._say(f"{article.where}: {limits}")

    def _print(self, row: dict[str, object]) -> None:
        self.stdout.write(json.dumps(row, ensure_ascii=False))

    def _fail(self, where: str, message: str) -> None:
        self.failures += 1
        self._say(f"{where}: {message}")

    def _say(self, words: str) -> None:
        self.progress.stand_aside()
        self.stderr.write(words)


def _describe(page: CleanedPage, published_on: date | None) -> dict[str, object]:
    return {
        "text": page.text,
        "title": page.title,
        "published_on": published_on.isoformat() if published_on else None,
        "language": page.language,
    }
