from binascii import Error
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from knox.models import get_token_model
from rest_framework.exceptions import AuthenticationFailed

from claims.kept_queries import KeptQuery
from claims.models import Reviewer
from claims.permissions import remember_roles, with_groups


@KeptQuery
def _holder_of(digest: Any) -> QuerySet[Reviewer]:
    """Whose token it is, with the `expiry` of the token."""
    return with_groups(Reviewer.objects.filter(auth_token_set=digest)).annotate(expiry=F("auth_token_set__expiry"))


class DeskTokens(TokenAuthentication):
    """`Authorization: Token …`, kept as a hash; the token, its person and their groups are one query.

    Bytes that no token holds never reach the database.
    """

    def authenticate_credentials(self, token: bytes) -> Any:
        try:
            digest = hash_token(token.decode()) if token.isalnum() else ""
        except (Error, UnicodeDecodeError):  # of an odd length, or no ASCII
            digest = ""
        found: list[Any] = _holder_of(digest) if digest else []
        if not found or (found[0].expiry and found[0].expiry < timezone.now()):
            raise AuthenticationFailed("Invalid token.")
        person = found[0]
        remember_roles(person, person.group_names)
        return self.validate_user(get_token_model()(digest=digest, user=person, expiry=person.expiry))
