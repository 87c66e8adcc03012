"""Another reading of a version: what is the machine's follows it, what a person has touched stays, all is told."""

from typing import Any

import pytest

from claims.enums import Change, ClaimKind
from claims.extraction.candidates import Candidate
from claims.intake.articles import NewArticle, add_article
from claims.intake.extracting import take_version
from claims.intake.recording import record_claims
from claims.models import Article, ArticleVersion, Claim, OutgoingEmail, Seat
from claims.review.assignments import take_claim, take_next
from claims.review.closing import dismiss_claim
from claims.review.found_claims import add_claim
from claims.review.queue import queue_claims
from tests.factories import TEXT, broken_at
from tests.intake.test_recording import DATE, NUMBER, find

pytestmark = pytest.mark.django_db
CORRECTED = TEXT.replace("March 2019", "May 2019")


@pytest.fixture
def article() -> Article:
    """Read once, its two claims in the queue."""
    article, _ = add_article(NewArticle(text=TEXT, url="https://herald.example/harbour"))
    read(article, [find(NUMBER), find(DATE, kind=ClaimKind.EVENT, check_worthiness=0.9)], "rules-1")
    queue_claims(article.versions.get().pk)
    return article


def read(article: Article, candidates: list[Candidate], extractor: str) -> dict[str, Any]:
    """Record a reading of the newest version; the difference in headlines that it leaves, empty at a first reading."""
    version = article.versions.order_by("-number").first()
    before = len(version.differences)
    ArticleVersion.objects.filter(pk=version.pk).update(extraction_status="waiting")
    assert record_claims(take_version(version.pk), candidates, extractor) is True
    version.refresh_from_db()
    if len(version.differences) == before:
        return {}
    difference, headlines = version.differences[-1], dict(Claim.objects.values_list("pk", "headline"))
    return {change: sorted(headlines[pk] for pk in difference[change]) for change in Change if difference[change]}


def claim(headline: str) -> Claim:
    return Claim.objects.select_related("claimant").get(headline=headline)


def kinds(claim: Claim) -> list[str]:
    """What happened to the claim, in a history that holds."""
    assert broken_at(claim) is None
    return list(claim.events.values_list("kind", flat=True))


BOTH = [find(NUMBER), find(DATE, kind=ClaimKind.EVENT, check_worthiness=0.9)]


# Found as before, or otherwise.


def test_the_same_reading_by_a_newer_extractor_writes_no_event(article):
    assert read(article, BOTH, "rules-2") == {"kept": [DATE, NUMBER]}
    assert set(Claim.objects.values_list("extractor", "status")) == {("rules-2", "queued")}
    assert kinds(claim(NUMBER)) == ["extracted", "queued"]


def test_a_claim_that_is_read_otherwise_keeps_itself_and_its_old_label(article):
    old = claim(NUMBER)
    about = {
        "headline": "some 2,500 dockers",
        "kind": ClaimKind.OTHER,
        "claimant": "The port",
        "facts": {"n": [1, 2.5]},
    }
    weighed = {"check_worthiness": 0.95, "reasons": [{"name": "figure", "weight": -0.0, "text": "a figure"}]}
    difference = read(article, [find(NUMBER, **about, **weighed), BOTH[1]], "rules-2")
    assert difference == {"relabelled": ["some 2,500 dockers"], "kept": [DATE]}
    new = claim("some 2,500 dockers")
    assert (new.pk, new.status, new.extractor, new.claimant.name) == (old.pk, "queued", "rules-2", "The port")
    assert (new.kind, new.facts, new.check_worthiness) == ("other", {"n": [1, 2.5]}, 0.95)
    assert kinds(new) == ["extracted", "queued", "relabelled"]
    event = new.events.last()
    changes = event.details.pop("changes")
    assert (event.actor, event.details) == (None, {"version": 1, "extractor": "rules-2"})
    assert set(changes) == {"headline", "kind", "claimant", "facts", "check_worthiness", "reasons"}
    assert changes["headline"] == {"old": NUMBER, "new": "some 2,500 dockers"}
    assert changes["check_worthiness"] == {"old": 0.8, "new": 0.95}
    assert changes["claimant"] == {"old": "Officials", "new": "The port"}


