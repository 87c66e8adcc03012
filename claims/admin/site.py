from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _

from claims.admin import (
    adjudication_actions,
    article_pages,
    bulk_actions,
    closing_actions,
    contact_actions,
    correction_actions,
    evidence_details,
    fact_check_actions,
    feed_actions,
    feed_pages,
    figure_claims_page,
    figures_page,
    keys,
    language,
    mail_actions,
    mail_choices,
    mail_preview,
    mailbox_page,
    opinion_actions,
    own_settings,
    policy_page,
    queue_page,
    ratings_css,
    rereading,
    review_page,
    similar_page,
    turn_actions,
    unread_article,
    verdict_actions,
    webhook_actions,
    webhook_pages,
)
from claims.admin.desk_page import describe_desk
from claims.admin.doorway import explain_refusals, person_of, refuse_nul
from claims.admin.navigation import describe_navigation
from claims.admin.passwords import ending_tokens
from claims.admin.sign_in import DeskSignInForm, page_of
from claims.permissions import roles_of

PAGES: list[tuple[str, Callable[..., Any], str]] = [
    ("review/", queue_page.review_queue, "review_queue"),
    ("review/bulk/", bulk_actions.bulk, "bulk"),
    ("review/bulk/undo/", bulk_actions.bulk_undo, "bulk_undo"),
    ("review/take-next/", turn_actions.take_next_claim, "take_next"),
    ("review/evidence-details/", evidence_details.evidence_details, "evidence_details"),
    ("review/<int:claim_id>/", review_page.review_claim, "review_claim"),
    ("review/<int:claim_id>/similar/", similar_page.similar, "similar_claims"),
    ("review/<int:claim_id>/take/", turn_actions.take, "take_claim"),
    ("review/<int:claim_id>/assign/", turn_actions.assign, "assign_claim"),
    ("review/<int:claim_id>/reassign/", turn_actions.reassign_turn, "reassign"),
    ("review/<int:claim_id>/priority/", turn_actions.prioritise, "prioritise_claim"),
    ("review/<int:claim_id>/release/", turn_actions.release, "release_claim"),
    ("review/<int:claim_id>/heartbeat/", turn_actions.heartbeat, "heartbeat"),
    ("review/<int:claim_id>/draft/", verdict_actions.draft, "save_draft"),
    ("review/<int:claim_id>/evidence/", verdict_actions.evidence, "add_evidence"),
    ("review/<int:claim_id>/verdict/", verdict_actions.verdict, "record_verdict"),
    ("review/<int:claim_id>/dismissal/", closing_actions.dismissal, "dismiss_claim"),
    ("review/<int:claim_id>/reopening/", closing_actions.reopening, "reopen_claim"),
    ("review/<int:claim_id>/restoration/", closing_actions.restoration, "restore_decision"),
    ("review/<int:claim_id>/merging/", closing_actions.merging, "merge_claim"),
    ("review/<int:claim_id>/unmerging/", closing_actions.unmerging, "unmerge_claim"),
    ("review/<int:claim_id>/correction/", correction_actions.correction, "correct_claim"),
    ("review/<int:claim_id>/split/", correction_actions.split, "split_claim"),
    ("review/<int:claim_id>/adjudication/", adjudication_actions.adjudication, "adjudicate"),
    ("review/<int:claim_id>/another-round/", adjudication_actions.another_round, "another_round"),
    ("review/<int:claim_id>/contacts/", contact_actions.contact, "ask_claimant"),
    ("review/<int:claim_id>/contacts/<int:contact_id>/answer/", contact_actions.answer, "note_answer"),
    ("review/<int:claim_id>/opinions/", opinion_actions.opinion, "ask_opinion"),
    ("review/<int:claim_id>/opinions/<int:opinion_id>/revocation/", opinion_actions.revocation, "revoke_opinion"),
    ("review/<int:claim_id>/opinions/<int:opinion_id>/repetition/", opinion_actions.repetition, "repeat_opinion"),
    ("review/<int:claim_id>/publication/", fact_check_actions.publication, "publish_claim"),
    (
        "review/<int:claim_id>/fact-checks/<slug:slug>/correction/",
        fact_check_actions.fact_check_correction,
        "correct_fact_check",
    ),
    ("review/<int:claim_id>/fact-checks/<slug:slug>/withdrawal/", fact_check_actions.withdrawal, "withdraw_fact_check"),
    ("settings/", own_settings.own_settings, "own_settings"),
    ("keys/", keys.change_keys, "change_keys"),
    ("language/", language.choose_language, "choose_language"),
    ("mail/", mail_choices.mail_choices, "mail_choices"),
    ("mail/desk/", mail_choices.mail_defaults, "mail_defaults"),
    ("mail/preview/", mail_preview.mail_previews, "mail_previews"),
    ("mail/preview/<str:kind>/", mail_preview.mail_preview, "mail_preview"),
    ("mail/preview/<str:kind>/html/", mail_preview.mail_preview_html, "mail_preview_html"),
    ("policy/", policy_page.policy, "policy"),
    ("figures/", figures_page.figures, "figures"),
    ("figures/claims/", figure_claims_page.figure_claims, "figure_claims"),
    ("articles/add/", article_pages.add_article_page, "add_article"),
    ("articles/<int:article_id>/", article_pages.article_page, "article"),
    ("articles/<int:article_id>/claims/", article_pages.add_claim_to, "add_claim"),
    ("articles/<int:article_id>/retry/", article_pages.retry, "retry_extraction"),
    ("articles/<int:article_id>/reading/", unread_article.retry, "retry_page"),
    ("articles/<int:article_id>/reextraction/", rereading.reextract, "reextract"),
    ("mails/<int:email_id>/resend/", mail_actions.resend_email, "resend_email"),
    ("webhooks/", webhook_pages.webhooks, "webhooks"),
    ("webhooks/<int:webhook_id>/", webhook_pages.webhook, "webhook"),
    ("webhooks/<int:webhook_id>/secret/", webhook_actions.secret, "webhook_secret"),
    ("webhooks/<int:webhook_id>/pause/", webhook_actions.pause, "pause_webhook"),
    ("webhooks/<int:webhook_id>/resumption/", webhook_actions.resumption, "resume_webhook"),
    ("webhooks/<int:webhook_id>/test/", webhook_actions.test, "test_webhook"),
    ("webhooks/<int:webhook_id>/deletion/", webhook_actions.deletion, "delete_webhook"),
    ("webhooks/<int:webhook_id>/deliveries/<int:delivery_id>/replay/", webhook_actions.replay, "replay_delivery"),
    ("feeds/", feed_pages.feeds, "feeds"),
    ("feeds/<int:feed_id>/", feed_pages.feed, "feed"),
    ("feeds/<int:feed_id>/reading/", feed_actions.reading, "read_feed"),
    ("feeds/<int:feed_id>/pause/", feed_actions.pause, "pause_feed"),
    ("feeds/<int:feed_id>/resumption/", feed_actions.resumption, "resume_feed"),
    ("feeds/<int:feed_id>/deletion/", feed_actions.deletion, "delete_feed"),
    ("feeds/<int:feed_id>/entries/<int:entry_id>/retry/", feed_actions.retry, "retry_entry"),
    ("mailbox/", mailbox_page.mailbox, "mailbox"),
    ("mailbox/<str:name>/", mailbox_page.mail, "mailbox_mail"),
    ("mailbox/<str:name>/html/", mailbox_page.mail_html, "mailbox_html"),
]


