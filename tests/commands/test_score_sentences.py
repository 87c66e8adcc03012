import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.extraction import score_sentences

TEXTS = ['He said: "We lost 310 ships.', "", "It is a fair day.", "A line\u2028separator and a \x0b tab."]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "sentences.tsv"


def score(table: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    call_command("score_sentences", str(table))
    return capsys.readouterr().out.splitlines()


def scores_of(*texts: str) -> list[str]:
    return [f"{one:.6f}" for one in score_sentences(texts)]


@pytest.mark.parametrize(
    "header", ["sentence_id\ttext\tclass_label", "Sentence_id\tText\tClass", "\ufeffid\t TEXT \tx"]
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_each_row_has_its_score(table, header, ending, capsys):
    rows = [header, *(f"{number}\t{text}\tNo" for number, text in enumerate(TEXTS))]
    table.write_bytes(ending.join(rows).encode())
    assert score(table, capsys) == scores_of(*TEXTS)


def test_blank_lines_are_texts_where_there_is_one_column_alone(table, capsys):
    table.write_text("text\nIt lost 310 ships.\n\nIt is fair.\n\n")
    assert score(table, capsys) == scores_of("It lost 310 ships.", "", "It is fair.", "")
    table.write_text("id\ttext\n1\tIt lost 310 ships.\n\n2\n3\tIt is fair.\n\n")
    assert score(table, capsys) == scores_of("It lost 310 ships.", "", "It is fair.")


def test_standard_input_is_a_table(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"text\nIt lost 310 ships.\n")))
    call_command("score_sentences", "-")
    assert capsys.readouterr().out.splitlines() == scores_of("It lost 310 ships.")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"id\tsentence\n1\tIt.\n", 'no column "text". Between its tabs stand: id, sentence.'),
        (b"", 'no column "text". Between its tabs stand: none.'),
        (b"text\nfine\n\xff\n", "line 3 is not UTF-8. Convert"),
    ],
)
def test_unfit_table_is_refused_with_what_to_do(table, content, told):
    table.write_bytes(content)
    with pytest.raises(CommandError) as refusal:
        call_command("score_sentences", str(table))
    assert str(refusal.value).startswith(f"{table}: ")
    assert told in str(refusal.value)


def test_missing_file_is_told(table):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("score_sentences", str(table))
