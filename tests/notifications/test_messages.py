"""What mails say: the same in both forms, first what to do, for each reader's program, language and clock."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone, translation

from claims.admin.mail_samples import sample, sample_person
from claims.enums import EmailKind, Role
from claims.models import Claim, DigestEntry, Verdict
from claims.notifications.messages import LONGEST_LINE, Letter, Message
from claims.notifications.routes import ROUTE_OF
from claims.permissions import remember_roles
from claims.review.digest import Waiting
from tests.notifications.reading import Reader, words_of

KINDS = list(ROUTE_OF)
PLAIN = {"html", "head", "meta", "title", "style", "body", "div", "p", "h1", "h2", "span", "a", "br", "ul", "li",
         "s", "strong"}  # fmt: skip
TO_PEOPLE = [kind for kind in KINDS if kind is not EmailKind.OPINION_ASKED]
STYLES = Path(settings.BASE_DIR, "claims/templates/claims/mail")


def write(kind: EmailKind, *roles: Role, **changes) -> Message:
    person = sample_person()
    if roles:
        remember_roles(person, roles)
    return Letter(kind, sample(kind) | changes).to(person)


# Both forms.


@pytest.mark.parametrize("kind", KINDS)
def test_the_text_and_the_html_say_the_same(kind):
    mail = write(kind)
    heading = words_of(re.search(r"<h1[^>]*>(.*?)</h1>", mail.html)[1]) | {"Fact-check", "desk"}
    shown, told = words_of(Reader(mail.html).seen), words_of(mail.text)
    assert told - shown == set()
    assert shown - told - heading == set()


def test_somebody_without_an_account_is_told_who_asked_and_can_write_back():
    mail = write(EmailKind.OPINION_ASKED)
    assert mail.text.split("\n-- \n")[1].startswith("You get this mail because Tomas Berg asked you.\n")
    assert "/admin/" not in mail.text + mail.html


@pytest.mark.parametrize("kind", TO_PEOPLE)
def test_a_mail_says_why_it_came_and_how_to_get_no_more(kind):
    mail = write(kind)
    footer = mail.text.split("\n-- \n")[1]
    assert f"The desk mails you about: {ROUTE_OF[kind].event}." in " ".join(footer.split())
    ends = ("/admin/mail/", "/mail/off/")
    assert [end in footer for end in ends] == [True, True]
    assert [words for _, words in Reader(mail.html).links[-2:]] == [
        "Choose what you are mailed",
        "No more mail of this kind",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_one_link_looks_like_a_button_and_says_what_happens(kind):
    mail = write(kind)
    (button,) = re.findall(r'<a class="button" href="([^"]+)" style="([^"]+)">([^<]+)</a>', mail.html)
    place = "opinions" if kind not in TO_PEOPLE else "fact-checks" if kind.startswith("fact_check") else "admin"
    assert button[0].startswith(f"{settings.SITE_URL}/{place}/")
    assert "background: #1d4f73" in button[1]
    assert re.match("Open|See|Read", button[2])
    assert f"{button[2]}:\n{button[0]}\n" in mail.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_has_lines_that_every_program_shows_whole(kind):
    lines = write(kind).text.split("\n")
    assert [line for line in lines if len(line) > LONGEST_LINE and " " in line.strip()] == []
    assert "\n\n\n" not in "\n".join(lines)


def test_a_receipt_quotes_the_persons_own_explanation_with_its_paragraphs():
    verdict = Verdict(
        assignment=sample(EmailKind.CLAIM_ASSIGNED)["assignment"],
        rating=sample(EmailKind.CLAIM_DECIDED)["was"],
        explanation=f"{'The port counts fewer. ' * 6}\n\nIt said so.",
    )
    mail = write(EmailKind.VERDICT_RECORDED, verdict=verdict)
    assert re.search(r"\n> The port(.+\n> .+)+fewer\.\n>\n> It said so\.\n", mail.text)
    assert re.search(r'white-space: pre-wrap;?[^>]*">The port counts [^<]+\n\nIt said so\.<', mail.html)


# Subjects.


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        (EmailKind.CLAIMS_WAITING, "23 claims to review, from 2 articles"),
        (EmailKind.CLAIM_ASSIGNED, "Please review: roughly 2,500 dockers"),
        (EmailKind.TURN_ENDED, "Your turn was ended: roughly 2,500 dockers"),
        (EmailKind.TURN_LAPSED, "Take it again, your draft is kept: roughly 2,500 dockers"),
        (EmailKind.VERDICT_RECORDED, "Recorded as “Mostly false”: roughly 2,500 dockers"),
        (EmailKind.SECOND_VERDICT, "Another verdict is needed: roughly 2,500 dockers"),
        (EmailKind.ADJUDICATION_NEEDED, "Please decide: roughly 2,500 dockers"),
        (EmailKind.CLAIM_DECIDED, "Decided “Mostly false”: roughly 2,500 dockers"),
        (EmailKind.OUTCOME_CHANGED, "Now “Mostly false”, no longer “Half true”: roughly 2,500 doc"),
        (EmailKind.CLAIMS_OVERDUE, "Please look: 2 claims are overdue"),
        (EmailKind.ARTICLE_FAILED, "Please look: could not read “Bridge in Calder Sound closed a"),
        (EmailKind.DIGEST, "2 claims wait for you"),
    ],
)
def test_a_subject_that_is_cut_still_says_what_to_do(kind, subject):
    assert write(kind).subject[:60] == subject


# For every program.


@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_loads_nothing(kind):
    html = write(kind).html
    assert set(Reader(html).tags) <= PLAIN
    assert not re.search(r"url\(|@import|src=|background=|javascript:", html)


def test_the_styles_stand_on_the_elements_and_only_the_dark_ones_in_the_head():
    html = write(EmailKind.DIGEST).html
    assert html.count("<style") == 1
    style = re.search(r"<style[^>]*>(.*?)</style>", html, re.DOTALL)[1]
    assert "@media (prefers-color-scheme: dark)" in style
    assert "#23262a" not in style
    assert 'class="mail" style="padding: 24px 16px;background: #ffffff;color: #23262a' in html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert '<meta name="supported-color-schemes" content="light dark">' in html


def rules(sheet: str) -> dict[str, dict[str, str]]:
    """Each selector's declarations."""
    css = re.sub(r"/\*.*?\*/|@media[^{]*\{|!important", "", (STYLES / sheet).read_text(), flags=re.DOTALL)
    found: dict[str, dict[str, str]] = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        pairs = [line.split(":", 1) for line in body.split(";") if ":" in line]
        declared = {name.strip(): value.strip() for name, value in pairs}
        for selector in selectors.split(","):
            found.setdefault(selector.strip(), {}).update(declared)
    return found


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's ratio of two colours as #rrggbb."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("sheet", ["style.css", "dark.css"])
def test_words_stand_out_from_their_ground(sheet):
    found = rules(sheet)
    ground = found[".mail"]["background"]
    ratios = {
        name: contrast(style["color"], style.get("background", ground))
        for name, style in found.items()
        if "color" in style
    }
    assert len(ratios) >= 7
    assert {name: ratio for name, ratio in ratios.items() if ratio < 4.5} == {}


