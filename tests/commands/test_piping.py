import json

import pytest

from claims.management.piping import writing_to_a_pipe


def test_lone_surrogate_is_written_as_json_escapes_it(capsys: pytest.CaptureFixture[str]) -> None:
    with writing_to_a_pipe():
        print(json.dumps({"id": "\ud800é"}, ensure_ascii=False))
    assert capsys.readouterr().out == '{"id": "\\ud800é"}\n'
