"""Addresses of the desk."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from claims.pages.health import healthz
from claims.pages.mail_off import mail_off
from claims.pages.opinion_page import opinion

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("healthz/", healthz, name="healthz"),
    path("mail/off/<str:token>/", mail_off, name="mail_off"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("claims.api.urls")),
    path("opinions/<str:link>/", opinion, name="opinion"),
]

handler400 = "claims.api.error_pages.bad_request"
handler403 = "claims.api.error_pages.permission_denied"
handler404 = "claims.api.error_pages.not_found"
handler500 = "claims.api.error_pages.server_error"
