from django.urls import path

from claims.api.views import articles, assignments, claims, contacts, desk, figures, moves, policy
from claims.api.views.schema import Schema

app_name = "api"
urlpatterns = [
    path("schema/", Schema.as_view(), name="schema"),
    path("articles/", articles.ArticleList.as_view(), name="articles"),
    path("articles/bulk/", articles.ArticleBulk.as_view(), name="article-bulk"),
    path("articles/<int:article_id>/", articles.ArticleDetail.as_view(), name="article"),
    path("claims/", claims.ClaimList.as_view(), name="claims"),
    path("claims/<int:claim_id>/", claims.ClaimDetail.as_view(), name="claim"),
    path("claims/<int:claim_id>/appearances/", claims.ClaimAppearances.as_view(), name="claim-appearances"),
    path("claims/<int:claim_id>/history/", claims.ClaimHistory.as_view(), name="claim-history"),
    path("claims/<int:claim_id>/evidence/", claims.ClaimEvidence.as_view(), name="claim-evidence"),
    path("claims/<int:claim_id>/dismissal/", moves.ClaimDismissal.as_view(), name="claim-dismissal"),
    path("claims/<int:claim_id>/reopening/", moves.ClaimReopening.as_view(), name="claim-reopening"),
    path("claims/<int:claim_id>/restoration/", moves.ClaimRestoration.as_view(), name="claim-restoration"),
    path("claims/<int:claim_id>/merge/", moves.ClaimMerge.as_view(), name="claim-merge"),
    path("claims/<int:claim_id>/unmerge/", moves.ClaimUnmerge.as_view(), name="claim-unmerge"),
    path("claims/<int:claim_id>/adjudication/", moves.ClaimAdjudication.as_view(), name="claim-adjudication"),
    path("claims/<int:claim_id>/priority/", moves.ClaimPriority.as_view(), name="claim-priority"),
    path("claims/<int:claim_id>/verdicts/", claims.ClaimVerdicts.as_view(), name="claim-verdicts"),
    path("claims/<int:claim_id>/contacts/", contacts.ClaimContacts.as_view(), name="claim-contacts"),
    path("contacts/<int:contact_id>/answer/", contacts.ContactAnswer.as_view(), name="contact-answer"),
    path("claims/<int:claim_id>/draft/", desk.ClaimDraft.as_view(), name="claim-draft"),
    path("assignments/", assignments.AssignmentList.as_view(), name="assignments"),
    path("assignments/<int:assignment_id>/", assignments.AssignmentDetail.as_view(), name="assignment"),
    path("assignments/<int:assignment_id>/heartbeat/", assignments.AssignmentHeartbeat.as_view(), name="heartbeat"),
    path("assignments/<int:assignment_id>/verdict/", assignments.AssignmentVerdict.as_view(), name="verdict"),
    path(
        "assignments/<int:assignment_id>/reassignment/",
        assignments.AssignmentReassignment.as_view(),
        name="reassignment",
    ),
    path("policy/", policy.PolicyList.as_view(), name="policy"),
    path("ratings/", desk.RatingList.as_view(), name="ratings"),
    path("queue/", desk.Queue.as_view(), name="queue"),
    path("figures/agreement/", figures.AgreementFigures.as_view(), name="figures-agreement"),
    path("figures/flow/", figures.FlowFigures.as_view(), name="figures-flow"),
    path("figures/dismissals/", figures.DismissalFigures.as_view(), name="figures-dismissals"),
    path("figures/agreement.csv", figures.AgreementFile.as_view(), name="figures-agreement-csv"),
    path("figures/flow.csv", figures.FlowFile.as_view(), name="figures-flow-csv"),
    path("figures/dismissals.csv", figures.DismissalFile.as_view(), name="figures-dismissals-csv"),
    path("me/", desk.Me.as_view(), name="me"),
    path("me/preferences/", desk.Preferences.as_view(), name="preferences"),
]
