from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.exceptions import ArticleRefused
from claims.intake.cleaning import clean_page
from claims.intake.decoding import MAX_BYTES, check_text, decode_text

SAMPLE = Path(__file__).parents[3] / "shared" / "sample" / "us-iraq-talks.txt"
PAGE = """Current location:HOME>COAST\r
\r
Ferry line between Ostrel and Velmark to close after ninety years\r
\r
2024-03-04 COAST 12\r
\r
ferry-1.jpg\r
\r
The last ferry leaves Ostrel on Friday, the company said.\r
\r
Share this article\r
\r
It carried\u00a01,200 passengers “a week” in winter.\r
\r
TAG:"""


def refusal(text: str | bytes) -> str:
    with pytest.raises(ArticleRefused) as caught:
        clean_page(decode_text(text) if isinstance(text, bytes) else text)
    return caught.value.code


def test_page_tells_title_section_and_day() -> None:
    page = clean_page(PAGE)
    assert page.title == "Ferry line between Ostrel and Velmark to close after ninety years"
    assert (page.section, page.published_on, page.language) == ("COAST", date(2024, 3, 4), "en")


def test_page_keeps_its_paragraphs_untouched() -> None:
    first = "The last ferry leaves Ostrel on Friday, the company said."
    assert clean_page(PAGE).text == f"{first}\n\nIt carried\u00a01,200 passengers “a week” in winter."


@pytest.mark.parametrize(
    "text",
    [
        "The bridge collapsed in 2018.",
        "Share prices fell by 5% on Monday",
        "By Tuesday the water had risen by two metres.",
        "Comments by the minister on 3 May 2024 caused a dispute.",
        "Home prices rose > wages fell, the bank said.",
        "First paragraph.\n\nSecond one: café, naïve, 😀.\n\nThird.",
        "Prices in May:\n- rice 3 marks\n- milk 2 marks",
    ],
)
def test_plain_text_survives(text: str) -> None:
    assert clean_page(text).text == text


@pytest.mark.parametrize(
    "line",
    [
        "Home > World > Harbours",
        "You are here: Home / Health",
        "Published: 3 May 2024, 09:15",
        "March 4, 2024 at 10:30 pm GMT",
        "Last updated 2 hours ago",
        "By Edda Quill, Health Correspondent",
        "Share Tweet Email",
        "Advertisement",
        "Photo: Marrowdale Gazette",
        "Joss Terrin/Reuters",
        "picture (2).png",
        "Read more: What the treaty says",
        "Subscribe to our newsletter for more",
        "14 comments",
        "Leave a comment",
        "© 2024 The Ostrel Courier. All rights reserved.",
        "We use cookies to improve your visit.",
        "Tags: grain, harbour",
        "5 min read",
        "https://example.org/a",
        "* * *",
    ],
)
def test_furniture_goes_wherever_it_stands(line: str) -> None:
    kept = "The port reopened.", "Ships came back."
    assert clean_page("\n\n".join((line, kept[0], line, kept[1], line))).text == "\n\n".join(kept)


def test_titles_of_related_stories_go_with_their_heading() -> None:
    text = "The port reopened.\n\nRelated stories\nCouncil votes on roads\nSchool meals\n\nShips came back."
    assert clean_page(text).text == "The port reopened.\n\nShips came back."


def test_hard_wrapped_paragraphs_stay_whole() -> None:
    wrapped = (
        "The ferry company told its crews in March that it would sell both of\n"
        "its ships before the end of the summer and leave the harbour office to\n"
        "the town."
    )
    assert clean_page(f"{wrapped}\n\n{wrapped}").text == f"{wrapped}\n\n{wrapped}"


def test_plain_text_lends_its_heading_as_title_and_keeps_it() -> None:
    page = clean_page("Ferry line to close\n\nThe last ferry leaves on Friday.")
    assert (page.title, page.text) == ("Ferry line to close", "Ferry line to close\n\nThe last ferry leaves on Friday.")


def test_furniture_alone_is_refused() -> None:
    assert refusal("Home > World\n\n2024-03-04 WORLD 12\n\nShare\n\nTAG: none") == "no_article_text"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7\x00\x01", "binary"),
        ("The port".encode("utf-16"), "encoding"),
        ("Café prices rose.".encode("latin-1"), "encoding"),
        (b"a" * (MAX_BYTES + 1), "too_large"),
        (b"a" * 10_000_000, "too_large"),
        ("é" * MAX_BYTES, "too_large"),
        ("half \ud800", "encoding"),
        ("bell \x07", "binary"),
    ],
)
def test_unfit_input_is_refused_with_its_reason(data: bytes | str, code: str) -> None:
    assert refusal(data) == code


def test_byte_order_mark_is_dropped() -> None:
    assert decode_text("\ufeffThe port reopened.".encode()) == "The port reopened."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The port was closed by the council.", "en"),
        ("Der Hafen wurde nicht von dem Rat geschlossen.", "de"),
        ("Le port est fermé par les autorités.", "fr"),
        ("El puerto fue cerrado por las autoridades.", "es"),
        ("O porto foi fechado pelo conselho e não abriu.", "pt"),
        ("أغلقت السلطات الميناء يوم الجمعة.", "ar"),
        ("Ostrel 1,200", "und"),
    ],
)
def test_language_is_voted_by_common_words(text: str, language: str) -> None:
    assert clean_page(text).language == language


@given(st.text())
def test_any_text_is_cleaned_or_refused(text: str) -> None:
    try:
        cleaned = clean_page(text)
    except ArticleRefused:
        return
    assert check_text(cleaned.text) == cleaned.text
    assert cleaned == clean_page(text)


@pytest.mark.skipif(not SAMPLE.exists(), reason="the acceptance sample is not part of the project")
def test_sample_page() -> None:
    page = clean_page(decode_text(SAMPLE.read_bytes()))
    paragraphs = [line for line in SAMPLE.read_text().splitlines() if len(line) > 200]
    assert page.text == "\n\n".join(paragraphs)
    assert len(paragraphs) == 6
    title = "US and Iraqi governments expected to start talks on future of US military presence in the country"
    assert (page.title, page.section, page.published_on) == (title, "FOCUS", date(2024, 1, 25))


def test_a_section_name_that_repeats_the_breadcrumb_in_capitals_is_furniture():
    page = clean_page("You are here: Home / Health\n\nHEALTH\n\nClinic in Marrow to close\n\nThe clinic closes in May.")
    assert (page.section, page.title, page.text) == ("Health", "Clinic in Marrow to close", "The clinic closes in May.")
