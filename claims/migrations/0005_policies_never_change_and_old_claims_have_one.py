"""Policies are append-only; claims from before sign-off get the ends of their chains, and a rule where they are in review."""

from django.db import migrations

GUARD = """
CREATE TRIGGER policies_are_append_only BEFORE UPDATE OR DELETE ON claims_signoffpolicy
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
CREATE TRIGGER rules_are_append_only BEFORE UPDATE OR DELETE ON claims_signoffrule
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();
"""
UNGUARD = """
DROP TRIGGER rules_are_append_only ON claims_signoffrule;
DROP TRIGGER policies_are_append_only ON claims_signoffpolicy;
"""
CHAINS = """
UPDATE claims_claim SET last_event_number = last.number, last_event_hash = last.hash FROM (
    SELECT DISTINCT ON (claim_id) claim_id, number, hash FROM claims_claimevent ORDER BY claim_id, number DESC
) last WHERE last.claim_id = claims_claim.id;
UPDATE claims_claim SET dismissed_as = 'other' WHERE status = 'dismissed';
"""


def put_under_a_rule(apps, schema_editor):
    Claim, Policy = apps.get_model("claims", "Claim"), apps.get_model("claims", "SignOffPolicy")
    if not Claim.objects.exists():
        return
    policy, _ = Policy.objects.get_or_create(number=1, defaults={"note": "What every desk starts with"})
    rule = policy.rules.first() or policy.rules.create(position=1)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            """UPDATE claims_claim SET rule_id = %s, round = 1, first_round = 1, due_at = now() + interval '72 hours',
               review_began_at = (SELECT min(created_at) FROM claims_seat WHERE claim_id = claims_claim.id)
               WHERE EXISTS (SELECT 1 FROM claims_seat WHERE claim_id = claims_claim.id)""",
            [rule.pk],
        )


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_sign_off_rounds_and_deadlines")]
    operations = [
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(CHAINS, migrations.RunSQL.noop),
        migrations.RunPython(put_under_a_rule, migrations.RunPython.noop),
    ]
