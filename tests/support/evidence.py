"""What engines do with statements that ask for what their dialects refuse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlfeat.errors import Problem

FLINK_EVENTS = """\
CREATE TEMPORARY TABLE {name} (
  id STRING, n BIGINT, picture BYTES, said STRING, known STRING,
  known_at AS CAST(TO_TIMESTAMP(known) AS TIMESTAMP_LTZ(3)),
  event_time AS CAST(TO_TIMESTAMP(said) AS TIMESTAMP_LTZ(3)),
  WATERMARK FOR event_time AS event_time - INTERVAL '0.001' SECOND
) WITH ('connector' = 'filesystem', 'path' = '{path}', 'format' = 'json')"""

FLINK_VERSIONS = """\
CREATE TEMPORARY VIEW versions AS
SELECT * FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY event_time DESC) AS age FROM events
) WHERE age = 1"""

SPARK_EVENTS = "CREATE TEMPORARY VIEW {name} (id STRING, n BIGINT) USING json OPTIONS (path '{path}')"

EVERY = ""
"""In place of a dialect: a rule of the definition, whatever it is rendered for."""

EVENTS = {"flink": FLINK_EVENTS, "flink_batch": FLINK_EVENTS, "spark": SPARK_EVENTS}

ROWS = (
    {"id": "a", "n": 1, "said": "2022-01-01 00:00:00", "known": "2022-01-01 00:00:00"},
    {"id": "a", "n": 2, "said": "2022-01-01 00:01:00", "known": "2022-01-01 00:05:00"},
)
"""The rows of the file that the table `events` reads."""


@dataclass(frozen=True)
class Evidence:
    """For whatever a dialect refuses with `fault` in its message: the statements, of which the last is
    what it would have to say, and what the engine makes of it, `error` or `rows` that are wrong.

    `why` says what is wrong with the rows. `path` is where the file of `events` lies, `jars` the group
    of jars that the engine needs, `timezone` the session's. Without statements no engine is asked, and
    `why` is the reason.
    """

    dialect: str
    title: str
    fault: str
    statements: tuple[str, ...] = ()
    error: str = ""
    rows: tuple[tuple[Any, ...], ...] | None = None
    why: str = ""
    path: str = "events.json"
    jars: str = ""
    timezone: str = "UTC"

    @property
    def statement(self) -> str:
        """The statement that the engine refuses."""
        return self.statements[-1]


EVIDENCE = (
    Evidence(
        "flink",
        "A line break in the name of an event time's field",
        "field holds a line break",
        (
            "CREATE TEMPORARY TABLE lines (\n"
            '  U&"a\\000Ab" BIGINT,\n'
            '  event_time AS TO_TIMESTAMP_LTZ(U&"a\\000Ab", 0),\n'
            "  WATERMARK FOR event_time AS event_time - INTERVAL '0.001' SECOND\n"
            ") WITH ('connector' = 'filesystem', 'path' = '{folder}', 'format' = 'json')",
            "SELECT * FROM lines",
        ),
        error='Encountered: "\\n" (10), after : "`a"',
    ),
    *(
        Evidence(
            dialect,
            f"A backslash in a path ({dialect})",
            "Flink takes it for a slash",
            ("SELECT n FROM events",),
            path="a\\b.json",
            error="File {folder}/a/b.json does not exist",
        )
        for dialect in ("flink", "flink_batch")
    ),
    Evidence(
        "spark",
        "A colon in a path",
        "takes it for a scheme's",
        ("SELECT n FROM events",),
        path="a:b.json",
        error="[FAILED_READ_FILE.NO_HINT] Encountered error while reading file",
    ),
    Evidence(
        "flink",
        "A join of what was known",
        "a temporal join finds the latest version",
        (
            FLINK_VERSIONS,
            "SELECT asked.n, versions.n FROM events AS asked\n"
            "LEFT JOIN versions FOR SYSTEM_TIME AS OF asked.event_time\n"
            "  ON asked.id = versions.id AND versions.known_at <= asked.event_time",
        ),
        rows=((1, 1), (2, None)),
        why="The second row is not known at its own time: the match is the first, not NULL.",
    ),
    Evidence(
        EVERY,
        "An offset in the time of windows",
        "has %z.",
        why="A rule of the definition: a text shows the clock of the project's zone.",
    ),
    Evidence(
        EVERY,
        "FIRST_VALUE and LAST_VALUE of a MAP",
        "a MAP has no order, which decides among rows of one time",
        why="A rule of the definition: with a `tie_breaker` it is taken.",
    ),
    Evidence(
        "flink",
        "Windows of days beside shorter ones",
        "event time cannot be kept both ways",
        (
            "CREATE TEMPORARY TABLE autumn (\n"
            "  n BIGINT,\n"
            "  event_time AS TO_TIMESTAMP_LTZ(1667709000000 + n * 3600000, 3),\n"
            "  WATERMARK FOR event_time AS event_time - INTERVAL '0.001' SECOND\n"
            ") WITH ('connector' = 'filesystem', 'path' = '{folder}/events.json', 'format' = 'json')",
            "SELECT COUNT(*) FROM TABLE(\n"
            "  TUMBLE(TABLE autumn, DESCRIPTOR(event_time), INTERVAL '1' HOUR)\n"
            ") GROUP BY window_start, window_end",
        ),
        rows=((2,),),
        timezone="America/New_York",
        why="The rows are of 01:30 before and after the clock is set back in New York, an hour apart. On "
        "instants, which windows of days need, shorter ones go by the clock. They are laid out on UTC; "
        "and a script has one event time.",
    ),
    Evidence(
        "spark",
        "A topic to read",
        "cannot be read in batch yet",
        why="Not yet: Spark could, with a connector of its own.",
    ),
    Evidence(
        "spark",
        "A topic to write to",
        "no statement that writes to a topic",
        (
            "CREATE TEMPORARY VIEW topic USING kafka OPTIONS (\n"
            "  'kafka.bootstrap.servers' = 'localhost:1', 'subscribe' = 't'\n)",
            "INSERT INTO topic SELECT id AS value FROM events",
        ),
        error="[UNSUPPORTED_INSERT.NOT_ALLOWED] Can't insert into the target.",
        jars="spark_kafka",
    ),
    *(
        Evidence(
            dialect,
            f"A file or a folder whose name starts with _ or . ({dialect})",
            "engines leave out a file or folder whose name starts",
            ("SELECT n FROM events",),
            path="_events.json",
            rows=(),
            why="The file's rows are left out without a word.",
        )
        for dialect in ("flink", "flink_batch", "spark")
    ),
    Evidence(
        "flink_batch",
        "A source that never ends",
        "batch mode waits for the end of what it reads",
        (
            "CREATE TEMPORARY TABLE endless (n BIGINT) WITH ('connector' = 'datagen')",
            "SELECT n FROM endless",
        ),
        error="Querying an unbounded table 'default_catalog.default_database.endless' in batch mode is "
        "not allowed.",
    ),
    Evidence(
        "flink",
        "A join by a key that is always NULL",
        "is computed from constants and may be NULL for every row",
        (
            FLINK_VERSIONS,
            "SELECT asked.n, versions.n FROM (\n"
            "  SELECT *, CAST(MOD(7, NULLIF(0, 0)) AS STRING) AS k FROM events\n"
            ") AS asked\n"
            "LEFT JOIN versions FOR SYSTEM_TIME AS OF asked.event_time ON asked.k = versions.id",
        ),
        error="Unsupported call: __TEMPORAL_JOIN_LEFT_KEY(STRING)",
        why="The planner folds the key, which it finds to be NULL, into the join.",
    ),
    *(
        Evidence(
            dialect,
            f"Instants inside of values of Python functions ({dialect})",
            "inside of another value Flink hands instants",
            (
                "CREATE TEMPORARY FUNCTION first_year\n"
                "AS 'tests.support.first_year.first_year' LANGUAGE PYTHON",
                "SELECT n, first_year(ARRAY[TO_TIMESTAMP_LTZ(n * 2300000000000, 3)]) FROM events",
            ),
            rows=((1, 1906), (2, 1979)),
            why="The instants are of 2042 and 2115: PyFlink reads their seconds as 32 bits.",
        )
        for dialect in ("flink", "flink_batch")
    ),
    Evidence(
        "flink",
        "A computed time of a SELECT",
        "the rows of a SELECT have an event time only if",
        (
            "CREATE TEMPORARY VIEW chosen AS\n"
            "SELECT id, MAX(event_time) AS event_time FROM events GROUP BY id",
            "SELECT COUNT(*) OVER (\n"
            "  PARTITION BY id ORDER BY event_time\n"
            "  RANGE BETWEEN INTERVAL '60' SECOND PRECEDING AND CURRENT ROW\n"
            ") FROM chosen",
        ),
        error="Non-time attribute sort is not supported for bounded OVER window.",
        why="A view of Flink's has no watermark of its own: event time is passed on, or there is none.",
    ),
    Evidence(
        EVERY,
        "A SELECT without a text for the dialect",
        "its sql has no text for",
        why="A rule of the definition: sqlfeat does not translate such texts.",
    ),
    Evidence(
        EVERY,
        "Nested values that decide which rows are repeated",
        "which engines do not compare alike",
        why="Flink takes no two values that hold a NULL for equal, and Spark compares no maps.",
    ),
    Evidence(
        EVERY,
        "Rows without end",
        "rows without end cannot be counted",
        why="A batch ends, and a sequence of Flink's has an end.",
    ),
)


def evidence_of(dialect: str, problem: Problem) -> tuple[Evidence, ...]:
    """Return what there is for a refusal."""
    return tuple(
        one for one in EVIDENCE if one.dialect in (EVERY, dialect) and one.fault in problem.fault
    )
