import pytest

from claims.enums import ExtractionStatus
from claims.intake.articles import NewArticle, add_article, add_read_page
from claims.intake.cleaning import clean_page
from claims.jobs import EXTRACT_VERSION, READ_PAGE
from claims.models import Article, ArticlePage, ArticleVersion
from tests.broker import take_messages
from tests.factories import TEXT, make_article, make_claim, make_queued_claim, make_unread_article
from tests.intake.feeding import PROSE, article_page

URL = "https://gazette.test/harbour"

NEW = {"text": TEXT, "title": "Harbour grows", "outlet": "The Gazette", "published_on": "2024-05-01"}


def test_sent_article_is_accepted_and_shown(api, producer):
    answer = api(producer).post("/api/v1/articles/", NEW | {"url": "https://gazette.test/harbour"})
    assert answer.status_code == 202
    article = Article.objects.get()
    assert answer.json() == {
        "id": article.pk,
        "title": "Harbour grows",
        "outlet": "The Gazette",
        "section": "",
        "language": "en",
        "url": "https://gazette.test/harbour",
        "external_id": "",
        "published_on": "2024-05-01",
        "added_by": "paul",
        "created_at": answer.json()["created_at"],
        "version": 1,
        "extraction_status": "waiting",
        "page": None,
    }


def test_same_content_again_is_the_same_article(api, producer):
    first = api(producer).post("/api/v1/articles/", NEW)
    again = api(producer).post("/api/v1/articles/", NEW)
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json()["id"] == again.json()["id"]
    assert ArticleVersion.objects.count() == 1


def test_sent_article_is_extracted_by_a_worker(api, producer, jobs):
    article = api(producer).post("/api/v1/articles/", NEW).json()
    jobs.run()
    assert api(producer).get(f"/api/v1/articles/{article['id']}/").json()["extraction_status"] == "extracted"


@pytest.mark.parametrize("alone", [{"title": "Harbour"}, {"url": ""}, {"external_id": "7"}, {}])
def test_article_without_text_or_address_is_refused(api, producer, alone):
    answer = api(producer).post("/api/v1/articles/", alone)
    assert answer.status_code == 400
    assert "Send the article's text here" in answer.json()["errors"]["text"][0]


# The source of its page.

PAGE = '<meta property="og:site_name" content="Velmar Post">' + article_page("Harbour grows")
LONG = article_page("Long", [f"{n} {PROSE[0]}" for n in range(12_000)])


def test_the_source_of_a_page_is_read_at_once(api, producer):
    first = api(producer).post("/api/v1/articles/", {"html": PAGE, "url": URL})
    again = api(producer).post("/api/v1/articles/", {"html": PAGE, "url": URL})
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json() == again.json()
    shown = api(producer).get(f"/api/v1/articles/{first.json()['id']}/").json()
    assert (shown["title"], shown["outlet"], shown["page"]) == ("Harbour grows - Post", "Velmar Post", None)
    assert shown["text"] == "\n\n".join(["Harbour grows", *PROSE])
    assert take_messages() == [(EXTRACT_VERSION, [ArticleVersion.objects.get().pk])]


@pytest.mark.parametrize(
    ("sent", "status", "code", "said"),
    [
        ({"html": PAGE, "text": TEXT}, 400, "invalid", "Send the article's `text` or its page's `html`, not both."),
        ({"html": "<title>Sign in</title>", "url": URL}, 400, "no_article_text", "Send the article's text instead."),
        ({"html": " ", "text": ""}, 400, "empty", "Send the article's text."),
        ({"html": f"<!--{'x' * 10_000_000}-->"}, 413, "too_large", "more than 3,000,000 bytes"),
        ({"html": "<div>" * 100_000}, 413, "too_large", "or 50,000 tags"),
        ({"html": LONG}, 413, "too_large", "larger than 1,000,000 bytes"),
        ({"html": None}, 400, "invalid", "may not be null"),
        ({"html": 7}, 400, "invalid", "Not a valid string."),
    ],
    ids=["both", "sign-in", "blank", "10-MB", "nested", "long-text", "null", "number"],
)
def test_a_source_that_is_no_article_is_refused_and_says_what_to_do(api, producer, sent, status, code, said):
    answer = api(producer).post("/api/v1/articles/", sent)
    assert (answer.status_code, answer.json()["code"], Article.objects.count()) == (status, code, 0)
    assert said in answer.json()["detail"]


