"""Claims like one among those of the desk: who sees which, in what order, and from what texts."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import F

from claims.enums import Role
from claims.literals import Literal
from claims.matching.candidates import Mentions, read_commonness
from claims.matching.similar import similar_claims
from claims.models import Appearance, Claim, Claimant
from claims.review.closing import dismiss_claim, merge_claim
from tests.factories import judge, make_article, make_claim, make_policy, make_queued_claim
from tests.matching.gold import read_pairs

pytestmark = pytest.mark.django_db
VELMAR = "The harbour of Velmar employs roughly 2,500 dockers."


def say(sentence: str, headline: str = "", **fields) -> Claim:
    """A claim in the queue that says the sentence."""
    fields = {"stand_alone": sentence, "headline": headline or sentence[:300]} | fields
    claim = make_queued_claim(article=make_article(f"{sentence} ({Claim.objects.count()})"), quote=sentence, **fields)
    Appearance.objects.filter(claim=claim).update(sentence=sentence)
    return claim


def found(person, claim: Claim, **how) -> list[Claim]:
    return [match.claim for match in similar_claims(person, claim, **how)]


def test_what_is_alike_is_found_the_likest_first(reviewer):
    claim = say(VELMAR)
    figure = say("The harbour of Velmar employs only 1,900 dockers.")
    same = say("In Velmar the harbour employs 2,500 dockers.")
    say("The mayor of Ostrand resigned in March 2019.")
    assert found(reviewer, claim) == [same, figure]


def test_it_says_why(reviewer):
    said_by = Claimant.objects.create(name="The port")
    facts = [{"quantity": {"value": value, "unit": "dockers"}, "date": "2019"} for value in (2500, 1900)]
    claim = say(VELMAR, facts=facts[0], claimant=said_by)
    say("The harbour of Velmar employs only 1,900 dockers.", facts=facts[1], claimant=said_by)
    [match] = similar_claims(reviewer, claim)
    why = match.likeness
    assert why.shared_words == ("harbour", "Velmar", "employs", "dockers")
    assert (why.shared_numbers, why.same_facts, why.differing_facts) == ((), ("date",), ("quantity",))
    assert why.same_claimant


@pytest.mark.parametrize("headline", ["134 people", "134 Tote"])
def test_a_claim_is_found_by_its_sentence_where_the_headline_says_little(reviewer, headline):
    claim = say("The flood in Brenn killed 189 people.", "189 people")
    other = say("The flood in Brenn killed 134 people.", headline)
    assert found(reviewer, claim) == [other]


def test_a_claim_is_found_by_its_headline_where_it_has_no_sentence(reviewer):
    claim, other = say(VELMAR), say("It is so.", "Velmar’s harbour employs 2,500 dockers", stand_alone="")
    assert found(reviewer, claim) == [other]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Der Hafen von Velmar beschäftigt rund 2.500 Hafenarbeiter.", "2.500 Hafenarbeiter hat der Hafen von Velmar."),
        ("يعمل نحو 2500 عامل في ميناء فيلمار.", "في ميناء فيلمار ٢٬٥٠٠ عامل."),
        (VELMAR, "Velmar beschäftigt im Hafen 2.500 Arbeiter."),
        ("L’été dernier, Évry a accueilli 2 500 élèves.", "Évry : 2500 élèves accueillis"),
    ],
)
def test_any_language_is_compared(reviewer, one, other):
    claim, like_it = say(one), say(other)
    assert found(reviewer, claim) == [like_it]


@pytest.mark.parametrize(
    "headline",
    [
        "'", '"Velmar" | \'dockers\' & !harbour:*', "\\", "%s %(x)s {{ x }}", "<->", "of the", "🚢", ";DROP TABLE x;--",
        "Ö" * 300, "9" * 300, "'; " * 100, "a b c d e", "1 2 3",
    ],
)  # fmt: skip
def test_whatever_a_headline_holds_is_only_words(reviewer, headline):
    claim, twin = say(VELMAR, headline), say(VELMAR, headline)
    assert found(reviewer, claim) == [twin]
    Claim.objects.update(stand_alone="")
    similar_claims(reviewer, Claim.objects.get(pk=claim.pk))


def test_a_very_long_sentence_is_read_at_its_beginning(reviewer):
    claim, twin = say(VELMAR), say(VELMAR)
    claim.stand_alone = (VELMAR + " '| & !x") * 2_000
    assert found(reviewer, claim) == [twin]


def test_a_nul_breaks_nothing(reviewer):
    twin = say(VELMAR)
    claim = make_claim(headline="x")
    claim.headline = f"\x00{VELMAR}\x00"
    assert found(reviewer, claim) == [twin]


@pytest.mark.parametrize("headline", ["Of the", "!!!", "12"])
def test_a_claim_without_words_is_like_no_other(reviewer, headline):
    claim = make_claim(headline=headline)
    make_claim(article=claim.article, quote="March 2019", headline=headline)
    assert found(reviewer, claim) == []


def test_claims_that_are_merged_are_not_listed(reviewer, editor):
    claim, twin, third = say(VELMAR), say(VELMAR), say(VELMAR)
    merge_claim(editor, twin.pk, claim.pk, "The same.")
    assert found(reviewer, claim) == [third]
    assert found(reviewer, Claim.objects.get(pk=twin.pk)) == [third]
    assert found(reviewer, third) == [claim]


def test_a_claim_does_not_drown_in_its_own_duplicates(reviewer, editor, monkeypatch):
    monkeypatch.setattr("claims.matching.candidates.MOST_EACH", 2)
    claim, other = say(VELMAR), say(VELMAR)
    for _ in range(3):
        merge_claim(editor, say(VELMAR).pk, claim.pk, "The same.")
    assert found(reviewer, claim) == [other]


def test_checked_claims_do_not_drown_in_others(reviewer, editor, ratings):
    checked = say("The harbour of Velmar employs some 1,900 dockers, or so.")
    judge(reviewer, checked, "False")
    claim, *others = [say(VELMAR) for _ in range(4)]
    matches = similar_claims(reviewer, claim, limit=2)
    assert [match.claim for match in matches] == [others[2], others[1], checked]
    assert [match.is_checked for match in matches] == [False, False, True]
    assert matches[2].claim.rating == ratings["False"]


def test_put_aside_is_not_unseen(reviewer, editor):
    claim, other = say(VELMAR), say(VELMAR)
    dismiss_claim(editor, other.pk, "Trivial.")
    assert [one.shown_status for one in found(reviewer, claim)] == ["dismissed"]


def test_that_verdicts_differ_is_hidden_from_who_still_judges(person, reviewer, editor):
    make_policy(seats=2, agreeing=2, is_blind=True)
    claim, other = say(VELMAR), say(VELMAR)
    for name, rating in (("cora", "True"), ("carl", "False")):
        judge(person(name, Role.REVIEWER), other, rating)
    shown = [[one.shown_status for one in found(who, claim)] for who in (reviewer, editor)]
    assert shown == [["in_review"], ["in_adjudication"]]


def test_who_sees_no_claim_sees_no_similar_one(outsider, producer):
    claim, other = say(VELMAR), say(VELMAR)
    assert [found(who, claim) for who in (outsider, AnonymousUser(), producer)] == [[], [], [other]]


def test_it_takes_five_queries_however_many_there_are(reviewer, django_assert_num_queries):
    claim = say(VELMAR)
    say(VELMAR)
    for _ in range(2):
        person = type(reviewer).objects.get(pk=reviewer.pk)
        with django_assert_num_queries(5):  # roles, common words, candidates, their texts, what is shown
            similar_claims(person, claim)
        for _ in range(3):
            say(VELMAR)


def test_common_words_are_learnt_from_the_desk(reviewer):
    for number in range(60):
        say(f"The harbour saw {number + 1000} ships.")
    claim = say("The harbour of Velmar saw a whale.")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE claims_claim")
        cursor.execute("ANALYZE claims_appearance")
    known = read_commonness()
    assert known.total >= 60
    assert known.count("harbour", is_whole=True) > 50 > known.count("whale", is_whole=True)
    assert found(reviewer, claim) == []


@pytest.mark.parametrize(
    ("rows", "text", "index"),
    [
        (Claim.objects, "headline", "claims_by_headline_words"),
        (Appearance.objects, "sentence", "appearances_by_sentence_words"),
    ],
)
def test_both_texts_have_an_index(rows, text, index):
    """With sequential scans out of the way, since few rows would not need an index."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
    assert index in rows.filter(Mentions(F(text), Literal("'Velmar':* & 'docker':*"))).order_by().explain()


def test_nearly_all_pairs_that_people_call_alike_are_found_among_the_others(reviewer):
    pairs = [pair for pair in read_pairs() if pair.alike]
    stored = [(make_gold(pair.one), make_gold(pair.other)) for pair in pairs]
    hits = [other in found(reviewer, one, limit=20) for one, other in stored]
    assert sum(hits) >= 0.85 * len(hits)


def make_gold(claim: dict) -> Claim:
    return say(claim["stand_alone"] or claim["headline"], claim["headline"], facts=claim["facts"])
