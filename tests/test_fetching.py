"""The guarded fetcher against real sites: where it goes, where it does not, and how much it takes."""

import gzip
import shutil
import socket
import ssl
import subprocess
import time
import tracemalloc

import pytest

from claims.fetching import MOST_REDIRECTS, FetchedPage, Fetcher, FetchRefused
from tests.receiving import answering, receiving
from tests.web import HERE, fetcher_for, head, moved, page, serving

ELSEWHERE = "127.0.0.2"  # a second machine, so to say: the tests' fetcher is not allowed to go there
HELLO = "<title>Hello</title>"


def hello(path):
    return page(HELLO)


@pytest.fixture
def site():
    with serving(hello) as running:
        yield running


def refusal_of(fetcher: Fetcher, address: str) -> FetchRefused:
    with pytest.raises(FetchRefused) as refused:
        fetcher.fetch(address)
    return refused.value


# What is fetched.


def test_a_page_is_fetched(site):
    fetched = fetcher_for(site).fetch(f" {site.url('/a?b=c#d')} ")
    assert fetched == FetchedPage(site.url("/a?b=c#d"), "text/html", HELLO.encode())
    assert site.paths == ["/a?b=c"]


def test_the_site_is_told_who_asks(site, settings):
    settings.SITE_URL = "https://desk.example"
    fetcher_for(site).fetch(site.url())
    lines = site.requests[0].split("\r\n")
    assert {f"Host: {HERE}:{site.port}", "User-Agent: FactCheckDesk/1.0 (+https://desk.example)"} <= set(lines)


def test_a_redirect_is_followed_to_where_it_ends():
    with serving(lambda path: moved("../b") if path == "/a/a" else page(HELLO)) as site:
        assert fetcher_for(site).fetch(site.url("/a/a")).url == site.url("/b")


def test_cookies_are_not_kept_between_redirects():
    with serving(lambda path: moved("/b", set_cookie="a=b") if path == "/a" else page(HELLO)) as site:
        fetcher_for(site).fetch(site.url("/a"))
    assert [("cookie" in request.lower()) for request in site.requests] == [False, False]


