"""Planned times: wall time in an IANA zone, and the instant it means on both daylight-saving nights."""

from calendar import monthrange
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.refusals import Refusal, Refused
from app.domain.tasks import Recurrence

TRY_AGAIN_H = (1, 3)


def due_at(local_at: datetime, zone: str) -> datetime:
    """The instant (UTC) of a wall time; one that the spring night skips is refused with the next that exists.

    Of the two that the autumn night repeats, the second is meant, as PostgreSQL's AT TIME ZONE does.
    """
    tz = ZoneInfo(zone)
    instant = local_at.replace(tzinfo=tz, fold=1).astimezone(UTC)
    if instant.astimezone(tz).replace(tzinfo=None) != local_at:
        proposed = local_at.replace(tzinfo=tz, fold=0).astimezone(UTC).astimezone(tz)
        raise Refused(
            Refusal.NO_SUCH_LOCAL_TIME,
            "local_at",
            time=f"{local_at:%H:%M}",
            zone=zone,
            proposed=f"{proposed:%H:%M}",
        )
    return instant


def next_local(local_at: datetime, recurrence: Recurrence, month_day: int = 0) -> datetime | None:
    """The wall time of the next occurrence; a month without `month_day` (0: this one's day) takes its last one."""
    if recurrence is Recurrence.DAILY:
        return local_at + timedelta(days=1)
    if recurrence is Recurrence.WEEKLY:
        return local_at + timedelta(days=7)
    if recurrence is Recurrence.MONTHLY:
        year, month = divmod(local_at.year * 12 + local_at.month, 12)
        day = min(month_day or local_at.day, monthrange(year, month + 1)[1])
        return local_at.replace(year=year, month=month + 1, day=day)
    return None


def next_after(
    local_at: datetime, recurrence: Recurrence, zone: str, now: datetime, month_day: int = 0
) -> datetime | None:
    """The wall time of the next occurrence that is still to come: those that went by undone are not made up for."""
    month_day = month_day or local_at.day
    following = next_local(local_at, recurrence, month_day)
    while following is not None and due_at(existing(following, zone), zone) <= now:
        following = next_local(following, recurrence, month_day)
    return existing(following, zone) if following is not None else None


def tomorrow_morning(now: datetime, zone: str) -> datetime:
    """Nine o'clock tomorrow in `zone`, as an instant."""
    tomorrow = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(9), ZoneInfo(zone)).astimezone(UTC)


def may_call(now: datetime, zone: str, call_from: str, call_until: str) -> bool:
    """Whether a customer may be called now: between her permitted hours (HH:MM, empty = always) in her zone."""
    if not call_from or not call_until:
        return True
    local = f"{now.astimezone(ZoneInfo(zone)):%H:%M}"
    if call_from <= call_until:
        return call_from <= local < call_until
    return local >= call_from or local < call_until


def existing(local_at: datetime, zone: str) -> datetime:
    """The wall time itself, or the first one after the hour that the spring night skips."""
    tz = ZoneInfo(zone)
    return local_at.replace(tzinfo=tz, fold=0).astimezone(UTC).astimezone(tz).replace(tzinfo=None)


def permitted(at: datetime, zone: str, call_from: str, call_until: str) -> datetime:
    """The instant itself, or the next beginning of the customer's permitted hours."""
    if may_call(at, zone, call_from, call_until):
        return at
    local = at.astimezone(ZoneInfo(zone))
    begins = datetime.combine(local.date(), time.fromisoformat(call_from))
    if begins <= local.replace(tzinfo=None):
        begins += timedelta(days=1)
    return existing(begins, zone).replace(tzinfo=ZoneInfo(zone), fold=1).astimezone(UTC)


def next_attempt(now: datetime, attempts: int, zone: str, call_from: str, call_until: str) -> datetime:
    """When to try again after so many attempts without an answer: in an hour, in three, then tomorrow at nine."""
    if attempts >= len(TRY_AGAIN_H):
        later = tomorrow_morning(now, zone)
    else:
        later = now + timedelta(hours=TRY_AGAIN_H[attempts])
    quarter = timedelta(minutes=15)
    rounded = later + (datetime.min.replace(tzinfo=UTC) - later) % quarter
    return permitted(rounded, zone, call_from, call_until)


def wall_time(at: datetime, zone: str) -> datetime:
    """The wall time of an instant in a zone, without seconds."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0)
