import io

import pytest
from django.core.management import CommandError, call_command

from claims.models import Article

TEXT = "The harbour of Velmar employs roughly 2,500 dockers, the port authority said on Monday."


def ingest(*arguments: str) -> str:
    out = io.StringIO()
    call_command("ingest", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_ingest_adds_an_article_once(db, tmp_path):
    file = tmp_path / "harbour.txt"
    file.write_text(TEXT)
    first = ingest(str(file), "--outlet", "Velmar Post", "--published-on", "2024-02-01")
    article = Article.objects.get()
    assert first == f"{file}: article {article.pk}, added: {article}\n"
    assert (article.outlet, str(article.published_on)) == ("Velmar Post", "2024-02-01")
    assert "already known" in ingest(str(file))
    assert Article.objects.count() == 1


def test_ingest_names_the_files_it_refuses_and_keeps_the_others(db, tmp_path):
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(TEXT)
    bad.write_bytes(b"\x00\x01\x02")
    with pytest.raises(CommandError, match=r"1 of 2 files were refused; the others are in\."):
        ingest(str(bad), str(good))
    assert Article.objects.count() == 1


def test_ingest_refuses_one_url_for_two_files(db, tmp_path):
    with pytest.raises(CommandError, match="describe one article"):
        ingest("a.txt", "b.txt", "--url", "https://velmar.example/1")