def test_the_environments_proxies_mean_nothing(site, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetcher_for(site).fetch(site.url()).body == HELLO.encode()


def test_content_that_is_no_text_is_left_unread():
    with serving(lambda path: page(b"%PDF-1.7", content_type="application/pdf")) as site:
        assert fetcher_for(site).fetch(site.url()) == FetchedPage(site.url(), "application/pdf", b"")


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oops", "304 Not Modified"])
def test_an_answer_that_is_no_page_is_refused_with_its_number(status):
    with serving(lambda path: page("no", status)) as site:
        refusal = refusal_of(fetcher_for(site), site.url())
    assert (refusal.code, status[:3] in refusal.message) == ("page_status", True)
    assert refusal.known == {"status": int(status[:3])}


@pytest.mark.parametrize(
    "answer", [b"", b"hello", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", b"\x16\x03\x01"]
)
def test_what_is_no_answer_of_the_web_is_refused(answer):
    with serving(lambda path: [answer]) as site:
        assert refusal_of(fetcher_for(site), site.url()).code == "unreachable"


# Addresses that are typed.


@pytest.mark.parametrize(
    "address",
    [
        *("", "hello", "//a.example/", "ftp://a.example/", "file:///etc/passwd", "javascript:alert(1)", "http://"),
        *(
            "http://a.example\x00/",
            "http://0177.0.0.1/",
            "https://me:secret@a.example/",
            "https://me@a.example/",
            "http://\ud800/",
            "http://[::1]\ud800]/",
        ),
        *("http://a.example:22/", "https://a.example:8443/", "http://a.example:99999/"),
        *("http://127.0.0.1/", "http://10.0.0.1/", "http://169.254.169.254/", "https://[::1]/", "http://[fe80::1]/"),
        *("http://[::ffff:8.8.8.8]/", "http://0.0.0.0/", "http://192.168.1.1:80/"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused_before_any_name_is_looked_up(address):
    looked_up = []
    assert refusal_of(Fetcher(resolve=lambda host: looked_up.append(host) or []), address).code == "address"
    assert looked_up == []


# Machines that are not of the public web.


@pytest.mark.parametrize("host", ["localhost", "127.1", "0", "2130706433", "0x7f000001"])
def test_this_machine_is_not_reached_however_it_is_written(site, host):
    assert refusal_of(Fetcher(ports=[site.port]), site.url(host=host)).code == "unreachable"
    assert site.requests == []


def test_a_refusal_does_not_tell_a_name_inside_the_network_from_one_that_is_nowhere():
    inside, nowhere = (Fetcher(resolve=lambda host, found=found: found) for found in (["10.1.2.3"], []))
    refusals = [refusal_of(fetcher, "http://secrets.example/") for fetcher in (inside, nowhere)]
    assert refusals[0].message == refusals[1].message
    assert refusals[0].code == refusals[1].code == "unreachable"


@pytest.mark.parametrize("failure", [socket.gaierror(), UnicodeError()])
def test_a_name_that_cannot_be_looked_up_is_unreachable(failure):
    def fail(host):
        raise failure

    assert refusal_of(Fetcher(resolve=fail), "http://nowhere.example/").code == "unreachable"


def test_of_a_names_addresses_only_the_allowed_are_tried(site):
    fetcher = fetcher_for(site, resolve=lambda host: [ELSEWHERE, HERE])
    with serving(hello, host=ELSEWHERE, port=site.port) as other:
        assert fetcher.fetch(site.url(host="both.test")).body == HELLO.encode()
    assert (len(site.requests), other.requests) == (1, [])


def test_an_address_that_does_not_answer_leaves_the_next_its_turn(site):
    fetcher = fetcher_for(site, is_allowed=lambda address: True, resolve=lambda host: ["127.0.0.3", HERE])
    assert fetcher.fetch(site.url(host="both.test")).body == HELLO.encode()


def test_the_connection_goes_to_the_address_that_was_checked(site):
    """A name that stands for something else at each look-up is looked up once."""
    answers = iter([[HERE], [ELSEWHERE], [ELSEWHERE]])
    with serving(hello, host=ELSEWHERE, port=site.port) as other:
        fetcher_for(site, resolve=lambda host: next(answers)).fetch(site.url(host="moving.test"))
    assert (len(site.requests), other.requests) == (1, [])


@pytest.mark.parametrize("stays", [False, True])
def test_a_redirect_to_a_name_that_stands_for_something_else_by_now_is_refused(stays):
    answers = iter([[HERE], [ELSEWHERE]])
    again = [b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n"]
    with serving(lambda path: again, stays=stays) as site, serving(hello, host=ELSEWHERE, port=site.port) as other:
        fetcher = fetcher_for(site, resolve=lambda host: next(answers))
        assert refusal_of(fetcher, site.url(host="moving.test")).code == "unreachable"
    assert (site.paths, other.requests) == (["/"], [])


@pytest.mark.parametrize("host", [ELSEWHERE, "localhost.localdomain", "169.254.169.254", "10.0.0.1", "[::1]"])
def test_a_redirect_to_where_the_fetcher_may_not_go_is_refused(host):
    with serving(hello, host=ELSEWHERE) as other, serving(lambda path: moved(other.url(host=host))) as site:
        refusal = refusal_of(fetcher_for(site, other), site.url())
    assert (refusal.code, host in refusal.message, other.requests) == ("unreachable", False, [])


@pytest.mark.parametrize(
    "target",
    ["ftp://127.0.0.1/", "file:///etc/passwd", "http://me:secret@{0}", "http://127.0.0.1:22/", "http://[", "gopher:"],
)
def test_a_redirect_must_lead_to_an_address_of_the_web(target):
    with serving(lambda path: moved(target.format(site.url().removeprefix("http://")))) as site:
        assert refusal_of(fetcher_for(site), site.url()).code == "unreachable"
    assert site.paths == ["/"]


def test_redirects_end_somewhere():
    with serving(lambda path: moved(f"{path}a")) as site:
        assert refusal_of(fetcher_for(site), site.url()).code == "redirects"
    assert len(site.requests) == MOST_REDIRECTS + 1


# How long, and how much.


def drip(*parts: bytes):
    """An answer of which a byte comes now and then, for ever."""
    yield from parts
    while True:
        time.sleep(0.05)
        yield b"a"


SLOW = {
    "in its head": lambda path: drip(b"HTTP/1.1 200 OK\r\nX-Slow: "),
    "in its body": lambda path: drip(head(content_type="text/html")),
    "in its chunks": lambda path: drip(head(content_type="text/html", transfer_encoding="chunked"), b"fffff\r\n"),
    "after interim answers": lambda path: (part for part in drip() for part in [b"HTTP/1.1 103 Hints\r\n\r\n"]),
}


@pytest.mark.parametrize("where", SLOW)
def test_a_slow_drip_ends_with_the_time_for_everything(where):
    with serving(SLOW[where]) as site:
        began = time.monotonic()
        assert refusal_of(fetcher_for(site, seconds=0.4), site.url()).code == "too_slow"
        assert time.monotonic() - began < 1.5


def test_a_site_that_is_silent_when_it_should_prove_who_it_is_does_not_hold_the_fetcher_up(site):
    began = time.monotonic()
    address = site.url().replace("http:", "https:")
    assert refusal_of(fetcher_for(site, seconds=0.4), address).code == "too_slow"
    assert time.monotonic() - began < 1.5


def test_redirects_share_one_time():
    def slow(path):
        time.sleep(0.15)
        return moved(f"{path}a")

    with serving(slow) as site:
        assert refusal_of(fetcher_for(site, seconds=0.4), site.url()).code == "too_slow"
    assert len(site.requests) <= 3


def test_a_name_server_that_is_silent_does_not_hold_the_fetcher_up(site):
    began = time.monotonic()
    fetcher = fetcher_for(site, seconds=0.3, resolve=lambda host: time.sleep(3) or [HERE])
    assert refusal_of(fetcher, site.url(host="slow.test")).code == "too_slow"
    assert time.monotonic() - began < 1.5


def endless(part: bytes, first: bytes):
    yield first
    while True:
        yield part


def test_of_an_endless_page_the_start_is_kept():
    with serving(lambda path: endless(b"a" * 1000, head(content_type="text/html"))) as site:
        assert fetcher_for(site, max_bytes=12_345).fetch(site.url()).body == b"a" * 12_345


def test_an_endless_head_is_refused():
    with serving(lambda path: endless(b"X-More: " + b"a" * 1000 + b"\r\n", b"HTTP/1.1 200 OK\r\n")) as site:
        assert refusal_of(fetcher_for(site), site.url()).code == "unreachable"


def test_a_packed_page_is_unpacked():
    with serving(lambda path: page(gzip.compress(HELLO.encode()), content_encoding="gzip")) as site:
        assert fetcher_for(site).fetch(site.url()).body == HELLO.encode()


def test_a_bomb_is_not_unpacked_beyond_what_is_kept():
    bomb = gzip.compress(bytes(200_000_000), compresslevel=9)
    assert len(bomb) < 1_000_000
    with serving(lambda path: page(bomb, content_encoding="gzip")) as site:
        tracemalloc.start()
        fetched = fetcher_for(site, max_bytes=100_000).fetch(site.url())
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert (fetched.body, peak < 5_000_000) == (bytes(100_000), True)


def test_what_follows_a_packed_page_is_not_waited_for():
    start = head(content_type="text/html", content_encoding="gzip")
    with serving(lambda path: endless(b"more" * 1000, start + gzip.compress(HELLO.encode()))) as site:
        assert fetcher_for(site).fetch(site.url()).body == HELLO.encode()


@pytest.mark.parametrize(("body", "encoding"), [(b"not packed", "gzip"), (b"?", "br"), (b"?", "gzip, gzip")])
def test_a_page_that_cannot_be_unpacked_is_refused(body, encoding):
    with serving(lambda path: page(body, content_encoding=encoding)) as site:
        assert refusal_of(fetcher_for(site), site.url()).code == "unreachable"


# Posting.


def test_what_is_posted_arrives_and_its_answer_comes_back():
    with receiving(answering("202 Accepted", retry_after=7)) as receiver:
        door = Fetcher(is_allowed=lambda address: True, ports=[receiver.server_address[1]])
        answer = door.post(receiver.url, b"{}", {"Content-Type": "application/json"})
    (message,) = receiver.messages
    assert (answer.status, answer.retry_after, answer.body) == (202, "7", b"")
    assert (message.method, message.body, message.headers["content-type"]) == ("POST", b"{}", "application/json")
    assert message.headers["user-agent"].startswith("FactCheckDesk/")


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_what_was_posted_is_not_carried_elsewhere(status):
    with serving(hello) as other, receiving(answering(status, location=other.url())) as receiver:
        door = Fetcher(is_allowed=lambda address: True, ports=[receiver.server_address[1], other.port])
        assert door.post(receiver.url, b"{}", {}).status == int(status[:3])
        assert other.requests == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "10.0.0.1"])
def test_nothing_is_posted_to_a_machine_that_is_not_of_the_public_web(host):
    with receiving() as receiver:
        port = receiver.server_address[1]
        with pytest.raises(FetchRefused):
            Fetcher(ports=[port], seconds=2).post(f"http://{host}:{port}/", b"{}", {})
        assert receiver.messages == []


# TLS.


@pytest.fixture
def certificate(tmp_path):
    """A certificate of `page.test`, beside its key."""
    if not shutil.which("openssl"):
        pytest.skip("This test makes a certificate with openssl, which is not on this machine.")
    ask = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=page.test -addext"
    files = ["-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"]
    subprocess.run(["openssl", *ask.split(), "subjectAltName=DNS:page.test", *files], check=True, capture_output=True)
    return tmp_path / "cert.pem"


@pytest.fixture
def secure_site(certificate):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, certificate.with_name("key.pem"))
    with serving(hello, tls=tls) as running:
        yield running


def trusting(certificate) -> dict:
    return {"resolve": lambda host: [HERE], "trust": lambda: ssl.create_default_context(cafile=certificate)}


def test_a_certificate_is_checked_against_the_name_not_the_address(secure_site, certificate):
    fetcher = fetcher_for(secure_site, **trusting(certificate))
    assert fetcher.fetch(secure_site.url(host="page.test")).body == HELLO.encode()
    assert refusal_of(fetcher, secure_site.url(host="other.test")).code == "unreachable"
    assert refusal_of(fetcher, secure_site.url()).code == "unreachable"


def test_a_certificate_that_nobody_vouches_for_is_refused(secure_site):
    fetcher = fetcher_for(secure_site, resolve=lambda host: [HERE])
    assert refusal_of(fetcher, secure_site.url(host="page.test")).code == "unreachable"
    assert secure_site.requests == []
