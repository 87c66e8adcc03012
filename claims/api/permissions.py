from collections.abc import Mapping
from typing import TYPE_CHECKING

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from claims.exceptions import NotPermitted
from claims.permissions import Power, require

if TYPE_CHECKING:  # REST framework's views import this module while they are made
    from rest_framework.views import APIView


class IsDeskMember(BasePermission):
    """Signed in, and with the power that the view names for the method; whoever has a role may read what names none."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """False for a stranger (401). Raises NotPermitted for a person without the power (403)."""
        if not request.user.is_authenticated:
            return False
        powers: Mapping[str, Power] = getattr(view, "powers", {})
        method = "GET" if request.method == "HEAD" else str(request.method)
        if method not in (*SAFE_METHODS, *powers) and method in view.allowed_methods:
            raise NotPermitted("Nobody may do this here: the view names no power for it.")
        require(request.user, powers.get(method, Power.SEE_DESK))
        return True
