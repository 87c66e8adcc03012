import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import RequestFactory
from knox.models import AuthToken

from claims.models import Claimant, Rating, RatingScale, Reviewer
from claims.review.verdicts import record_verdict
from tests.admin.pages import url, words
from tests.factories import make_queued_claim

pytestmark = pytest.mark.django_db
REGISTERED = sorted(model._meta.model_name for model in admin.site._registry)


def admin_of(name: str):
    return next(kept for model, kept in admin.site._registry.items() if model._meta.model_name == name)


def test_the_back_office_holds_these_models():
    assert REGISTERED == [
        "article",
        "assignment",
        "authtoken",
        "claim",
        "claimant",
        "claimevent",
        "evidence",
        "factcheck",
        "outgoingemail",
        "rating",
        "ratingscale",
        "reviewer",
        "verdict",
    ]


def powers(name: str, person) -> str:
    request = RequestFactory().get("/")
    request.user = person
    kept = admin_of(name)
    return "".join(
        letter
        for letter, allowed in {
            "v": kept.has_view_permission(request),
            "a": kept.has_add_permission(request),
            "c": kept.has_change_permission(request),
            "d": kept.has_delete_permission(request),
        }.items()
        if allowed
    )


@pytest.mark.parametrize("name", sorted(set(REGISTERED) - {"authtoken"}))
def test_nothing_with_a_history_can_be_deleted(name, administrator, editor):
    assert "d" not in powers(name, administrator) + powers(name, editor)


@pytest.mark.parametrize(
    "name", ["claim", "claimevent", "assignment", "verdict", "evidence", "factcheck", "outgoingemail"]
)
def test_what_happened_is_read_only_for_all(name, administrator, editor, reviewer):
    assert {powers(name, person) for person in (administrator, editor, reviewer)} == {"v"}


@pytest.mark.parametrize("name", ["reviewer", "rating", "ratingscale"])
def test_people_and_scales_are_for_administrators(name, administrator, editor):
    assert (powers(name, administrator), powers(name, editor)) == ("vac", "")


def test_people_without_a_role_have_no_power(outsider):
    assert "".join(powers(name, outsider) for name in REGISTERED) == ""


# People.


def test_an_administrator_adds_a_person_with_a_role(desk, administrator):
    role = Group.objects.get(name="reviewer")
    password = {"usable_password": "true", "password1": "harbour-lights", "password2": "harbour-lights"}
    typed = {"username": "nora", "email": "nora@desk.test", "groups": [role.pk]} | password
    desk(administrator).post(url("claims_reviewer_add"), typed)
    nora = Reviewer.objects.get(username="nora")
    assert (list(nora.groups.all()), nora.check_password("harbour-lights")) == ([role], True)


def test_the_form_of_a_person_offers_no_superuser_and_no_single_permission(desk, administrator, reviewer):
    page = desk(administrator).get(url("claims_reviewer_change", reviewer.pk)).content.decode()
    names = ("is_superuser", "is_staff", "user_permissions", "groups", "wants_mail")
    assert [f'name="{name}"' in page for name in names] == [False, False, False, True, True]


def test_an_administrator_says_what_the_queue_gives_a_person(desk, administrator, reviewer):
    role = Group.objects.get(name="reviewer")
    typed = {
        "username": "rita",
        "groups": [role.pk],
        "is_active": "on",
        "topics": "Politics, Health",
        "languages": "en",
        "digest_hour": 7,
    }
    browser = desk(administrator)
    browser.post(url("claims_reviewer_change", reviewer.pk), typed | {"capacity": 3, "away_until": "2999-01-02"})
    reviewer.refresh_from_db()
    assert (reviewer.topics, reviewer.languages, reviewer.capacity) == (["Politics", "Health"], ["en"], 3)
    assert str(reviewer.away_until) == "2999-01-02"
    browser.post(url("claims_reviewer_change", reviewer.pk), typed | {"topics": "", "languages": ""})
    reviewer.refresh_from_db()
    assert (reviewer.topics, reviewer.languages, reviewer.capacity, reviewer.away_until) == ([], [], None, None)


