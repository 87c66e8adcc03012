"""Articles a second from intake to open seats and written mails, beside bare inserts of the same rows.

The yardstick writes what the flow leaves behind (same tables, rows and commits, one INSERT a table) and nothing else:
no cleaning, no extraction, no locks, no checks, no rendering. Both run in one process on the same embedded PostgreSQL.
"""

import time
from collections.abc import Callable

import django

from tests import engines  # noqa: F401  starts the engines before Django reads its settings
from tests.benchmarks import report

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from claims import tasks  # noqa: E402
from claims.intake.articles import NewArticle, add_article  # noqa: E402
from claims.models import Appearance, Article, ArticleVersion, Claim, ClaimEvent, OutgoingEmail, Reviewer, Seat  # noqa: E402

ARTICLES = 100
# In an order that respects foreign keys.
TABLES = (Article, ArticleVersion, Claim, Appearance, ClaimEvent, Seat, OutgoingEmail)


def text_of(number: int) -> str:
    paragraph = (
        f"The harbour of Velmar handled {number + 40},000 containers in March 2023, the port authority said. "
        f"At least {number + 200} dockers went on strike on May 4th, according to the union. "
    )
    return "\n\n".join(paragraph.replace("Velmar", f"Velmar {part}") for part in range(5))


def run_flow(number: int) -> None:
    article, _ = add_article(NewArticle(text=text_of(number), outlet="Velmar Post"))
    version = article.versions.get()
    tasks.extract_version(version.pk)
    tasks.queue_claims(version.pk)


def seconds(work: Callable[[int], None], numbers: range) -> float:
    started = time.perf_counter()
    for number in numbers:
        work(number)
    return time.perf_counter() - started


def copy_rows(rows: dict[type, dict[int, list]]) -> Callable[[int], None]:
    """Insert again, an article at a time and in one transaction, the rows that the flow left for it."""

    def insert(number: int) -> None:
        with transaction.atomic():
            for model in TABLES:
                model.objects.bulk_create(rows[model].get(number, []))

    return insert


def rows_by_article() -> dict[type, dict[int, list]]:
    numbers = {pk: number for number, pk in enumerate(Article.objects.order_by("pk").values_list("pk", flat=True))}
    version_article = dict(ArticleVersion.objects.values_list("pk", "article"))
    article_of = {
        Article: lambda row: row.pk,
        ArticleVersion: lambda row: row.article_id,
        Claim: lambda row: row.article_id,
        Appearance: lambda row: row.claim.article_id,
        ClaimEvent: lambda row: row.claim.article_id,
        Seat: lambda row: row.claim.article_id,
        OutgoingEmail: lambda row: version_article[int(row.cause.split(":")[1])],
    }
    grouped: dict[type, dict[int, list]] = {}
    for model in TABLES:
        grouped[model] = {}
        for row in model.objects.order_by("pk"):
            grouped[model].setdefault(numbers[article_of[model](row)], []).append(row)
    return grouped


def main() -> None:
    databases = setup_databases(verbosity=0, interactive=False)
    for name in ("ana", "ben", "cyd"):
        person = Reviewer.objects.create(username=name, email=f"{name}@desk.test")
        person.groups.add(1)
    flow = seconds(run_flow, range(ARTICLES))
    rows = rows_by_article()
    with connection.cursor() as cursor:
        tables = ", ".join(model._meta.db_table for model in TABLES)
        cursor.execute(f"TRUNCATE {tables} CASCADE")
    bare = seconds(copy_rows(rows), range(ARTICLES))
    teardown_databases(databases, verbosity=0)
    claims = sum(map(len, rows[Claim].values()))
    print(f"{ARTICLES} articles, {claims} claims, {sum(map(len, rows[OutgoingEmail].values()))} mails")
    report("flow: articles from intake to the queue", ARTICLES / flow, "articles/s", ARTICLES / bare)


if __name__ == "__main__":
    main()
