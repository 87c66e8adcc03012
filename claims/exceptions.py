"""What the stages refuse, each with a stable code and a sentence that says what to do. Doors turn them into answers."""


class DeskError(Exception):
    """A refusal that loses nothing. `code` is for programs, the message for people.

    What may not know Django gives a sentence that is only `marked`, and what it has to know besides: %(name)s.
    """

    code = "refused"

    def __init__(self, message: str, code: str | None = None, **known: object) -> None:
        self.marked, self.known = message, known
        self.message = message % known if known else message
        super().__init__(self.message)
        if code:
            self.code = code


class ArticleRefused(DeskError):
    """The bytes or text handed in cannot become an article (bad input)."""

    code = "article_refused"


class NotPermitted(DeskError):
    """The person may not do this."""

    code = "not_permitted"


class Conflict(DeskError):
    """The thing has moved on since the caller looked."""

    code = "conflict"


class MoveRefused(Conflict):
    """The claim's status does not allow this move."""

    code = "move_refused"


class AlreadyTaken(Conflict):
    """Somebody else, or the same person, holds the seat."""

    code = "already_taken"


class LeaseLost(Conflict):
    """The assignment has lapsed, is closed, or the fence is old."""

    code = "lease_lost"
