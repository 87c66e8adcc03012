"""Why a feed or a page could not be read, in sentences that are kept and said in the reader's language when shown.

They stand apart from the jobs that keep them, since the pages show them and know nothing of the jobs.
"""

from claims.fetching import ADDRESS_CODE, FetchRefused
from claims.marked import stored

OUR_FAULT = stored("The desk failed at reading it; why is in its own log.")
TOO_SLOW = stored("The site takes too long to answer.")
NO_ANSWER = stored("Nothing answers at this address, or it is one that the desk does not fetch from.")
NO_ADDRESS = stored("The desk fetches from the public web alone, on ports 80 and 443: this address is not part of it.")
CIRCLES = stored("The site sends its readers in circles.")
STATUS = stored("The site answers %(status)s.")

# Feeds.
NO_FEED = stored("There is no feed at this address: neither RSS nor Atom nor JSON Feed.")
TOO_LARGE = stored("The feed is larger than %(most)s MB.")
DIED = stored("The worker died or ran out of time at reading it.")
NO_PAGE = stored("The entry names no page of the web.")

# Pages.
NO_TEXT = stored("The page holds no article that the desk can find.")
TOO_LONG = stored("The page is larger than the desk reads.")
REFUSED = stored("The page holds something that the desk cannot keep as an article.")

_SENTENCES = {ADDRESS_CODE: NO_ADDRESS, "too_slow": TOO_SLOW, "redirects": CIRCLES, "page_status": STATUS}
_MAY_PASS = {408, 425, 429}


def explain_refusal(refusal: FetchRefused) -> str:
    return _SENTENCES.get(refusal.code, NO_ANSWER) % refusal.known


def may_pass(refusal: FetchRefused) -> bool:
    """Whether another attempt may have better luck.

    A name may, wherever it leads: if it failed at once, it would tell of itself that the desk's own network knows it.
    """
    status = refusal.known.get("status")
    if isinstance(status, int):
        return status >= 500 or status in _MAY_PASS
    return refusal.code in ("too_slow", FetchRefused.code)
