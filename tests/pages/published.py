"""Fact-checks for tests of the public pages, made as editors make them."""

import json
import re
from typing import Any

from django.http import HttpResponse

from claims.models import Claim, FactCheck, Reviewer
from claims.publishing.fact_checks import publish_claim
from tests.factories import judge, make_article, make_queued_claim

LIST, CORRECTIONS, FEED = "/fact-checks/", "/fact-checks/corrections/", "/fact-checks/feed/"
EVIL = (
    "</script><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7|add:7 }} \"' &amp; ]]> \u2028\u2029 --> <!--"
)


def page_of(fact_check: FactCheck) -> str:
    return f"/fact-checks/{fact_check.slug}/"


def publish(editor: Reviewer, reviewer: Reviewer, claim: Claim, rating: str = "False", **content: Any) -> FactCheck:
    """The claim is judged by the one and published by the other."""
    judge(reviewer, claim, rating)
    said = {"title": "The harbour has 1,900 dockers", "summary": "It employs 1,900, not 2,500."}
    return publish_claim(editor, claim.pk, **said | content)


def publish_many(editor: Reviewer, reviewer: Reviewer, count: int, start: int = 0) -> list[FactCheck]:
    """Each of a claim in an article of its own, titled "Ships, 1", "Ships, 2" …"""
    numbers = range(start + 1, start + count + 1)
    articles = [make_article(f"The harbour saw {number} ships.") for number in numbers]
    claims = [make_queued_claim(article=article, quote="harbour") for article in articles]
    pairs = zip(numbers, claims, strict=True)
    return [publish(editor, reviewer, claim, title=f"Ships, {number}") for number, claim in pairs]


def claim_review_in(page: HttpResponse) -> dict[str, Any]:
    """The JSON-LD of the page, found as a browser finds the end of a script."""
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script', page.content.decode(), flags=re.DOTALL)
    return json.loads(found)
