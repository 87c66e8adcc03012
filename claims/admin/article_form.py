"""The form of a new article: pasted text, a file of it or an address alone, and what is known about it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from claims.admin.doorway import say_refusal, typed_number
from claims.exceptions import ArticleRefused, DeskError
from claims.intake.articles import NewArticle
from claims.intake.decoding import MAX_BYTES, decode_text
from claims.intake.page_details import decode_page
from claims.intake.page_text import MOST_BYTES


class ArticleForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=500, required=False, help_text=_("Left empty: the text's own.")
    )
    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        help_text=_("Paste the whole article; menus, tags and the like are dropped."),
    )
    file = forms.FileField(
        label=_("… or a file"),
        required=False,
        help_text=_("Text in UTF-8, up to 1 MB, or a web page that was saved as .html, up to 3 MB."),
        widget=forms.FileInput(attrs={"accept": ".txt,.md,.html,.htm,text/plain,text/html"}),
    )
    outlet = forms.CharField(label=_("Outlet"), max_length=200, required=False)
    published_on = forms.DateField(
        label=_("Published on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    url = forms.URLField(
        label=_("URL"),
        max_length=2000,
        required=False,
        assume_scheme="https",
        help_text=_("Without a text, the desk reads the page there."),
    )
    external_id = forms.CharField(
        label=_("External id"), max_length=200, required=False, help_text=_("Its number in your own system.")
    )

    @classmethod
    def from_request(cls, request: HttpRequest) -> "ArticleForm":
        """What was sent, and that its file was too large for the desk to take in; of a link its `url`."""
        if request.method != "POST":
            return cls(initial={"url": request.GET.get("url", "")})
        form = cls(request.POST, request.FILES)
        if _has_dropped_file(request):
            form.add_error("file", _TOO_LARGE)
        return form

    def clean(self) -> dict[str, Any]:
        """The text, or the source of its page, out of the file where one is given."""
        cleaned: dict[str, Any] = super().clean() or {}
        file = cleaned.pop("file", None)
        if file and cleaned.get("text", "").strip():
            raise forms.ValidationError(_("Paste a text or choose a file, not both."), code="both")
        if file:
            cleaned |= _read(file)
        return cleaned

    @property
    def is_address_alone(self) -> bool:
        return not any(self.cleaned_data.get(name, "").strip() for name in ("text", "html"))

    def new_article(self) -> NewArticle:
        return NewArticle(**self.cleaned_data)

    def refuse(self, refusal: DeskError) -> None:
        """Say the refusal of the new article beside what it is about."""
        source = "file" if "html" in self.cleaned_data else "text"
        self.add_error("url" if refusal.code == "url" else source, say_refusal(refusal))


_bytes = lazy(lambda number: number_format(number, force_grouping=True), str)
_TOO_LARGE = forms.ValidationError(
    _("The file is larger than %(most)s bytes, or %(page)s of a web page. Send only the article's own text."),
    code="too_large",
    params={"most": _bytes(MAX_BYTES), "page": _bytes(MOST_BYTES)},
)


def _has_dropped_file(request: HttpRequest) -> bool:
    """Whether more came than Django keeps of a file, and the text does not account for it."""
    is_large = typed_number(request.META.get("CONTENT_LENGTH")) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    return is_large and not request.FILES and len(request.POST.get("text", "").encode()) <= MAX_BYTES


def _read(file: UploadedFile) -> dict[str, str]:
    if (file.name or "").lower().endswith((".html", ".htm")):
        return {"html": _read_page(file)}
    try:
        return {"text": decode_text(file.read(MAX_BYTES + 1))}
    except ArticleRefused as refusal:
        raise forms.ValidationError({"file": say_refusal(refusal)}, code=refusal.code) from refusal


def _read_page(file: UploadedFile) -> str:
    source = file.read(MOST_BYTES + 1)
    if len(source) > MOST_BYTES:
        raise forms.ValidationError({"file": _TOO_LARGE})
    return decode_page(source, "text/html")
