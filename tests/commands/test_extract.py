import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

ARTICLE = "The port lost 310 ships in May 2022, Henrik Aas said."


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., list[dict[str, object]]]:
    def run(*args: str) -> list[dict[str, object]]:
        call_command("extract", *args)
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


def test_claims_are_printed_as_json_lines(tmp_path: Path, run: Callable[..., list[dict[str, object]]]) -> None:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE)
    (claim,) = run(str(path))
    assert list(claim) == (
        ["headline", "quote", "start", "end", "sentence", "kind", "claimant", "facts", "check_worthiness", "reasons"]
    )
    assert (claim["headline"], claim["claimant"]) == ("310 ships", "Henrik Aas")


def test_json_prints_the_article_first(tmp_path: Path, run: Callable[..., list[dict[str, object]]]) -> None:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE)
    article, claim = run(str(path), "--json", "--published-on", "2024-01-25")
    assert article == {"text": ARTICLE, "title": "", "published_on": "2024-01-25", "language": "en"}
    assert ARTICLE[int(str(claim["start"])) : int(str(claim["end"]))] == claim["quote"]


def test_standard_input_is_an_article(
    monkeypatch: pytest.MonkeyPatch, run: Callable[..., list[dict[str, object]]]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    assert [claim["quote"] for claim in run("-")] == ["310 ships"]


def test_json_lines_repeat_their_id(tmp_path: Path, run: Callable[..., list[dict[str, object]]]) -> None:
    path = tmp_path / "articles.jsonl"
    rows = [{"id": 7, "text": "The port opened on Monday.", "published_on": "2024-01-25"}, {"id": "b", "text": ARTICLE}]
    path.write_text("\n".join(map(json.dumps, rows)))
    found = run(str(path))
    assert [claim["id"] for claim in found] == [7, "b"]
    assert found[0]["facts"] == {"date": "2024-01-22"}


def test_bad_line_is_named_and_the_others_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(['{"id": 1}', "nonsense", "", json.dumps({"id": 4, "text": ARTICLE})]))
    with pytest.raises(SystemExit) as stopped:
        call_command("extract", str(path))
    out, err = capsys.readouterr()
    assert stopped.value.code == 1
    assert [f"line {number}: " in err for number in (1, 2, 3, 4)] == [True, True, False, False]
    assert json.loads(out)["id"] == 4


def test_unfit_file_is_refused_and_the_next_one_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    binary, article = tmp_path / "article.pdf", tmp_path / "article.txt"
    binary.write_bytes(b"%PDF\x00")
    article.write_text(ARTICLE)
    with pytest.raises(SystemExit):
        call_command("extract", str(binary), str(tmp_path / "missing.txt"), str(article))
    out, err = capsys.readouterr()
    assert [line.split(": ")[0] for line in err.splitlines()] == [str(binary), str(tmp_path / "missing.txt")]
    assert json.loads(out)["quote"] == "310 ships"
