"""Title and publisher of pages as they are found, broken and hostile ones among them."""

import time
from datetime import date

import pytest

from claims.intake.page_details import PageDetails, cut, decode_page, read_page_details, tidy

URL = "https://www.port.example/staff/report%202021.html"
BARE = PageDetails("report 2021.html", "port.example")


def details(page: str | bytes, content_type: str = "text/html", url: str = URL) -> PageDetails:
    return read_page_details(url, content_type, page if isinstance(page, bytes) else page.encode())


def title(page: str | bytes) -> str:
    return details(page).title


def publisher(page: str | bytes) -> str:
    return details(page).publisher


# What a page says, the best first.

TITLES = [
    '<meta property="og:title" content="Og">',
    '<meta name="twitter:title" content="Twitter">',
    "<title>Title</title>",
    "<h1>Heading</h1>",
]
PUBLISHERS = [
    '<meta property="og:site_name" content="Og">',
    '<meta name="application-name" content="Application">',
    '<script type="application/ld+json">{"publisher": {"name": "Linked"}}</script>',
]


@pytest.mark.parametrize(("first", "words"), [(0, "Og"), (1, "Twitter"), (2, "Title"), (3, "Heading")])
def test_the_best_title_is_taken_wherever_it_stands(first, words):
    assert title("".join(reversed(TITLES[first:]))) == words


@pytest.mark.parametrize(("first", "words"), [(0, "Og"), (1, "Application"), (2, "Linked")])
def test_the_best_publisher_is_taken_wherever_it_stands(first, words):
    assert publisher("".join(reversed(PUBLISHERS[first:]))) == words


DAYS = [
    '<meta property="article:published_time" content="2024-05-01T23:30:00-07:00">',
    '<script type="application/ld+json">{"datePublished": "2024-05-02T08:00:00Z"}</script>',
    '<meta itemprop="datePublished" content="2024-05-03">',
    '<meta name="date" content="2024-05-04 08:00">',
]


@pytest.mark.parametrize(("first", "day"), [(0, 1), (1, 2), (2, 3), (3, 4)])
def test_the_best_day_is_taken_as_the_outlet_writes_it(first, day):
    assert details("".join(reversed(DAYS[first:]))).published_on == date(2024, 5, day)


@pytest.mark.parametrize("words", ["yesterday", "2024-13-01", "", "1 May 2024", "٢٠٢٤-٠٥-٠١"])
def test_a_day_that_is_none_is_left_out(words):
    assert details(f'<meta name="date" content="{words}">').published_on is None


@pytest.mark.parametrize("said", ["5", "null", '["2024-05-01"]', '{"name": "2024-05-01"}'])
def test_linked_data_of_another_shape_says_no_day(said):
    assert details(f'<script type="application/ld+json">{{"datePublished": {said}}}</script>').published_on is None


def test_a_page_that_says_nothing_has_the_name_of_its_file_and_of_its_host():
    assert details("<p>Hello</p>") == details(b"") == BARE


def test_a_file_has_its_name_and_its_host():
    assert details(b"", "application/pdf", "http://a.example/x/Staff%20list.pdf?b=c#d") == (
        "Staff list.pdf",
        "a.example",
        None,
    )


def test_the_front_page_without_a_title_has_none():
    assert details("", url="https://port.example/") == ("", "port.example", None)


def test_what_is_blank_is_as_if_it_were_not_there():
    assert title('<meta property="og:title" content=" &nbsp; "><title>\n</title><h1>Staff</h1>') == "Staff"


def test_of_two_the_first_counts():
    assert title("<title>First</title><title>Second</title>") == "First"
    assert title('<meta property="og:title" content="First" content="Second">') == "First"


@pytest.mark.parametrize(
    "script",
    [
        '[{"@type": "Thing"}, {"publisher": {"name": "Port"}}]',
        '{"@graph": [{"publisher": [{"name": "Port"}]}]}',
        '{"publisher": "Port"}',
    ],
)
def test_linked_data_names_the_publisher_in_many_shapes(script):
    assert publisher(f"<script type='application/ld+json'>{script}</script>") == "Port"


