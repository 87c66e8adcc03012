"""Who may do what, once: roles give powers, and every queryset starts from what the caller may see."""

from collections.abc import Iterable
from enum import Enum, auto

from django.contrib.auth.models import AnonymousUser, Group
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When
from django.utils.translation import gettext as _

from claims.enums import ClaimStatus, Role
from claims.exceptions import NotPermitted
from claims.models import (
    Article,
    Assignment,
    Claim,
    ClaimantContact,
    ClaimEvent,
    Evidence,
    FactCheck,
    Feed,
    OutgoingEmail,
    OutsideOpinion,
    Reviewer,
    Verdict,
    Webhook,
)
from claims.words import role_within_sentence

Person = Reviewer | AnonymousUser


class Power(Enum):
    SEE_DESK = auto()  # articles and claims, with their outcome
    SEE_REVIEW = auto()  # queue, verdicts, evidence, history
    ADD_ARTICLES = auto()
    MANAGE_FEEDS = auto()  # from which articles come in by themselves
    ADD_CLAIMS = auto()
    REVIEW = auto()
    DISMISS = auto()
    REOPEN = auto()
    REEXTRACT = auto()  # have an article read again by a newer extractor
    ASSIGN = auto()  # give claims to people, take them over, change their place in the queue
    ADJUDICATE = auto()  # where the claim's rule gives it to the role
    MERGE = auto()
    PUBLISH = auto()  # and correct and withdraw what is published
    CORRECT = auto()  # what the machine made of the words
    ASK_OUTSIDE = auto()  # show a claim to somebody without an account, and ask what they think
    SET_POLICY = auto()
    SEE_FIGURES = auto()
    OWN_WEBHOOKS = auto()  # programs of theirs are told of articles and claims
    ADMINISTER = auto()


POWERS: dict[Role, frozenset[Power]] = {
    Role.PRODUCER: frozenset({Power.SEE_DESK, Power.ADD_ARTICLES, Power.OWN_WEBHOOKS}),
    Role.REVIEWER: frozenset(
        {Power.SEE_DESK, Power.SEE_REVIEW, Power.ADD_CLAIMS, Power.REVIEW, Power.DISMISS},
    ),
    Role.EDITOR: frozenset(Power) - {Power.ADMINISTER},
    Role.ADMINISTRATOR: frozenset(
        {
            Power.SEE_DESK,
            Power.SEE_REVIEW,
            Power.ADD_ARTICLES,
            Power.MANAGE_FEEDS,
            Power.ADJUDICATE,
            Power.SET_POLICY,
            Power.SEE_FIGURES,
            Power.OWN_WEBHOOKS,
            Power.ADMINISTER,
        }
    ),
}


def roles_of(person: Person) -> frozenset[Role]:
    """The desk roles of a person; read once an object, since pages and serializers ask many times."""
    if not person.is_authenticated or not person.is_active:
        return frozenset()
    if not hasattr(person, "_desk_roles"):
        remember_roles(person, person.groups.values_list("name", flat=True))
    roles: frozenset[Role] = getattr(person, "_desk_roles")  # noqa: B009  the model knows nothing of it
    return roles


def remember_roles(person: Reviewer, groups: Iterable[str]) -> None:
    """For who has read the names of a person's groups already."""
    names = set(groups)
    roles = frozenset(role for role in Role if role in names)
    known = roles | {Role.ADMINISTRATOR} if person.is_superuser else roles
    setattr(person, "_desk_roles", known)  # noqa: B010


def with_groups(people: QuerySet[Reviewer]) -> QuerySet[Reviewer]:
    """Each with the names of their groups, for `remember_roles(person, person.group_names)`."""
    groups = Group.objects.filter(user=OuterRef("pk")).values("name")
    return people.annotate(group_names=ArraySubquery(groups))


def can(person: Person, power: Power) -> bool:
    return any(power in POWERS[role] for role in roles_of(person))


def require(person: Person, power: Power) -> None:
    """Raises NotPermitted, saying which role would do."""
    if not can(person, power):
        needed = _(" or ").join(role_within_sentence(role) for role in Role if power in POWERS[role])
        words = _("This needs the role of %(role)s. Ask an administrator of the desk for it.")
        raise NotPermitted(words % {"role": needed})


