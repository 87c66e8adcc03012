"""Policies are append-only; claims from before sign-off get the ends of their chains, and a rule with their seats."""

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
# Each reopening had opened a seat of its own: a round of one. The priority now counts from a day on (claims.priority).
SEATS = """
UPDATE claims_seat SET round = number,
    priority = priority - 0.1 * extract(epoch FROM created_at - timestamptz '2026-01-01 00:00:00+00') / 86400;
"""


def put_under_a_rule(apps, schema_editor):
    Claim, Policy = apps.get_model("claims", "Claim"), apps.get_model("claims", "SignOffPolicy")
    if not Claim.objects.exists():
        return
    policy, _ = Policy.objects.get_or_create(number=1, defaults={"note": "What every desk starts with"})
    rule = policy.rules.first() or policy.rules.create(position=1)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            """UPDATE claims_claim SET rule_id = %s, round = last.number, first_round = last.number,
               review_began_at = last.created_at, due_at = now() + interval '72 hours'
               FROM (SELECT DISTINCT ON (claim_id) claim_id, number, created_at FROM claims_seat
                     ORDER BY claim_id, number DESC) last WHERE last.claim_id = claims_claim.id""",
            [rule.pk],
        )


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_sign_off_rounds_and_deadlines")]
    operations = [
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(CHAINS, migrations.RunSQL.noop),
        migrations.RunSQL(SEATS, migrations.RunSQL.noop),
        migrations.RunPython(put_under_a_rule, migrations.RunPython.noop),
    ]
