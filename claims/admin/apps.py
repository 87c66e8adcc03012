from django.contrib.admin.apps import AdminConfig


class DeskAdminConfig(AdminConfig):
    """Puts the desk's own site, with its review pages and its rules of access, in the place of Django's."""

    default_site = "claims.admin.site.DeskSite"

    def ready(self) -> None:
        super().ready()
        # This package is imported before the models are; its ModelAdmins can only come now.
        from claims.admin import fact_check_register, mail_list, people, registers, scales  # noqa: F401, PLC0415
