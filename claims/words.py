"""Words that follow from the code by themselves: the names of models and fields, and the labels of vocabularies.

They are messages of the catalogue without a mark at each place, so that a new field or label is one as soon as it is
written. `manage.py messages` collects them (`own_words`); `translate_models` makes the models say them in the reader's
language. What a migration keeps stays English.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Field, Model
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from claims.enums import Choice, Role

APP = "claims"
Message = tuple[str | None, str]  # context and words


def label_of(member: Choice) -> str:
    """The member in the reader's language, as "In review"."""
    return pgettext("choice", member.label)


def role_within_sentence(role: Role) -> str:
    """As "editor"; other languages may say more, as "Redaktion"."""
    return pgettext("role", role.label.lower())


def within_sentence(words: str) -> str:
    """As "in review". The first letter alone: "E-Mail" must not become "e-mail"."""
    return words[:1].lower() + words[1:]


def own_words() -> Iterator[Message]:
    """What `translate_models` makes the models ask the catalogue for; to be called where nothing is translated."""
    for model in _models():
        yield "model", str(model._meta.verbose_name)
        yield "model", str(model._meta.verbose_name_plural)
        for field in _own_fields(model):
            yield "field", str(field.verbose_name)
            if field.help_text:
                yield None, str(field.help_text)
            yield from (("choice", str(label)) for _value, label in _own_choices(field))
    yield from (("role", role.label.lower()) for role in Role)


def translate_models() -> None:
    for model in _models():
        names = model._meta
        names.verbose_name = pgettext_lazy("model", str(names.verbose_name))
        names.verbose_name_plural = pgettext_lazy("model", str(names.verbose_name_plural))
        for field in _own_fields(model):
            _translate(field)


def _translate(field: Field) -> None:
    field.verbose_name = pgettext_lazy("field", str(field.verbose_name))
    if field.help_text:
        field.help_text = gettext_lazy(str(field.help_text))
    if choices := _own_choices(field):
        field.choices = [(value, pgettext_lazy("choice", label)) for value, label in choices]


def _models() -> Iterator[type[Model]]:
    return apps.get_app_config(APP).get_models()


def _own_fields(model: type[Model]) -> list[Field]:
    """Without those of Django's own, which come translated."""
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return [field for field in fields if isinstance(field._verbose_name, str | None)]  # type: ignore[attr-defined]


def _own_choices(field: Field) -> list[tuple[str, str]]:
    """Labels of a vocabulary; what is only known at run time is no message."""
    if not field.choices or isinstance(field.choices, CallableChoiceIterator):
        return []
    return [(value, str(label)) for value, label in field.flatchoices]
