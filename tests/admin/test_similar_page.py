"""Said before? Earlier fact-checks and similar claims, as a page and as a part of the review page."""

import pytest

from claims.models import Claim, Claimant
from claims.review.assignments import take_claim
from tests.admin.pages import url, words
from tests.factories import judge, make_article, make_queued_claim

pytestmark = pytest.mark.django_db
VELMAR = "The harbour of Velmar employs roughly 2,500 dockers."
FEWER = "The harbour of Velmar employs only 1,900 dockers."


def say(sentence: str, **fields) -> Claim:
    fields = {"stand_alone": sentence, "headline": sentence.partition("employs ")[2].rstrip(".") or sentence} | fields
    article = make_article(f"{sentence} ({Claim.objects.count()})", outlet="The Velmar Courier")
    return make_queued_claim(article=article, quote=sentence, **fields)


def see(browser, claim: Claim, **query):
    return browser.get(url("similar_claims", claim.pk), query)


def test_the_review_page_leads_there(desk, reviewer):
    claim = say(VELMAR)
    page = desk(reviewer).get(url("review_claim", claim.pk))
    assert "Said before? Look for similar claims" in words(page)
    assert f'href="{url("similar_claims", claim.pk)}"' in page.content.decode()


def test_earlier_fact_checks_come_first_with_their_rating(desk, reviewer, ratings):
    claim, other, checked = say(VELMAR), say(VELMAR), say(FEWER)
    judge(reviewer, checked, "False")
    page = see(desk(reviewer), claim)
    day = Claim.objects.get(pk=checked.pk).decided_at
    told = words(page)
    assert told.index("Earlier fact-checks") < told.index("only 1,900 dockers") < told.index("Similar claims")
    assert f"decided · {day:%-d %b %Y} · The Velmar Courier" in told
    assert "Queued · " in told
    for one in (other, checked):
        assert f'<a href="{url("review_claim", one.pk)}" dir="auto">{one.headline}</a>' in page.content.decode()
    assert f'class="rating rating-{ratings["False"].pk}"' in page.content.decode()


def test_each_says_why_it_is_here(desk, reviewer):
    port = Claimant.objects.create(name="The port")
    facts = [{"quantity": {"value": value, "unit": "dockers"}} for value in (2500, 1900)]
    claim = say(VELMAR, facts=facts[0], claimant=port)
    say(FEWER, facts=facts[1], claimant=port)
    say(VELMAR.replace("2,500", "2500"), facts=facts[0])
    told = words(see(desk(reviewer), claim))
    assert "same words: dockers, harbour, Velmar, employs; same claimant; but here: 1,900 dockers" in told
    assert "same words: dockers, harbour, Velmar, employs; same numbers: 2,500" in told


def test_the_part_is_the_lists_and_sums_them_up(desk, reviewer, ratings):
    claim, checked = say(VELMAR), say(FEWER)
    judge(reviewer, checked, "False")
    for _ in range(2):
        say(VELMAR)
    part = see(desk(reviewer), claim, part=1)
    assert part.content.decode().strip().startswith("<section")
    assert 'data-summary="1 earlier fact-check, 2 similar claims"' in part.content.decode()


def test_nothing_alike_is_said(desk, reviewer):
    claim = say(VELMAR)
    page = see(desk(reviewer), claim)
    assert "Nothing like it was found." in words(page)
    assert 'data-summary=""' in page.content.decode()


def test_a_claim_that_is_not_there_is_missing(desk, reviewer):
    assert desk(reviewer).get(url("similar_claims", 99)).status_code == 404


def test_the_number_of_queries_does_not_grow(desk, reviewer, django_assert_max_num_queries):
    claim = say(VELMAR)
    say(VELMAR)
    browser = desk(reviewer)
    with django_assert_max_num_queries(9) as few:
        see(browser, claim, part=1)
    for _ in range(3):
        say(VELMAR, claimant=Claimant.objects.create(name=f"Port {Claim.objects.count()}"))
    with django_assert_max_num_queries(len(few)):
        see(browser, claim, part=1)


# Merging from there.


def test_only_who_merges_finds_the_way(desk, editor, reviewer):
    claim, other = say(VELMAR), say(VELMAR)
    way = f"{url('review_claim', claim.pk)}?merge_into={other.pk}"
    assert [way in see(desk(who), claim).content.decode() for who in (reviewer, editor)] == [False, True]


def test_a_checked_claim_is_merged_into_nothing(desk, editor, reviewer, ratings):
    claim, _other = say(VELMAR), say(VELMAR)
    judge(reviewer, claim, "True")
    assert "merge_into" not in see(desk(editor), claim).content.decode()


def test_the_way_leads_to_the_filled_in_form(desk, editor):
    claim, other = say(VELMAR), say(VELMAR)
    page = desk(editor).get(url("review_claim", claim.pk), {"merge_into": other.pk}).content.decode()
    assert f'name="target" value="{other.pk}"' in page
    assert 'name="reason" rows="2" required autofocus' in page
    assert '<details class="closing" open>' in page


@pytest.mark.parametrize("typed", ["", "abc", "<script>", "9" * 40])
def test_what_is_no_number_fills_in_nothing(desk, editor, typed):
    claim = say(VELMAR)
    page = desk(editor).get(url("review_claim", claim.pk), {"merge_into": typed}).content.decode()
    assert 'name="target" value=""' in page
    assert "autofocus" not in page.split('id="merging-reason"')[1].split("</textarea>")[0]


def test_a_judging_reviewer_finds_the_line_too(desk, reviewer):
    claim = say(VELMAR)
    take_claim(reviewer, claim.pk)
    assert "Look for similar claims" in words(desk(reviewer).get(url("review_claim", claim.pk)))