def test_a_claim_that_waits_moves_in_the_queue_with_its_worth(article, reviewer):
    read(article, [find(NUMBER, check_worthiness=0.99), BOTH[1]], "rules-2")
    assert take_next(reviewer).claim.headline == NUMBER


def test_a_claim_that_is_worth_more_now_is_queued(article):
    Claim.objects.filter(headline=NUMBER).update(status="extracted", check_worthiness=0.2)
    Seat.objects.filter(claim__headline=NUMBER).delete()
    read(article, BOTH, "rules-2")
    queue_claims(article.versions.get().pk)
    assert (claim(NUMBER).status, claim(NUMBER).seats.get().status) == ("queued", "open")


def test_a_new_claim_is_added(article):
    assert read(article, [*BOTH, find("harbour")], "rules-2") == {"added": ["harbour"], "kept": [DATE, NUMBER]}
    assert claim("harbour").events.get().details == {"version": 1, "extractor": "rules-2"}


def test_a_whole_number_written_large_does_not_break_the_history(article):
    read(article, [find(NUMBER, facts={"quantity": {"value": 1e16}}), BOTH[1]], "rules-2")
    assert kinds(claim(NUMBER)) == ["extracted", "queued", "relabelled"]


# No longer found.


def test_a_claim_that_is_no_longer_found_is_retired_and_says_by_what(article):
    mails = OutgoingEmail.objects.count()
    assert read(article, [BOTH[1]], "rules-2") == {"retired": [NUMBER], "kept": [DATE]}
    retired = claim(NUMBER)
    event = retired.events.last()
    assert (retired.status, kinds(retired)) == ("dismissed", ["extracted", "queued", "retired"])
    assert event.reason == "Extractor rules-2 no longer finds this claim in version 1 of the article."
    assert (event.actor, event.details) == (None, {"version": 1, "extractor": "rules-2"})
    assert list(retired.seats.values_list("status", flat=True)) == ["withdrawn"]
    assert OutgoingEmail.objects.count() == mails


def test_nobody_can_take_what_is_retired(article, reviewer):
    read(article, [BOTH[1]], "rules-2")
    assert [take_next(reviewer).claim.headline, take_next(reviewer)] == [DATE, None]


def test_what_is_retired_stays_so_and_is_not_told_twice(article):
    read(article, [BOTH[1]], "rules-2")
    assert read(article, [BOTH[1]], "rules-3") == {"kept": [DATE]}
    assert kinds(claim(NUMBER)) == ["extracted", "queued", "retired"]


def test_a_claim_that_another_version_holds_is_not_retired(article):
    add_article(NewArticle(text=CORRECTED, url=article.url))
    read(article, [find(NUMBER, CORRECTED), find("May 2019", CORRECTED)], "rules-1")
    assert read(article, [], "rules-2") == {"elsewhere": [NUMBER], "retired": ["May 2019"]}
    assert (claim(NUMBER).status, claim(DATE).status) == ("queued", "queued")


def test_a_claim_that_a_new_reading_finds_in_an_older_version_s_words_is_added_here(article):
    add_article(NewArticle(text=CORRECTED, url=article.url))
    assert read(article, [find("May 2019", CORRECTED)], "rules-1") == {}
    found = [find(NUMBER, CORRECTED, headline="2,500 dockers"), find("May 2019", CORRECTED)]
    assert read(article, found, "rules-2") == {"added": ["2,500 dockers"], "kept": ["May 2019"]}
    assert kinds(claim("2,500 dockers")) == ["extracted", "queued", "appeared", "relabelled"]


def test_the_first_reading_of_a_new_version_with_the_same_extractor_relabels_nothing(article):
    add_article(NewArticle(text=CORRECTED, url=article.url))
    read(article, [find(NUMBER, CORRECTED, claimant="The port")], "rules-1")
    assert claim(NUMBER).claimant.name == "Officials"


# Found again.


