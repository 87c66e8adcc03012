import os
from pathlib import Path

import pytest

from claims.management.article_files import ArticleText, Unread, measure, read_articles

HTML_REFUSED = "This is a page's HTML, which is not read. Save the page as text, or paste its text into a file."


def test_pipe_in_a_folder_is_passed_by_and_a_broken_link_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "port.txt").write_text("A port.")
    assert list(read_articles([str(tmp_path)])) == [
        Unread(str(tmp_path / "broken.txt"), "cannot be read: No such file or directory"),
        ArticleText(str(tmp_path / "port.txt"), "A port.", None, {}, 7),
    ]
    assert measure([str(tmp_path)]) == 7


@pytest.mark.parametrize("name", ["NaN", "Infinity", "-Infinity"])
def test_number_that_json_lacks_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text(f'{{"id": {name}, "text": "A port."}}')
    (refused,) = read_articles([str(path)])
    assert isinstance(refused, Unread)
    assert refused.message == f"is not JSON: JSON has no {name}. Write null, a number or a string."


@pytest.mark.parametrize(
    "beginning", ["<!doctype html>", "<!DOCTYPE HTML PUBLIC>", "<html lang=en>", "\ufeff\n <HTML>"]
)
def test_html_is_refused_with_what_to_do(tmp_path: Path, beginning: str) -> None:
    path = tmp_path / "page.txt"
    path.write_text(f"{beginning}<p>A port.</p>", encoding="utf-8")
    (refused,) = read_articles([str(path)])
    assert refused == Unread(str(path), HTML_REFUSED)


def test_html_in_a_line_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text('{"text": "<html>A port."}\n{"text": "A port."}')
    refused, read = read_articles([str(path)])
    assert refused == Unread(f"{path}, line 1", HTML_REFUSED, 26)
    assert isinstance(read, ArticleText)


@pytest.mark.parametrize("text", ["HTML is a language.", "A port <html> lost.", "<htmlish> words"])
def test_text_about_html_is_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "article.txt"
    path.write_text(text)
    (read,) = read_articles([str(path)])
    assert read == ArticleText(str(path), text, None, {}, len(text))
