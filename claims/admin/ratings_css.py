"""The scale's colours as a stylesheet: colours are data, and the pages allow no inline style."""

import re

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from claims.models import Rating

_COLOUR = re.compile(r"#[0-9a-f]{6}")


@cache_control(private=True, max_age=300)
def ratings_css(request: HttpRequest) -> HttpResponse:
    ratings = Rating.objects.order_by("pk").values_list("pk", "colour")
    rules = [f".rating-{pk}{{--rating:{colour}}}" for pk, colour in ratings if _COLOUR.fullmatch(colour)]
    return HttpResponse("\n".join(rules), content_type="text/css")
