"""Similar claims are found by the words of their sentences, too: "134 people" has none of its own.

An appearance is written once, and no move of a claim touches it: the index costs nothing while claims are judged.
"""

from django.db import migrations

FIND = """
CREATE INDEX appearances_by_sentence_words ON claims_appearance USING gin (to_tsvector('simple'::regconfig, sentence));
"""

FORGET = """
DROP INDEX appearances_by_sentence_words;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0010_mail_choices_and_digests")]
    operations = [migrations.RunSQL(FIND, FORGET)]
