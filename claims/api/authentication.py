from binascii import Error
from functools import cache
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils import timezone
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from knox.models import get_token_model
from rest_framework.exceptions import AuthenticationFailed

from claims.permissions import remember_roles


@cache
def _tokens_with_people() -> QuerySet[Any]:
    """Each with the names of its person's `groups`; built once, and never read itself."""
    groups = Group.objects.filter(user=OuterRef("user")).values("name")
    return get_token_model().objects.select_related("user").annotate(groups=ArraySubquery(groups)).order_by()


class DeskTokens(TokenAuthentication):
    """`Authorization: Token …`, kept as a hash; the token, its person and their groups are one query.

    Bytes that no token holds never reach the database.
    """

    def authenticate_credentials(self, token: bytes) -> Any:
        try:
            digest = hash_token(token.decode()) if token.isalnum() else ""
        except (Error, UnicodeDecodeError):  # of an odd length, or no ASCII
            digest = ""
        found: Any = _tokens_with_people().filter(digest=digest).first() if digest else None
        if found is None or (found.expiry and found.expiry < timezone.now()):
            raise AuthenticationFailed("Invalid token.")
        person, _ = self.validate_user(found)
        remember_roles(person, found.groups)
        return person, found