def test_what_one_extractor_retired_and_the_next_finds_comes_back_with_its_history(article):
    read(article, [BOTH[1]], "rules-2")
    found = [find(NUMBER, headline="2,500 dockers"), BOTH[1]]
    assert read(article, found, "rules-3") == {"found_again": ["2,500 dockers"], "kept": [DATE]}
    queue_claims(article.versions.get().pk)
    back = claim("2,500 dockers")
    steps = ["extracted", "queued", "retired", "relabelled", "found_again", "queued"]
    assert (back.status, kinds(back)) == ("queued", steps)
    assert list(back.seats.values_list("number", "status")) == [(1, "withdrawn"), (2, "open")]


def test_what_comes_back_below_the_threshold_is_not_queued(article):
    read(article, [BOTH[1]], "rules-2")
    read(article, [find(NUMBER, check_worthiness=0.1), BOTH[1]], "rules-3")
    queue_claims(article.versions.get().pk)
    assert (claim(NUMBER).status, claim(NUMBER).seats.filter(status="open").count()) == ("extracted", 0)


def test_what_was_retired_comes_back_with_a_new_version_that_says_it(article):
    read(article, [BOTH[1]], "rules-2")
    add_article(NewArticle(text=CORRECTED, url=article.url))
    read(article, [find(NUMBER, CORRECTED)], "rules-2")
    assert (claim(NUMBER).status, kinds(claim(NUMBER))[-2:]) == ("extracted", ["appeared", "found_again"])


# What a person has touched.


def dismiss(claim, reviewer):
    dismiss_claim(reviewer, claim.pk, "Old news.")


def take(claim, reviewer):
    take_claim(reviewer, claim.pk)


def everything_of(claim: Claim) -> list[Any]:
    rows = [Claim.objects.filter(pk=claim.pk), claim.events.all(), claim.seats.all(), claim.assignments.all()]
    return [list(row.order_by("pk").values()) for row in rows]


@pytest.mark.parametrize("deed", [take, dismiss], ids=lambda deed: deed.__name__)
@pytest.mark.parametrize("candidate", [find(NUMBER, headline="Other words"), None], ids=["otherwise", "not at all"])
def test_a_claim_that_a_person_touched_stays_as_it_is(article, reviewer, deed, candidate):
    deed(claim(NUMBER), reviewer)
    before = everything_of(claim(NUMBER))
    found = [BOTH[1], candidate] if candidate else [BOTH[1]]
    assert read(article, found, "rules-2") == {"kept": [DATE], "left_alone": [NUMBER]}
    assert everything_of(claim(NUMBER)) == before


def test_a_touched_claim_that_is_read_as_before_counts_as_kept(article, reviewer):
    take_claim(reviewer, claim(NUMBER).pk)
    before = everything_of(claim(NUMBER))
    assert read(article, BOTH, "rules-2") == {"kept": [DATE, NUMBER]}
    assert everything_of(claim(NUMBER)) == before


def test_a_claim_that_a_person_added_is_neither_changed_nor_missed(article, reviewer):
    start = TEXT.index("harbour")
    added = add_claim(reviewer, article, start, start + 7, headline="The harbour")
    before = everything_of(added)
    assert read(article, BOTH, "rules-2") == {"kept": [DATE, NUMBER]}
    assert read(article, [*BOTH, find("harbour")], "rules-3") == {
        "kept": [DATE, NUMBER],
        "left_alone": ["The harbour"],
    }
    assert everything_of(added) == before


# The version tells.


def test_the_version_tells_who_asked_when_and_from_what_to_what(article, editor):
    article.versions.update(asked_by=editor)
    read(article, BOTH, "rules-2")
    read(article, BOTH, "rules-3")
    version = article.versions.get()
    told = [(one["from"], one["to"], one["asked_by"]) for one in version.differences]
    assert told == [("rules-1", "rules-2", "edna"), ("rules-2", "rules-3", "")]
    assert (version.extractor, version.asked_by) == ("rules-3", None)


def test_a_reading_that_was_overtaken_changes_nothing(article):
    version = article.versions.get()
    ArticleVersion.objects.update(extraction_status="waiting")
    slow = take_version(version.pk)
    ArticleVersion.objects.update(attempts=9)
    before = list(Claim.objects.order_by("pk").values())
    assert record_claims(slow, [], "rules-2") is False
    assert list(Claim.objects.order_by("pk").values()) == before
