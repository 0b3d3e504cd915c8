from datetime import datetime

from dining_rules.moments import in_zone, utc_text


def test_a_moment_on_the_clock_of_a_store():
    shown = in_zone(datetime(2026, 11, 23, 17, 30), "Asia/Shanghai")
    assert shown.isoformat() == "2026-11-24T01:30:00+08:00"


def test_a_moment_for_a_client_is_told_to_the_second():
    assert utc_text(datetime(2026, 11, 23, 14, 18, 16, 999999)) == "2026-11-23T14:18:16Z"