@pytest.mark.parametrize(
    "script", ["", "{", "null", "7", '{"publisher": 7}', '{"publisher": {"name": ["x"]}}', "[" * 100_000, "9" * 100_000]
)
def test_linked_data_of_another_shape_says_nothing(script):
    assert details(f"<script type='application/ld+json'>{script}</script>") == BARE


# How it is written.


@pytest.mark.parametrize(
    "tag",
    [
        "<META CONTENT='A > B' PROPERTY='OG:Title'>",
        "<meta property=og:title content='A &gt; B'/>",
        '<meta\n data-x="<title>no</title>"\n property = "og:title"\n content = "A &#62;\n B" >',
    ],
)
def test_a_tag_is_read_however_it_is_written(tag):
    assert title(tag) == "A > B"


def test_tags_within_a_heading_are_left_out():
    assert title("<h1 class=x><span>Staff</span><br>of the port</h1>") == "Staff of the port"


@pytest.mark.parametrize(
    "hiding", ["<!--{}-->", "<!--{}", "<script>{}</script>", "<svg>{}</svg>", "<textarea>{}</textarea>"]
)
def test_what_is_no_part_of_the_page_is_not_read(hiding):
    assert details(hiding.format("<title>No</title>")) == BARE


# Bytes.


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<title>Müller</title>".encode(), "text/html"),
        ("<title>Müller</title>".encode("utf-8-sig"), "text/html; charset=latin-1"),
        ("<title>Müller</title>".encode(), "text/html; charset=iso-8859-1"),  # a wrong word of the server's
        ("<title>Müller</title>".encode() + b"\xc3", "text/html"),  # cut within a character
        ("<title>Müller</title>".encode("cp1252"), "text/html"),
        ("<title>Müller</title>".encode("cp1252"), "text/html; charset=klingon"),
        ("<title>Müller</title>".encode("cp1252"), "text/html; charset=punycode"),
        ("<title>Müller</title>".encode("cp1252"), "text/html; charset=zip"),
        ("<meta charset='iso-8859-2'><title>Müller</title>".encode("iso-8859-2"), "text/html"),
        ("<title>Müller</title>".encode("utf-16"), "text/html"),
        ("<title>Müller</title>".encode("utf-16-le"), "text/html; charset=UTF-16LE"),
    ],
)
def test_a_page_is_read_whatever_is_said_of_its_encoding(body, content_type):
    assert details(body, content_type).title == "Müller"


def test_the_pages_own_word_counts_where_the_server_says_nothing():
    body = "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'><title>Порт</title>".encode(
        "cp1251"
    )
    assert title(body) == "Порт"


def test_what_cannot_be_read_is_marked():
    assert decode_page(b"a\xe4b", "text/html; charset=utf-8") == "a\ufffdb"


# Hostile pages.


def test_nothing_that_does_not_print_or_turns_the_writing_is_left():
    assert (
        title("<title>Port\x00 of\x1b\r\n\u202eVel\u2066mar\u200b\ufeff\x85&#8238;now\u2028.</title>")
        == "Port of Velmar now ."
    )
    assert tidy("می\u200cخواهم") == "می\u200cخواهم"  # a joiner is part of the word


def test_a_long_title_is_cut():
    long = title(f"<title>{'port ' * 20_000}</title>")
    assert cut(long, 300) == ("port " * 60)[:299] + "…"
    assert cut("port", 4) == "port"


HOSTILE = ["<", "<meta ", "<meta '", "<meta \"'", "<meta '' ' ", "<title", "<title>", "<h1>", "<!--", "<script>", "&#1"]
HOSTILE += ["<meta property=og:title content=", "<svg a='", "=", "a ", "<meta a= ", "<script type=application/ld+json>"]


@pytest.mark.parametrize("part", HOSTILE)
def test_megabytes_of_what_is_never_closed_take_no_time(part):
    began = time.process_time()
    details(part * (1_000_000 // len(part)))
    assert time.process_time() - began < 1


def test_a_number_without_end_is_no_number():
    assert title("<title>&#" + "1" * 100_000 + ";</title>") == "\ufffd"