def test_every_colour_has_another_in_the_dark():
    light, dark = rules("style.css"), rules("dark.css")
    for name, style in light.items():
        for colour in {"color", "background"} & style.keys():
            assert colour in dark[name], (name, colour)


# For every reader.


@pytest.mark.parametrize(
    ("language", "direction", "edge"), [("en", "ltr", "left"), ("de", "ltr", "left"), ("ar", "rtl", "right")]
)
def test_a_mail_names_its_language_and_direction(language, direction, edge):
    with translation.override(language):
        html = write(EmailKind.CLAIM_ASSIGNED).html
    assert f'<html lang="{language}" dir="{direction}" ' in html
    assert f"border-{edge}: 4px" in re.search(r'class="claim" style="([^"]+)"', html)[1]


def test_words_of_others_run_in_their_own_direction():
    assert '<p class="headline" dir="auto"' in write(EmailKind.CLAIM_ASSIGNED).html
    assert '<span dir="auto">Velmar Post</span>' in write(EmailKind.CLAIM_ASSIGNED).html


def test_times_are_those_of_the_readers_clock():
    with timezone.override("Asia/Tokyo"):
        mail = write(EmailKind.CLAIM_ASSIGNED)
    assert re.search(r"until \d+ \w+ \d{4}, \d\d:\d\d JST", mail.html)
    assert " JST" in mail.text


