"""The closed vocabularies of the desk. Pure Python: the extraction package uses them without Django."""

from enum import StrEnum


class Choice(StrEnum):
    """An enum whose members are their own stored value and read well on a page."""

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """(stored value, label) pairs, as a Django field wants them."""
        return [(member.value, member.label) for member in cls]


class ClaimStatus(Choice):
    EXTRACTED = "extracted"
    QUEUED = "queued"
    IN_REVIEW = "in_review"
    IN_ADJUDICATION = "in_adjudication"
    DECIDED = "decided"
    PUBLISHED = "published"
    DISMISSED = "dismissed"
    DUPLICATE = "duplicate"


class ClaimKind(Choice):
    """Full Fact's claim schema, plus `event`."""

    QUANTITY = "quantity"
    EVENT = "event"
    CAUSATION = "causation"
    RULE = "rule"
    PREDICTION = "prediction"
    EXPERIENCE = "experience"
    OTHER = "other"


class ExtractionStatus(Choice):
    """Where a version stands on its way through the extractor."""

    WAITING = "waiting"
    EXTRACTING = "extracting"
    EXTRACTED = "extracted"
    FAILED = "failed"


class SeatStatus(Choice):
    OPEN = "open"
    TAKEN = "taken"
    FILLED = "filled"
    WITHDRAWN = "withdrawn"


class AssignmentOutcome(Choice):
    """How a turn in a seat ended; an open assignment has none yet."""

    VERDICT = "verdict"
    RELEASED = "released"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class Stance(Choice):
    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"


class EventKind(Choice):
    """What can happen to a claim; one `ClaimEvent` each."""

    EXTRACTED = "extracted"
    QUEUED = "queued"
    TAKEN = "taken"
    ASSIGNED = "assigned"
    RELEASED = "released"
    LAPSED = "lapsed"
    EVIDENCE_ADDED = "evidence_added"
    VERDICT_RECORDED = "verdict_recorded"
    DECIDED = "decided"
    DISMISSED = "dismissed"
    REOPENED = "reopened"
    APPEARED = "appeared"
    RELABELLED = "relabelled"
    RETIRED = "retired"
    FOUND_AGAIN = "found_again"
    REASSIGNED = "reassigned"
    VERDICTS_DIFFER = "verdicts_differ"
    ADJUDICATED = "adjudicated"
    SENT_BACK = "sent_back"  # to another round, by an adjudicator
    MERGED = "merged"
    UNMERGED = "unmerged"
    RESTORED = "restored"  # a reopening was undone
    PRIORITISED = "prioritised"
    ESCALATED = "escalated"
    CLAIMANT_ASKED = "claimant_asked"
    CLAIMANT_ANSWERED = "claimant_answered"
    CORRECTED = "corrected"  # its words, headline or kind, by an editor
    SPLIT = "split"
    OPINION_ASKED = "opinion_asked"  # of somebody without an account, who acts in the next, the given and the refused
    OPINION_OPENED = "opinion_opened"
    OPINION_GIVEN = "opinion_given"
    OPINION_REVOKED = "opinion_revoked"
    OPINION_REFUSED = "opinion_refused"  # a link was used that no longer holds
    PUBLISHED = "published"
    FACT_CHECK_CORRECTED = "fact_check_corrected"
    FACT_CHECK_WITHDRAWN = "fact_check_withdrawn"


class DismissalReason(Choice):
    """Why a claim is not worth checking; what the extractor can learn from it."""

    OPINION = "opinion"
    NOT_CHECKABLE = "not_checkable"
    TRIVIAL = "trivial"
    OUT_OF_SCOPE = "out_of_scope"
    MISREAD = "misread"  # the machine misread the words
    NO_LONGER_FOUND = "no_longer_found"  # the machine's own reason
    OTHER = "other"


class Channel(Choice):
    """How a claimant was asked."""

    EMAIL = "email"
    PHONE = "phone"
    MESSAGE = "message"
    LETTER = "letter"
    IN_PERSON = "in_person"
    OTHER = "other"


