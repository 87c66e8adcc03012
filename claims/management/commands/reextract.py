"""`manage.py reextract`: what an older extractor has read is read again."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet

from claims.enums import Change
from claims.extraction import EXTRACTOR_VERSION, extract
from claims.intake.comparing import Comparison, compare
from claims.intake.reextracting import extract_again, outdated_versions
from claims.models import Article, ArticleVersion

_SIGNS = {
    Change.ADDED: "+",
    Change.FOUND_AGAIN: "↑",
    Change.RETIRED: "−",
    Change.RELABELLED: "~",
    Change.LEFT_ALONE: "!",
    Change.ELSEWHERE: "?",
    Change.KEPT: "=",
}


class Command(BaseCommand):
    help = (
        "Have the newest versions that an older extractor has read extracted again, in the background. What a person "
        "has touched stays as it is. Running it again, or twice at once, orders nothing twice."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--article", type=int, metavar="ID", help="this article alone")
        parser.add_argument("--outlet", metavar="NAME", help="articles of this outlet alone")
        parser.add_argument("--dry-run", action="store_true", help="print what would change; write and order nothing")

    def handle(self, *args: Any, article: int | None, outlet: str | None, dry_run: bool, **options: Any) -> None:
        if article is not None and not Article.objects.filter(pk=article).exists():
            raise CommandError(f"There is no article {article}.")
        versions = _outdated(article, outlet)
        done = sum(self._show(version) if dry_run else self._order(version) for version in _one_by_one(versions))
        what = "would be extracted again" if dry_run else "will be extracted again"
        self.stdout.write(f"{done} {'version' if done == 1 else 'versions'} {what} by extractor {EXTRACTOR_VERSION}.")

    def _order(self, version: ArticleVersion) -> bool:
        return extract_again(version.pk)

    def _show(self, version: ArticleVersion) -> bool:
        candidates = extract(version.text, version.article.published_on, version.article.language)
        comparison = compare(version, candidates, EXTRACTOR_VERSION)
        where = f"article {version.article_id}, version {version.number}, “{version.article}”"
        self.stdout.write(f"{where}: {version.extractor} → {EXTRACTOR_VERSION}: {_count(comparison)}")
        for line in _lines(comparison):
            self.stdout.write(f"  {line}")
        return True


def _outdated(article: int | None, outlet: str | None) -> QuerySet[ArticleVersion]:
    versions = outdated_versions()
    if article is not None:
        versions = versions.filter(article=article)
    return versions if outlet is None else versions.filter(article__outlet=outlet)


def _one_by_one(versions: QuerySet[ArticleVersion]) -> Iterator[ArticleVersion]:
    """Each version as it is when its turn comes, one text in memory at a time."""
    for version_id in list(versions.order_by("pk").values_list("pk", flat=True)):
        if version := versions.select_related("article").filter(pk=version_id).first():
            yield version


def _count(comparison: Comparison) -> str:
    numbers = {change: len(claims) for change, claims in comparison.groups.items()}
    numbers[Change.ADDED] += len(comparison.fresh)
    told = [
        f"{sign}{numbers[change]} {change.label.lower()}"
        for change, sign in _SIGNS.items()
        if numbers[change] or change in (Change.ADDED, Change.RETIRED, Change.RELABELLED, Change.KEPT)
    ]
    return ", ".join(told)


def _lines(comparison: Comparison) -> Iterator[str]:
    """Every claim that is not simply kept, after its sign."""
    for candidate in comparison.fresh:
        yield f"{_SIGNS[Change.ADDED]} {candidate.headline}"
    for change, sign in _SIGNS.items():
        if change is Change.KEPT:
            continue
        for claim in comparison.groups[change]:
            changes = comparison.refreshed[claim.pk].changes if change is Change.RELABELLED else {}
            yield f"{sign} {claim.headline}{_tell(changes)}"


def _tell(changes: dict[str, dict[str, Any]]) -> str:
    told = [
        f"{name} {pair['old']!r} → {pair['new']!r}" if name != "reasons" else "reasons"
        for name, pair in changes.items()
    ]
    return f": {'; '.join(told)}" if told else ""
