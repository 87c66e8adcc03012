"""Two indexes of turns give way: one is the beginning of another, one tempted the planner to read all of a person's."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

ONE_OPEN = models.UniqueConstraint(
    condition=Q(closed_at__isnull=True), fields=("seat",), name="one_open_assignment_per_seat"
)


class Migration(migrations.Migration):
    dependencies = [("claims", "0005_policies_never_change_and_old_claims_have_one")]

    operations = [
        migrations.AlterField(
            "assignment",
            "reviewer",
            models.ForeignKey(
                settings.AUTH_USER_MODEL, django.db.models.deletion.PROTECT, related_name="assignments", db_index=False
            ),
        ),
        # Django drops every index of the one column: the constraint is made anew.
        migrations.RemoveConstraint("assignment", "one_open_assignment_per_seat"),
        migrations.AlterField(
            "assignment",
            "seat",
            models.ForeignKey(
                "claims.seat",
                django.db.models.deletion.PROTECT,
                related_name="assignments",
                db_constraint=False,
                db_index=False,
            ),
        ),
        migrations.AddConstraint("assignment", ONE_OPEN),
        migrations.AddIndex(
            "assignment",
            models.Index(fields=["reviewer"], condition=Q(closed_at__isnull=True), name="open_assignments_by_reviewer"),
        ),
    ]
