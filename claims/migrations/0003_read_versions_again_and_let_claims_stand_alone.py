"""A newer extractor may read a version again: who asked, what changed, within which limits; and claims stand alone."""

import claims.enums
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0002_guard_history_texts_and_seats'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='claimevent',
            name='event_has_a_known_kind',
        ),
        migrations.AddField(
            model_name='articleversion',
            name='asked_by',
            field=models.ForeignKey(blank=True, help_text='who asked for the extraction that is under way; empty: nobody in person', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='articleversion',
            name='differences',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='articleversion',
            name='extraction_note',
            field=models.TextField(blank=True, help_text='within which limits the extractor could read the text'),
        ),
        migrations.AddField(
            model_name='claim',
            name='stand_alone',
            field=models.TextField(blank=True, help_text='the claim as a sentence that needs no context, where known'),
        ),
        migrations.AlterField(
            model_name='claimevent',
            name='kind',
            field=models.CharField(choices=[('extracted', 'Extracted'), ('queued', 'Queued'), ('taken', 'Taken'), ('assigned', 'Assigned'), ('released', 'Released'), ('lapsed', 'Lapsed'), ('evidence_added', 'Evidence added'), ('verdict_recorded', 'Verdict recorded'), ('decided', 'Decided'), ('dismissed', 'Dismissed'), ('reopened', 'Reopened'), ('appeared', 'Appeared'), ('relabelled', 'Relabelled'), ('retired', 'Retired'), ('found_again', 'Found again')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='claimevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', [claims.enums.EventKind['EXTRACTED'], claims.enums.EventKind['QUEUED'], claims.enums.EventKind['TAKEN'], claims.enums.EventKind['ASSIGNED'], claims.enums.EventKind['RELEASED'], claims.enums.EventKind['LAPSED'], claims.enums.EventKind['EVIDENCE_ADDED'], claims.enums.EventKind['VERDICT_RECORDED'], claims.enums.EventKind['DECIDED'], claims.enums.EventKind['DISMISSED'], claims.enums.EventKind['REOPENED'], claims.enums.EventKind['APPEARED'], claims.enums.EventKind['RELABELLED'], claims.enums.EventKind['RETIRED'], claims.enums.EventKind['FOUND_AGAIN']])), name='event_has_a_known_kind'),
        ),
    ]
