"""The desk's nouns, one a file: fields, constraints and tiny properties."""

from claims.models.appearance import Appearance
from claims.models.article import Article
from claims.models.article_page import ArticlePage
from claims.models.article_version import ArticleVersion
from claims.models.assignment import Assignment
from claims.models.claim import Claim
from claims.models.claim_event import ClaimEvent
from claims.models.claimant import Claimant
from claims.models.claimant_contact import ClaimantContact
from claims.models.correction import Correction
from claims.models.digest_entry import DigestEntry
from claims.models.draft import Draft
from claims.models.evidence import Evidence
from claims.models.fact_check import FactCheck
from claims.models.feed import Feed
from claims.models.feed_entry import FeedEntry
from claims.models.mail_choice import MailChoice
from claims.models.outgoing_email import OutgoingEmail
from claims.models.outside_opinion import OutsideOpinion
from claims.models.rating import Rating
from claims.models.rating_scale import RatingScale
from claims.models.reviewer import Reviewer
from claims.models.seat import Seat
from claims.models.sign_off import SignOffPolicy, SignOffRule
from claims.models.verdict import Verdict
from claims.models.webhook import Webhook
from claims.models.webhook_delivery import WebhookDelivery

__all__ = [
    "Appearance",
    "Article",
    "ArticlePage",
    "ArticleVersion",
    "Assignment",
    "Claim",
    "ClaimEvent",
    "Claimant",
    "ClaimantContact",
    "Correction",
    "DigestEntry",
    "Draft",
    "Evidence",
    "FactCheck",
    "Feed",
    "FeedEntry",
    "MailChoice",
    "OutgoingEmail",
    "OutsideOpinion",
    "Rating",
    "RatingScale",
    "Reviewer",
    "Seat",
    "SignOffPolicy",
    "SignOffRule",
    "Verdict",
    "Webhook",
    "WebhookDelivery",
]
