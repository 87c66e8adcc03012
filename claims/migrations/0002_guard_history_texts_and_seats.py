"""What constraints cannot say: events are append-only, a version's text never changes, an assignment's claim is its seat's."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION claims_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER claim_events_are_append_only BEFORE UPDATE OR DELETE ON claims_claimevent
    FOR EACH ROW EXECUTE FUNCTION claims_refuse_change();

CREATE TRIGGER article_texts_never_change BEFORE UPDATE OF text, sha256, article_id, number ON claims_articleversion
    FOR EACH ROW WHEN ((OLD.text, OLD.sha256, OLD.article_id, OLD.number)
                       IS DISTINCT FROM (NEW.text, NEW.sha256, NEW.article_id, NEW.number))
    EXECUTE FUNCTION claims_refuse_change();

ALTER TABLE claims_assignment ADD CONSTRAINT assignment_claim_is_its_seats_claim
    FOREIGN KEY (seat_id, claim_id) REFERENCES claims_seat (id, claim_id);
"""

ALLOW = """
ALTER TABLE claims_assignment DROP CONSTRAINT assignment_claim_is_its_seats_claim;
DROP TRIGGER article_texts_never_change ON claims_articleversion;
DROP TRIGGER claim_events_are_append_only ON claims_claimevent;
DROP FUNCTION claims_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
