"""The desk's rating scales; only administrators change them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from claims.admin.powers import DeskModelAdmin
from claims.models import Rating, RatingScale
from claims.permissions import Power


class ScaleAdmin(DeskModelAdmin):
    view_power = add_power = change_power = Power.ADMINISTER


class RatingScaleForm(forms.ModelForm):
    """The scale that is ticked takes over as the default; without one, or with an empty one, nobody could judge."""

    def clean_is_default(self) -> bool:
        is_default = bool(self.cleaned_data["is_default"])
        if self.instance.is_default and not is_default:
            raise forms.ValidationError(
                _("The desk judges on this scale. Tick another scale as the default instead."), code="only_default"
            )
        if is_default and not (self.instance.pk and self.instance.ratings.exists()):
            raise forms.ValidationError(
                _("This scale has no ratings yet. Save it without the tick, give it ratings, then tick it."),
                code="no_ratings",
            )
        return is_default

    def _get_validation_exclusions(self) -> set[str]:  # Django's own, which its types leave out
        """Not refused for being the second default: saving it takes the tick from the first."""
        return super()._get_validation_exclusions() | {"is_default"}  # type: ignore[misc]


@admin.register(RatingScale)
class RatingScaleAdmin(ScaleAdmin):
    form = RatingScaleForm
    list_display = ["name", "is_default"]

    def save_model(self, request: HttpRequest, obj: RatingScale, form: Any, change: bool) -> None:
        if obj.is_default:
            RatingScale.objects.exclude(pk=obj.pk).update(is_default=False)
        super().save_model(request, obj, form, change)


@admin.register(Rating)
class RatingAdmin(ScaleAdmin):
    list_display = ["swatch", "position", "value", "meaning", "scale"]
    list_select_related = ["scale"]

    @admin.display(description=_("name"), ordering="name")
    def swatch(self, rating: Rating) -> str:
        return format_html('<span class="rating rating-{}">{}</span>', rating.pk, rating.name)

    def get_readonly_fields(self, request: HttpRequest, obj: Rating | None = None) -> list[str]:
        """What a verdict, decision or fact-check bears keeps its scale, name and value, to go on saying the same."""
        is_borne = obj and (obj.verdicts.exists() or obj.claims.exists() or obj.fact_checks.exists())
        return ["scale", "name", "value"] if is_borne else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_changeform_initial_data(request) | {
            "scale": RatingScale.objects.filter(is_default=True).first()
        }
