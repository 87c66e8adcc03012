"""Twenty articles come in while something is killed at the worst time: nothing is lost, nothing is done twice."""

import shutil
import threading
from collections.abc import Callable
from datetime import date

import pytest

from claims.extraction import extract
from claims.intake.cleaning import clean_page
from tests.chaos.desk import Desk, wait_for

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(420)]

ARTICLES = [
    f"The harbour of Velmar handled {number + 40},000 containers in March 2023, the port authority said. "
    f"At least {number + 200} dockers went on strike on May {number + 1}th, according to the union."
    for number in range(20)
]


def kill_worker(desk: Desk) -> None:
    for process in desk.processes("celery", "worker"):
        process.kill()


def kill_web(desk: Desk) -> None:
    for process in desk.processes("gunicorn"):
        process.kill()


def kill_broker_and_its_data(desk: Desk) -> None:
    for process in desk.processes("valkey-server"):
        process.kill()
    for folder in desk.folder.glob("valkey*"):
        if folder.is_dir():
            shutil.rmtree(folder, ignore_errors=True)


def kill_database(desk: Desk) -> None:
    for process in desk.processes("postgres", "-D"):
        process.kill()


def kill_parent(desk: Desk) -> None:
    desk.process.kill()
    desk.process.wait()
    desk.start()


@pytest.mark.parametrize("kill", [kill_worker, kill_web, kill_broker_and_its_data, kill_database, kill_parent])
def test_kill_in_the_middle_of_twenty_articles_loses_and_doubles_nothing(
    desk: Desk, kill: Callable[[Desk], None]
) -> None:
    posted: list[int] = []
    bodies = [{"text": text, "outlet": "Velmar Post", "published_on": "2024-01-25"} for text in ARTICLES]
    poster = threading.Thread(target=lambda: posted.extend(desk.post_until_accepted(body) for body in bodies))
    poster.start()
    wait_for(lambda: len(posted) >= 7, "some articles are in")
    kill(desk)
    poster.join()
    wait_for(desk.is_idle, "everything is extracted, queued and mailed")
    assert_nothing_lost_or_doubled(desk, posted)


def assert_nothing_lost_or_doubled(desk: Desk, posted: list[int]) -> None:
    assert len(posted) == len(set(posted)) == 20
    ids = ", ".join(map(str, posted))
    claims = desk.query(f"SELECT headline, article_id, status FROM claims_claim WHERE article_id IN ({ids})")
    found = [extract(clean_page(text).text, date(2024, 1, 25)) for text in ARTICLES]
    assert sorted(headline for headline, _, _ in claims) == sorted(c.headline for cs in found for c in cs)
    seats = desk.query(f"SELECT s.claim_id FROM claims_seat s JOIN claims_claim c ON c.id = s.claim_id "
                       f"WHERE c.article_id IN ({ids})")  # fmt: skip
    assert len(seats) == len(set(seats)) == sum(status == "queued" for _, _, status in claims)
    # Four demo people review: each hears of each article once, by a mail of its own or in the next one that is due, and
    # each mail is one file in the mailbox.
    heard = desk.query(
        "SELECT heard.cause, heard.recipient_id FROM ("
        "  SELECT kind, cause, recipient_id FROM claims_outgoingemail UNION ALL "
        "  SELECT kind, cause, recipient_id FROM claims_digestentry"
        ") heard JOIN claims_articleversion v ON heard.cause = 'version:' || v.id "
        f"WHERE heard.kind = 'claims_waiting' AND v.article_id IN ({ids})"
    )
    told = {article for _, article, status in claims if status == "queued"}
    assert len(heard) == len(set(heard)) == 4 * len(told) == 80
    [(all_mails,)] = desk.query("SELECT count(*) FROM claims_outgoingemail")
    assert len(list((desk.folder / "mail").glob("*.eml"))) == all_mails
    assert "histories hold" in desk.manage("verify_history")
