"""Who may do what, once: roles give powers, and every queryset starts from what the caller may see."""

from enum import Enum, auto

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from claims.enums import Role
from claims.exceptions import NotPermitted
from claims.models import Article, Assignment, Claim, ClaimEvent, Evidence, OutgoingEmail, Reviewer

Person = Reviewer | AnonymousUser


class Power(Enum):
    SEE_DESK = auto()  # articles and claims, with their outcome
    SEE_REVIEW = auto()  # queue, verdicts, evidence, history
    ADD_ARTICLES = auto()
    ADD_CLAIMS = auto()
    REVIEW = auto()
    DISMISS = auto()
    REOPEN = auto()
    REEXTRACT = auto()  # have an article read again by a newer extractor
    ASSIGN = auto()
    ADMINISTER = auto()


POWERS: dict[Role, frozenset[Power]] = {
    Role.PRODUCER: frozenset({Power.SEE_DESK, Power.ADD_ARTICLES}),
    Role.REVIEWER: frozenset(
        {Power.SEE_DESK, Power.SEE_REVIEW, Power.ADD_CLAIMS, Power.REVIEW, Power.DISMISS},
    ),
    Role.EDITOR: frozenset(Power) - {Power.ADMINISTER},
    Role.ADMINISTRATOR: frozenset({Power.SEE_DESK, Power.SEE_REVIEW, Power.ADD_ARTICLES, Power.ADMINISTER}),
}


def roles_of(person: Person) -> frozenset[Role]:
    """The desk roles of a person; read once an object, since pages and serializers ask many times."""
    if not person.is_authenticated or not person.is_active:
        return frozenset()
    roles: frozenset[Role] | None = person.__dict__.get("_desk_roles")
    if roles is None:
        names = set(person.groups.values_list("name", flat=True))
        roles = frozenset(role for role in Role if role in names)
        if person.is_superuser:
            roles |= {Role.ADMINISTRATOR}
        person.__dict__["_desk_roles"] = roles
    return roles


def can(person: Person, power: Power) -> bool:
    return any(power in POWERS[role] for role in roles_of(person))


def require(person: Person, power: Power) -> None:
    """Raises NotPermitted, saying which role would do."""
    if not can(person, power):
        needed = " or ".join(role.label.lower() for role in Role if power in POWERS[role])
        raise NotPermitted(f"This needs the role of {needed}. Ask an administrator of the desk for it.")


def people_who_can(power: Power) -> QuerySet[Reviewer]:
    """Active people whose groups give them the power (superusers without a group are not mailed or assigned)."""
    names = [role.value for role in Role if power in POWERS[role]]
    return Reviewer.objects.filter(is_active=True, groups__name__in=names).distinct().order_by("id")


def visible_articles(person: Person) -> QuerySet[Article]:
    return Article.objects.all() if can(person, Power.SEE_DESK) else Article.objects.none()


def visible_claims(person: Person) -> QuerySet[Claim]:
    return Claim.objects.all() if can(person, Power.SEE_DESK) else Claim.objects.none()


def visible_evidence(person: Person) -> QuerySet[Evidence]:
    return Evidence.objects.all() if can(person, Power.SEE_REVIEW) else Evidence.objects.none()


def visible_events(person: Person) -> QuerySet[ClaimEvent]:
    return ClaimEvent.objects.all() if can(person, Power.SEE_REVIEW) else ClaimEvent.objects.none()


def own_assignments(person: Person) -> QuerySet[Assignment]:
    if isinstance(person, Reviewer) and can(person, Power.REVIEW):
        return Assignment.objects.filter(reviewer=person)
    return Assignment.objects.none()


def visible_emails(person: Person) -> QuerySet[OutgoingEmail]:
    """Administrators see all mail, everybody at the desk their own."""
    if can(person, Power.ADMINISTER):
        return OutgoingEmail.objects.all()
    return OutgoingEmail.objects.filter(recipient_id=person.pk) if roles_of(person) else OutgoingEmail.objects.none()