def people_who_can(power: Power) -> QuerySet[Reviewer]:
    """Active people whose groups give them the power (superusers without a group are not mailed or assigned)."""
    names = [role.value for role in Role if power in POWERS[role]]
    return Reviewer.objects.filter(is_active=True, groups__name__in=names).distinct().order_by("id")


def visible_articles(person: Person) -> QuerySet[Article]:
    return Article.objects.all() if can(person, Power.SEE_DESK) else Article.objects.none()


def blind_claims(person: Person) -> QuerySet[Claim]:
    """Claims whose verdicts, and whatever hints at them, this person must not see yet.

    In blind review that is everybody who could still judge: who has not given a verdict since the review began. Who may
    adjudicate sees them once all are in, and then sits in no later round of that claim. A decision ends it.
    """
    if not can(person, Power.REVIEW):
        return Claim.objects.none()
    verdicts = Assignment.objects.filter(
        claim=OuterRef("pk"), reviewer=person.pk, outcome="verdict", seat__round__gte=OuterRef("first_round")
    )
    undecided = Claim.objects.exclude(status__in=[ClaimStatus.DECIDED, ClaimStatus.PUBLISHED])
    theirs = Q(status=ClaimStatus.IN_ADJUDICATION, rule__adjudicated_by__in=roles_of(person))
    return undecided.filter(~theirs, ~Exists(verdicts), rule__is_blind=True)


def is_blind_to(person: Person, claim: Claim) -> bool:
    return blind_claims(person).filter(pk=claim.pk).exists()


def visible_claims(person: Person) -> QuerySet[Claim]:
    """Each with its `shown_status`: that verdicts differ is hidden from who must not know it."""
    if not can(person, Power.SEE_DESK):
        return Claim.objects.none()
    claims = Claim.objects.all()
    if not can(person, Power.REVIEW):
        return claims.annotate(shown_status=F("status"))
    hidden = Q(Exists(blind_claims(person).filter(pk=OuterRef("pk"))), status=ClaimStatus.IN_ADJUDICATION)
    shown = Case(When(hidden, then=Value(ClaimStatus.IN_REVIEW)), default=F("status"), output_field=CharField())
    return claims.annotate(shown_status=shown)


def with_shown_status(claims: QuerySet[Claim], statuses: Iterable[str]) -> QuerySet[Claim]:
    """Those of `visible_claims` that show one of the statuses; the first condition is what an index can find."""
    wanted = set(statuses)
    stored = wanted | ({ClaimStatus.IN_ADJUDICATION.value} if ClaimStatus.IN_REVIEW in wanted else set())
    return claims.filter(status__in=stored).filter(Q(shown_status__in=wanted))


def _before_blindness(person: Person, at: str) -> Q:
    """Of rows with a claim and a time: those of claims the person is not blind to, or from before the review began."""
    blind = Exists(blind_claims(person).filter(pk=OuterRef("claim")))
    return ~blind | Q(**{f"{at}__lte": F("claim__review_began_at")})


def visible_evidence(person: Person) -> QuerySet[Evidence]:
    """What colleagues found since a blind review began would tell which way they lean."""
    if not can(person, Power.SEE_REVIEW):
        return Evidence.objects.none()
    return Evidence.objects.filter(_before_blindness(person, "created_at") | Q(added_by=person.pk))


def visible_events(person: Person) -> QuerySet[ClaimEvent]:
    if not can(person, Power.SEE_REVIEW):
        return ClaimEvent.objects.none()
    return ClaimEvent.objects.filter(_before_blindness(person, "at"))


def visible_verdicts(person: Person) -> QuerySet[Verdict]:
    if not can(person, Power.SEE_REVIEW):
        return Verdict.objects.none()
    blind = Exists(blind_claims(person).filter(pk=OuterRef("assignment__claim")))
    return Verdict.objects.filter(~blind | Q(assignment__reviewer=person.pk))