def test_a_blank_beside_the_other_is_nothing(api, producer):
    for sent in ({"html": PAGE, "text": " "}, {"html": "", "text": TEXT}, {"html": "", "url": URL}):
        assert api(producer).post("/api/v1/articles/", sent).status_code == 202
    assert list(Article.objects.filter(versions=None).values_list("url", flat=True)) == [URL]


# Its address alone.


def test_an_address_alone_is_accepted_and_shown_until_its_page_is_read(api, producer):
    first = api(producer).post("/api/v1/articles/", {"url": URL, "title": "Harbour grows"})
    again = api(producer).post("/api/v1/articles/", {"url": URL})
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json() == again.json()
    article = Article.objects.get()
    assert take_messages() == [(READ_PAGE, [article.page.pk])]
    shown = first.json()
    assert (shown["id"], shown["title"], shown["url"]) == (article.pk, "Harbour grows", URL)
    assert (shown["version"], shown["extraction_status"]) == (None, "waiting")
    assert (shown["page"]["status"], shown["page"]["attempts"], shown["page"]["last_error"]) == ("waiting", 0, "")


def test_an_address_whose_page_is_read_is_the_article_that_is_there(api, producer):
    sent = api(producer).post("/api/v1/articles/", {"url": URL}).json()
    add_read_page(NewArticle(url=URL), clean_page(TEXT))
    take_messages()
    again = api(producer).post("/api/v1/articles/", {"url": URL})
    assert (again.status_code, again.json()["id"], again.json()["version"]) == (200, sent["id"], 1)
    assert again.json()["page"]["status"] == "read"
    assert take_messages() == []


def test_a_page_that_failed_says_why_until_the_text_is_sent(api, producer):
    article = make_unread_article(URL, status="failed", last_error="The site answers 404.")
    address = f"/api/v1/articles/{article.pk}/"
    shown = api(producer).get(address).json()
    assert (shown["extraction_status"], shown["failure"]) == ("failed", "The site answers 404.")
    assert (shown["text"], shown["sha256"], shown["extraction_note"], shown["differences"]) == ("", "", "", [])
    assert api(producer).post("/api/v1/articles/", NEW | {"url": URL}).status_code == 202
    shown = api(producer).get(address).json()
    assert (shown["version"], shown["extraction_status"], shown["failure"]) == (1, "waiting", "")
    assert (shown["text"], shown["page"]["status"]) == (TEXT, "read")


def test_a_page_that_is_tried_again_says_when_and_why(api, producer):
    article = make_unread_article(URL, last_error="The site answers 503.", next_attempt_at="2030-01-01T10:00:00Z")
    shown = api(producer).get(f"/api/v1/articles/{article.pk}/").json()
    assert (shown["extraction_status"], shown["failure"]) == ("waiting", "")
    page = {"status": "waiting", "attempts": 0, "next_attempt_at": "2030-01-01T10:00:00Z"}
    assert shown["page"] == page | {"last_error": "The site answers 503."}


def test_a_page_is_tried_again_and_only_where_there_is_something_to_try(api, producer):
    article = make_unread_article(URL, status="failed", last_error="The site answers 404.")
    take_messages()
    answer = api(producer).post(f"/api/v1/articles/{article.pk}/reading/")
    assert (answer.status_code, answer.json()["page"]["status"]) == (202, "waiting")
    assert take_messages() == [(READ_PAGE, [article.page.pk])]
    answer = api(producer).post(f"/api/v1/articles/{make_article().pk}/reading/")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_retried")
    assert api(producer).post("/api/v1/articles/999999/reading/").status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://gazette.test/", "http://", "https://me:secret@gazette.test/", "gazette.test"),
        "https://gazette.test/\u202etxt.exe",  # it turns the words around it: the address stands for the title
    ],
)
def test_an_address_that_is_none_of_the_web_is_refused(api, producer, url):
    answer = api(producer).post("/api/v1/articles/", {"url": url})
    assert (answer.status_code, answer.json()["code"], Article.objects.count()) == (400, "url", 0)


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("", 400, "empty"),
        ("  \n ", 400, "empty"),
        ("%PDF-1.7\x00\x01", 400, "binary"),
        ("misread \x93words\x94", 400, "encoding"),
        ("long " * 200_001, 413, "too_large"),
    ],
)
def test_text_that_cannot_be_kept_is_refused(api, producer, text, status, code):
    answer = api(producer).post("/api/v1/articles/", {"text": text})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", "x" * 501), ("outlet", "x" * 201), ("external_id", "x" * 201), ("url", "x" * 2001), ("outlet", "a\0b")],
)
def test_field_that_does_not_fit_is_named(api, producer, field, value):
    answer = api(producer).post("/api/v1/articles/", NEW | {field: value})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


