"""How each mail looks: a page for those who answer for it, with contents made up by us and nothing of the desk's."""

import re

import pytest
from django.conf import settings

from claims.admin.mail_preview import write_sample
from claims.enums import EmailKind, Timing
from claims.models import MailChoice, OutgoingEmail
from claims.notifications.routes import ROUTES
from tests.admin.pages import policy, url, words
from tests.notifications.reading import Reader

# What is written and looked at without the database: these tests may not touch it.


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
@pytest.mark.parametrize("kind", EmailKind)
def test_every_kind_is_written_in_every_language_and_whole(kind, language):
    mail = write_sample(kind, language)
    for form in mail.subject, mail.text, mail.html:
        assert form.strip()
        assert not re.search(r"\{\{|\{%|\bNone\b|&lt;", form)
    for address, said in Reader(mail.html).links:
        assert re.match(rf"{settings.SITE_URL}/.+/$", address)
        assert said.strip()
    assert re.search(rf'<html lang="{language}"', mail.html)


# The pages.


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["editor", "administrator"])
def test_the_list_names_every_kind_with_its_words_and_when_the_desk_mails_it(request, desk, who):
    MailChoice.objects.create(kind=EmailKind.CLAIM_ASSIGNED, timing=Timing.NEVER)
    page = desk(request.getfixturevalue(who)).get(url("mail_previews"))
    for route in ROUTES:
        assert f"{route.event} {route.hears}" in words(page)
        assert url("mail_preview", route.kind) in page.content.decode()
    assert "An editor gave you a claim you never" in words(page)
    assert "Morning digest you: what waits for you, and what you chose to hear of in the digest every morning" in words(
        page
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["mail_preview", "mail_preview_html"])
@pytest.mark.parametrize(("who", "status"), [("reviewer", 403), ("producer", 403), ("editor", 200)])
def test_a_mail_opens_for_its_roles_alone(request, desk, name, who, status):
    assert desk(request.getfixturevalue(who)).get(url(name, "digest")).status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize("kind", EmailKind)
def test_a_mail_is_shown_with_its_subject_its_text_and_its_html_in_a_sandbox(desk, editor, kind):
    browser = desk(editor)
    page = browser.get(url("mail_preview", kind))
    mail = page.context["message"]
    assert mail.subject in words(page)
    assert " ".join(mail.text.split()) in words(page)
    (frame,) = re.findall(r'<iframe class="mail-html" src="([^"]+)" sandbox ', page.content.decode())
    assert "frame-src 'self'" in policy(page)
    html = browser.get(frame.replace("&amp;", "&"))
    assert f"<title>{mail.subject}" in html.content.decode()
    assert (html["X-Frame-Options"], "sandbox" in policy(html)) == ("SAMEORIGIN", True)
    assert OutgoingEmail.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "asked"),
    [("", "not all"), ("?scheme=light", "not all"), ("?scheme=dark", "all"), ("?scheme=x", "not all")],
)
def test_the_light_is_chosen(desk, editor, query, asked):
    html = desk(editor).get(url("mail_preview_html", "digest") + query).content.decode()
    assert re.findall(r"@media ([^{]+) \{", html) == [asked]
    assert (
        f"scheme={'dark' if asked == 'all' else 'light'}"
        in desk(editor).get(url("mail_preview", "digest") + query).content.decode()
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("query", "language"), [("?language=de", "de"), ("?language=xx", "en"), ("", "en")])
def test_the_language_is_chosen_among_those_of_the_desk(desk, editor, settings, query, language):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    browser = desk(editor)
    assert f'<html lang="{language}"' in browser.get(url("mail_preview_html", "digest") + query).content.decode()
    page = browser.get(url("mail_preview", "digest") + query)
    assert "English Deutsch" in " ".join(re.sub("<[^>]+>", " ", page.content.decode()).split())


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["nothing", "DIGEST", "../x"])
def test_a_kind_that_there_is_not_is_missing(desk, editor, kind):
    for end in ("", "html/"):
        assert desk(editor).get(f"/admin/mail/preview/{kind}/{end}").status_code == 404
