"""The desk's vocabularies as people read them, in their language."""

from django.utils.translation import gettext_lazy as _

from claims.enums import (
    Change,
    Channel,
    Choice,
    ClaimKind,
    ClaimStatus,
    DeliveryStatus,
    DismissalReason,
    EmailStatus,
    ExtractionStatus,
    OpinionAnswer,
    OpinionStatus,
    PageStatus,
    PauseReason,
    Role,
    Stance,
    WebhookEvent,
)
from claims.intake import revising, web_failures  # noqa: F401  the pages say what their jobs have stored
from claims.notifications.words import KINDS

STATUSES = {
    ClaimStatus.EXTRACTED: _("Extracted"),
    ClaimStatus.QUEUED: _("Queued"),
    ClaimStatus.IN_REVIEW: _("In review"),
    ClaimStatus.IN_ADJUDICATION: _("In adjudication"),
    ClaimStatus.DECIDED: _("Decided"),
    ClaimStatus.PUBLISHED: _("Published"),
    ClaimStatus.DISMISSED: _("Dismissed"),
    ClaimStatus.DUPLICATE: _("Duplicate"),
}
STANCES = {
    Stance.SUPPORTS: _("Supports"),
    Stance.REFUTES: _("Refutes"),
    Stance.CONTEXT: _("Context"),
}
EXTRACTION = {
    ExtractionStatus.WAITING: _("Waiting to be read"),
    ExtractionStatus.EXTRACTING: _("Being read"),
    ExtractionStatus.EXTRACTED: _("Read"),
    ExtractionStatus.FAILED: _("Could not be read"),
}
MAIL = {
    EmailStatus.WAITING: _("Waiting"),
    EmailStatus.SENDING: _("Sending"),
    EmailStatus.SENT: _("Sent"),
    EmailStatus.FAILED: _("Failed"),
    EmailStatus.WITHDRAWN: _("Withdrawn"),
}
ROLES = {
    Role.REVIEWER: _("Reviewer"),
    Role.EDITOR: _("Editor"),
    Role.PRODUCER: _("Producer"),
    Role.ADMINISTRATOR: _("Administrator"),
}
CHANGES = {
    Change.ADDED: _("added"),
    Change.FOUND_AGAIN: _("found again"),
    Change.RETIRED: _("retired"),
    Change.RELABELLED: _("relabelled"),
    Change.KEPT: _("kept"),
    Change.ELSEWHERE: _("no longer found here, but another version of the article holds them"),
    Change.LEFT_ALONE: _("left alone, because a person worked on them"),
}
DISMISSALS = {
    DismissalReason.OPINION: _("An opinion"),
    DismissalReason.NOT_CHECKABLE: _("Cannot be checked"),
    DismissalReason.TRIVIAL: _("Trivial"),
    DismissalReason.OUT_OF_SCOPE: _("Not for this desk"),
    DismissalReason.MISREAD: _("The words were misread"),
    DismissalReason.NO_LONGER_FOUND: _("No longer found by the machine"),
    DismissalReason.OTHER: _("Another reason"),
}
CHANNELS = {
    Channel.EMAIL: _("E-mail"),
    Channel.PHONE: _("Phone"),
    Channel.MESSAGE: _("Message"),
    Channel.LETTER: _("Letter"),
    Channel.IN_PERSON: _("In person"),
    Channel.OTHER: _("Another way"),
}
OPINION_ANSWERS = {
    OpinionAnswer.AGREE: _("Agrees"),
    OpinionAnswer.OBJECT: _("Objects"),
    OpinionAnswer.CANNOT_SAY: _("Cannot say"),
}
OPINION_STATUSES = {
    OpinionStatus.OPEN: _("Not answered yet"),
    OpinionStatus.ANSWERED: _("Answered"),
    OpinionStatus.REVOKED: _("Revoked"),
    OpinionStatus.EXPIRED: _("Expired"),
}
WEBHOOK_EVENTS = {
    WebhookEvent.CLAIM_QUEUED: _("A claim comes into the queue"),
    WebhookEvent.CLAIM_DECIDED: _("A claim is decided"),
    WebhookEvent.CLAIM_DISMISSED: _("A claim is dismissed"),
    WebhookEvent.CLAIM_REOPENED: _("A claim is brought back"),
    WebhookEvent.CLAIM_DUPLICATE: _("A claim is merged into another one"),
    WebhookEvent.CLAIM_CORRECTED: _("A claim’s words, headline or kind are corrected"),
    WebhookEvent.FACT_CHECK_PUBLISHED: _("A fact-check is published"),
    WebhookEvent.FACT_CHECK_CORRECTED: _("A fact-check is corrected"),
    WebhookEvent.FACT_CHECK_WITHDRAWN: _("A fact-check is withdrawn"),
    WebhookEvent.ARTICLE_EXTRACTED: _("The claims of an article are found"),
    WebhookEvent.ARTICLE_FAILED: _("An article cannot be read"),
    WebhookEvent.PING: _("A test"),
}
DELIVERIES = {
    DeliveryStatus.WAITING: _("Waiting"),
    DeliveryStatus.SENDING: _("Sending"),
    DeliveryStatus.DELIVERED: _("Delivered"),
    DeliveryStatus.FAILED: _("Failed"),
}
PAUSES = {
    PauseReason.BY_HAND: _("It was paused by hand."),
    PauseReason.FAILING: _("For a day nothing could be delivered. Mend the target, then resume."),
    PauseReason.GONE: _("The target said that it is gone for good (410). Give another address, or delete the webhook."),
}
PAGES = {
    PageStatus.WAITING: _("Waiting to be read"),
    PageStatus.READING: _("Being read"),
    PageStatus.READ: _("Read"),
    PageStatus.FAILED: _("Could not be read"),
    PageStatus.SKIPPED: _("Passed over: the feed named too many pages at once"),
}
_WORDS: dict[type[Choice], dict] = {
    ClaimStatus: STATUSES,
    ClaimKind: KINDS,
    Stance: STANCES,
    ExtractionStatus: EXTRACTION,
    EmailStatus: MAIL,
    Role: ROLES,
    Change: CHANGES,
    DismissalReason: DISMISSALS,
    Channel: CHANNELS,
    OpinionAnswer: OPINION_ANSWERS,
    OpinionStatus: OPINION_STATUSES,
    WebhookEvent: WEBHOOK_EVENTS,
    DeliveryStatus: DELIVERIES,
    PauseReason: PAUSES,
    PageStatus: PAGES,
}


def say(vocabulary: type[Choice], value: str) -> str:
    """The word for a stored value; one that the vocabulary does not know is shown as it is."""
    return str(_WORDS[vocabulary].get(value, value))  # type: ignore[call-overload]
