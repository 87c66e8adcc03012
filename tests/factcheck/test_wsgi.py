import pytest

from factcheck.wsgi import drop_charset


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("application/json", "application/json"),
        ("text/plain; charset=zlib", "text/plain"),
        ("multipart/form-data; charset=punycode; boundary=x", "multipart/form-data; boundary=x"),
        ("", ""),
    ],
)
def test_a_charset_of_the_callers_choice_is_not_looked_up(sent, read):
    assert drop_charset(sent) == read
