"""The training example on a real Spark cluster: python -m scripts.demo_spark_cluster

`sqlfeat run` has a Master and a Worker write the CSV. Everything that was started is stopped in the end.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from scripts import examples, processes, programs
from scripts.programs import SetupError
from scripts.spark_cluster import SparkCluster

OUTPUT = examples.TRAINING / "output"

_RUN_SECONDS = 300.0


def main() -> None:
    shutil.rmtree(OUTPUT, ignore_errors=True)
    examples.say("Starting a Spark Master and a Worker …")
    with SparkCluster() as spark:
        examples.say(f"The Master listens at {spark.master}.")
        _backfill(spark.master)
    examples.heading(f"{OUTPUT.relative_to(programs.PROJECT_ROOT)}/*.csv")
    lines = [line for file in sorted(OUTPUT.glob("*.csv")) for line in _lines(file)]
    for line in lines:
        examples.say(line)
    expected = [(",".join(map(str, row)),) for row in examples.TRAINING_ROWS]
    examples.check([(line,) for line in lines], expected, str(OUTPUT))


def _backfill(master: str) -> None:
    command = examples.command(
        *("run", f"{examples.TRAINING}/features.py:backfill", "--dialect", "spark"),
        *("--master", master),
    )
    with tempfile.TemporaryDirectory(prefix="sqlfeat-demo-") as folder:
        code, out, err = processes.run(
            "sqlfeat-run",
            command,
            env=programs.environment(SPARK_LOCAL_IP="127.0.0.1"),
            folder=Path(folder),
            cwd=programs.PROJECT_ROOT,
            timeout=_RUN_SECONDS,
        )
    if code != 0:
        raise SetupError(f"sqlfeat run failed with exit code {code}:\n{out}{err}")
    examples.say(err.splitlines()[-1])


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    sys.exit(examples.run(main))
