"""A queue of any length, made by the database itself, as services leave it. Each claim was taken once and released."""

from typing import NamedTuple

from django.db import connection

from claims.enums import Role
from claims.models import Reviewer, SignOffPolicy


class Texts(NamedTuple):
    """What claims say, as SQL over an article `a` and a number `n`; the sentence they stand in, over a claim `c`."""

    headline: str = "a.title || ' saw ' || n || ' ships'"
    stand_alone: str = "''"
    sentence: str = "'The harbour saw 1,000 ships.'"
    facts: str = """'{"quantity": {"value": 1000, "unit": "ships"}}'"""
    source: str = ""  # more to select from


_ROWS = """
INSERT INTO claims_article (identity, url, external_id, title, outlet, section, language, created_at)
SELECT 'bench:' || n, '', '', 'Harbour ' || n, 'Outlet ' || n %% 20, 'Section ' || n %% 5, 'en', now()
FROM generate_series(1, %(articles)s) n;

INSERT INTO claims_articleversion (article_id, number, text, sha256, created_at, extraction_status, extractor, attempts,
                                   woken_at, failure, extraction_note, differences)
SELECT id, 1, repeat('The harbour saw 1,000 ships. ', 80), md5(id::text), now(), 'extracted', 'bench', 1, now(), '', '',
       '[]' FROM claims_article WHERE identity LIKE 'bench:%%';

INSERT INTO claims_claim (article_id, headline, stand_alone, kind, facts, check_worthiness, reasons, extractor,
    created_at,
    status, dismissed_as, rule_id, review_began_at, first_round, round, boost, due_at, escalation, last_event_number,
    last_event_hash)
SELECT a.id, <headline>, <stand_alone>, 'quantity', <facts>,
    0.5 + 0.5 * random(), '[{"name": "quantity", "weight": 1.2, "text": "it names a quantity"}]', 'bench', now(),
    'queued', '', %(rule)s, now(), 1, 1, 0, now() + interval '72 hours', 0, 1, repeat('0', 64)
FROM claims_article a, generate_series(1, %(claims_each)s) n <source> WHERE a.identity LIKE 'bench:%%';

INSERT INTO claims_appearance (claim_id, version_id, quote, start, "end", sentence, created_at)
SELECT c.id, v.id, '1,000 ships', 29 * n, 29 * n + 10, <sentence>, now()
FROM (SELECT id, article_id, stand_alone, row_number() OVER (PARTITION BY article_id ORDER BY id) n FROM claims_claim) c
JOIN claims_articleversion v ON v.article_id = c.article_id;

INSERT INTO claims_claimevent (claim_id, number, kind, at, from_status, to_status, reason, details, previous_hash, hash)
SELECT id, 1, 'queued', now(), '', 'queued', '', '{}', repeat('0', 64), repeat('0', 64) FROM claims_claim;

INSERT INTO claims_seat (claim_id, number, round, status, priority, is_overdue, fence, created_at)
SELECT id, 1, 1, 'open', check_worthiness - 32, false, 1, now() FROM claims_claim;

INSERT INTO claims_assignment (seat_id, claim_id, reviewer_id, fence, taken_at, expires_at, closed_at, outcome)
SELECT id, claim_id, (%(people)s::bigint[])[1 + id %% %(count)s], 1, now(), now(), now(), 'released' FROM claims_seat;

CREATE TABLE bare_queue (id bigint PRIMARY KEY, status varchar(10) NOT NULL, priority double precision NOT NULL);
INSERT INTO bare_queue SELECT id, 'open', priority FROM claims_seat;
CREATE INDEX bare_queue_order ON bare_queue (priority DESC, id) WHERE status = 'open';
"""
CLAIMS_EACH = 50
_TABLES = (
    "claims_article, claims_articleversion, claims_claim, claims_appearance, claims_claimevent, claims_seat, "
    "claims_assignment"
)


def fill_queue(claims: int, texts: Texts | None = None, **more: object) -> None:
    """Replace whatever waits by so many claims, 50 an article, and a bare table of as many rows beside them.

    `more`: what the SQL of `texts` takes.
    """
    people = list(Reviewer.objects.values_list("pk", flat=True))
    rule = SignOffPolicy.objects.earliest("number").rules.get()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare_queue")
        cursor.execute(f"TRUNCATE {_TABLES} RESTART IDENTITY CASCADE")
        cursor.execute("SET session_replication_role = replica")  # what is made here needs no checks of a million keys
        articles = claims // CLAIMS_EACH
        for statement in _write(texts or Texts()).split(";\n"):
            values = {"articles": articles, "claims_each": CLAIMS_EACH, "rule": rule.pk}
            values |= {"people": people, "count": len(people)} | more
            if statement.strip():
                cursor.execute(statement, values)
        cursor.execute("SET session_replication_role = DEFAULT")
        for table in (*_TABLES.split(", "), "bare_queue"):
            cursor.execute(f"VACUUM ANALYZE {table}")


def _write(texts: Texts) -> str:
    rows = _ROWS
    for name, sql in texts._asdict().items():
        rows = rows.replace(f"<{name}>", sql)
    return rows


def make_reviewers(count: int) -> list[Reviewer]:
    people = [Reviewer(username=f"bench{n}", email=f"bench{n}@desk.test") for n in range(count)]
    for person in Reviewer.objects.bulk_create(people):
        person.groups.add(*_groups())
    return list(Reviewer.objects.filter(username__startswith="bench").order_by("pk"))


def _groups() -> list:
    from django.contrib.auth.models import Group  # noqa: PLC0415  apps must be ready

    return list(Group.objects.filter(name=Role.REVIEWER.value))