class OpinionAnswer(Choice):
    """What somebody without an account says of a claim."""

    AGREE = "agree"
    OBJECT = "object"
    CANNOT_SAY = "cannot_say"


class OpinionStatus(Choice):
    """Where the link stands with which somebody was asked for an opinion."""

    OPEN = "open"
    ANSWERED = "answered"
    REVOKED = "revoked"
    EXPIRED = "expired"


class Change(Choice):
    """What another reading of a version, by a newer extractor, does to a claim in it."""

    ADDED = "added"
    FOUND_AGAIN = "found_again"
    RELABELLED = "relabelled"
    KEPT = "kept"
    RETIRED = "retired"
    ELSEWHERE = "elsewhere"  # no longer found in this version, but another version of the article holds it
    LEFT_ALONE = "left_alone"  # the reading would change or retire it, but a person has worked on it


class EmailKind(Choice):
    """What is mailed; who hears of each, and when, stands in `claims.notifications.routes`."""

    CLAIMS_WAITING = "claims_waiting"
    CLAIM_ASSIGNED = "claim_assigned"
    TURN_ENDED = "turn_ended"  # by somebody else
    TURN_LAPSED = "turn_lapsed"
    VERDICT_RECORDED = "verdict_recorded"
    SECOND_VERDICT = "second_verdict"
    ADJUDICATION_NEEDED = "adjudication_needed"
    CLAIM_DECIDED = "claim_decided"
    OUTCOME_CHANGED = "outcome_changed"
    FACT_CHECK_PUBLISHED = "fact_check_published"
    FACT_CHECK_CORRECTED = "fact_check_corrected"  # or withdrawn
    CLAIMS_OVERDUE = "claims_overdue"
    ARTICLE_FAILED = "article_failed"
    FEED_FAILING = "feed_failing"
    OPINION_ASKED = "opinion_asked"  # to somebody without an account
    OPINION_GIVEN = "opinion_given"
    WEBHOOK_PAUSED = "webhook_paused"  # by the desk
    DIGEST = "digest"


class Timing(Choice):
    """When a person hears of an event."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    NEVER = "never"


class EmailStatus(Choice):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"  # its recipient has left the desk


class WebhookEvent(Choice):
    """What programs are told of, by the type that they see."""

    CLAIM_QUEUED = "claim.queued"
    CLAIM_DECIDED = "claim.decided"
    CLAIM_DISMISSED = "claim.dismissed"
    CLAIM_REOPENED = "claim.reopened"
    CLAIM_DUPLICATE = "claim.duplicate"
    CLAIM_CORRECTED = "claim.corrected"
    FACT_CHECK_PUBLISHED = "fact_check.published"
    FACT_CHECK_CORRECTED = "fact_check.corrected"
    FACT_CHECK_WITHDRAWN = "fact_check.withdrawn"
    ARTICLE_EXTRACTED = "article.extracted"
    ARTICLE_FAILED = "article.failed"
    PING = "ping"  # a test, which nobody subscribes to

    @property
    def label(self) -> str:
        return self.value.replace(".", " ").replace("_", "-").capitalize()


class DeliveryStatus(Choice):
    WAITING = "waiting"
    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"


class PauseReason(Choice):
    """Why a webhook is paused."""

    BY_HAND = "by_hand"
    FAILING = "failing"  # nothing was delivered for a day
    GONE = "gone"  # the target said so


class PageStatus(Choice):
    """Where a page of the web stands on its way to the text of an article."""

    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    FAILED = "failed"
    SKIPPED = "skipped"  # its feed named more at once than the desk reads


# An article without a text is in the extraction that its page allows.
UNREAD: dict[str, tuple[PageStatus, ...]] = {
    ExtractionStatus.WAITING: (PageStatus.WAITING, PageStatus.READING),
    ExtractionStatus.FAILED: (PageStatus.FAILED,),
}


class Role(Choice):
    """The desk's groups, by name."""

    REVIEWER = "reviewer"
    EDITOR = "editor"
    PRODUCER = "producer"
    ADMINISTRATOR = "administrator"