def test_url_of_another_kind_is_refused(api, producer):
    answer = api(producer).post("/api/v1/articles/", NEW | {"url": "ftp://gazette.test/"})
    assert (answer.status_code, answer.json()["code"]) == (400, "url")


def test_body_beyond_the_limit_is_refused(api, producer, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = api(producer).post("/api/v1/articles/", {"text": "long " * 1000})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert answer.wsgi_request.read() == b""  # a caller that is still sending would not see the answer


@pytest.mark.parametrize("body", [b'{"text": "caf\xe9"}', b"{", b"[" * 100_000, b'{"text": NaN}', b"\xff\xfe{"])
def test_body_that_is_not_json_is_refused(api, producer, body):
    answer = api(producer).generic("POST", "/api/v1/articles/", body, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")


def test_half_a_character_is_refused_wherever_it_stands(api, producer):
    for body in (rb'{"text": "\ud800"}', rb'{"text": "Words.", "other": [{"\udfff": 1}]}'):
        answer = api(producer).generic("POST", "/api/v1/articles/", body, "application/json")
        assert (answer.status_code, answer.json()["code"]) == (400, "encoding")


@pytest.mark.parametrize("body", [[], "text", 5, None])
def test_body_of_another_shape_is_refused(api, producer, body):
    answer = api(producer).post("/api/v1/articles/", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


def test_article_shows_its_limits_and_what_another_reading_changed(api, producer):
    article = make_article()
    changed = {"added": [7, 8], "found_again": [], "relabelled": [1], "kept": [2, 3, 4], "retired": [5]}
    about = {"from": "rules-1", "to": "rules-2", "at": "2024-05-01T10:00:00Z", "asked_by": "edna"}
    difference = about | changed | {"elsewhere": [], "left_alone": [6]}
    article.versions.update(extraction_note="In German only figures are found.", differences=[difference])
    shown = api(producer).get(f"/api/v1/articles/{article.pk}/").json()
    assert shown["extraction_note"] == "In German only figures are found."
    assert shown["differences"] == [
        {
            "from_extractor": "rules-1",
            "to_extractor": "rules-2",
            "at": "2024-05-01T10:00:00Z",
            "asked_by": "edna",
            "claims": {
                "added": 2, "found_again": 0, "relabelled": 1, "kept": 3, "retired": 1, "elsewhere": 0, "left_alone": 1,
            },
        }
    ]  # fmt: skip


def test_article_shows_its_newest_text_and_its_claims(api, producer):
    article = make_article()
    make_claim(article)
    make_queued_claim(article=article, quote="March 2019")
    ArticleVersion.objects.create(
        article=article, number=2, text="New words.", sha256="2" * 64, extraction_status="failed", failure="It broke."
    )
    shown = api(producer).get(f"/api/v1/articles/{article.pk}/").json()
    assert (shown["version"], shown["text"], shown["sha256"]) == (2, "New words.", "2" * 64)
    assert (shown["extraction_status"], shown["failure"]) == ("failed", "It broke.")
    assert (shown["extraction_note"], shown["differences"]) == ("", [])
    assert {status: number for status, number in shown["claims"].items() if number} == {"extracted": 1, "queued": 1}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("outlet=Gazette", ["Gazette"]),
        ("q=gaz", ["Gazette"]),
        ("url=https://herald.test/1", ["Herald"]),
        ("external_id=g-1", ["Gazette"]),
        ("extraction_status=failed", ["Times", "Herald"]),
        ("extraction_status=waiting", ["Post"]),
        ("ordering=id", ["Gazette", "Herald", "Post", "Times"]),
        ("", ["Times", "Post", "Herald", "Gazette"]),
    ],
)
def test_articles_are_filtered(api, producer, query, found):
    make_article("One.", outlet="Gazette", external_id="g-1")
    herald = make_article("Two.", outlet="Herald", url="https://herald.test/1")
    herald.versions.update(extraction_status=ExtractionStatus.FAILED)
    add_article(NewArticle(url="https://post.test/1", outlet="Post"))
    failed, _ = add_article(NewArticle(url="https://times.test/1", outlet="Times"))
    ArticlePage.objects.filter(article=failed).update(status="failed", last_error="404")
    shown = api(producer).get(f"/api/v1/articles/?{query}").json()["results"]
    assert [article["outlet"] for article in shown] == found


def test_missing_article_is_not_found(api, producer):
    assert api(producer).get("/api/v1/articles/99999999999999999999/").status_code == 404
