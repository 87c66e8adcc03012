from typing import Any

from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed


class DeskTokens(TokenAuthentication):
    """`Authorization: Token …`, kept as a hash. Bytes that no token holds never reach the database."""

    def authenticate_credentials(self, token: bytes) -> Any:
        if not token.isalnum():
            raise AuthenticationFailed("Invalid token.")
        return super().authenticate_credentials(token)
