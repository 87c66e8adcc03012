"""No log holds a link that acts for whoever knows it."""

import logging

import pytest

from factcheck.link_masks import MaskLinks, mask


@pytest.mark.parametrize(
    ("words", "masked"),
    [
        ("GET /opinions/key.signed/ HTTP/1.1", "GET /opinions/********/ HTTP/1.1"),
        ("https://desk.example/opinions/key.signed?a=1", "https://desk.example/opinions/********?a=1"),
        ("Not Found: /mail/off/WzEsImRpZ2VzdCJd:x-Y_z/", "Not Found: /mail/off/********/"),
        ("GET /api/v1/claims/7/opinions/ HTTP/1.1", "GET /api/v1/claims/7/opinions/ HTTP/1.1"),
        (404, 404),
    ],
)
def test_a_link_is_masked_and_nothing_else(words, masked):
    assert mask(words) == masked


@pytest.mark.parametrize(
    ("words", "args"), [("%s: %s", ("Gone", "/opinions/key.signed/")), ("Gone: /opinions/key/", ())]
)
def test_what_is_logged_of_a_request_names_no_link(words, args):
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, words, args, None)
    assert MaskLinks().filter(record)
    assert record.getMessage() == "Gone: /opinions/********/"
