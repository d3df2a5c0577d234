"""A real standalone Flink cluster for a while, from PyFlink's wheel, with its SQL client."""

import contextlib
import json
import re
import shutil
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts import jars as connectors
from scripts import processes, programs
from scripts.service import Service
from scripts.sql_scripts import SqlError, script_file

_START_SECONDS = 120.0
_FINAL_STATES = frozenset({"FINISHED", "CANCELED", "FAILED"})
_ERROR = re.compile(r"^(?!\|).*\[ERROR\]", re.MULTILINE)  # a line that is not a row of a result
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass(frozen=True)
class Job:
    id: str
    name: str
    state: str


class FlinkCluster(Service):
    """`with FlinkCluster() as flink:` starts a JobManager and its TaskManagers on loopback.

    They run in the folder `cwd`, where relative paths in SQL begin, wherever the client runs.
    `jars` join the cluster's and the client's class path; `options` override its configuration.
    """

    name = "flink"

    def __init__(
        self,
        task_managers: int = 1,
        slots: int = 4,
        jars: Iterable[str | Path] = (),
        *,
        cwd: str | Path | None = None,
        options: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._task_managers = task_managers
        self._slots = slots
        self._jars = [Path(jar).resolve() for jar in jars]
        self._cwd = Path(cwd or Path.cwd()).resolve()
        self._rest_port, self._rpc_port = processes.free_ports(2)
        self._options = dict(options or {})
        self._home = programs.flink_home()
        self._env: dict[str, str] = {}

    @property
    def rest_address(self) -> str:
        return f"127.0.0.1:{self._rest_port}"

    def sql_client(
        self,
        script: str | Path,
        *,
        cwd: str | Path | None = None,
        jars: Iterable[str | Path] = (),
        timeout: float = 300.0,
    ) -> str:
        """Runs a script (its text, or the path of its file) as `sql-client.sh -f` does."""
        with tempfile.TemporaryDirectory(dir=self._folder, prefix="client-") as name:
            folder = Path(name)
            command: list[str | Path] = [self._home / "bin" / "sql-client.sh"]
            command += ["-f", script_file(script, folder), "-hist", folder / "history"]
            for jar in jars:
                command += ["-j", Path(jar).resolve()]
            code, out, err = processes.run(
                "sql-client",
                command,
                env=self._env,
                folder=folder,
                cwd=cwd or self._cwd,
                timeout=timeout,
            )
        output = _ESCAPES.sub("", out)
        if code != 0 or _ERROR.search(output):
            raise SqlError("sql-client", output, err)
        return output

    def jobs(self) -> list[Job]:
        found = self._get("/jobs/overview")["jobs"]
        return [Job(job["jid"], job["name"], job["state"]) for job in found]

    def wait(self, job_id: str, timeout: float = 60.0) -> str:
        """The state in which the job ends: FINISHED, CANCELED or FAILED."""
        deadline = time.monotonic() + timeout
        while (state := str(self._get(f"/jobs/{job_id}")["state"])) not in _FINAL_STATES:
            if time.monotonic() > deadline:
                raise TimeoutError(f"Job {job_id} is {state} after {timeout:g} seconds")
            time.sleep(0.1)
        return state

    def cancel(self, job_id: str, timeout: float = 60.0) -> str:
        """Cancels the job if it still runs, and waits for the state in which it ends."""
        with contextlib.suppress(urllib.error.HTTPError):
            self._request(f"/jobs/{job_id}?mode=cancel", method="PATCH")
        return self.wait(job_id, timeout)

    def _start(self, stack: contextlib.ExitStack) -> None:
        self._lay_out(connectors.fetch("flink_client"))
        roles = ["jobmanager", *["taskmanager"] * self._task_managers]
        started = [stack.enter_context(self._process(role)) for role in roles]
        processes.wait_until(self._has_all_slots, _START_SECONDS, *started)

    def _lay_out(self, gateway: Sequence[Path]) -> None:
        conf = self._folder / "conf"
        shutil.copytree(self._home / "conf", conf)
        (conf / "config.yaml").write_text(self._configuration(), encoding="utf-8")
        _link(self._folder / "lib", [*self._home.glob("lib/*.jar"), *self._jars])
        _link(self._folder / "opt", [*self._home.glob("opt/*.jar"), *gateway])
        folders = {"FLINK_CONF_DIR": conf}
        for kind in ("lib", "opt", "log", "pid"):
            folders[f"FLINK_{kind.upper()}_DIR"] = self._folder / kind
            (self._folder / kind).mkdir(exist_ok=True)
        self._env = programs.environment(FLINK_HOME=self._home, **folders)
        for name in ("HADOOP_CONF_DIR", "HADOOP_CLASSPATH", "FLINK_ENV_JAVA_OPTS", "JVM_ARGS"):
            self._env.pop(name, None)

    def _configuration(self) -> str:
        shipped = (self._home / "conf" / "config.yaml").read_text(encoding="utf-8")
        java_options = re.search(r"^ +all: (--add-.+)$", shipped, re.MULTILINE)
        values = {
            "env.java.opts.all": java_options[1] if java_options else "",
            "execution.target": "remote",
            "rest.address": "127.0.0.1",
            "rest.bind-address": "127.0.0.1",
            "rest.port": str(self._rest_port),
            "jobmanager.rpc.address": "127.0.0.1",
            "jobmanager.rpc.port": str(self._rpc_port),
            "jobmanager.bind-host": "127.0.0.1",
            "jobmanager.memory.process.size": "1024m",
            "taskmanager.host": "127.0.0.1",
            "taskmanager.bind-host": "127.0.0.1",
            "taskmanager.numberOfTaskSlots": str(self._slots),
            "taskmanager.memory.process.size": "1536m",
            "parallelism.default": "1",
            "io.tmp.dirs": str(self._folder),
            "web.upload.dir": str(self._folder / "upload"),
        } | self._options
        return "".join(f"{name}: {json.dumps(value)}\n" for name, value in values.items())

    def _process(self, role: str) -> processes.Process:
        command: list[str | Path] = [self._home / "bin" / f"{role}.sh", "start-foreground"]
        return processes.Process(f"flink-{role}", command, env=self._env, cwd=self._cwd)

    def _has_all_slots(self) -> bool:
        try:
            slots = self._get("/overview")["slots-total"]
        except OSError:
            return False
        return bool(slots >= self._slots * self._task_managers)

    def _get(self, path: str) -> Any:
        return json.loads(self._request(path))

    def _request(self, path: str, method: str = "GET") -> bytes:
        request = urllib.request.Request(f"http://{self.rest_address}{path}", method=method)
        with _DIRECTLY.open(request, timeout=10) as response:
            return bytes(response.read())


_DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _link(folder: Path, files: Iterable[Path]) -> None:
    folder.mkdir()
    for file in files:
        (folder / file.name).symlink_to(file)
