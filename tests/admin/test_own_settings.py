"""One page leads to all that a person may set for themselves."""

import pytest
from django.urls import reverse

from tests.admin.pages import url

pytestmark = pytest.mark.django_db


def offered(desk, person) -> list[str]:
    return [address for address, _name, _what in desk(person).get(url("own_settings")).context["pages"]]


def test_every_page_leads_there(desk, producer):
    assert f'href="{url("own_settings")}">Settings</a>' in desk(producer).get("/admin/").content.decode()


def test_mail_language_keys_and_password_are_set_there(desk, reviewer):
    pages = [url(name) for name in ("mail_choices", "choose_language", "change_keys")]
    assert offered(desk, reviewer) == [*pages, reverse("admin:password_change")]
    assert {desk(reviewer).get(page).status_code for page in offered(desk, reviewer)} == {200}


def test_who_does_not_review_has_no_keys(desk, producer):
    assert url("change_keys") not in offered(desk, producer)


def test_who_has_no_password_here_is_offered_none(desk, reviewer):
    reviewer.set_unusable_password()
    reviewer.save()
    assert reverse("admin:password_change") not in offered(desk, reviewer)
