"""A real standalone Spark cluster for a while, from pyspark's wheel, and Spark's SQL client."""

import contextlib
import json
import tempfile
import urllib.request
from collections.abc import Iterable, Mapping
from pathlib import Path

from scripts import processes, programs
from scripts.service import Service
from scripts.sql_scripts import SqlError, script_file

_START_SECONDS = 90.0
_LOOPBACK = "127.0.0.1"


class SparkCluster(Service):
    """`with SparkCluster() as spark:` starts a Master and its Workers on loopback.

    `spark.master` is what `--master` and `SparkSession.builder.master` take.
    """

    name = "spark"

    def __init__(
        self,
        workers: int = 1,
        *,
        cores: int = 2,
        memory: str = "1g",
        cwd: str | Path | None = None,
    ) -> None:
        super().__init__()
        self._workers = workers
        self._cores = cores
        self._memory = memory
        self._cwd = Path(cwd or Path.cwd()).resolve()
        self._port, self._ui_port, *self._worker_ports = processes.free_ports(2 + 2 * workers)

    @property
    def master(self) -> str:
        return f"spark://{_LOOPBACK}:{self._port}"

    def _start(self, stack: contextlib.ExitStack) -> None:
        master = stack.enter_context(self._process("master", self._port, self._ui_port))
        processes.wait_until(lambda: self._alive_workers() >= 0, _START_SECONDS, master)
        ports = zip(self._worker_ports[::2], self._worker_ports[1::2], strict=True)
        workers = [stack.enter_context(self._process("worker", *pair)) for pair in ports]
        processes.wait_until(
            lambda: self._alive_workers() >= self._workers, _START_SECONDS, master, *workers
        )

    def _process(self, role: str, port: int, ui_port: int) -> processes.Process:
        command: list[str | Path] = [
            programs.spark_home() / "bin" / "spark-class",
            f"org.apache.spark.deploy.{role}.{role.title()}",
            *("--host", _LOOPBACK, "--port", str(port), "--webui-port", str(ui_port)),
        ]
        if role == "worker":
            command += ["--cores", str(self._cores), "--memory", self._memory]
            command += ["--work-dir", self._folder / "work", self.master]
        env = _environment(self._folder)
        return processes.Process(f"spark-{role}", command, env=env, cwd=self._cwd)

    def _alive_workers(self) -> int:
        """How many Workers the Master knows, or -1 while it does not answer."""
        try:
            with _DIRECTLY.open(f"http://{_LOOPBACK}:{self._ui_port}/json/", timeout=10) as answer:
                return int(json.load(answer)["aliveworkers"])
        except OSError:
            return -1


def spark_sql(
    script: str | Path,
    *,
    cwd: str | Path | None = None,
    jars: Iterable[str | Path] = (),
    master: str = "local[2]",
    options: Mapping[str, str] | None = None,
    timeout: float = 300.0,
) -> str:
    """Runs a script (its text, or the path of its file) as `spark-sql -f` does.

    The warehouse and the metastore are temporary: nothing stays behind in `cwd`.
    """
    with tempfile.TemporaryDirectory(prefix="sqlfeat-spark-sql-") as name:
        folder = Path(name)
        settings = {
            "spark.ui.enabled": "false",
            "spark.driver.host": _LOOPBACK,
            "spark.driver.bindAddress": _LOOPBACK,
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
            "spark.driver.extraJavaOptions": f"-Dderby.system.home={folder}",
        }
        if listed := ",".join(str(Path(jar).resolve()) for jar in jars):
            settings["spark.jars"] = listed
        command: list[str | Path] = [programs.spark_home() / "bin" / "spark-sql"]
        command += ["--master", master]
        for key, value in (settings | dict(options or {})).items():
            command += ["--conf", f"{key}={value}"]
        command += ["-f", script_file(script, folder)]
        code, out, err = processes.run(
            "spark-sql", command, env=_environment(folder), folder=folder, cwd=cwd, timeout=timeout
        )
    if code != 0:
        raise SqlError("spark-sql", out, err)
    return out


_DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _environment(folder: Path) -> dict[str, str]:
    values = programs.environment(
        SPARK_HOME=programs.spark_home(),
        SPARK_LOCAL_IP=_LOOPBACK,
        SPARK_LOCAL_DIRS=folder / "local",
    )
    for name in ("SPARK_CONF_DIR", "HADOOP_CONF_DIR", "YARN_CONF_DIR", "SPARK_CONNECT_MODE"):
        values.pop(name, None)
    return values
