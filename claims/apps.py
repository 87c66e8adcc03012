from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = "Fact-check desk"

    def ready(self) -> None:
        # Both need the loaded models.
        from claims import checks  # noqa: F401, PLC0415
        from claims.defaults import create_defaults  # noqa: PLC0415

        post_migrate.connect(create_defaults, sender=self)
