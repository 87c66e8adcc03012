"""Addresses of the desk."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from claims.pages.fact_check_corrections import fact_check_corrections
from claims.pages.fact_check_feed import fact_check_feed
from claims.pages.fact_checks import fact_check, fact_checks
from claims.pages.health import healthz
from claims.pages.mail_off import mail_off
from claims.pages.opinion_page import opinion

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("healthz/", healthz, name="healthz"),
    path("mail/off/<str:token>/", mail_off, name="mail_off"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("claims.api.urls")),
    path("fact-checks/", fact_checks, name="fact_checks"),
    path("fact-checks/corrections/", fact_check_corrections, name="fact_check_corrections"),
    path("fact-checks/feed/", fact_check_feed, name="fact_check_feed"),
    path("fact-checks/<slug:slug>/", fact_check, name="fact_check"),
    path("opinions/<str:link>/", opinion, name="opinion"),
]

handler400 = "claims.api.error_pages.bad_request"
handler403 = "claims.api.error_pages.permission_denied"
handler404 = "claims.api.error_pages.not_found"
handler500 = "claims.api.error_pages.server_error"
