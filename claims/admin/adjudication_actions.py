"""Where verdicts differ: a decision between them, or another round by other people."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims.admin.closing_actions import move
from claims.admin.doorway import needs, typed_number
from claims.admin.typed_verdict import offered_ratings
from claims.exceptions import DeskError
from claims.models import Reviewer
from claims.permissions import Power
from claims.review.adjudication import adjudicate_claim, send_to_another_round


@require_POST
@needs(Power.ADJUDICATE)
def adjudication(request: HttpRequest, claim_id: int) -> HttpResponse:
    rating = offered_ratings().filter(pk=typed_number(request.POST.get("rating"))).first()

    def decide(person: Reviewer, claim_id: int, reason: str) -> object:
        if rating is None:
            raise DeskError(_("Choose a rating."), code="rating_needed")
        return adjudicate_claim(person, claim_id, rating, reason)

    done = _("Decided. Your reason is in the claim's history.")
    return move(request, claim_id, decide, "adjudication", done, typed={"rating": str(rating.pk) if rating else ""})


@require_POST
@needs(Power.ADJUDICATE)
def another_round(request: HttpRequest, claim_id: int) -> HttpResponse:
    done = _("Other people are asked: the claim is back in the queue.")
    return move(request, claim_id, send_to_another_round, "adjudication", done)
