"""From candidates to claims: all or nothing, once, and the same words of a new version are the same claim."""

from dataclasses import asdict, dataclass

import pytest

from claims.enums import ClaimKind
from claims.extraction.candidates import Candidate
from claims.intake.articles import NewArticle, add_article
from claims.intake.extracting import take_version
from claims.intake.recording import record_claims
from claims.jobs import QUEUE_CLAIMS
from claims.models import Appearance, Article, ArticleVersion, Claim, Claimant
from claims.review.closing import dismiss_claim
from claims.review.found_claims import add_claim
from tests.broker import take_messages
from tests.factories import TEXT, broken_at

pytestmark = pytest.mark.django_db
NUMBER, DATE = "roughly 2,500 dockers", "March 2019"


def find(quote: str, text: str = TEXT, **different) -> Candidate:
    """What an extractor would find at the first place of these words."""
    start = text.index(quote)
    content = {
        "headline": quote,
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "sentence": next(sentence for sentence in text.replace(". ", ".|").split("|") if quote in sentence),
        "kind": ClaimKind.QUANTITY,
        "claimant": "Officials",
        "facts": {"quantity": {"value": 1}},
        "check_worthiness": 0.8,
        "reasons": [{"name": "number", "weight": 1.5, "text": "a number"}],
    }
    return Candidate(**(content | different))


@pytest.fixture
def article() -> Article:
    return add_article(NewArticle(text=TEXT, url="https://herald.example/harbour"))[0]


def take_newest(article: Article) -> ArticleVersion:
    version = take_version(article.versions.order_by("-number").first().pk)
    assert version is not None
    return version


def test_candidates_become_claims_with_their_place_and_reasons(article):
    version = take_newest(article)
    assert record_claims(version, [find(NUMBER), find(DATE, kind=ClaimKind.EVENT, claimant=None)], "rules-9") is True
    claim = Claim.objects.get(headline=NUMBER)
    assert (claim.article, claim.kind, claim.status, claim.extractor) == (article, "quantity", "extracted", "rules-9")
    assert (claim.check_worthiness, claim.claimant.name, claim.added_by) == (0.8, "Officials", None)
    assert (claim.facts, claim.reasons[0]["name"]) == ({"quantity": {"value": 1}}, "number")
    appearance = claim.appearances.get()
    assert (appearance.version, appearance.quote, appearance.sentence) == (version, NUMBER, TEXT.split(". ")[0] + ".")
    assert TEXT[appearance.start : appearance.end] == NUMBER
    assert Claim.objects.get(headline=DATE).claimant is None


def test_each_claim_begins_a_history_that_holds(article):
    record_claims(take_newest(article), [find(NUMBER), find(DATE)], "rules-9")
    for claim in Claim.objects.all():
        event = claim.events.get()
        assert (event.kind, event.to_status) == ("extracted", "extracted")
        assert event.details == {"version": 1, "extractor": "rules-9"}
        assert broken_at(claim) is None


def test_the_version_says_by_what_and_when_it_was_extracted(article, jobs):
    version = take_newest(article)
    record_claims(version, [], "rules-9")
    version.refresh_from_db()
    assert (version.extraction_status, version.extractor, version.taken_until) == ("extracted", "rules-9", None)
    assert version.extracted_at is not None
    assert (version.extraction_note, version.differences) == ("", [])


def test_a_version_says_why_it_has_few_claims_or_none():
    text = "В порту работают 2500 человек."
    article, _ = add_article(NewArticle(text=text))
    record_claims(take_newest(article), [], "rules-9")
    note = "Most of the text is in Cyrillic script, which the extractor cannot read."
    assert article.versions.get().extraction_note == note


def test_recorded_claims_are_queued_after_the_commit(article):
    version = take_newest(article)
    take_messages()
    record_claims(version, [find(NUMBER)], "rules-9")
    assert take_messages() == [(QUEUE_CLAIMS, [version.pk])]


def test_recording_twice_records_once(article):
    version = take_newest(article)
    assert [record_claims(version, [find(NUMBER)], "rules-9") for _ in range(2)] == [True, False]
    assert (Claim.objects.count(), Appearance.objects.count()) == (1, 1)


def test_an_attempt_that_was_overtaken_records_nothing(article):
    slow = take_newest(article)
    ArticleVersion.objects.update(attempts=2)
    assert record_claims(slow, [find(NUMBER)], "rules-9") is False
    assert not Claim.objects.exists()


