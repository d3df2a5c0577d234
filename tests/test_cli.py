"""The command line, as its user calls it: what it prints, and its exit status."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sqlfeat.cli import main

FEATURES = '''
"""Two views and a materialization."""
import sqlfeat as sf

events = sf.FileSystemSource(
    "events", path="events.jsonl", schema={"id": sf.Int64, "time": sf.String},
    timestamp_field="time", timestamp_format="%Y-%m-%d %H:%M:%S",
)
twice = sf.DerivedFeatureView("twice", source=events, features=[sf.Feature("two", "id * 2")])
four = sf.DerivedFeatureView("four", source=twice, features=[sf.Feature("four", "two * 2")])
backfill = sf.Materialization("backfill", four, sf.FileSystemSink("output", data_format="csv"))
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "features.py").write_text(FEATURES)
    (tmp_path / "events.jsonl").write_text('{"id": 3, "time": "2022-01-01 00:00:00"}\n')
    return tmp_path


def sqlfeat(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_render_prints_the_script_of_the_materializations(folder: Path) -> None:
    result = sqlfeat("render", folder / "features.py", "--dialect", "spark")
    assert result.exit_code == 0, result.output
    assert "INSERT OVERWRITE DIRECTORY 'output' USING csv" in result.stdout


def test_render_takes_a_name_and_a_file_to_write(folder: Path) -> None:
    output = folder / "twice.sql"
    result = sqlfeat("render", f"{folder}/features.py:twice", "--dialect", "flink", "-o", output)
    assert (result.exit_code, result.stdout) == (0, "")
    assert output.read_text().endswith("FROM twice;\n")


def test_render_writes_only_relative_paths_unless_a_root_is_given(folder: Path) -> None:
    plain = sqlfeat("render", f"{folder}/features.py", "--dialect", "flink").stdout
    assert str(folder) not in plain
    rooted = sqlfeat("render", f"{folder}/features.py", "--dialect", "flink", "--root", "/data").stdout
    assert "'/data/events.jsonl'" in rooted


def test_settings_stand_beside_the_definitions_and_arguments_win(folder: Path) -> None:
    (folder / "sqlfeat.toml").write_text('timezone = "Asia/Shanghai"\n')
    found = sqlfeat("render", f"{folder}/features.py", "--dialect", "spark").stdout
    assert "spark.sql.session.timeZone = Asia/Shanghai" in found
    given = ("--timezone", "Europe/Paris")
    found = sqlfeat("render", f"{folder}/features.py", "--dialect", "spark", *given).stdout
    assert "spark.sql.session.timeZone = Europe/Paris" in found


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('timezon = "UTC"', "Did you mean 'timezone'?"),
        ("timezone = 1", "is text, not 1"),
        ('timezone = "Asia/Shangai"', "Did you mean 'Asia/Shanghai'?"),
        ("timezone", "cannot be read"),
    ],
)
def test_wrong_settings_are_said(folder: Path, text: str, says: str) -> None:
    (folder / "sqlfeat.toml").write_text(text)
    result = sqlfeat("plan", folder / "features.py")
    assert result.exit_code == 1
    assert says in result.stderr


def test_plan_prints_a_tree(folder: Path) -> None:
    result = sqlfeat("plan", f"{folder}/features.py:four")
    assert result.exit_code == 0
    assert "view four\n  Select\n" in result.stdout


def test_list_says_what_a_file_defines(folder: Path) -> None:
    result = sqlfeat("list", folder / "features.py")
    assert result.exit_code == 0
    for word in ("events", "FileSystemSource", "twice", "backfill", "four to FileSystemSink"):
        assert word in result.stdout


def test_validate_finds_every_mistake_of_a_file(folder: Path) -> None:
    wrong = FEATURES.replace("id * 2", "ID2 * 2").replace("two * 2", "LOWR(two)")
    (folder / "features.py").write_text(wrong)
    result = sqlfeat("validate", folder / "features.py")
    assert result.exit_code == 1
    assert "2 mistakes in the definition" in result.stderr
    assert "twice, feature 'two': there is no column 'ID2'." in result.stderr
    assert "Did you mean LOWER?" in result.stderr


def test_validate_says_when_there_is_no_mistake(folder: Path) -> None:
    result = sqlfeat("validate", f"{folder}/features.py", "--dialect", "flink")
    assert (result.exit_code, "no mistakes" in result.stdout) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["render", "nothing.py", "--dialect", "spark"], 1, "there is no file nothing.py"),
        (["render", "features.py:fuor", "--dialect", "spark"], 1, "Did you mean 'four'?"),
        (["render", "features.py", "--dialect", "sprak"], 2, "sprak"),
        (["render", "features.py"], 2, "--dialect"),
        (["rendr", "features.py"], 2, "rendr"),
        (["run", "features.py", "--dialect", "spark", "--flink", "a:1"], 2, "does not go with"),
        (["run", "features.py", "--dialect", "flink", "--flink", "localhost:1"], 1, "does not answer"),
        (["render", "broken.py", "--dialect", "spark"], 1, "broken.py, line 2: ZeroDivisionError"),
        (["render", "syntax.py", "--dialect", "spark"], 1, "syntax.py, line 1: SyntaxError"),
        (["render", "empty.py", "--dialect", "spark"], 1, "defines no view and no materialization"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], status: int, says: str
) -> None:
    (folder / "broken.py").write_text("x = 1\nx / 0\n")
    (folder / "syntax.py").write_text("x = = 1\n")
    (folder / "empty.py").write_text("")
    monkeypatch.chdir(folder)
    result = sqlfeat(*arguments)
    assert result.exit_code == status, result.output
    assert says in result.stderr
    assert "Traceback" not in result.output


def test_each_command_shows_an_example() -> None:
    for command in ("render", "plan", "validate", "list", "run", "explain"):
        assert "Example: sqlfeat" in sqlfeat(command, "--help").stdout


@pytest.mark.spark
def test_run_prints_rows_and_writes_them(folder: Path) -> None:
    """In processes of their own: a session of the command must not be that of the tests."""
    program = [sys.executable, "-m", "sqlfeat.cli", "run"]
    shown = subprocess.run(
        [*program, f"{folder}/features.py:four", "--dialect", "spark"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert shown.returncode == 0, shown.stderr
    assert "12" in shown.stdout
    assert "1 row" in shown.stdout


@pytest.mark.flink
def test_run_writes_a_materialization_and_counts_its_rows(folder: Path) -> None:
    program = [sys.executable, "-m", "sqlfeat.cli", "run"]
    written = subprocess.run(
        [*program, f"{folder}/features.py:backfill", "--dialect", "flink"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert written.returncode == 0, written.stderr
    assert "1 row written" in written.stderr
    (part,) = (path for path in (folder / "output").iterdir() if path.is_file())
    assert part.read_text() == '"2022-01-01 00:00:00",12\n'


def test_the_package_is_a_command(folder: Path) -> None:
    command = [sys.executable, "-m", "sqlfeat", "list", str(folder / "features.py")]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    assert shown.stdout == sqlfeat("list", folder / "features.py").stdout


def test_the_calls_are_not_hidden_by_the_packages_of_their_names() -> None:
    program = """
import sqlfeat, sqlfeat.run.engine, sqlfeat.plan.base, sqlfeat.render.script
print(*(callable(call) for call in (sqlfeat.run, sqlfeat.plan, sqlfeat.render)))
"""
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout == "True True True\n"


def test_render_takes_keys_and_times(folder: Path) -> None:
    asked = ("--keys", '[{"two": 6}]', "--start", "2022-01-01", "--end", "2022-01-02")
    result = sqlfeat("render", f"{folder}/features.py:twice", "--dialect", "flink", *asked)
    assert result.exit_code == 0, result.output
    assert "WHERE two = 6 AND event_time >= " in result.stdout


@pytest.mark.parametrize(
    ("asked", "status", "says"),
    [
        (("--keys", "user_1"), 2, "it is no JSON"),
        (("--keys", '"user_1"'), 1, "keys cannot be 'user_1'"),
        (("--start", "soon"), 1, "start cannot be 'soon'"),
    ],
)
def test_wrong_keys_and_times_are_said(
    folder: Path, asked: tuple[str, ...], status: int, says: str
) -> None:
    result = sqlfeat("render", f"{folder}/features.py:twice", "--dialect", "flink", *asked)
    assert result.exit_code == status
    assert says in result.stderr
