"""The desk's rating scales; only administrators change them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from claims.admin.powers import DeskModelAdmin
from claims.models import Rating, RatingScale
from claims.permissions import Power


class ScaleAdmin(DeskModelAdmin):
    view_power = add_power = change_power = Power.ADMINISTER


@admin.register(RatingScale)
class RatingScaleAdmin(ScaleAdmin):
    list_display = ["name", "is_default"]


@admin.register(Rating)
class RatingAdmin(ScaleAdmin):
    list_display = ["swatch", "position", "value", "meaning", "scale"]
    list_select_related = ["scale"]

    @admin.display(description=_("name"), ordering="name")
    def swatch(self, rating: Rating) -> str:
        return format_html('<span class="rating rating-{}">{}</span>', rating.pk, rating.name)

    def get_readonly_fields(self, request: HttpRequest, obj: Rating | None = None) -> list[str]:
        """What a verdict bears keeps its scale, name and value: the verdict must go on saying the same."""
        return ["scale", "name", "value"] if obj and obj.verdicts.exists() else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_changeform_initial_data(request) | {
            "scale": RatingScale.objects.filter(is_default=True).first()
        }
