"""Every word of the desk is translated: its pages are read in a language that no English word belongs to."""

import re
from collections import Counter
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve, reverse

from claims.enums import Role
from claims.models import Claim, Reviewer
from tests.admin.busy_desk import fill_desk
from tests.pseudo_language import CODE, make_pseudo_language, untranslated

pytestmark = pytest.mark.django_db
# What is not for translation: addresses, the names of things and of languages, units of time and data.
NO_WORDS = re.compile(
    r"https?://\S+|[^\s<>]+@[^\s<>]+"  # addresses
    r"|^[a-z]$|\bUTC\b|UTF-8|\bMB\b|English|Deutsch|Pseudo|\bru\b"  # keys, units, languages
    r"|^\{.*\}$|\b[0-9a-f]{8,}\b|\w+\*{5,}|\bmd5\b"  # details of an event, hashes
    r"|^(True|False|None|Search)$"  # what Django writes below its ticks and its search button in every language
)
MOST_OF_A_PAGE = 20
ALIKE = {"o", "_changelist_filters", "_facets", "p"}  # links that show the same in another order
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')


@pytest.fixture
def pseudo(settings, tmp_path):
    make_pseudo_language(tmp_path / "locale")
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    settings.LANGUAGES = [*settings.LANGUAGES, (CODE, "Pseudo")]


@pytest.fixture
def people(person, editor, administrator) -> dict[str, Reviewer]:
    reviewers = [person(name, Role.REVIEWER) for name in ("rita", "sam", "noor")]
    return {"reviewer": reviewers[0], "other": reviewers[1], "third": reviewers[2]} | {
        "editor": editor,
        "administrator": administrator,
    }


@pytest.fixture
def claims(pseudo, people) -> list[Claim]:
    Reviewer.objects.update(language=CODE)
    for one in people.values():
        one.refresh_from_db()
    reviewers = [people[name] for name in ("reviewer", "other", "third")]
    return fill_desk(reviewers, people["editor"], people["administrator"])


def read_everything(browser: Client, start: str) -> dict[str, list[str]]:
    """By address, what is said there in English. Every page that links lead to, as far as they are not alike."""
    found, seen, alike = {}, set(), Counter()
    ahead = [start]
    while ahead:
        address = ahead.pop(0)
        parts = urlsplit(address)
        page = resolve(parts.path).view_name if parts.path.startswith("/admin/") else ""
        query = set(parse_qs(parts.query, keep_blank_values=True))
        if address in seen or query & ALIKE or not page or page in ("admin:logout", "admin:mailbox_html"):
            continue
        seen.add(address)
        alike[page] += 1
        if alike[page] > MOST_OF_A_PAGE:
            continue
        answer = browser.get(address, follow=True)
        assert answer.status_code in (200, 403), address  # Django links to people whom not everybody may see
        if not answer["Content-Type"].startswith("text/html"):
            continue
        content = answer.content.decode()
        if said := untranslated(content, NO_WORDS):
            found[address] = said
        ahead += [urljoin(address, link.replace("&amp;", "&")).partition("#")[0] for link in LINK.findall(content)]
    assert len(seen) > 20
    return found


@pytest.mark.timeout(300)
@pytest.mark.parametrize("who", ["administrator", "editor", "reviewer"])
def test_every_page_is_translated(claims, people, desk, who):
    found = read_everything(desk(people[who]), reverse("admin:index"))
    lines = sorted({f"{words}   ({address})" for address, said in found.items() for words in said})
    assert not lines, "\n".join(lines)
