import pytest

from claims.enums import Channel
from claims.models import ClaimantContact
from claims.review.contacts import ask_claimant
from tests.admin.pages import said, url, words
from tests.factories import make_queued_claim

pytestmark = pytest.mark.django_db
TYPED = {"channel": "phone", "question": "Which year?", "asked_at": "2024-03-01T10:00"}


@pytest.fixture
def claim():
    return make_queued_claim()


@pytest.fixture
def contact(claim, reviewer):
    return ask_claimant(reviewer, claim.pk, channel=Channel.EMAIL, question="Whose figure is it?")


def test_a_question_is_noted_for_all_who_review(desk, reviewer, editor, claim):
    typed = TYPED | {"answer_due_at": "2024-03-03T10:00"}
    page = desk(reviewer).post(url("ask_claimant", claim.pk), typed, follow=True)
    assert said(page) == "Noted: colleagues see that the claimant was asked."
    told = words(desk(editor).get(url("review_claim", claim.pk)))
    for sentence in (
        "Phone rita, 1 Mar 2024, 10:00 UTC",
        "Which year?",
        "No answer yet, and it is late: It was asked for by 3 Mar 2024, 10:00 UTC.",
        "rita asked the claimant (phone)",
        "Colleagues read this, also before they give their verdict",
    ):
        assert sentence in told


@pytest.mark.parametrize(
    ("different", "refusal"),
    [
        ({"question": " "}, "This field is required."),
        ({"question": "x" * 5_001}, "Ensure this value has at most 5000 characters"),
        ({"channel": "pigeon"}, "Select a valid choice."),
        ({"asked_at": "2999-01-01T10:00"}, "Note it when the claimant has been asked, not before."),
        ({"answer_due_at": "2024-02-01T10:00"}, "The answer cannot be due before the question."),
    ],
)
def test_a_refusal_stands_at_the_form_and_what_was_typed_stays(desk, reviewer, claim, different, refusal):
    page = desk(reviewer).post(url("ask_claimant", claim.pk), TYPED | different)
    assert (page.status_code, refusal in words(page)) == (400, True)
    assert 'value="2024-03-01T10:00"' in page.content.decode() or "asked_at" in different
    assert not ClaimantContact.objects.exists()


def test_an_answer_is_noted_once(desk, editor, claim, contact):
    browser, address = desk(editor), url("note_answer", claim.pk, contact.pk)
    page = browser.post(address, {"answer": "Ours, of 2023."}, follow=True)
    assert said(page) == "The answer is noted."
    assert "Ours, of 2023. answered; noted on" in words(page)
    page = browser.post(address, {"answer": "No, theirs."})
    assert (page.status_code, ClaimantContact.objects.get().answer) == (409, "Ours, of 2023.")


def test_a_blank_answer_is_refused_where_it_was_typed(desk, reviewer, claim, contact):
    page = desk(reviewer).post(url("note_answer", claim.pk, contact.pk), {"answer": " "})
    assert (page.status_code, "Write down what the claimant answered." in words(page)) == (400, True)


def test_an_answer_belongs_to_its_claim(desk, reviewer, contact):
    other = make_queued_claim(article=contact.claim.article, quote="March 2019")
    assert desk(reviewer).post(url("note_answer", other.pk, contact.pk), {"answer": "Ours."}).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("producer", 403), ("administrator", 403), ("editor", 302)])
def test_who_does_not_review_notes_nothing(request, desk, claim, contact, who, status):
    browser = desk(request.getfixturevalue(who))
    assert browser.post(url("ask_claimant", claim.pk), TYPED).status_code == status
    assert browser.post(url("note_answer", claim.pk, contact.pk), {"answer": "Ours."}).status_code == status


def test_an_administrator_reads_and_finds_no_form(desk, administrator, contact):
    page = words(desk(administrator).get(url("review_claim", contact.claim_id)))
    assert ("Whose figure is it?" in page, "Note the answer" in page) == (True, False)
