import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from claims.intake.decoding import MAX_BYTES

ARTICLE = "The port lost 310 ships in May 2022, Henrik Aas said."
Row = dict[str, object]
Run = Callable[..., list[Row]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*args: str) -> list[Row]:
        call_command("extract", *args)
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE)
    return str(path)


def start(*args: str, stdout: Any = subprocess.PIPE, **environment: str) -> subprocess.Popen[bytes]:
    """The command as a person starts it, where neither a database nor a broker answers."""
    environment |= {"DATABASE_URL": "postgresql://desk@127.0.0.1:1/desk", "REDIS_URL": "redis://127.0.0.1:1/0"}
    environment |= {"SECRET_KEY": "x" * 50, "ALLOWED_HOSTS": "desk.test", "SITE_URL": "https://desk.test"}
    return subprocess.Popen(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "extract", *args],
        env=os.environ | environment,
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=subprocess.PIPE,
    )


def test_claims_are_printed_as_json_lines(article: str, run: Run) -> None:
    (claim,) = run(article)
    contract = ["headline", "quote", "start", "end", "sentence", "kind", "claimant", "facts"]
    contract += ["check_worthiness", "reasons"]
    assert [key for key in claim if key in contract] == contract  # keys may be added, none goes
    assert (claim["headline"], claim["claimant"]) == ("310 ships", "Henrik Aas")


def test_json_prints_the_article_first(article: str, run: Run) -> None:
    described, claim = run(article, "--json", "--published-on", "2024-01-25")
    assert described == {"text": ARTICLE, "title": "", "published_on": "2024-01-25", "language": "en"}
    assert ARTICLE[int(str(claim["start"])) : int(str(claim["end"]))] == claim["quote"]


def test_standard_input_is_an_article(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    assert [claim["quote"] for claim in run("-")] == ["310 ships"]


def test_json_lines_repeat_their_id(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "articles.jsonl"
    rows = [{"id": 7, "text": "The port opened on Monday.", "published_on": "2024-01-25"}, {"id": "b", "text": ARTICLE}]
    path.write_text("\n".join(map(json.dumps, rows)))
    found = run(str(path))
    assert [claim["id"] for claim in found] == [7, "b"]
    assert found[0]["facts"] == {"date": "2024-01-22"}


def test_folder_gives_its_articles_in_the_order_of_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {
        "b.md": 1,
        "a/two.txt": 2,
        "a/.hidden.txt": 3,
        ".git/four.txt": 4,
        "c.pdf": 5,
        "a/page.html": 6,
        "z.TXT": 7,
    }
    for name, ships in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"The port lost {ships}00 ships.")
    call_command("extract", str(tmp_path))
    out, err = capsys.readouterr()
    assert [json.loads(line)["quote"] for line in out.splitlines()] == ["200 ships", "100 ships", "700 ships"]
    assert err == f"{tmp_path}: skipped what does not end in .txt, .text, .md, .jsonl: 1 .html, 1 .pdf\n"


def test_folder_without_articles_has_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        call_command("extract", str(tmp_path))
    assert stopped.value.code == 1
    assert capsys.readouterr().err == (
        f"{tmp_path}: holds no article. Articles in folders end in .txt, .text, .md, .jsonl.\n"
    )


def test_bad_line_is_named_and_the_others_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(['{"id": 1}', "nonsense", "", json.dumps({"id": 4, "text": ARTICLE})]))
    with pytest.raises(SystemExit) as stopped:
        call_command("extract", str(path))
    out, err = capsys.readouterr()
    assert stopped.value.code == 1
    assert [f"line {number}: " in err for number in (1, 2, 3, 4)] == [True, True, False, False]
    assert json.loads(out)["id"] == 4


def test_unfit_file_is_refused_and_the_next_one_read(
    tmp_path: Path, article: str, capsys: pytest.CaptureFixture[str]
) -> None:
    binary = tmp_path / "article.pdf"
    binary.write_bytes(b"%PDF\x00")
    with pytest.raises(SystemExit):
        call_command("extract", str(binary), str(tmp_path / "missing.txt"), article)
    out, err = capsys.readouterr()
    assert [line.split(": ")[0] for line in err.splitlines()] == [str(binary), str(tmp_path / "missing.txt")]
    assert json.loads(out)["quote"] == "310 ships"


def test_text_larger_than_the_desk_takes_is_read(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "archive.txt"
    path.write_text("Share this article\n\n" * (MAX_BYTES // 18) + ARTICLE)
    assert [claim["quote"] for claim in run(str(path))] == ["310 ships"]


def test_text_beyond_the_limit_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "archive.txt"
    path.write_bytes(b"A fair. " * 2_500_001)
    with pytest.raises(SystemExit):
        call_command("extract", str(path))
    assert "larger than 20,000,000 bytes" in capsys.readouterr().err


def test_output_is_utf8_and_needs_neither_database_nor_broker(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("The port of Łódź lost 310 ships.", encoding="utf-8")
    running = start(str(path), PYTHONIOENCODING="latin-1")
    out, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (0, b"")
    assert json.loads(out.decode())["sentence"] == "The port of Łódź lost 310 ships."


def test_reader_that_has_seen_enough_ends_it_quietly(article: str) -> None:
    running = start(*[article] * 2_000)
    running.stdout.readline()
    running.stdout.close()
    assert (running.wait(timeout=60), running.stderr.read()) == (141, b"")


def test_interrupt_ends_it_quietly_and_claims_were_printed_as_found(article: str) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background they may be told to ignore it
    running = start(article, "-")
    assert json.loads(running.stdout.readline())["quote"] == "310 ships"
    running.send_signal(signal.SIGINT)  # while it waits for standard input
    assert (running.wait(timeout=60), running.stderr.read()) == (130, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to write to")
def test_full_disk_is_told(article: str) -> None:
    with open("/dev/full", "wb") as full:
        running = start(article, stdout=full)
        _, err = running.communicate(timeout=60)
    told = b"CommandError: The output cannot be written: No space left on device. What is there is not all.\n"
    assert (running.returncode, err) == (1, told)


def test_text_without_claims_in_another_script_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "article.txt"
    path.write_text("军队有两千五百人。")
    call_command("extract", str(path))
    assert capsys.readouterr() == (
        "",
        f"{path}: Most of the text is in Chinese script, which the extractor cannot read.\n",
    )
