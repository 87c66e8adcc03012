import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.enums import ClaimKind
from claims.review.closing import dismiss_claim
from claims.review.evidence import add_evidence
from claims.review.found_claims import add_claim
from tests.factories import make_article, make_queued_claim

TEXT = "Some 40 ships sank. Some 50 cars burnt. The port opened in May 2022."
SENTENCE = "The port lost 310 ships, Henrik Aas said."
GOLD = {
    "id": "a",
    "title": "",
    "published_on": "2024-01-25",
    "text": SENTENCE,
    "claims": [
        {
            "quote": "310 ships",
            "sentence": SENTENCE,
            "headline": "310 ships",
            "kind": "quantity",
            "claimant": "Aas",
            "facts": {"quantity": {"value": 310, "unit": "ships"}},
        }
    ],
    "not_claims": [],
}


def evaluate(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    call_command("evaluate_extraction", *args)
    return capsys.readouterr().out


@pytest.fixture
def gold(tmp_path: Path) -> str:
    path = tmp_path / "gold.json"
    path.write_text(json.dumps([GOLD]))
    return str(path)


def test_desk_is_evaluated_on_what_people_touched(db, reviewer, capsys):
    article = make_article(text=TEXT)
    ships, cars = (make_queued_claim(article=article, quote=quote) for quote in ("40 ships", "50 cars"))
    add_evidence(reviewer, ships.pk, url="https://port.example/ships", title="Ships")
    dismiss_claim(reviewer, cars.pk, "A handful.")
    start = TEXT.index("May 2022")
    add_claim(reviewer, article, start, start + 8, kind=ClaimKind.EVENT)
    table = [line.split() for line in evaluate(capsys).splitlines()[:4]]
    assert table == [
        ["kind", "recall", "precision"],
        ["quantity", "1.000", "(1/1)", "0.500", "(1/2)"],
        ["event", "0.000", "(0/1)", "-", "(0/0)"],
        ["all", "0.500", "(1/2)", "0.500", "(1/2)"],
    ]
    figures = json.loads(evaluate(capsys, "--json"))
    assert figures["recall"] == {"share": 0.5, "right": 1, "of": 2}
    assert figures["precision_by_kind"]["rule"] == {"share": None, "right": 0, "of": 0}


def test_desk_without_judgements_says_what_would_count(db, capsys):
    out = evaluate(capsys)
    assert out.splitlines()[1].split() == ["all", "-", "(0/0)", "-", "(0/0)"]
    assert "Only what people touched is counted." in out


def test_labelled_articles_are_evaluated_without_a_database(gold, capsys):
    figures = json.loads(evaluate(capsys, "--gold", gold, "--json", "--errors"))
    assert [figures[name]["share"] for name in ("recall", "precision", "kind", "claimant", "value")] == [1, 1, 1, 0, 1]
    assert (figures["date"]["share"], figures["mean_overlap"]) == (None, 1.0)
    assert figures["errors"] == [f"a\twrong claimant\t310 ships\tHenrik Aas, not Aas; in: {SENTENCE}"]
    assert evaluate(capsys, "--gold", gold, "--errors").splitlines()[0] == figures["errors"][0]
    assert evaluate(capsys, "--gold", gold).splitlines()[0].split() == ["kind", "recall", "precision"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[{}]", "article 1 is not of the format"),
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        (json.dumps([GOLD | {"text": 5}]), "text must hold text, not int"),
        (json.dumps([GOLD | {"text": ""}]), "text is empty"),
    ],
)
def test_unfit_labels_are_refused(tmp_path, content, told):
    path = tmp_path / "gold.json"
    path.write_text(content)
    with pytest.raises(CommandError, match=told):
        call_command("evaluate_extraction", "--gold", str(path))


def test_missing_labels_are_told(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("evaluate_extraction", "--gold", str(tmp_path / "none.json"))
    with pytest.raises(CommandError, match="give their file with --gold"):
        call_command("evaluate_extraction", "--errors")
