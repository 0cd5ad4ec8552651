"""Shares, their intervals, and the rule of three times."""

import pytest

from vigie.calibration.shares import Limit, Share, Verdict, share, three_times, verdict

INTERVALS = [
    # hits, of, low, high; the middle rows by Newcombe (1998), Statistics in Medicine 17, table I, method 3
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
    (0, 0, 0.0, 1.0),
    (7, 7, 0.6457, 1.0),
]


@pytest.mark.parametrize(("hits", "of", "low", "high"), INTERVALS)
def test_interval(hits: int, of: int, low: float, high: float) -> None:
    found = share(hits, of)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert found.low <= found.share <= found.high


@pytest.mark.parametrize(("hits", "of"), [(-1, 5), (6, 5), (1, 0)])
def test_what_is_no_share(hits: int, of: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        share(hits, of)


WHOLE = share(100, 100_000)  # 0.1 %: the limit is 0.3 %, known as 0.25 to 0.36 %
VERDICTS: list[tuple[str, Share, Limit, Verdict]] = [
    ("far below, and many", share(10, 20_000), three_times(WHOLE), "within"),
    ("as the whole, but few", share(1, 1_000), three_times(WHOLE), "open"),
    ("none of very few", share(0, 50), three_times(WHOLE), "open"),
    ("above, but the interval reaches below", share(4, 1_000), three_times(WHOLE), "above"),
    ("above, and sure", share(60, 10_000), three_times(WHOLE), "clearly above"),
    ("four alerts are never sure", share(4, 5), three_times(WHOLE), "above"),
    ("five are", share(5, 5), three_times(WHOLE), "clearly above"),
    ("the whole has one alert: its limit is hardly known", share(1, 15_483), three_times(share(1, 10**6)), "above"),
    ("nobody is disturbed at all", share(0, 10_000), three_times(share(0, 100_000)), "open"),
    ("a limit of all cannot be passed", share(7, 7), Limit(1.0, 1.0, 1.0), "within"),
]


@pytest.mark.parametrize(("group", "limit", "expected"), [case[1:] for case in VERDICTS], ids=[c[0] for c in VERDICTS])
def test_verdict(group: Share, limit: Limit, expected: Verdict) -> None:
    assert verdict(group, limit) == expected
