"""When cron expressions fire: what croniter says, and what the definition of Schedules says, day for day.

usage: fires.py croniter|zones SEED COUNT
Writes JSON to the standard output. Times are seconds since 1970 UTC.
"""

import json
import random
import sys
from bisect import bisect_right
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from croniter import croniter

EPOCH = datetime(1970, 1, 1)
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

# Windows in which clocks are changed: by an hour, by half an hour, by two, at midnight, by a whole day in both
# directions, by seconds, for good.
ZONES = {
    "UTC": (2024, 2025),
    "Europe/Berlin": (2024, 2025),
    "America/New_York": (2024, 2025),
    "Australia/Lord_Howe": (2024, 2025),
    "America/St_Johns": (2009, 2010),
    "America/Havana": (2024, 2025),
    "America/Sao_Paulo": (2016, 2018),
    "Africa/Casablanca": (2023, 2025),
    "Antarctica/Troll": (2024, 2025),
    "Pacific/Apia": (2011, 2013),
    "Pacific/Kwajalein": (1993, 1994),
    "America/Sitka": (1867, 1868),
    "Africa/Monrovia": (1971, 1973),
    "Asia/Pyongyang": (2015, 2019),
}

EXPRESSIONS = [
    "0 0 * * *", "30 2 * * *", "0 2 * * 0", "0 3 * * sun", "*/20 1-3 * * *", "*/30 * * * *", "30 * * * *",
    "0 */2 * * *", "59 23 * * *", "1 0 * * *", "0 12 30 12 *", "15 2,14 25-31 3,10 7", "45 1 * 11 *", "*/10 0,23 * * *",
]


def draw_field(rng, low, high, names=None, restricted=False):
    """One field that croniter and Schedules read alike: a day field is `*`, or leaves out some day."""

    def spell(value):
        name = names and rng.random() < 0.5
        return names[value - low] if name else str(value)

    def element():
        first, last = sorted(rng.sample(range(low, high + 1), 2))
        kind = rng.randrange(5)
        if kind == 0:
            return spell(first) + "-" + spell(last)
        if kind == 1:
            return f"{first}-{last}/{rng.randint(1, high - low)}"
        if kind == 2 and not restricted:
            return f"*/{rng.randint(2, high - low)}"
        if kind == 3 and not restricted:
            return f"{first}/{rng.randint(1, high - low)}"
        return spell(first)

    if rng.random() < 0.4:
        return "*"
    return ",".join(element() for _ in range(rng.randint(1, 3)))


def draw_expression(rng):
    return " ".join([
        draw_field(rng, 0, 59),
        draw_field(rng, 0, 23),
        draw_field(rng, 1, 31, restricted=True),
        draw_field(rng, 1, 12, names=MONTHS),
        draw_field(rng, 0, 6, names=WEEKDAYS, restricted=True),
    ])


def by_croniter(seed, count):
    rng = random.Random(seed)
    cases = []
    while len(cases) < count:
        expression = draw_expression(rng)
        after = rng.randint(0, 4_000_000_000)
        try:
            fires = croniter(expression, after)
            found = [int(fires.get_next(float)) for _ in range(8)]
            cases.append({"expression": expression, "after": after, "fires": found})
        except ValueError as error:
            if "failed to find next date" not in str(error):
                raise
            cases.append({"expression": expression, "after": after, "fires": []})
    return cases


def segments(zone, start, end):
    """[first instant, end, offset] of each stretch of time with one offset."""

    def offset(instant):
        moment = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=instant)
        return int(moment.astimezone(zone).utcoffset().total_seconds())

    found = [[start, None, offset(start)]]
    for instant in range(start + 3600, end + 3600, 3600):
        if offset(instant) != found[-1][2]:
            last, first = instant - 3600, instant
            while first - last > 1:
                middle = (first + last) // 2
                last, first = (middle, first) if offset(middle) == found[-1][2] else (last, middle)
            found[-1][1] = first
            found.append([first, None, offset(first)])
    found[-1][1] = end
    return found


def numbers(field, low, high, names=()):
    """The values of a field, spelled out by nothing but splitting."""
    for index, name in enumerate(names):
        field = field.replace(name, str(index + low))
    values = set()
    for element in field.split(","):
        span, _, step = element.partition("/")
        first, _, last = ("%d-%d" % (low, high) if span == "*" else span).partition("-")
        last = last or (high if step else first)
        values.update(range(int(first), int(last) + 1, int(step or 1)))
    return values


def wall_times(expression, start, end):
    """Every matching time of the wall clock from start to end, in seconds since 1970 of that clock."""
    fields = expression.split()
    minutes, hours = numbers(fields[0], 0, 59), numbers(fields[1], 0, 23)
    days, months = numbers(fields[2], 1, 31), numbers(fields[3], 1, 12, MONTHS)
    weekdays = {value % 7 for value in numbers(fields[4], 0, 7, WEEKDAYS)}
    both = fields[2] != "*" and fields[4] != "*"
    day = EPOCH + timedelta(days=start // 86400)
    while day <= EPOCH + timedelta(seconds=end):
        by_day, by_weekday = day.day in days, day.isoweekday() % 7 in weekdays
        if day.month in months and (by_day or by_weekday if both else by_day and by_weekday):
            midnight = int((day - EPOCH).total_seconds())
            for hour in sorted(hours):
                for minute in sorted(minutes):
                    wall = midnight + hour * 3600 + minute * 60
                    if start <= wall <= end:
                        yield wall
        day += timedelta(days=1)


def by_definition(expression, parts):
    """A stretch at a time: what the clock shows, or the first stretch in which it has come to show it."""
    start, end = parts[0][0], parts[-1][1]
    fires = set()
    if numbers(expression.split()[1], 0, 23) == set(range(24)):
        for first, last, offset in parts:
            fires.update(wall - offset for wall in wall_times(expression, first + offset, last - 1 + offset))
    else:
        latest = max(last - 1 + offset for _, last, offset in parts)
        for wall in wall_times(expression, start + parts[0][2], latest):
            for first, last, offset in parts:
                instant = max(first, wall - offset)
                if instant < last:
                    fires.add(instant)
                    break
    return sorted(fires - {start})


def by_zone(seed, count):
    rng = random.Random(seed)
    zones = []
    for name, (first_year, last_year) in ZONES.items():
        start, end = (int((datetime(year, 1, 1) - EPOCH).total_seconds()) for year in (first_year, last_year))
        parts = segments(ZoneInfo(name), start, end)
        drawn = [draw_expression(rng) for _ in range(count)]
        cases = []
        for expression in EXPRESSIONS + drawn:
            fires = by_definition(expression, parts)
            if len(fires) > 20_000:
                continue
            after = [start] + [rng.randint(start, end) for _ in range(20)]
            after += [rng.randint(first - 90_000, first + 90_000) for first, _, _ in parts[1:] for _ in range(20)]
            after = [instant for instant in after if fires and start <= instant < fires[-1]]
            answers = [[instant, fires[bisect_right(fires, instant)]] for instant in after]
            cases.append({"expression": expression, "fires": fires, "answers": answers})
        zones.append({"name": name, "segments": parts, "cases": cases})
    return zones


if __name__ == "__main__":
    kind, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    json.dump(by_croniter(seed, count) if kind == "croniter" else by_zone(seed, count), sys.stdout)