def test_one_candidate_that_does_not_fit_leaves_none_of_them(article):
    with pytest.raises(Exception, match="check_worthiness_is_between_0_and_1"):
        record_claims(take_newest(article), [find(NUMBER), find(DATE, check_worthiness=2.0)], "rules-9")


def test_claimants_are_shared(article):
    Claimant.objects.create(name="Officials")
    record_claims(take_newest(article), [find(NUMBER), find(DATE), find("dockers", claimant="")], "rules-9")
    assert Claimant.objects.get().claims.count() == 2


@dataclass(frozen=True)
class Told(Candidate):
    stand_alone: str = ""


def test_a_claim_keeps_its_sentence_that_needs_no_context(article, editor):
    sentence = "The harbour of Velmar employs roughly 2,500 dockers."
    candidate = Told(**asdict(find(NUMBER)) | {"stand_alone": sentence})
    record_claims(take_newest(article), [candidate, find(DATE)], "rules-9")
    added = add_claim(editor, article, 0, 11, headline="The harbour")
    told = [Claim.objects.get(headline=headline).stand_alone for headline in (NUMBER, DATE, added.headline)]
    assert told == [sentence, "", ""]


def test_long_words_are_cut_to_what_a_claim_holds(article):
    record_claims(take_newest(article), [find(NUMBER, headline="h" * 400, claimant="c" * 400)], "rules-9")
    claim = Claim.objects.get()
    assert (len(claim.headline), len(claim.claimant.name)) == (300, 300)


# A new version of the article.

CORRECTED = TEXT.replace("March 2019", "May 2019")


@pytest.fixture
def corrected(article) -> Article:
    record_claims(take_newest(article), [find(NUMBER), find(DATE)], "rules-9")
    add_article(NewArticle(text=CORRECTED, url=article.url))
    return article


def test_the_same_words_of_a_new_version_are_the_same_claim(corrected):
    record_claims(take_newest(corrected), [find(NUMBER, CORRECTED), find("May 2019", CORRECTED)], "rules-9")
    assert sorted(Claim.objects.values_list("headline", flat=True)) == [DATE, "May 2019", NUMBER]
    claim = Claim.objects.get(headline=NUMBER)
    assert list(claim.appearances.values_list("version__number", flat=True)) == [1, 2]
    assert list(claim.events.values_list("kind", flat=True)) == ["extracted", "appeared"]
    assert broken_at(claim) is None


def test_the_same_words_in_another_sentence_are_another_claim(corrected):
    again = find(NUMBER, CORRECTED, sentence="It once employed roughly 2,500 dockers.")
    record_claims(take_newest(corrected), [again], "rules-9")
    assert Claim.objects.filter(headline=NUMBER).count() == 2


def test_a_claim_people_dismissed_stays_dismissed_in_a_new_version(corrected, reviewer, jobs):
    claim = Claim.objects.get(headline=NUMBER)
    dismiss_claim(reviewer, claim.pk, "Old news.")
    record_claims(take_newest(corrected), [find(NUMBER, CORRECTED)], "rules-9")
    claim.refresh_from_db()
    assert (claim.status, claim.appearances.count()) == ("dismissed", 2)


def test_a_sentence_that_a_new_version_repeats_is_one_claim_twice(corrected):
    twice = f"{CORRECTED} {CORRECTED}"
    add_article(NewArticle(text=twice, url=corrected.url))
    candidates = [find(NUMBER, twice), find(NUMBER, twice, start=len(CORRECTED) + 21, end=len(CORRECTED) + 42)]
    record_claims(take_newest(corrected), candidates, "rules-9")
    claim = Claim.objects.get(headline=NUMBER)
    assert list(claim.appearances.values_list("version__number", flat=True)) == [1, 3, 3]
    assert claim.events.filter(kind="appeared").count() == 1


# People and the machine at once.


def test_words_that_a_person_made_a_claim_of_meanwhile_are_left_to_that_claim(article, editor):
    found = add_claim(editor, article, TEXT.index(NUMBER), TEXT.index(NUMBER) + len(NUMBER))
    assert record_claims(take_newest(article), [find(NUMBER), find(DATE)], "rules-9") is True
    assert list(Claim.objects.order_by("id").values_list("headline", "added_by")) == [(NUMBER, editor.pk), (DATE, None)]
    assert found.appearances.get().version.number == 1
