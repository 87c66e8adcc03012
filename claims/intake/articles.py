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

from claims.enums import PageStatus
from claims.exceptions import ArticleRefused
from claims.intake.cleaning import CleanedPage, clean_page
from claims.intake.page_details import cut
from claims.intake.page_source import read_source
from claims.jobs import EXTRACT_VERSION, READ_PAGE, enqueue_on_commit
from claims.models import Article, ArticlePage, ArticleVersion, Reviewer
from claims.permissions import Power, require

LIMITS = {"url": 2000, "external_id": 200, "outlet": 200}  # characters, as of the model


@dataclass(frozen=True)
class NewArticle:
    """What a producer hands in: the text as it is, or the source of its page, and what they know about it (this wins
    over what the page says).

    With neither it is the address of a page, which the desk reads itself.
    """

    text: str = ""
    html: str = ""
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

    The same content again is the same article; a known article with other content gains a version. An address alone
    is read by a job, once: one that the desk knows is nothing new, whatever its page says by now.
    Raises ArticleRefused for what cannot become an article, NotPermitted for a person who may not add articles.
    """
    if added_by is not None:
        require(added_by, Power.ADD_ARTICLES)
    _check_description(new)
    if new.html.strip():
        return _store(new, read_source(new.url, "text/html", new.html.encode()), added_by)
    if new.url and not new.text.strip():
        return _store_address(new, added_by)
    return _store(new, clean_page(new.text), added_by)


def add_read_page(new: NewArticle, page: CleanedPage) -> Article:
    """The article, with what the desk itself has read at its address, unless it has a text by now.

    Raises ArticleRefused.
    """
    _check_description(new)
    return _store(new, page, is_read=True)[0]


def find_by_url(url: str) -> Article | None:
    """The article that the desk knows by this address."""
    return Article.objects.filter(identity=NewArticle(url=url).known_identity).first()


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
        return url.isprintable() and urlsplit(url).username is None
    except (ValidationError, ValueError):
        return False


@transaction.atomic
def _store_address(new: NewArticle, added_by: Reviewer | None) -> tuple[Article, bool]:
    _lock_keys(new.known_identity)
    known = find_by_url(new.url)
    if known:
        return known, False
    article = _begin_article(new, new.known_identity, added_by)
    article.title, article.outlet, article.published_on = _cut_title(new.title), new.outlet, new.published_on
    article.save()
    page = ArticlePage.objects.create(article=article)
    enqueue_on_commit(READ_PAGE, page.pk)
    return article, True


@transaction.atomic
def _store(
    new: NewArticle, page: CleanedPage, added_by: Reviewer | None = None, is_read: bool = False
) -> tuple[Article, bool]:
    sha256 = hashlib.sha256(page.text.encode()).hexdigest()
    content_identity = f"sha256:{sha256}"
    _lock_keys(content_identity, new.known_identity)
    article = _find(new.known_identity, content_identity, sha256)
    is_new = article is None or not article.versions.exists()
    if article and not is_new and (is_read or _is_known(article, sha256, bool(new.known_identity))):
        _adopt_identity(article, new)
        return article, False
    article = article or _begin_article(new, new.known_identity or content_identity, added_by)
    if is_new:
        _describe(article, new, page)
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


def _begin_article(new: NewArticle, identity: str, added_by: Reviewer | None) -> Article:
    return Article(identity=identity, url=new.url, external_id=new.external_id, added_by=added_by)


def _describe(article: Article, new: NewArticle, page: CleanedPage) -> None:
    """With its first text. What was said of it before stays; no page of it is waited for any more."""
    title = new.title or page.title or textwrap.shorten(page.text, 90, placeholder="…")
    article.title = article.title or _cut_title(title)
    article.outlet = article.outlet or new.outlet or cut(page.outlet, LIMITS["outlet"])
    article.external_id = article.external_id or new.external_id
    article.section, article.language = page.section[:100], page.language
    article.published_on = article.published_on or new.published_on or page.published_on
    article.save()
    ArticlePage.objects.filter(article=article).update(status=PageStatus.READ, taken_until=None, last_error="")


def _cut_title(title: str) -> str:
    return _one_line(title)[:500]


def _one_line(words: str) -> str:
    """The words without line breaks and other control characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in words).split())


def _add_version(article: Article, text: str, sha256: str) -> None:
    last = article.versions.aggregate(last=Max("number"))["last"] or 0
    version = ArticleVersion.objects.create(article=article, number=last + 1, text=text, sha256=sha256)
    enqueue_on_commit(EXTRACT_VERSION, version.pk)