@pytest.mark.parametrize("kind", [EmailKind.CLAIM_DECIDED, EmailKind.OUTCOME_CHANGED, EmailKind.DIGEST])
@pytest.mark.parametrize(
    ("role", "page"), [(Role.REVIEWER, "/admin/review/40/"), (Role.PRODUCER, "/admin/articles/3/")]
)
def test_a_claim_is_linked_where_its_reader_may_read_it(kind, role, page):
    mail = write(kind, role)
    (other,) = {"/admin/review/40/", "/admin/articles/3/"} - {page}
    for form in mail.text, mail.html:
        assert (page in form, other in form) == (True, False)


def test_a_claim_of_which_little_is_known_leaves_no_gaps():
    turn = sample(EmailKind.CLAIM_ASSIGNED)
    claim: Claim = turn["claim"]
    claim.claimant, claim.stand_alone, claim.article.title, claim.article.outlet = None, "", "", ""
    mail = write(EmailKind.CLAIM_ASSIGNED, **turn)
    assert "roughly 2,500 dockers\nQuantity\n\nIt is kept" in mail.text
    assert "None" not in mail.text + mail.html


# The digest.


def digest(waiting: int, entries: int, **changes) -> Message:
    told = sample(EmailKind.DIGEST)
    (one, *_), (entry, *_) = told["waiting"], told["entries"]
    claims = [Waiting(one.claim, one.quote, one.reasons)] * waiting
    news = [DigestEntry(kind=entry.kind, claim=entry.claim, subject=entry.subject)] * entries
    few = {"held": [], "contested": [], "waiting": claims, "entries": news, "total": waiting, "is_more": False}
    return write(EmailKind.DIGEST, **few | changes)


def test_a_digest_of_one_claim_is_short():
    mail = digest(1, 0)
    assert mail.subject == "1 claim waits for you"
    assert (mail.text.count("- December"), mail.html.count("<h2")) == (1, 1)
    assert "Since the last digest" not in mail.text + mail.html


def test_a_digest_of_much_is_whole_and_not_clipped_by_the_largest_webmail():
    mail = digest(15, 31, total=1000, is_more=True)
    assert mail.subject == "More than 1000 claims wait for you"
    for form in mail.text, mail.html:
        assert "More than 1000 claims wait for you; the first ones" in form
        assert (form.count("“The ferry"), form.count("Decided “Mostly")) == (15, 30)
        assert "31 in all; the others stand in the history of their claims." in form
    assert len(mail.html.encode()) < 100_000


def test_a_digest_of_news_alone_leads_to_the_desk():
    mail = digest(0, 2, total=0)
    assert mail.subject == "2 things have happened since"
    assert f"Open the desk:\n{settings.SITE_URL}/admin/\n" in mail.text
    assert "Open the review queue" not in mail.text + mail.html


# One occasion, many readers.


def test_what_is_written_to_many_is_what_each_would_get_alone():
    told = sample(EmailKind.CLAIM_DECIDED)
    letter = Letter(EmailKind.CLAIM_DECIDED, told)
    readers = [sample_person() for _ in range(3)]
    for number, reader in enumerate(readers):
        reader.pk, reader.first_name = number, f"<b>Reader</b> & {number}"
    remember_roles(readers[2], [Role.PRODUCER])
    for language in ("en", "de", "en"):
        with translation.override(language):
            alone = [Letter(EmailKind.CLAIM_DECIDED, told).to(reader) for reader in readers]
            assert [letter.to(reader) for reader in readers] == alone
            assert len({mail.html for mail in alone}) == 3
    assert "&lt;b&gt;Reader&lt;/b&gt; &amp; 0" in letter.to(readers[0]).html
    assert "<b>Reader</b> & 0" in letter.to(readers[0]).text
