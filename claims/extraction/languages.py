"""What the readers of figures and dates need to know of a language; names of months and days come from CLDR."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(frozen=True)
class LanguageWords:
    """Alternatives are separated by `|`; small letters; spaces are single. Empty where we do not know the language."""

    about: str = ""
    at_least: str = ""
    at_most: str = ""
    between: str = ""
    range_joints: str = ""
    between_joints: str = ""
    scales: dict[str, int] = field(default_factory=dict)
    numbers: str = ""  # two to twelve, in order; one is too often an article
    alone: dict[str, int] = field(default_factory=dict)  # words of size that need no number before them
    vague: dict[str, int] = field(default_factory=dict)  # at least so many
    percent: str = ""
    currencies: dict[str, str] = field(default_factory=dict)
    partitives: str = ""
    rates: str = ""
    rate_bases: str = ""  # what a rate is of: day, head, litre
    labels: str = ""  # before a number that only names something: page, article
    not_counted: str = ""  # never the noun that a number counts
    year_after: str = ""
    decades: str = ""
    date_joints: str = ""
    named_days: dict[str, int] = field(default_factory=dict)
    shifted: dict[str, tuple[str, int]] = field(default_factory=dict)
    nouns_are_capitalised: bool = False


_GERMAN = LanguageWords(
    about="rund|etwa|circa|ca.|zirka|ungefähr|knapp|fast|annähernd|schätzungsweise|gut|um die",
    at_least="mindestens|wenigstens|über|mehr als|nicht weniger als",
    at_most="höchstens|maximal|bis zu|weniger als|nicht mehr als|unter",
    between="zwischen", between_joints="und", range_joints="bis",
    scales={"tausend": 10**3, "million": 10**6, "millionen": 10**6, "mio.": 10**6, "mio": 10**6, "milliarde": 10**9,
            "milliarden": 10**9, "mrd.": 10**9, "mrd": 10**9, "billion": 10**12, "billionen": 10**12, "dutzend": 12},
    alone={"hundert": 100, "tausend": 1000, "eine million": 10**6, "eine milliarde": 10**9},
    vague={"dutzende": 12, "hunderte": 100, "tausende": 1000, "hunderttausende": 100_000, "zehntausende": 10_000},
    numbers="zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf",
    percent="prozent",
    currencies={"dollar": "USD", "us-dollar": "USD", "euro": "EUR", "pfund": "GBP", "franken": "CHF"},
    partitives="der|des|aller|von den|von", rates="pro|je",
    rate_bases="tag|woche|monat|jahr|stunde|minute|sekunde|kopf|einwohner|person|liter|tonne|quadratmeter",
    labels="seite|seiten|s.|kapitel|artikel|art.|nr.|nummer|paragraf|paragraph|absatz|abs.|platz|rang|zimmer"
    "|linie|band",
    not_counted="uhr|und|der|die|das|des|dem|den|von|mit|bei|für|auf|aus|nach|seit|bis|in|im|an|am|zu|zum|ist|sind|war"
    "|waren|wurde|wurden|haben|hat|hatte|oder|als|jahre alt|er|sie|es|wird|werden|auch|aber|noch|so|wie",
    year_after="im jahr|im jahre|jahr|seit|bis|von|ab|ende|anfang|mitte|in|vor|nach|sommer|herbst|winter"
    "|frühjahr|frühling",
    decades="{}er",
    named_days={"vorgestern": -2, "gestern": -1, "heute": 0, "übermorgen": 2},
    shifted={"(?:letzte|vergangene|vorige)n? woche": ("week", -1), "nächste(?:n|r)? woche": ("week", 1),
             "(?:letzten|vergangenen|vorigen) monat": ("month", -1), "nächsten monat": ("month", 1),
             "(?:letzte[ns]|vergangene[ns]|vorige[ns]) jahr": ("year", -1), "nächste[ns] jahr": ("year", 1)},
    nouns_are_capitalised=True,
)  # fmt: skip
_FRENCH = LanguageWords(
    about="environ|près de|quelque|autour de|presque|à peu près|approximativement|une estimation de",
    at_least="au moins|plus de|plus d'|au minimum|pas moins de", at_most="au plus|moins de|jusqu'à|au maximum",
    between="entre", between_joints="et", range_joints="à",
    scales={"mille": 10**3, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9,
            "billion": 10**12, "billions": 10**12},
    alone={"cent": 100, "mille": 1000, "un million": 10**6, "un milliard": 10**9},
    vague={"des dizaines": 10, "des centaines": 100, "des milliers": 1000, "des millions": 10**6},
    numbers="deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze",
    percent="pour cent|pourcent", currencies={"dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR",
                                              "livres sterling": "GBP", "francs suisses": "CHF"},
    partitives="des|de la|de l'|du|de|d'", rates="par",
    rate_bases="jour|semaine|mois|an|heure|minute|seconde|habitant|personne|litre|tonne|baril",
    labels="page|pages|p.|article|art.|chapitre|numéro|n°|no|paragraphe|alinéa|ligne|salle|tome|place",
    not_counted="heure|h|et|les|des|une|un|dans|pour|par|sur|avec|ont|est|sont|était|étaient|que|qui|aux|plus"
    "|leur|selon|à"
    "|a|en|de|le|la|du|au|ou|mais|il|elle|ils|elles|on|se|ne|ce|où|depuis|fois plus",
    year_after="en|depuis|de|jusqu'en|avant|après|dès|fin|début|mi|année|an|été|hiver|printemps|automne"
    "|à", decades="années {}",
    date_joints="de",
    named_days={"avant-hier": -2, "hier": -1, "aujourd'hui": 0, "demain": 1, "après-demain": 2},
    shifted={"semaine (?:dernière|passée)": ("week", -1), "semaine prochaine": ("week", 1),
             "mois (?:dernier|passé)": ("month", -1), "mois prochain": ("month", 1),
             "(?:an|année) (?:dernier|dernière|passée)": ("year", -1), "(?:an|année) prochaine?": ("year", 1)},
)  # fmt: skip
_SPANISH = LanguageWords(
    about="unos|unas|casi|cerca de|alrededor de|aproximadamente|en torno a|algunos|algunas|hacia",
    at_least="al menos|por lo menos|más de|como mínimo|no menos de", at_most="como máximo|hasta|menos de|no más de",
    between="entre", between_joints="y", range_joints="a",
    scales={"mil": 10**3, "mil millones": 10**9, "millón": 10**6, "millones": 10**6, "billón": 10**12,
            "billones": 10**12},
    alone={"cien": 100, "mil": 1000, "un millón": 10**6},
    vague={"decenas": 10, "cientos": 100, "miles": 1000, "millones": 10**6},
    numbers="dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce",
    percent="por ciento|por 100", currencies={"dólar": "USD", "dólares": "USD", "euro": "EUR", "euros": "EUR",
                                              "libras esterlinas": "GBP", "francos suizos": "CHF", "reales": "BRL"},
    partitives="de los|de las|de la|del|de", rates="por|al|a la|cada",
    rate_bases="día|semana|mes|año|hora|minuto|segundo|habitante|persona|litro|tonelada|barril",
    labels="página|páginas|pág.|artículo|art.|capítulo|número|núm.|nº|n.º|apartado|línea|sala|tomo|puesto",
    not_counted="los|las|una|un|por|con|para|del|que|fue|son|han|hay|más|según|entre|y|e|o|a|en|de|el|la|al|se|no|ha|es"
    "|era|eran|fueron|desde|hasta|pero|su|sus|lo|le",
    year_after="en|desde|de|del|hasta|año|principios de|finales de|verano de|otoño de|invierno de|primavera de|a",
    decades="años {}", date_joints="de|del",
    named_days={"anteayer": -2, "ayer": -1, "hoy": 0},
    shifted={"semana pasada": ("week", -1), "(?:próxima semana|semana próxima|semana que viene)": ("week", 1),
             "mes pasado": ("month", -1), "próximo mes": ("month", 1), "año pasado": ("year", -1),
             "próximo año": ("year", 1)},
)  # fmt: skip
_PORTUGUESE = LanguageWords(
    about="cerca de|quase|aproximadamente|por volta de|em torno de|uns|umas|perto de",
    at_least="pelo menos|ao menos|mais de|no mínimo|não menos de", at_most="no máximo|até|menos de|não mais de",
    between="entre", between_joints="e", range_joints="a",
    scales={"mil": 10**3, "milhão": 10**6, "milhões": 10**6, "bilhão": 10**9, "bilhões": 10**9, "bi": 10**9,
            "mi": 10**6, "mil milhões": 10**9, "trilhão": 10**12, "trilhões": 10**12, "bilião": 10**12,
            "biliões": 10**12},
    alone={"cem": 100, "mil": 1000, "um milhão": 10**6, "um bilhão": 10**9},
    vague={"dezenas": 10, "centenas": 100, "milhares": 1000, "milhões": 10**6},
    numbers="dois|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze",
    percent="por cento", currencies={"dólar": "USD", "dólares": "USD", "euro": "EUR", "euros": "EUR", "real": "BRL",
                                     "reais": "BRL", "libras esterlinas": "GBP"},
    partitives="dos|das|da|do|de", rates="por|ao|à|a cada",
    rate_bases="dia|semana|mês|ano|hora|minuto|segundo|habitante|pessoa|litro|tonelada|barril",
    labels="página|páginas|pág.|artigo|art.|capítulo|número|nº|n.º|parágrafo|linha|sala|tomo|lugar",
    not_counted="das|dos|uma|um|por|com|para|que|foi|são|mais|segundo|entre|e|ou|a|em|de|o|as|os|no|na|nos|nas"
    "|ao|se|não"
    "|é|era|eram|foram|desde|até|mas|seu|sua",
    year_after="em|desde|de|até|ano|ano de|início de|fim de|final de|verão de|inverno de|outono de|primavera de|a",
    decades="anos {}", date_joints="de",
    named_days={"anteontem": -2, "ontem": -1, "hoje": 0, "amanhã": 1},
    shifted={"semana passada": ("week", -1), "(?:próxima semana|semana que vem)": ("week", 1),
             "mês passado": ("month", -1), "próximo mês": ("month", 1), "ano passado": ("year", -1),
             "próximo ano": ("year", 1)},
)  # fmt: skip
_ARABIC = LanguageWords(
    about="نحو|حوالي|قرابة|ما يقارب|ما يقرب من|زهاء|تقريبا",
    at_least="أكثر من|على الأقل|ما لا يقل عن|ما يزيد عن|ما يزيد على", at_most="أقل من|حتى|ما لا يزيد عن|على الأكثر",
    between="بين", between_joints="و|إلى", range_joints="إلى",
    scales={"ألف": 10**3, "آلاف": 10**3, "ألفا": 10**3, "مليون": 10**6, "ملايين": 10**6, "مليونا": 10**6,
            "مليار": 10**9, "مليارات": 10**9, "مليارا": 10**9, "تريليون": 10**12},
    alone={"مئة": 100, "مائة": 100, "ألف": 1000, "مليون": 10**6, "مليار": 10**9, "مليوني": 2 * 10**6},
    vague={"عشرات": 10, "مئات": 100, "آلاف": 1000, "ملايين": 10**6},
    numbers="اثنين|ثلاثة|أربعة|خمسة|ستة|سبعة|ثمانية|تسعة|عشرة|أحد عشر|اثني عشر",
    percent="في المئة|في المائة|بالمئة|بالمائة",
    currencies={"دولار": "USD", "دولارا": "USD", "دولارات": "USD", "يورو": "EUR", "جنيه إسترليني": "GBP"},
    partitives="من", rates="في",
    rate_bases="اليوم|الأسبوع|الشهر|السنة|العام|الساعة|الدقيقة",
    labels="صفحة|الصفحة|المادة|مادة|رقم|الفصل|البند|الساعة|القرار",
    not_counted="في|من|على|إلى|عن|أن|التي|الذي|الذين|هذا|هذه|كان|كانت|قد|ما|لا|لم|منذ|حتى|مع|بين|بعد|قبل|أو|ثم"
    "|كما|هو|هي",
    year_after="عام|سنة|العام|منذ|في عام|عامي", date_joints="من",
    named_days={"أول أمس": -2, "أمس": -1, "غدا": 1},
    shifted={"الأسبوع الماضي": ("week", -1), "الشهر الماضي": ("month", -1), "(?:العام|السنة) (?:الماضي"
    "|الماضية)": ("year", -1),
             "الأسبوع المقبل": ("week", 1), "الشهر المقبل": ("month", 1), "العام المقبل": ("year", 1)},
)  # fmt: skip
_ITALIAN = LanguageWords(
    about="circa|quasi|intorno a|all'incirca|più o meno", at_least="almeno|più di|oltre|non meno di",
    at_most="al massimo|fino a|meno di|non più di", between="tra|fra", between_joints="e", range_joints="a",
    scales={"mila": 10**3, "mille": 10**3, "milione": 10**6, "milioni": 10**6, "miliardo": 10**9, "miliardi": 10**9},
    alone={"cento": 100, "mille": 1000, "un milione": 10**6, "un miliardo": 10**9},
    vague={"decine": 10, "centinaia": 100, "migliaia": 1000, "milioni": 10**6},
    numbers="due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici", percent="per cento",
    currencies={"dollaro": "USD", "dollari": "USD", "euro": "EUR", "sterline": "GBP"},
    partitives="degli|delle|dei|della|dell'|del|di", rates="al|all'|per",
    rate_bases="giorno|settimana|mese|anno|ora|minuto|secondo|abitante|persona|litro|tonnellata|barile",
    labels="pagina|pagine|pag.|articolo|art.|capitolo|numero|n.|comma|sala|posto",
    not_counted="e|o|a|di|in|per|con|che|il|la|i|gli|le|un|una|del|al|da|si|non|è|sono|era|ha|hanno|secondo|ma|su",
    year_after="nel|dal|del|al|anno|fino al|fine|inizio|estate|inverno|di", decades="anni {}",
    named_days={"ieri": -1, "oggi": 0, "domani": 1},
    shifted={"settimana scorsa": ("week", -1), "mese scorso": ("month", -1), "anno scorso": ("year", -1)},
)  # fmt: skip
_DUTCH = LanguageWords(
    about="ongeveer|circa|ca.|zo'n|bijna|rond de|naar schatting", at_least="minstens|ten minste|meer dan|ruim",
    at_most="hoogstens|maximaal|tot wel|minder dan", between="tussen", between_joints="en", range_joints="tot|à",
    scales={"duizend": 10**3, "miljoen": 10**6, "mln": 10**6, "miljard": 10**9, "mld": 10**9, "biljoen": 10**12},
    alone={"honderd": 100, "duizend": 1000, "een miljoen": 10**6, "een miljard": 10**9},
    vague={"tientallen": 10, "honderden": 100, "duizenden": 1000, "miljoenen": 10**6},
    numbers="twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf", percent="procent",
    currencies={"dollar": "USD", "euro": "EUR", "pond": "GBP"}, partitives="van de|van het|van", rates="per",
    rate_bases="dag|week|maand|jaar|uur|minuut|seconde|inwoner|persoon|liter|ton",
    labels="pagina|artikel|art.|nummer|nr.|hoofdstuk|lid|kamer|plaats",
    not_counted="uur|en|of|de|het|een|van|in|op|met|voor|aan|bij|naar|tot|is|zijn|was|waren|heeft|hebben|die"
    "|dat|te|als|ook",
    year_after="in|sinds|tot|van|jaar|eind|begin|medio|vanaf|zomer|winter|voor|na",
    named_days={"eergisteren": -2, "gisteren": -1, "vandaag": 0, "overmorgen": 2},
    shifted={"(?:vorige|afgelopen) week": ("week", -1), "(?:vorige|afgelopen) maand": ("month", -1),
             "(?:vorig|afgelopen) jaar": ("year", -1), "volgende week": ("week", 1), "volgend jaar": ("year", 1)},
)  # fmt: skip
_LANGUAGES = {
    "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH, "pt": _PORTUGUESE, "ar": _ARABIC, "it": _ITALIAN, "nl": _DUTCH,
}  # fmt: skip


@lru_cache(maxsize=32)
def words_of(language: str) -> LanguageWords:
    """`language`: a BCP 47 tag (`pt-BR`). One we have no words of has its digits and CLDR's months only."""
    return _LANGUAGES.get(base_language(language), LanguageWords())


def base_language(language: str) -> str:
    return language.lower().replace("_", "-").partition("-")[0]


def any_of(words: str | Iterable[str]) -> str:
    """An expression for the alternatives, longest first; one that never matches if there are none."""
    names = [name for name in (words.split("|") if isinstance(words, str) else words) if name]
    return "(?:" + "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) + ")" if names else "(?!)"
