from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.generic import draft_claims

PUBLISHED_ON = date(2024, 1, 25)  # a Thursday


def quantities(sentence: str, language: str) -> list[tuple[str, object]]:
    drafts = draft_claims(sentence, PUBLISHED_ON, language)
    assert all(draft.headline == " ".join(sentence[draft.span.start : draft.span.end].split()) for draft in drafts)
    return [(draft.headline, draft.facts["quantity"]) for draft in drafts if "quantity" in draft.facts]


@pytest.mark.parametrize(
    ("language", "sentence", "headline", "facts"),
    [
        ("de", "Rund 2.500 Soldaten sind im Irak.", "Rund 2.500 Soldaten",
         {"value": 2500, "bound": "about", "unit": "Soldaten"}),
        ("de", "Es kostete 3,2 Mio. Euro.", "3,2 Mio. Euro", {"value": 3_200_000, "currency": "EUR"}),
        ("de", "Das waren 18 Prozent der Stimmen.", "18 Prozent der Stimmen",
         {"value": 18, "unit": "Stimmen", "share": True}),
        ("de", "Es fahren 160.000 Fahrzeuge pro Tag.", "160.000 Fahrzeuge pro Tag",
         {"value": 160_000, "unit": "Fahrzeuge", "per": "Tag"}),
        ("de", "Es kamen zwischen 40 und 60 Kämpfer.", "zwischen 40 und 60 Kämpfer",
         {"value": 40, "value_max": 60, "unit": "Kämpfer"}),
        ("fr", "Il a coûté 4,3 milliards de dollars.", "4,3 milliards de dollars",
         {"value": 4_300_000_000, "currency": "USD"}),
        ("fr", "Près de 2\u202f500 soldats sont là.", "Près de 2 500 soldats",
         {"value": 2500, "bound": "about", "unit": "soldats"}),
        ("fr", "Des milliers de personnes sont venues.", "Des milliers de personnes",
         {"value": 1000, "bound": "at_least", "unit": "personnes"}),
        ("es", "Costó 4.300 millones de dólares.", "4.300 millones de dólares",
         {"value": 4_300_000_000, "currency": "USD"}),
        ("es", "Al menos doce personas murieron.", "Al menos doce personas",
         {"value": 12, "bound": "at_least", "unit": "personas"}),
        ("es-MX", "Costó 1,234.5 euros.", "1,234.5 euros", {"value": 1234.5, "currency": "EUR"}),
        ("pt", "Custou R$ 4,3 bilhões.", "R$ 4,3 bilhões", {"value": 4_300_000_000, "currency": "BRL"}),
        ("pt-BR", "São 18% dos eleitores.", "18% dos eleitores", {"value": 18, "unit": "eleitores", "share": True}),
        ("ar", "نحو ٢٥٠٠ جندي في العراق.", "نحو ٢٥٠٠ جندي", {"value": 2500, "bound": "about", "unit": "جندي"}),
        ("ar", "صوت ١٨ في المئة من الناخبين.", "١٨ في المئة من الناخبين",
         {"value": 18, "unit": "الناخبين", "share": True}),
        ("it", "Sono circa 2.500 soldati.", "circa 2.500 soldati",
         {"value": 2500, "bound": "about", "unit": "soldati"}),
        ("nl", "Het zijn 3 miljoen euro.", "3 miljoen euro", {"value": 3_000_000, "currency": "EUR"}),
        ("sv", "De är 2 500 soldater.", "2 500 soldater", {"value": 2500, "unit": "soldater"}),
    ],
)  # fmt: skip
def test_figure_is_a_claim_in_the_words_as_written(language: str, sentence: str, headline: str, facts: object) -> None:
    assert quantities(sentence, language) == [(headline, facts)]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Siehe Seite 12 von Artikel 5."), ("de", "Er kam um 18 Uhr."), ("de", "Es endete 3:2 in Raum 12."),
        ("de", "Der 45 Jahre alte Mann blieb."), ("de", "Das 12. Kapitel ist lang."), ("de", "Seit 2019 steigt es."),
        ("fr", "Voir page 12 de l'article 5."), ("fr", "Il est venu à 18 heures."), ("fr", "Un homme de 45 ans."),
        ("es", "Ver página 12."), ("es", "Llegó a las 18 horas."), ("es", "En 2019 fue así."),
        ("pt", "Ver página 12 do artigo 5."), ("ar", "صفحة 12 من المادة 5"), ("ar", "منذ عام ٢٠١٩"),
    ],
)  # fmt: skip
def test_number_that_counts_nothing_is_no_claim(language: str, sentence: str) -> None:
    assert draft_claims(sentence, PUBLISHED_ON, language) == []


def test_dated_sentence_without_a_figure_is_an_event() -> None:
    (draft,) = draft_claims("Der Einsatz endete am 3. März 2022.", PUBLISHED_ON, "de")
    assert (draft.kind, draft.headline, draft.facts) == (
        "event",
        "Der Einsatz endete am 3. März 2022",
        {"date": "2022-03-03"},
    )


def test_question_about_a_date_is_no_event() -> None:
    assert draft_claims("Endete der Einsatz am 3. März 2022?", PUBLISHED_ON, "de") == []


@given(st.text(max_size=80), st.sampled_from(("de", "fr", "es", "pt", "ar", "it", "nl", "zh", "xx", "", "de-", "🙂")))
def test_any_text_in_any_language_is_bearable(text: str, language: str) -> None:
    for sentence in (text, f"rund 2.500 {text} 18 % de {text} 3. mars"):
        for draft in draft_claims(sentence, PUBLISHED_ON, language):
            assert 0 <= draft.span.start < draft.span.end <= len(sentence)
