"""Claims like one, among 10,000 and 1,000,000: milliseconds; and how often they are what people would call alike.

The claims are of words of the tests' articles, the commonest most often, with names of 2,000 places. The yardstick of
the time is the same among 10,000; that of precision and recall is a plain comparison of the sentences as sets of words
(the token set ratio, by difflib) over the same pairs, whose threshold is the best there is for the pairs that ours was
chosen by. `python -m tests.benchmarks.bench_similar 10000` leaves the million out.
"""

import random
import re
import statistics
import sys
import time
from collections import Counter
from difflib import SequenceMatcher
from itertools import count
from typing import Any

import django

from tests import engines  # noqa: F401  starts the engines before Django reads its settings
from tests.benchmarks import report

django.setup()

from django.db import connection  # noqa: E402
from django.db.models import F  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from claims.matching.likeness import ALIKE, compare  # noqa: E402
from claims.matching.similar import similar_claims  # noqa: E402
from claims.models import Appearance, Article, Claim, Rating, Reviewer  # noqa: E402
from tests.benchmarks.news import read_articles  # noqa: E402
from tests.benchmarks.queue_rows import Texts, fill_queue, make_reviewers  # noqa: E402
from tests.matching.gold import Pair, comparable, precision_and_recall, read_pairs  # noqa: E402

SIZES = (10_000, 1_000_000)
ASKED = 40  # claims
PLACES = 2_000
# Naming the article and the number has them drawn anew for each claim.
_PICK = "%({0})s::text[])[1 + floor(cardinality(%({0})s::text[]) * power(random(), 3) + 0 * (a.id + n))::int]"
NATURAL = Texts(
    headline="r.value || ' ' || r.noun",
    stand_alone="'The ' || r.owner || ' of ' || r.place || ' ' || r.verb || ' ' || r.value || ' ' || r.noun || ' in '"
    " || r.year || '.'",
    sentence="c.stand_alone",
    facts="jsonb_build_object('quantity', jsonb_build_object('value', r.value, 'unit', r.noun), 'date', r.year::text)",
    source=", LATERAL (SELECT "
    + ", ".join(
        f"({_PICK.format('places' if name == 'place' else 'words')} AS {name}"
        for name in ("owner", "place", "verb", "noun")
    )
    + ", 10 + floor(9990 * power(random(), 2) + 0 * (a.id + n))::int AS value"
    ", 1990 + floor(36 * random() + 0 * (a.id + n))::int AS year) r",
)


def natural_words() -> list[str]:
    """Of four letters or more, the commonest first."""
    counted = Counter(re.findall(r"[a-z]{4,}", " ".join(read_articles()).lower()))
    return [word for word, _ in counted.most_common()]


def place_names() -> list[str]:
    syllables = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou"]
    drawn = random.Random(1)  # noqa: S311
    return ["".join(drawn.choices(syllables, k=3)).capitalize() for _ in range(PLACES)]


def fill_desk(size: int) -> None:
    """One claim in ten is decided."""
    fill_queue(size, NATURAL, words=natural_words(), places=place_names())
    rating = Rating.objects.earliest("pk")
    Claim.objects.annotate(place=F("pk") % 10).filter(place=0).update(
        status="decided", rating=rating, decided_at=timezone.now()
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE claims_claim")


def measure(person: Reviewer, size: int) -> list[float]:
    """The best milliseconds for each of some claims, spread over the desk."""
    numbers = [1 + size * turn // ASKED for turn in range(ASKED)]
    return sorted(min(_milliseconds(person, claim) for _ in range(3)) for claim in Claim.objects.filter(pk__in=numbers))


def _milliseconds(person: Reviewer, claim: Claim) -> float:
    started = time.perf_counter()
    similar_claims(person, claim)
    return (time.perf_counter() - started) * 1000


def count_found(person: Reviewer) -> float:
    """The share of the alike pairs where the one leads to the other, which stands among all the others."""
    article = Article.objects.latest("pk")
    version = article.versions.get()
    places = count(version.appearances.count() * 100)

    def plant(said: dict[str, Any]) -> Claim:
        claim = Claim.objects.create(article=article, kind="quantity", check_worthiness=0.5, **said)
        words = {"quote": claim.headline, "sentence": claim.stand_alone or claim.headline}
        start = next(places)
        Appearance.objects.create(claim=claim, version=version, start=start, end=start + 1, **words)
        return claim

    planted = [(plant(pair.one), plant(pair.other)) for pair in read_pairs() if pair.alike]
    found = [other in [match.claim for match in similar_claims(person, one)] for one, other in planted]
    return sum(found) / len(found)


def measure_time(person: Reviewer, sizes: list[int]) -> None:
    found = {}
    for size in sizes:
        fill_desk(size)
        found[size] = measure(person, size)
    with CaptureQueriesContext(connection) as asked:
        similar_claims(person, Claim.objects.latest("pk"))
    first, last = (found[size] for size in (sizes[0], sizes[-1]))
    name = f"similar: claims like one among {sizes[-1]:,}, {len(asked) - 1} statements"
    report(f"{name}, median", statistics.median(last), "ms", statistics.median(first))
    report(f"{name}, slowest of {ASKED}", last[-1], "ms", first[-1])
    alike = [pair for pair in read_pairs() if pair.alike]
    seen = sum(ours(pair) >= ALIKE for pair in alike) / len(alike)
    report(f"similar: alike claims found among {sizes[-1]:,}, beside all compared", count_found(person), "share", seen)


def token_set_ratio(one: str, other: str) -> float:
    """As rapidfuzz and its forerunners define it."""
    first, second = set(one.lower().split()), set(other.lower().split())
    shared = " ".join(sorted(first & second))
    texts = [f"{shared} {' '.join(sorted(rest))}".strip() for rest in (first - second, second - first)]
    pairs = [(shared, texts[0]), (shared, texts[1]), tuple(texts)]
    return max(SequenceMatcher(None, *pair).ratio() for pair in pairs if all(pair))


def bare(pair: Pair) -> float:
    return token_set_ratio(*(claim["stand_alone"] or claim["headline"] for claim in (pair.one, pair.other)))


def ours(pair: Pair) -> float:
    return compare(comparable(pair.one), comparable(pair.other)).degree


def f1(judged: list[tuple[bool, bool]]) -> float:
    precision, recall = precision_and_recall(judged)
    return 2 * precision * recall / ((precision + recall) or 1)


def measure_quality() -> None:
    fitted = [(bare(pair), pair.alike) for pair in read_pairs("fitted")]
    threshold = max((step / 100 for step in range(100)), key=lambda at: f1([(r >= at, alike) for r, alike in fitted]))
    for part in ("fitted", "unseen"):
        pairs = read_pairs(part)
        found = precision_and_recall([(ours(pair) >= ALIKE, pair.alike) for pair in pairs])
        yardstick = precision_and_recall([(bare(pair) >= threshold, pair.alike) for pair in pairs])
        for name, value, beside in zip(("precision", "recall"), found, yardstick, strict=True):
            report(f"similar: {name} on {len(pairs)} {part} pairs", value, "share", beside)


def main() -> None:
    measure_quality()
    databases = setup_databases(verbosity=0, interactive=False)
    measure_time(make_reviewers(1)[0], [int(word) for word in sys.argv[1:]] or list(SIZES))
    teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
