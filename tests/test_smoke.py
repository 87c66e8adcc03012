def test_smoke(reviewer, ratings):
    assert len(ratings) == 6
