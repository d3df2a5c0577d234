"""Dates and instants, in zones of several kinds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import sqlfeat as sf

from .family import Family

DATE_PARTS = ("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "DAYOFWEEK", "ISODOW", "DAYOFYEAR")
TIME_PARTS = ("HOUR", "MINUTE", "SECOND")
DATE_UNITS = ("YEAR", "QUARTER", "MONTH", "WEEK", "DAY")
SECOND = timedelta(seconds=1)

DAYS = (
    date(1, 1, 2),
    date(1, 12, 31),
    date(1500, 3, 5),
    date(1582, 10, 14),
    date(1582, 10, 15),
    date(1900, 2, 28),
    date(1969, 12, 31),
    date(1970, 1, 1),
    date(2000, 2, 29),
    date(2020, 12, 31),
    date(2021, 1, 3),
    date(2021, 1, 4),
    date(2024, 2, 29),
    date(2024, 3, 31),
    date(2024, 12, 30),
    date(9998, 12, 31),
)
INSTANTS = (
    datetime(2, 1, 1, 0, 0, 0, 1_000, UTC),
    datetime(1582, 10, 14, 12, tzinfo=UTC),
    datetime(1899, 12, 31, 23, 59, 59, 999_000, UTC),
    datetime(1919, 6, 30, 23, 30, 30, tzinfo=UTC),
    datetime(1969, 12, 31, 23, 59, 59, 999_000, UTC),
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2000, 2, 29, 12, 34, 56, 789_000, UTC),
    datetime(2021, 1, 3, 23, 59, 59, 999_000, UTC),
    datetime(2022, 3, 13, 6, 59, 59, 999_000, UTC),
    datetime(2022, 3, 13, 7, 30, tzinfo=UTC),
    datetime(2022, 3, 31, 4, tzinfo=UTC),
    datetime(2022, 10, 1, 15, 45, tzinfo=UTC),
    datetime(2022, 11, 6, 5, 30, 1, tzinfo=UTC),
    datetime(2022, 11, 6, 6, 30, 1, tzinfo=UTC),
    datetime(2022, 12, 31, 16, tzinfo=UTC),
    datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
    datetime(9998, 12, 30, 12, tzinfo=UTC),
)
COUNTS = (0, 1, -1, 13, -400)


OF_INSTANTS = (
    *(f"{part}(t)" for part in (*DATE_PARTS, *TIME_PARTS)),
    "EXTRACT(DOW FROM t)",
    "EXTRACT(DOY FROM t)",
    *(f"DATE_TRUNC('{unit}', t)" for unit in (*DATE_UNITS, *TIME_PARTS)),
    *(f"TIMESTAMPADD({unit}, n, t)" for unit in ("MONTH", "WEEK", "DAY", *TIME_PARTS)),
    "TIMESTAMPADD(SECOND, n * 10000000, t)",
    "TIMESTAMPADD(YEAR, n DIV 100, t)",
    "t - INTERVAL '7' DAYS < u AND TIMESTAMPDIFF(MONTH, t, u) * 2 < TIMESTAMPDIFF(YEAR, t, u) DIV 2",
    "TIMESTAMPADD(QUARTER, n DIV 10, t)",
    "t + INTERVAL '1' DAY",
    "t - INTERVAL '24' HOUR",
    "t + INTERVAL '90' MINUTES",
    "t - INTERVAL '1' MONTH",
    "t + INTERVAL '0' SECOND",
    *(f"TIMESTAMPDIFF({unit}, t, u)" for unit in (*DATE_UNITS, *TIME_PARTS)),
    "UNIX_TIMESTAMP(t)",
    "DATE_FORMAT(t, '%Y-%m-%d %H:%M:%S.%f')",
    "DATE_FORMAT(t, '%H:%M')",
    "DATE_FORMAT(t, 'on %d/%m/%Y, it''s %H o''clock 100%%')",
    "CAST(t AS DATE)",
    "CAST(t AS STRING)",
    "CAST(CAST(t AS STRING) AS TIMESTAMP)",
    "t < TIMESTAMP '2022-03-13 02:30:00'",
    "t IN (TIMESTAMP '1970-01-01 00:00:00Z', TIMESTAMP '2022-03-13 07:30:00Z')",
    "t >= TIMESTAMP '2022-03-13 06:59:59.999+00:00'",
    "CASE WHEN n = 1 THEN TIMESTAMP '2022-11-06 01:30:00' ELSE t END",
    "YEAR(t + INTERVAL '1' DAY) * 12 - MONTH(t)",
    "DATE_TRUNC('DAY', t) = t OR HOUR(t) > 12",
)


def of_instants(name: str, timezone: str) -> Family:
    """Return every function of one instant, and of an instant and the one after it."""
    pairs = [*zip(INSTANTS, (*INSTANTS[1:], INSTANTS[0]), strict=True)]
    near = [(at, at + timedelta(days=31) - SECOND) for at in INSTANTS[:-1]]
    back = [(at, at - timedelta(days=29, hours=1)) for at in INSTANTS[1:]]
    rows = [(*pair, COUNTS[n % 5]) for n, pair in enumerate([*pairs, *near, *back])]
    rows = [row for row in rows if row[0].year < 9000 or row[2] <= 0]
    rows = [row for row in rows if row[0].year > 9 or row[2] >= 0]
    return Family(
        name,
        {"t": sf.Timestamp, "u": sf.Timestamp, "n": sf.Int32},
        (*rows, (None, INSTANTS[0], 1), (INSTANTS[1], None, None)),
        OF_INSTANTS,
        timezone,
    )


CHANGES_IN_HAVANA = (
    datetime(1925, 7, 19, 17, 29, 36, 1_000, UTC),
    datetime(2015, 11, 1, 4, 59, 59, 999_000, UTC),
    datetime(2015, 11, 1, 5, 0, tzinfo=UTC),
    datetime(2015, 11, 1, 5, 30, tzinfo=UTC),
    datetime(2016, 3, 13, 5, 0, tzinfo=UTC),
)
"""Midnight comes twice, and is skipped; the offset once had seconds."""
CHANGES_IN_MONROVIA = (
    datetime(1919, 3, 1, 0, 43, 8, tzinfo=UTC),
    datetime(1960, 1, 1, 0, 44, 30, tzinfo=UTC),
    datetime(1972, 1, 7, 0, 0, 15, tzinfo=UTC),
)
"""The offset had seconds until 1972, and was no whole number of minutes."""


def of_changes(name: str, timezone: str, moments: tuple[datetime, ...]) -> Family:
    """Return every function of instants at which the clock is changed."""
    rows = tuple((t, u, n) for t in moments for u in moments for n in (0, 1))
    return Family(
        name, {"t": sf.Timestamp, "u": sf.Timestamp, "n": sf.Int32}, rows, OF_INSTANTS, timezone
    )


def of_text(name: str, timezone: str, time_format: str, *texts: str) -> Family:
    """Return what reads texts of a format, good and bad ones."""
    read = f"TRY_TO_TIMESTAMP(s, '{time_format}')"
    return Family(
        name,
        {"s": sf.String, "good": sf.String},
        (*((text, texts[0]) for text in texts), (None, None)),
        (
            read,
            f"UNIX_TIMESTAMP(good, '{time_format}')",
            f"TO_TIMESTAMP(good, '{time_format}')",
            f"{read} + INTERVAL '1' DAY",
            f"TRY_TO_TIMESTAMP(s || '', '{time_format}') IS NULL",
            "CASE WHEN " + read + f" IS NOT NULL THEN UNIX_TIMESTAMP(s, '{time_format}') END",
        ),
        timezone,
    )


FAMILIES = (
    of_instants("instants_in_utc", "UTC"),
    of_instants("instants_in_new_york", "America/New_York"),
    of_instants("instants_in_shanghai", "Asia/Shanghai"),
    of_instants("instants_in_lord_howe", "Australia/Lord_Howe"),
    of_changes("changes_in_havana", "America/Havana", CHANGES_IN_HAVANA),
    of_changes("changes_in_monrovia", "Africa/Monrovia", CHANGES_IN_MONROVIA),
    Family(
        "dates",
        {"t": sf.Date, "u": sf.Date, "n": sf.Int32},
        (
            *((day, later, n % 7 - 3) for n, day in enumerate(DAYS[:-1]) for later in DAYS[n % 3 :: 3]),
            (None, DAYS[0], 1),
            (DAYS[3], None, None),
        ),
        (
            *(f"{part}(t)" for part in DATE_PARTS),
            *(f"DATE_TRUNC('{unit}', t)" for unit in DATE_UNITS if unit != "WEEK"),
            "DATE_TRUNC('week', u + INTERVAL '9' DAYS)",
            *(f"TIMESTAMPADD({unit}, ABS(n), t)" for unit in DATE_UNITS if unit != "YEAR"),
            "TIMESTAMPADD(YEAR, 1, t)",
            "TIMESTAMPADD(MONTH, n, DATE '2024-02-29')",
            "t + INTERVAL '1' DAY",
            "t + INTERVAL '1' MONTH",
            *(f"TIMESTAMPDIFF({unit}, t, u)" for unit in DATE_UNITS),
            "CAST(t AS STRING)",
            "CAST(t AS TIMESTAMP)",
            "t IN (DATE '2000-02-29', u, DATE '1969-12-31')",
            "t NOT IN (DATE '2000-02-29', DATE '1969-12-31')",
            "t = DATE '2000-02-29'",
            "t BETWEEN DATE '1900-01-01' AND DATE '2000-12-31'",
            "COALESCE(t, DATE '1970-01-01')",
        ),
        "America/New_York",
    ),
    of_text(
        "usual_texts_of_times",
        "America/New_York",
        "%Y-%m-%d %H:%M:%S",
        "2022-01-31 10:00:00",
        "2022-02-30 00:00:00",
        "2022-03-13 02:30:00",
        "2022-11-06 01:30:00",
        "1969-12-31 23:59:59",
        "0001-01-02 00:00:00",
        "9998-12-30 23:59:59",
        "2022-01-31 24:00:00",
        "2022-01-31 23:59:60",
        "2022-1-31 10:00:00",
        " 2022-01-31 10:00:00",
        "2022-01-31 10:00:00 ",
        "2022-01-31T10:00:00",
        "2022-01-31 10:00:00.5",
        "2022-01-31",
        "",
        "it's no time",
    ),
    of_text(
        "texts_with_fractions",
        "Asia/Shanghai",
        "%Y-%m-%dT%H:%M:%S.%f",
        "2022-01-01T09:04:59.999",
        "2022-01-01T09:04:59.1",
        "1969-12-31T09:04:59.123456",
        "2022-01-01T09:04:59.",
        "2022-01-01T09:04:59",
        "2022-01-01T09:04:59.1234567",
    ),
    of_text(
        "texts_with_offsets",
        "Asia/Shanghai",
        "%d/%m/%Y %H:%M:%S %z",
        "01/02/2022 09:04:59 +0100",
        "01/02/2022 09:04:59 -05:30",
        "01/02/2022 09:04:59 Z",
        "01/02/2022 09:04:59",
        "01/02/2022 09:04:59 +1",
        "31/02/2022 09:04:59 Z",
    ),
    of_text(
        "texts_with_letters",
        "Europe/Berlin",
        "%Y-%m-%dT%H:%M:%S",
        "2022-01-31T10:00:00",
        "2022-01-31t10:00:00",
        "2022-01-31 10:00:00",
        "2022-02-30T10:00:00",
    ),
    of_text(
        "texts_with_letters_and_fractions",
        "Europe/Berlin",
        "%dé%m %Y à %H:%M:%S.%fZ",
        "31é01 2022 à 10:00:00.123Z",
        "31É01 2022 À 10:00:00.123Z",
        "31é01 2022 à 10:00:00.123z",
        "31é01 2022 à 10:00:00.1234567Z",
    ),
    of_text(
        "texts_of_days", "America/New_York", "%Y%m%d", "20220131", "20220230", "2022-01-31", "2022013"
    ),
    Family(
        "usual_format",
        {"s": sf.String},
        (("2022-01-31 10:00:00",), ("1969-12-31 23:59:59",), (None,)),
        ("TO_TIMESTAMP(s)", "UNIX_TIMESTAMP(s)", "TRY_TO_TIMESTAMP(s)"),
        "Asia/Shanghai",
    ),
    Family(
        "casts_of_times",
        {"s": sf.String},
        tuple(
            (text,)
            for text in (
                "2022-01-31",
                "2022-02-30",
                "2022-1-5",
                "0000-01-01",
                "0001-01-02",
                "9999-12-31",
                " 2022-01-31",
                "2022-01-31 10:00:00",
                "2022-01-31 10:00:00.5",
                "2022-01-31 10:00:00.123456",
                "2022-01-31 10:00:00.",
                "2022-01-31 10:00:00.1234567",
                "2022-02-30 10:00:00",
                "2022-01-31 24:00:00",
                "2022-03-13 02:30:00",
                "2022-11-06 01:30:00",
                "2022-01-31T10:00:00",
                "2022-01-31 10:00",
                "2022-01-31 10:00:00Z",
                "1969-12-31 23:59:59.999",
                "",
                "today",
                None,
            )
        ),
        (
            "TRY_CAST(s AS DATE)",
            "TRY_CAST(s AS TIMESTAMP)",
            "CAST(TRY_CAST(s AS DATE) AS TIMESTAMP)",
            "TRY_CAST(s || '' AS DATE)",
            "CAST(s AS BYTES)",
            "CASE WHEN s LIKE '2022-01-31 10:00:00' THEN CAST(s AS TIMESTAMP) END",
            "CASE WHEN s LIKE '9999%' THEN CAST(s AS DATE) END",
        ),
        "America/New_York",
    ),
)
