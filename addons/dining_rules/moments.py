"""Moments as the database keeps them, in UTC without a zone, for people and for clients."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def in_zone(moment: datetime, zone: str) -> datetime:
    """The moment on the clock of a store.

    :param moment: in UTC, without a zone
    :param zone: a name of the time zone database, such as 'Asia/Shanghai'
    """
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))


def utc_text(moment: datetime) -> str:
    """The moment to the second as RFC 3339 writes it: 2026-11-23T14:18:16Z.

    :param moment: in UTC, without a zone
    """
    return f"{moment.replace(microsecond=0).isoformat()}Z"
