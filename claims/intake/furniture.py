"""What a line of a scraped page is, where it is not the article's own prose. Pure Python."""

import re
from enum import StrEnum

from claims.intake.page_dates import find_page_date

MAX_FURNITURE_CHARS = 300
_MAX_DATE_LINE_WORDS = 8


class Furniture(StrEnum):
    BREADCRUMB = "breadcrumb"
    DATE_LINE = "date_line"
    LINK_LIST = "link_list"  # a heading under which titles of other pages or tags follow
    BYLINE = "byline"
    OTHER = "other"


_SITES = r"(?:facebook|twitter|x|whatsapp|linkedin|telegram|reddit|pinterest|instagram|e-?mail|mastodon|bluesky)"
_AGENCIES = r"(?:ap|reuters|afp|getty(?: images)?|epa|shutterstock|dpa|pa wire|xinhua|anadolu)"
_PICTURES = r"(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?)"

_LINK_LIST = (
    r"(?:tags?|topics?|key ?words|filed under|categor(?:y|ies)|(?:related|more) topics)\s?(?::.{0,250})?",
    r"(?:related|recommended|trending|popular|most (?:read|popular|viewed|shared)|top stories|latest news"
    r"|editors?['’] picks?"
    r")"
    r"(?: (?:articles?|stories|content|posts|news|coverage|links|for you|now))?\s?:?",
    r"(?:see also|read (?:also|next)|also read|more on this(?: story| topic)?|you (?:may"
    r"|might) (?:also )?like(?: this)?)"
    r"\s?:?",
    r"more (?:from|in|on) [\w&' ]{1,40}:?",
)
_OTHER = (
    rf"\S{{1,120}}\.{_PICTURES}",
    rf"(?:image|photo|picture|img)[\w ()-]{{0,60}}\.{_PICTURES}",
    r"https?://\S{1,250}|www\.\S{1,250}",
    r"[\W\d_]{1,300}",
    rf"(?:share|tweet|pin|print|save|copy link|like|follow|post|send|{_SITES}|[|·•,/ ])+",
    rf"(?:share|follow us|send)"
    rf"(?: (?:this|the|on|via|by|to|with|us|your|friends|article|story|page|post|{_SITES}|and|or|,))+\W?",
    r"(?:related|read more|read also|also read|see also|read next|watch|listen|more|don['’]t miss|recommended)"
    r"\s?:.{0,250}",
    r"(?:read|show|see|load|view) (?:more|all|full (?:story|article))(?: comments| stories)?\W{0,3}",
    r"(?:continue reading|keep reading|(?:story|article) continues below)"
    r"(?: (?:below|the main story|this advertisement|advertisement))?\W{0,3}",
    r"(?:-{1,9} ?)?(?:advert(?:isement|isements|s)?|ads?|sponsored(?: (?:content|by.{0,60}))?|promoted(?: content)?"
    r"|paid content)(?: ?-{1,9})?",
    r"(?:remove ads|report this ad|skip (?:ad|advert|advertisement))",
    r"\(?(?:file )?(?:photo|photograph|image|picture|video|illustration|graphic)s?"
    r"(?: (?:credit|by|courtesy(?: of)?))?s?\s?[:/©|].{0,200}",
    r"(?:credit|source|getty images|caption)\s?[:/©|].{0,120}",
    rf"\(?(?:[\w .'’-]{{1,60}}[/|] ?)?{_AGENCIES}(?: (?:photos?|images?|file photo))?(?: ?[/|][\w .'’-]{{1,60}})?\)?",
    r"(?:©|\(c\) ?\d|copyright (?:©|\(c\)|\d)).{0,250}",
    r".{0,200}all rights reserved\W?.{0,60}",
    r"(?:we|this (?:web)?site|our (?:web)?site) uses? cookies.{0,250}",
    r"(?:accept|reject|manage|allow)(?: all)?(?: cookies?| cookie)(?: preferences| settings)?(?: and \w{1,12})?\W?",
    r"(?:cookie|privacy) (?:policy|settings|notice|preferences)|manage preferences|accept all|reject all",
    r"(?:\d[\d.,]{0,9}k? )?(?:comments?|shares?|views?|likes?|reads?|reactions?|followers?)"
    r"(?: ?\(?\d[\d.,]{0,9}k?\)?)?",
    r"(?:comments?|shares?|views?|likes?|reads?) ?: ?\d[\d.,]{0,9}k?",
    r"(?:(?:leave|post|write|add) a (?:comment|reply)|be the first to comment|join the (?:conversation|discussion)"
    r"|comments are closed)\W?",
    r"(?:subscribe|sign up|register|join)\b.{0,200}"
    r"\b(?:newsletters?|alerts|updates|inbox|channel|mailing list)\b.{0,80}",
    r"(?:get|receive) (?:our|the|all the) .{1,120}\b(?:newsletters?|inbox)\b.{0,40}",
    r"(?:subscribe|sign up|sign in|log ?in|log ?out|register|my account|donate)"
    r"(?: (?:now|today|here|for free|to continue))?\W?",
    r"(?:\d{1,3} ?-? ?min(?:ute)?s?|reading time:?.{0,20})(?: read| reading time)?",
    r"(?:an?|\d{1,2}) (?:min(?:ute)?|hour|day|week)s? ago",
    r"(?:(?:first |last )?(?:published|updated|posted|modified))(?: (?:on|at))?\s?:?.{0,60}",
    r"(?:menu|search|home|close|open menu|next|previous|back|back to top|skip to (?:main )?content|loading\W{0,3}|more"
    r"|play|mute)",
    r"(?:about us|contact us|contact|advertise(?: with us)?|terms(?: of (?:use|service))?|terms (?:and|&) conditions"
    r"|careers|sitemap|rss|[|·•/ ]|privacy(?: policy)?|cookies|help)+",
    r"(?:follow|like|find|join) us on .{1,80}",
    r"(?:editing|reporting|additional reporting|writing) by .{1,160}",
)
_LINK_LIST_LINE = re.compile("|".join(f"(?:{form})" for form in _LINK_LIST), re.IGNORECASE)
_OTHER_LINES = [re.compile(form, re.IGNORECASE) for form in _OTHER]
_BREADCRUMB = re.compile(
    r"(?:(?:current location|you are here)\s?:.{0,200}|home\s?[>›»/|].{0,200}"
    r"|(?:[\w&' -]{1,40}\s?[>›»]\s?){1,6}[\w&' -]{1,60})",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|written by|von|par|por)\s+(.{2,120})", re.IGNORECASE)
