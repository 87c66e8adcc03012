"""What the queue page's script asks for every few seconds, to keep the page as it should be."""

import pytest

from claims.admin.queue_rows import PAGE
from claims.review.assignments import take_claim
from tests.admin.pages import STRICT, inline_code, policy, said, url, words
from tests.factories import make_queued_claims

pytestmark = pytest.mark.django_db


def read(browser, query: str = ""):
    return browser.get(f"{url('review_queue')}?live=1{query}")


def test_it_is_the_list_alone(desk, editor):
    make_queued_claims(2)
    page = read(desk(editor))
    assert page.content.decode().count("data-claim=") == 2
    assert [sign in page.content.decode() for sign in ("<html", "<link", 'id="bulk"')] == [False] * 3


def test_it_goes_with_the_same_view_filters_and_words(desk, reviewer):
    first, _second = make_queued_claims(2)
    take_claim(reviewer, first.pk)
    found = [words(read(desk(reviewer), query)) for query in ("&view=mine", "&q=1001", "&kind=event")]
    assert [[number in page for number in ("1000 ships", "1001 ships")] for page in found] == [
        [True, False],
        [False, True],
        [False, False],
    ]


def test_the_page_says_where_to_ask_for_it(desk, reviewer):
    page = desk(reviewer).get(url("review_queue") + "?view=mine&q=ships").content.decode()
    assert 'data-live="?view=mine&amp;q=ships&amp;live=1"' in page


@pytest.mark.parametrize(("rows", "goes_on"), [(PAGE, False), (PAGE + 1, True)])
def test_it_tells_whether_the_list_goes_on(desk, reviewer, rows, goes_on):
    make_queued_claims(rows)
    assert ("data-goes-on" in read(desk(reviewer)).content.decode()) is goes_on


def test_it_takes_no_message_from_the_page_that_waits_for_it(desk, reviewer, editor):
    claim, *_rest = make_queued_claims(2)
    browser = desk(editor)
    browser.post(url("assign_claim", claim.pk), {"reviewer": reviewer.pk})
    read(browser)
    assert "rita now has “1000 ships”" in said(browser.get(url("review_queue")))


def test_it_is_strict(desk, editor):
    make_queued_claims(1)
    page = read(desk(editor))
    assert policy(page) >= STRICT
    assert inline_code(page) == []


def test_who_is_signed_out_is_sent_to_the_login_and_who_may_not_is_refused(client, desk, producer):
    assert (read(client).status_code, read(desk(producer)).status_code) == (302, 403)
