"""The one way in for an article, whichever door it comes through."""

import hashlib
import json
import textwrap
from dataclasses import dataclass
from datetime import date
from urllib.parse import urldefrag, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import connection, transaction
from django.db.models import Max
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.exceptions import ArticleRefused
from claims.intake.cleaning import CleanedPage, clean_page
from claims.intake.decoding import check_text
from claims.jobs import EXTRACT_VERSION, enqueue_on_commit
from claims.models import Article, ArticleVersion, Reviewer
from claims.permissions import Power, require

LIMITS = {"url": 2000, "external_id": 200, "outlet": 200}  # characters, as of the model


@dataclass(frozen=True)
class NewArticle:
    """What a producer hands in: the text as it is, and what they know about it (this wins over what the page says)."""

    text: str
    title: str = ""
    outlet: str = ""
    url: str = ""
    external_id: str = ""
    published_on: date | None = None

    @property
    def known_identity(self) -> str:
        """The identity the producer gave, or "" when only the content identifies the article."""
        if self.url:
            return _digest("url", urldefrag(self.url).url)
        return _digest("external", self.outlet, self.external_id) if self.external_id else ""


def _digest(scheme: str, *parts: str) -> str:
    """A short identity that an index can hold, whatever the length of its parts."""
    return f"{scheme}:{hashlib.sha256(json.dumps(parts).encode()).hexdigest()}"


def add_article(new: NewArticle, added_by: Reviewer | None = None) -> tuple[Article, bool]:
    """Store an article and wake the extraction. Returns it and whether its content is new to the desk.

    The same content again is the same article; a known article with other content gains a version.
    Raises ArticleRefused for what cannot become an article, NotPermitted for a person who may not add articles.
    """
    if added_by is not None:
        require(added_by, Power.ADD_ARTICLES)
    _check_description(new)
    page = clean_page(check_text(new.text))
    return _store(new, page, hashlib.sha256(page.text.encode()).hexdigest(), added_by)


def find_by_url(url: str) -> Article | None:
    """The article that the desk knows by this address."""
    return Article.objects.filter(identity=NewArticle(text="", url=url).known_identity).first()


def _check_description(new: NewArticle) -> None:
    if new.url and not is_web_address(new.url):
        raise ArticleRefused(
            _("The URL must begin with http:// or https://, name a host, and hold no password."), code="url"
        )
    for name, limit in LIMITS.items():
        if len(getattr(new, name)) > limit:
            known = {"field": _field(name), "most": number_format(limit, force_grouping=True)}
            raise ArticleRefused(_("The %(field)s is longer than %(most)s characters.") % known, code=name)
    for name in (*LIMITS, "title"):  # a long title is cut
        if "\x00" in getattr(new, name):
            raise ArticleRefused(_("The %(field)s holds a null character.") % {"field": _field(name)}, code=name)


def _field(name: str) -> str:
    return pgettext("field", name.replace("_", " "))


def is_web_address(url: str) -> bool:
    try:
        URLValidator(schemes=["http", "https"])(url)
        return urlsplit(url).username is None
    except (ValidationError, ValueError):
        return False


@transaction.atomic
def _store(new: NewArticle, page: CleanedPage, sha256: str, added_by: Reviewer | None) -> tuple[Article, bool]:
    content_identity = f"sha256:{sha256}"
    _lock_keys(content_identity, new.known_identity)
    article = _find(new.known_identity, content_identity, sha256)
    if article and _is_known(article, sha256, bool(new.known_identity)):
        _adopt_identity(article, new)
        return article, False
    if article is None:
        article = _create_article(new, page, new.known_identity or content_identity, added_by)
    _add_version(article, page.text, sha256)
    return article, True


def _is_known(article: Article, sha256: str, by_identity: bool) -> bool:
    """Whether this is what the article says now; a text without an identity may also be what it once said."""
    versions = article.versions.order_by("-number")
    return sha256 in versions.values_list("sha256", flat=True)[: 1 if by_identity else None]


def _lock_keys(*keys: str) -> None:
    """Let nobody else store the same content or identity until commit; sorted, so that two callers cannot deadlock."""
    with connection.cursor() as cursor:
        for key in sorted(filter(None, keys)):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _find(known_identity: str, content_identity: str, sha256: str) -> Article | None:
    """The article meant: by the identity given, else one known by its content alone, else any with the content."""
    if known_identity:
        by_identity = {a.identity: a for a in Article.objects.filter(identity__in=[known_identity, content_identity])}
        return by_identity.get(known_identity) or by_identity.get(content_identity)
    return Article.objects.filter(versions__sha256=sha256).order_by("id").first()


def _adopt_identity(article: Article, new: NewArticle) -> None:
    """An article known by its content alone takes the URL or external id that a later sending brings."""
    if not article.identity.startswith("sha256:") or not new.known_identity:
        return
    article.identity = new.known_identity
    article.url, article.external_id = new.url, new.external_id
    article.outlet = article.outlet or new.outlet
    article.save(update_fields=["identity", "url", "external_id", "outlet"])


def _create_article(new: NewArticle, page: CleanedPage, identity: str, added_by: Reviewer | None) -> Article:
    return Article.objects.create(
        identity=identity,
        url=new.url,
        external_id=new.external_id,
        title=_one_line(new.title or page.title or textwrap.shorten(page.text, 90, placeholder="…"))[:500],
        outlet=new.outlet,
        section=page.section[:100],
        language=page.language,
        published_on=new.published_on or page.published_on,
        added_by=added_by,
    )


def _one_line(words: str) -> str:
    """The words without line breaks and other control characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in words).split())


def _add_version(article: Article, text: str, sha256: str) -> None:
    last = article.versions.aggregate(last=Max("number"))["last"] or 0
    version = ArticleVersion.objects.create(article=article, number=last + 1, text=text, sha256=sha256)
    enqueue_on_commit(EXTRACT_VERSION, version.pk)
