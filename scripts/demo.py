"""Both examples in this process, over files: python -m scripts.demo

Prints the SQL that each definition becomes and the rows that come out of it, then runs it on the
other engine too, which must give the same rows.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlfeat as sf
from scripts import examples, programs
from scripts.examples import Row
from sqlfeat.loading import load, run_settings

ENGINES = {"flink": "Flink", "spark": "Spark"}


@dataclass(frozen=True)
class Program:
    """An example: its definition, the dialect that it is made for, and the rows it must give."""

    title: str
    file: Path
    name: str
    dialect: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    remark: str = ""


PROGRAMS = (
    Program(
        "Program 1, online: what each user paid in the last two minutes, every minute",
        examples.ONLINE / "features_from_files.py",
        "user_online_features",
        "flink",
        examples.ONLINE_COLUMNS,
        examples.ONLINE_ROWS + examples.LAST_WINDOWS,
        "The last three rows are there because files end, and their end closes the windows that "
        "still hold a purchase; topics go on, and keep them open.",
    ),
    Program(
        "Program 2, training: each purchase with its price and what its user paid lately",
        examples.TRAINING / "features.py",
        "purchases_with_features",
        "spark",
        examples.TRAINING_COLUMNS,
        examples.TRAINING_ROWS,
    ),
)


def main() -> None:
    programs.java()
    examples.say("Starting Flink and Spark in this process …")
    sessions = {"flink": _flink(), "spark": _spark()}
    try:
        for program in PROGRAMS:
            _show(program, sessions)
    finally:
        sessions["spark"].stop()


def _show(program: Program, sessions: dict[str, Any]) -> None:
    definitions = load(program.file)
    view: Any = definitions.target(program.name)
    settings = run_settings(definitions)
    file = program.file.relative_to(programs.PROJECT_ROOT)
    examples.heading(program.title)
    examples.say(f"{file}, rendered for {ENGINES[program.dialect]}:\n")
    examples.show_sql(sf.render(view, program.dialect, settings=definitions.settings))
    for dialect in sorted(sessions, key=lambda name: name != program.dialect):
        found = _rows(sf.to_pandas(view, sessions[dialect], settings=settings), program.columns)
        if dialect == program.dialect:
            examples.say(f"Its rows, from {ENGINES[dialect]}:")
            examples.show_rows(program.columns, found)
            if program.remark:
                examples.say(program.remark)
        examples.check(found, program.rows, f"{file} on {ENGINES[dialect]}")
        if dialect != program.dialect:
            examples.say(f"The same definition on {ENGINES[dialect]} gives the same rows.")


def _rows(frame: Any, columns: tuple[str, ...]) -> list[Row]:
    """The rows of a pandas frame, in the order of their time, then of the feature."""
    found = [tuple(row) for row in frame[list(columns)].astype(object).itertuples(index=False)]
    return sorted(found, key=lambda row: (row[columns.index("timestamp")], row[-1]))


def _flink() -> Any:
    from pyflink.table import EnvironmentSettings, TableEnvironment

    session = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
    session.get_config().set("parallelism.default", "1")
    return session


def _spark() -> Any:
    from pyspark.sql import SparkSession

    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    return (
        SparkSession.builder.master("local[2]")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )


if __name__ == "__main__":
    sys.exit(examples.run(main))
