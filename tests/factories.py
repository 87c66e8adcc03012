"""Rows for tests, in the shortest words."""

import hashlib
from typing import Any

from claims.enums import ClaimKind, EventKind
from claims.history import append_event, find_break
from claims.intake.articles import NewArticle, add_article
from claims.models import (
    Appearance,
    Article,
    ArticlePage,
    ArticleVersion,
    Assignment,
    Claim,
    OutsideOpinion,
    Rating,
    Reviewer,
    SignOffRule,
    Verdict,
)
from claims.notifications.links import sign_key
from claims.review.assignments import take_claim
from claims.review.opinions import ask_opinion
from claims.review.policy import adopt_policy
from claims.review.queue import queue_claim
from claims.review.verdicts import record_verdict

TEXT = "The harbour employs roughly 2,500 dockers. It opened in March 2019, officials said."


def make_article(text: str = TEXT, **fields: Any) -> Article:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    article = Article.objects.create(identity=f"sha256:{sha256}", title="Harbour grows", **fields)
    ArticleVersion.objects.create(article=article, number=1, text=text, sha256=sha256, extraction_status="extracted")
    return article


def make_unread_article(url: str = "https://post.example/harbour", **page: Any) -> Article:
    """An article that was sent in by its address alone; `page`: how that stands, and who sent it."""
    article, _ = add_article(NewArticle(url=url), page.pop("added_by", None))
    ArticlePage.objects.filter(article=article).update(**page)
    return article


def make_claim(article: Article | None = None, quote: str = "roughly 2,500 dockers", **fields: Any) -> Claim:
    """An extracted claim whose words stand in its article (the first place not taken)."""
    article = article or make_article()
    version = article.versions.get()
    start = version.text.index(quote)
    values = {"headline": quote, "kind": ClaimKind.QUANTITY, "check_worthiness": 0.8} | fields
    claim = Claim.objects.create(article=article, **values)
    Appearance.objects.create(claim=claim, version=version, quote=quote, start=start, end=start + len(quote))
    append_event(claim, EventKind.EXTRACTED, to_status=claim.status)
    return claim


def make_queued_claim(**fields: Any) -> Claim:
    return queue_claim(make_claim(**fields).pk)


def make_queued_claims(count: int) -> list[Claim]:
    """Claims of one article, each about a number of its own, in the queue; all of equal check-worthiness."""
    quotes = [f"{number + 1000} ships" for number in range(count)]
    article = make_article(text=". ".join(f"The harbour saw {quote}" for quote in quotes))
    return [make_queued_claim(article=article, quote=quote) for quote in quotes]


def make_policy(**rule: Any) -> SignOffRule:
    """Puts one rule for every claim into force. Whose policy it is has no group: nobody mails or counts them."""
    owner = Reviewer.objects.filter(username="owner").first() or Reviewer.objects.create_superuser("owner")
    return adopt_policy(owner, [rule]).rules.get()


def hand_in(turn: Assignment, rating: str, **content: Any) -> Verdict:
    """The verdict of a turn, on the desk's own scale."""
    called = Rating.objects.get(scale__is_default=True, name=rating)
    content = {"explanation": f"It is {rating.lower()}."} | content
    return record_verdict(turn.reviewer, turn.pk, turn.fence, rating=called, **content)


def judge(person: Reviewer, claim: Claim, rating: str, **content: Any) -> Verdict:
    """Takes a seat of the claim, and hands in a verdict."""
    return hand_in(take_claim(person, claim.pk), rating, **content)


def make_opinion(editor: Reviewer, claim: Claim, **how: Any) -> OutsideOpinion:
    """Somebody without an account is asked about the claim."""
    asked = {"name": "Lex Juris", "address": "lex@law.test", "question": "May we publish this as it stands?"}
    return ask_opinion(editor, claim.pk, **asked | how)


def link_of(opinion: OutsideOpinion) -> str:
    return f"/opinions/{sign_key(opinion.key)}/"


def broken_at(claim: Claim) -> str | None:
    """Where the claim's history breaks, as both stand in the database."""
    return find_break(Claim.objects.get(pk=claim.pk), claim.events.all())
