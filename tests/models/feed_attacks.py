"""What the database refuses of feeds, of what they name, and of the pages of articles."""

from tests.models.attacking import change, double, tomorrow

FAILING = "failing_feed_says_since_when_and_why_and_only_a_failing_one"
FEED_ATTACKS = [
    ("one_feed_per_address", lambda r: double(r.feed)),
    ("feed_is_on_the_web", lambda r: change(r.feed, url="file:///etc/passwd")),
    ("feed_is_on_the_web", lambda r: double(r.feed, url="")),
    (FAILING, lambda r: change(r.feed, failures=1)),
    (FAILING, lambda r: change(r.feed, failures=1, failing_since=tomorrow())),
    (FAILING, lambda r: change(r.feed, last_error="404")),
    (FAILING, lambda r: change(r.feed, failing_since=tomorrow())),
    ("only_of_a_failing_feed_people_are_told", lambda r: change(r.feed, told_failing_at=tomorrow())),
    ("one_entry_per_feed_and_identity", lambda r: double(r.feed_entry)),
    ("entry_has_a_known_status", lambda r: change(r.feed_entry, status="lost")),
    ("entry_is_on_the_web_or_has_failed", lambda r: change(r.feed_entry, url="javascript:alert(1)")),
    ("entry_is_on_the_web_or_has_failed", lambda r: change(r.feed_entry, url="")),
    ("entry_being_read_has_an_end_and_only_that", lambda r: change(r.feed_entry, status="reading")),
    ("entry_being_read_has_an_end_and_only_that", lambda r: change(r.feed_entry, taken_until=tomorrow())),
    ("entry_that_is_read_has_an_article_and_only_that", lambda r: change(r.feed_entry, status="read")),
    ("entry_that_is_read_has_an_article_and_only_that", lambda r: change(r.feed_entry, article=r.article)),
    ("entry_that_has_failed_says_why", lambda r: change(r.feed_entry, status="failed")),
]
PAGE_ATTACKS = [
    ("article_page_has_a_known_status", lambda r: change(r.article_page, status="lost")),
    ("article_page_has_a_known_status", lambda r: change(r.article_page, status="skipped")),
    ("article_page_being_read_has_an_end_and_only_that", lambda r: change(r.article_page, status="reading")),
    ("article_page_being_read_has_an_end_and_only_that", lambda r: change(r.article_page, taken_until=tomorrow())),
    ("article_page_that_has_failed_says_why", lambda r: change(r.article_page, status="failed")),
]
