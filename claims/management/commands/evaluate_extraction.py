"""`manage.py evaluate_extraction`: how good the machine is at finding claims, by what people say of them."""

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, Q

from claims.enums import ClaimKind
from claims.exceptions import ArticleRefused
from claims.extraction import EXTRACTOR_VERSION, extract
from claims.extraction.evaluation import Comparison, compare, count_detection, describe_errors, measure
from claims.extraction.gold import GoldArticle, read_gold
from claims.intake.cleaning import clean_page
from claims.management.figures import as_json, detection_table, finds_table
from claims.management.piping import writing_to_a_pipe
from claims.review.judged_claims import Judgement, judged_claims

_HOW_TO_READ_DESK = (
    "Only what people touched is counted. Precision: of the machine's claims that somebody judged, those somebody "
    "worked on; the others were dismissed. Recall: of the claims people thought worth checking, those the machine had "
    "found; the others were added by hand. What nobody looked at is in neither."
)
_HOW_TO_READ_GOLD = (
    "A labelled claim is found when a claim in its sentence has nearly its headline (token F1 of at least 0.7). "
    "Kind, claimant, value and date are counted among the claims found."
)


class Command(BaseCommand):
    help = (
        "Recall and precision of the extraction by kind of claim: on the claims that people at this desk judged, or on "
        "a file of labelled articles."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--gold", metavar="FILE.json", help="labelled articles, instead of the desk's own claims")
        parser.add_argument("--errors", action="store_true", help="with --gold: a line for each error, tab-separated")
        parser.add_argument("--json", action="store_true", help="the figures as one JSON object")

    def handle(self, *args: Any, gold: str | None, errors: bool, **options: Any) -> None:
        if errors and not gold:
            raise CommandError("--errors needs labelled articles: give their file with --gold.")
        with writing_to_a_pipe():
            if gold:
                self._evaluate_gold(gold, with_errors=errors, json_wanted=options["json"])
            else:
                self._evaluate_desk(json_wanted=options["json"])

    def _evaluate_gold(self, name: str, *, with_errors: bool, json_wanted: bool) -> None:
        comparisons = [compare_article(article) for article in _read(name)]
        figures = measure(comparisons)
        mistakes = [line for one in comparisons for line in describe_errors(one)] if with_errors else []
        if json_wanted:
            more = {"errors": mistakes} if with_errors else {}
            self._print_json({"extractor": EXTRACTOR_VERSION, **as_json(figures), **more})
        else:
            tables = [*detection_table(figures.detection), *finds_table(figures)]
            self._print_lines([*mistakes, *tables, "", f"Extractor {EXTRACTOR_VERSION}. {_HOW_TO_READ_GOLD}"])

    def _evaluate_desk(self, *, json_wanted: bool) -> None:
        judged = _count_judged()
        detection = count_detection(judged[Judgement.WORTH], judged[Judgement.NOT_WORTH], judged[Judgement.MISSED])
        if json_wanted:
            self._print_json(as_json(detection))
        else:
            self._print_lines([*detection_table(detection), "", _HOW_TO_READ_DESK])

    def _print_json(self, row: dict[str, object]) -> None:
        self.stdout.write(json.dumps(row, ensure_ascii=False))

    def _print_lines(self, lines: list[str]) -> None:
        for line in lines:
            self.stdout.write(line)


def compare_article(article: GoldArticle) -> Comparison:
    """Clean the article and extract its claims as the desk does, then hold them against the labels."""
    try:
        page = clean_page(article.text)
    except ArticleRefused as refusal:
        raise CommandError(f"{article.id}: {refusal.message}") from refusal
    return compare(article, page.text, list(extract(page.text, article.published_on, page.language)))


def _read(name: str) -> list[GoldArticle]:
    try:
        return read_gold(Path(name).read_text("utf-8"))
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}") from error
    except ValueError as unfit:
        raise CommandError(f"{name} {unfit}") from unfit


def _count_judged() -> dict[str, Counter[ClaimKind]]:
    """Claims by judgement and kind. What a person added beside a claim of the machine's tells nothing about it."""
    of_machine = Q(added_by=None) | Q(judgement=Judgement.MISSED)
    counts = judged_claims().filter(of_machine).order_by().values_list("judgement", "kind").annotate(Count("pk"))
    judged: dict[str, Counter[ClaimKind]] = {judgement: Counter() for judgement in Judgement}
    for judgement, kind, count in counts:
        judged[judgement][ClaimKind(kind)] = count
    return judged
