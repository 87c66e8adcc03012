import io

import pytest

from claims.management.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def work(progress: Progress) -> None:
    with progress:
        progress.claim_found(0.5, 60)
        progress.article_done(60)
        progress.article_done(40)


def test_bar_counts_articles_and_claims_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    work(Progress(lambda: 100, patience=0, refresh_every=0))
    assert "100 % |" in terminal.getvalue()
    assert "2 articles (" in terminal.getvalue()
    assert "1 claims, 00:00 gone" in terminal.getvalue()


def test_no_bar_where_work_is_soon_done(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    work(Progress(lambda: 100))
    assert terminal.getvalue() == ""


def test_no_bar_in_a_log_nor_among_claims_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    log, terminal = io.StringIO(), Terminal()
    monkeypatch.setattr("sys.stderr", log)
    work(Progress(lambda: 100, patience=0, refresh_every=0))
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("sys.stdout", terminal)
    work(Progress(lambda: 100, patience=0, refresh_every=0))
    assert (log.getvalue(), terminal.getvalue()) == ("", "")


def test_bar_stands_aside_for_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with Progress(lambda: 100, patience=0, refresh_every=0) as progress:
        progress.article_done(60)
        progress.stand_aside()
        terminal.write("A message.\n")
        progress.article_done(40)
    assert terminal.getvalue().index("\rA message.\n") < terminal.getvalue().index("100 % |")