_CREDITS = (
    "and in for of the at de la van von der al bin et und y e our staff writers? reporters? correspondents? editors?"
)
_BYLINE_WORD = re.compile("|".join((*_CREDITS.split(" "), "agencies|desk")), re.IGNORECASE)
_DATE_LINE_WORD = re.compile(
    r"(?:published|updated|posted|last|first|modified|views?|comments?|reads?|min|on|at|by|and|of|the|in|gmt)",
    re.IGNORECASE,
)
_PROSE_END = re.compile(r"[.!?…。؟][\"'”’»)\]]*$")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")


def classify_line(line: str) -> Furniture | None:
    """What kind of furniture a stripped line (or wrapped paragraph) is; None for prose and titles."""
    if len(line) > MAX_FURNITURE_CHARS:
        return None
    if _BREADCRUMB.fullmatch(line):
        return Furniture.BREADCRUMB
    if is_date_line(line):
        return Furniture.DATE_LINE
    if _LINK_LIST_LINE.fullmatch(line):
        return Furniture.LINK_LIST
    if is_byline(line):
        return Furniture.BYLINE
    return Furniture.OTHER if any(form.fullmatch(line) for form in _OTHER_LINES) else None


def ends_like_prose(line: str) -> bool:
    return bool(_PROSE_END.search(line[-6:]))


def is_date_line(line: str) -> bool:
    """A whole date and at most a section name, an outlet, counts: never a sentence that mentions a date."""
    found = find_page_date(line)
    if not found or ends_like_prose(line):
        return False
    rest = f"{line[: found.start]} {line[found.end :]}"
    words = _WORD.findall(rest)
    return len(words) <= _MAX_DATE_LINE_WORDS and all(_is_label_word(word) for word in words)


def _is_label_word(word: str) -> bool:
    return word[0].isupper() or bool(_DATE_LINE_WORD.fullmatch(word))


def is_byline(line: str) -> bool:
    match = _BYLINE.fullmatch(line)
    if not match or ends_like_prose(line) or any(char.isdigit() for char in line):
        return False
    words = _WORD.findall(match[1])
    return 0 < len(words) <= 14 and all(word[0].isupper() or _BYLINE_WORD.fullmatch(word) for word in words)


def find_section(line: str, kind: Furniture) -> str:
    """The section that a breadcrumb or date line names, `` where it names none."""
    if kind is Furniture.BREADCRUMB:
        parts = [part.strip() for part in re.split(r"[>›»/|:]", line)]
        return parts[-1] if len(parts) > 1 else ""
    if kind is Furniture.DATE_LINE:
        return _section_of_date_line(line)
    return ""


def _section_of_date_line(line: str) -> str:
    found = find_page_date(line)
    rest = line[found.end :] if found else ""
    words = [word for word in _WORD.findall(rest) if not _DATE_LINE_WORD.fullmatch(word)]
    return " ".join(words)
