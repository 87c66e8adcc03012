"""Versions that an older extractor has read are read again, when somebody asks for it."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from claims.enums import ExtractionStatus
from claims.extraction import EXTRACTOR_VERSION
from claims.intake.extracting import MAX_ATTEMPTS
from claims.jobs import EXTRACT_VERSION, enqueue_on_commit
from claims.models import ArticleVersion, Reviewer
from claims.permissions import Power, require


def outdated_versions() -> QuerySet[ArticleVersion]:
    """The newest versions of their articles that another extractor than the present one has read."""
    newer = ArticleVersion.objects.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
    read = ArticleVersion.objects.filter(~Exists(newer), extraction_status=ExtractionStatus.EXTRACTED)
    return read.exclude(extractor__in=["", EXTRACTOR_VERSION])


@transaction.atomic
def extract_again(version_id: int, person: Reviewer | None = None) -> bool:
    """Order another extraction of an outdated version; False if it is not (or no longer) outdated.

    Its claims stay as they are until the new reading is recorded.
    """
    if person is not None:
        require(person, Power.REEXTRACT)
    version = outdated_versions().select_for_update(of=("self",)).filter(pk=version_id).first()
    if version is None:
        return False
    version.extraction_status = ExtractionStatus.WAITING
    version.asked_by = person
    version.woken_at = timezone.now()
    version.attempts += -version.attempts % MAX_ATTEMPTS  # a full set of attempts, as the first extraction had
    version.save(update_fields=["extraction_status", "asked_by", "woken_at", "attempts"])
    enqueue_on_commit(EXTRACT_VERSION, version.pk)
    return True
