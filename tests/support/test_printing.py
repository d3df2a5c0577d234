"""A PrintSink shows the rows on an engine's standard output."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sqlfeat as sf
from tests.definitions import derived, events


def printed(folder: Path) -> sf.Materialization:
    (folder / "events.json").write_text('{"id": "a1b2", "n": 1, "at": "2022-01-01 00:00:00"}\n')
    view = derived("id", source=events(path=folder / "events.json"))
    return sf.Materialization("shown", view, sf.PrintSink())


@pytest.mark.flink
def test_flink(flink: Any, tmp_path: Path) -> None:
    """Flink's workers print; nothing comes to this process."""
    sf.run(printed(tmp_path), flink).wait()


@pytest.mark.spark
def test_spark(spark: Any, tmp_path: Path, capfd: Any) -> None:
    sf.run(printed(tmp_path), spark).wait()
    assert "a1b2" in capfd.readouterr().out