class DeskSite(AdminSite):
    """Django's admin site with the review desk in it. A role at the desk lets one in; `is_staff` means nothing here."""

    site_header = site_title = _("Fact-check desk")
    index_title = _("Desk")
    site_url = None
    enable_nav_sidebar = False
    login_form = DeskSignInForm
    empty_value_display = "–"

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(roles_of(person_of(request)))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return self._sign_in_first(super().admin_view(refuse_nul(view), cacheable))

    def _sign_in_first(self, view: Any) -> Any:
        """Who sent a form after their session had ended comes back to its page, where what they typed is kept."""

        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            is_form = request.method == "POST" and request.path != reverse("admin:logout")
            if is_form and not self.has_permission(request):
                return redirect_to_login(page_of(request), reverse("admin:login"))
            return view(request, *args, **kwargs)

        return wrapped

    def get_urls(self) -> list[URLResolver | URLPattern]:
        pages = [path(route, self.admin_view(explain_refusals(view)), name=name) for route, view, name in PAGES]
        colours = self.admin_view(ratings_css.ratings_css, cacheable=True)
        return [path("review/ratings.css", colours, name="ratings_css"), *pages, *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | describe_navigation(request) | keys.describe_keys(person_of(request))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        with ending_tokens(request, person_of(request)):
            return super().password_change(request, extra_context)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, describe_desk(person_of(request)) | (extra_context or {}))
