from drf_spectacular.views import SpectacularJSONAPIView


class Schema(SpectacularJSONAPIView):
    """The OpenAPI description as JSON; it holds no data of the desk, so anybody may read it."""
