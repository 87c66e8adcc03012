from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = _("Fact-check desk")

    def ready(self) -> None:
        # All of them need the loaded models.
        from claims import checks  # noqa: F401, PLC0415
        from claims.defaults import create_defaults  # noqa: PLC0415
        from claims.words import translate_models  # noqa: PLC0415

        translate_models()
        post_migrate.connect(create_defaults, sender=self)