def test_the_number_of_queries_does_not_grow_with_the_people(
    desk, administrator, person, django_assert_max_num_queries
):
    browser = desk(administrator)
    with django_assert_max_num_queries(20) as few:
        browser.get(url("claims_reviewer_changelist"))
    for name in ("ann", "ben", "cyd"):
        person(name, "reviewer")
    with django_assert_max_num_queries(len(few)):
        browser.get(url("claims_reviewer_changelist"))


def test_an_administrator_takes_a_token_back(desk, administrator, producer):
    token, _ = AuthToken.objects.create(producer)
    browser = desk(administrator)
    assert "paul" in words(browser.get(url("knox_authtoken_changelist")))
    browser.post(url("knox_authtoken_delete", token.pk), {"post": "yes"})
    assert not AuthToken.objects.exists()


# Scales and registers.


def test_a_rating_that_a_verdict_bears_keeps_its_name(desk, administrator, reviewer, assignment, ratings):
    record_verdict(reviewer, assignment.pk, assignment.fence, rating=ratings["True"], explanation="It holds.")
    browser = desk(administrator)
    pages = [browser.get(url("claims_rating_change", ratings[name].pk)).content.decode() for name in ("True", "False")]
    assert ['name="name"' in page for page in pages] == [False, True]


def test_a_colour_that_is_none_is_refused(desk, administrator, ratings):
    rating = ratings["False"]
    typed = {"scale": rating.scale_id, "name": "False", "position": 5, "value": 1, "meaning": "x", "colour": "red;}"}
    page = desk(administrator).post(url("claims_rating_change", rating.pk), typed)
    assert "Write a colour as #1b7837." in words(page)


def test_the_only_default_scale_keeps_its_tick(desk, administrator, ratings):
    scale = RatingScale.objects.get()
    page = desk(administrator).post(url("claims_ratingscale_change", scale.pk), {"name": "Truth"})
    assert "Tick another scale as the default instead." in words(page)
    assert RatingScale.objects.get().is_default


def test_another_scale_takes_over_as_the_default(desk, administrator, ratings):
    other = RatingScale.objects.create(name="Plain")
    browser, typed = desk(administrator), {"name": "Plain", "is_default": "on"}
    refused = browser.post(url("claims_ratingscale_change", other.pk), typed)
    assert "This scale has no ratings yet." in words(refused)
    Rating.objects.create(scale=other, name="True", position=1, colour="#1b7837", meaning="It holds.")
    browser.post(url("claims_ratingscale_change", other.pk), typed)
    assert list(RatingScale.objects.filter(is_default=True)) == [other]


def test_a_new_scale_is_no_default_before_it_has_ratings(desk, administrator, ratings):
    page = desk(administrator).post(url("claims_ratingscale_add"), {"name": "Plain", "is_default": "on"})
    assert "This scale has no ratings yet." in words(page)
    assert RatingScale.objects.get().name == "Truth"


def test_the_colours_are_a_stylesheet(desk, reviewer, ratings):
    Rating.objects.filter(pk=ratings["False"].pk).update(colour="};x{}")
    page = desk(reviewer).get(url("ratings_css"))
    sheet = page.content.decode()
    assert page["Content-Type"] == "text/css"
    assert f".rating-{ratings['True'].pk}{{--rating:#1b7837}}" in sheet
    assert f".rating-{ratings['False'].pk}{{" not in sheet


def test_claims_are_found_by_headline_and_lead_to_their_review(desk, editor):
    claim = make_queued_claim()
    browser = desk(editor)
    found = [
        "roughly 2,500" in words(browser.get(url("claims_claim_changelist"), {"q": q})) for q in ("dockers", "sailors")
    ]
    assert found == [True, False]
    assert browser.get(url("claims_claim_change", claim.pk)).url == url("review_claim", claim.pk)


def test_a_claimant_is_renamed_by_an_administrator_alone(desk, administrator, editor):
    claimant = Claimant.objects.create(name="port")
    statuses = [
        desk(who).post(url("claims_claimant_change", claimant.pk), {"name": "The port"}).status_code
        for who in (editor, administrator)
    ]
    assert (statuses, Claimant.objects.get().name) == ([403, 302], "The port")