def visible_assignments(person: Person) -> QuerySet[Assignment]:
    """Who has judged already, and how often, would tell of rounds; a table that nobody sits at, that verdicts differ.

    Who adjudicates is told of that anyway, and sees who sits there.
    """
    if not can(person, Power.SEE_REVIEW):
        return Assignment.objects.none()
    blind = Exists(blind_claims(person).filter(pk=OuterRef("claim")))
    running = Q(closed_at=None, claim__rule__adjudicated_by__in=roles_of(person))
    return Assignment.objects.filter(~blind | running | Q(reviewer=person.pk))


def visible_contacts(person: Person) -> QuerySet[ClaimantContact]:
    """Everybody who reviews: nobody shall ask a claimant twice. The form says that colleagues read it."""
    return ClaimantContact.objects.all() if can(person, Power.SEE_REVIEW) else ClaimantContact.objects.none()


def visible_opinions(person: Person) -> QuerySet[OutsideOpinion]:
    """Each with its `shown_answer` and `shown_comment`, and with its `shown_address` for who may ask.

    Who owes a blind verdict sees what was answered before the review began; and what they have asked themselves, but
    for what was answered since: it would sway them.
    """
    if not can(person, Power.SEE_REVIEW):
        return OutsideOpinion.objects.none()
    may_know = _before_blindness(person, "answered_at")
    address = F("address") if can(person, Power.ASK_OUTSIDE) else Value("")
    shown = {
        "shown_answer": Case(When(may_know, then=F("answer")), default=Value(""), output_field=CharField()),
        "shown_comment": Case(When(may_know, then=F("comment")), default=Value(""), output_field=TextField()),
        "shown_address": address,
    }
    return OutsideOpinion.objects.filter(may_know | Q(asked_by=person.pk)).annotate(**shown)


def visible_fact_checks(person: Person) -> QuerySet[FactCheck]:
    """What is, or was, on the desk's public pages."""
    return FactCheck.objects.all() if can(person, Power.SEE_DESK) else FactCheck.objects.none()


def public_fact_checks() -> QuerySet[FactCheck]:
    """What everybody may read, without an account; of what is withdrawn only that it is, when and why."""
    return FactCheck.objects.all()


def may_adjudicate(person: Person, claim: Claim) -> bool:
    """By role and rule; whether they have judged the claim already is asked at the act."""
    return can(person, Power.ADJUDICATE) and claim.rule is not None and claim.rule.adjudicated_by in roles_of(person)


def own_assignments(person: Person) -> QuerySet[Assignment]:
    if isinstance(person, Reviewer) and can(person, Power.REVIEW):
        return Assignment.objects.filter(reviewer=person)
    return Assignment.objects.none()


def visible_emails(person: Person) -> QuerySet[OutgoingEmail]:
    """Administrators see all mail, everybody at the desk their own."""
    if can(person, Power.ADMINISTER):
        return OutgoingEmail.objects.all()
    return OutgoingEmail.objects.filter(recipient_id=person.pk) if roles_of(person) else OutgoingEmail.objects.none()


def visible_feeds(person: Person) -> QuerySet[Feed]:
    return Feed.objects.all() if can(person, Power.MANAGE_FEEDS) else Feed.objects.none()


def visible_webhooks(person: Person) -> QuerySet[Webhook]:
    """Administrators see all, others who may have webhooks their own; each says whether it `is_stopped`."""
    if not can(person, Power.OWN_WEBHOOKS):
        return Webhook.objects.none()
    webhooks = Webhook.objects.annotate(is_stopped=~Exists(webhooks_with_owner().filter(pk=OuterRef("pk"))))
    return webhooks if can(person, Power.ADMINISTER) else webhooks.filter(owner_id=person.pk)


def webhooks_with_owner() -> QuerySet[Webhook]:
    """Those whose owner is at the desk and may have webhooks: of all others nothing leaves the desk."""
    may_own = Q(owner__in=people_who_can(Power.OWN_WEBHOOKS).order_by())
    return Webhook.objects.filter(may_own | Q(owner__is_active=True, owner__is_superuser=True))
