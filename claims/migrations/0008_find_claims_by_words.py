"""Search on the queue page has an index for each kind of words that it looks through, none of which taking changes."""

from django.db import migrations

FIND = """
CREATE INDEX claims_by_headline_words ON claims_claim USING gin (to_tsvector('simple'::regconfig, headline));
CREATE INDEX claimants_by_words ON claims_claimant USING gin (to_tsvector('simple'::regconfig, name));
CREATE INDEX articles_by_outlet_words ON claims_article USING gin (to_tsvector('simple'::regconfig, outlet));
"""

FORGET = """
DROP INDEX articles_by_outlet_words;
DROP INDEX claimants_by_words;
DROP INDEX claims_by_headline_words;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0007_own_keys_and_windows")]
    operations = [migrations.RunSQL(FIND, FORGET)]
