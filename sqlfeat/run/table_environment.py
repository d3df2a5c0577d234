"""Running in a PyFlink TableEnvironment, in streaming mode or in batch mode."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlfeat.dialects.flink import FLINK
from sqlfeat.errors import EngineError
from sqlfeat.plan.functions import PythonFunction
from sqlfeat.plan.tables import Plan
from sqlfeat.render.statements import Statement
from sqlfeat.run.addresses import require_answer, require_brokers
from sqlfeat.run.engine import Engine, Handle, Row, Status
from sqlfeat.run.failures import explained
from sqlfeat.run.flink_metrics import rows_written
from sqlfeat.run.loopback_workers import forget_workers
from sqlfeat.run.mini_cluster import start_mini_cluster
from sqlfeat.run.python_functions import carried_whole, not_sent, worker_function
from sqlfeat.run.written_columns import check_columns
from sqlfeat.types import ArrayType, MapType, Schema, StructType, Timestamp

BATCH_OF_ROWS = 10_000


class JobHandle(Handle):
    """A job of a Flink cluster, or of this process."""

    def __init__(self, result: Any, plan: Plan, rest: str | None) -> None:
        self._client = result.get_job_client()
        self._rest = rest
        self._plan = plan
        self._cancelled = False
        self._done = self._client.get_job_execution_result()

    @property
    def job_id(self) -> str:
        """The id that the cluster gave the job."""
        return str(self._client.get_job_id())

    def wait(self, timeout: float | None = None) -> None:
        deadline = None if timeout is None else time.monotonic() + timeout
        while not self._is_done():
            if deadline is not None and time.monotonic() > deadline:
                raise TimeoutError(f"the job {self.job_id} still runs after {timeout} s")
            time.sleep(0.1)
        try:
            self._done.result()
        except Exception as error:
            if not self._cancelled:
                raise explained(error, self._plan) from None

    def status(self) -> Status:
        rows = None if self._rest is None else rows_written(self._rest, self.job_id)
        if not self._is_done():
            return Status("running", rows)
        try:
            self._done.result()
        except Exception:
            return Status("cancelled" if self._cancelled else "failed", rows)
        return Status("finished", rows)

    def cancel(self) -> None:
        if self._is_done():
            return
        self._cancelled = True
        self._client.cancel().result()
        while not self._is_done():
            time.sleep(0.05)

    def _is_done(self) -> bool:
        is_done = bool(self._done.done())
        if is_done and self._plan.functions:
            forget_workers()
        return is_done


class FlinkEngine(Engine):
    """Runs statements in a TableEnvironment in streaming mode."""

    mode = "streaming"

    @classmethod
    def takes(cls, session: Any) -> bool:
        mode = session.get_config().get("execution.runtime-mode", "STREAMING")
        return str(mode).lower() == cls.mode

    @classmethod
    def connect(cls, address: str | None, jars: Sequence[str]) -> Any:
        """Return a session of the cluster at an address, or of one in this process."""
        from pyflink.table import EnvironmentSettings, TableEnvironment

        if address is not None:
            require_answer(address, "a Flink cluster")
        try:
            session = TableEnvironment.create(getattr(EnvironmentSettings, f"in_{cls.mode}_mode")())
            config = session.get_config()
            if jars:
                uris = (Path(jar).absolute().as_uri() for jar in jars)
                config.set("pipeline.jars", ";".join(uris))
            if address is None:
                # Each operator on its own: the cluster then tells how many rows were written.
                config.set("pipeline.operator-chaining.enabled", "false")
                address = start_mini_cluster()
        except Exception as error:
            raise EngineError(f"Flink does not start: {str(error).splitlines()[0]}", str(error)) from None
        host, _, port = address.rpartition(":")
        config.set("execution.target", "remote")
        config.set("rest.address", host)
        config.set("rest.port", port)
        return session

    def table(self, statements: Sequence[Statement], plan: Plan) -> Any:
        with self._made(statements, plan):
            try:
                return self.session.sql_query(str(statements[-1].text))
            except Exception as error:
                raise explained(error, plan) from None

    def start(self, statements: Sequence[Statement], plan: Plan) -> Handle:
        with self._made(statements, plan):
            inserts = [statement for statement in statements if statement.kind == "insert"]
            self._check_brokers(plan)
            try:
                result = self.session.execute_sql(str(inserts[-1].text))
            except Exception as error:
                raise explained(error, plan) from None
        return JobHandle(result, plan, self._rest_address())

    def _check_brokers(self, plan: Plan) -> None:
        """Say at once that a broker does not answer, where this machine sees what the cluster sees:
        Flink waits a minute for it.
        """
        if self._is_here():
            require_brokers(plan)

    def _is_here(self) -> bool:
        """Whether the cluster is in this process, or at least on this machine."""
        config = self.session.get_config()
        is_local = config.get("execution.target", "local") == "local"
        return is_local or config.get("rest.address", "localhost") in ("localhost", "127.0.0.1")

    def _rest_address(self) -> str | None:
        """Return where the cluster of the session answers; None for one inside of each job."""
        config = self.session.get_config()
        if config.get("execution.target", "local") != "remote":
            return None
        return f"http://{config.get('rest.address', 'localhost')}:{config.get('rest.port', '8081')}"

    def explain(self, statements: Sequence[Statement], plan: Plan) -> str:
        with self._made(statements, plan):
            text = str(statements[-1].text)
            try:
                return str(self.session.explain_sql(text))
            except Exception as error:
                raise explained(error, plan) from None

    @contextmanager
    def _made(self, statements: Sequence[Statement], plan: Plan) -> Iterator[None]:
        """Make the tables and views, and drop them in the end: a Table that was built keeps them."""
        made: list[Statement] = []
        registered: list[str] = []
        try:
            for function in plan.functions:
                self._register(function)
                registered.append(function.name)
            for statement in statements:
                if statement.setting is not None:
                    self._set(statement.setting.key, statement.setting.value)
                elif statement.kind in ("table", "view"):
                    self._make(statement, plan)
                    made.append(statement)
                    self._check_declared(statement)
            yield
        finally:
            for statement in reversed(made):
                kind, name = statement.kind.upper(), FLINK.quote(statement.name)
                self.session.execute_sql(f"DROP TEMPORARY {kind} {name}")
            for function_name in registered:
                self.session.drop_temporary_function(FLINK.quote(function_name))

    def _check_declared(self, statement: Statement) -> None:
        """Compare what a SELECT of the definition gives with what is declared of it."""
        if statement.written is not None:
            table = self.session.from_path(FLINK.quote(statement.name))
            columns = table._j_table.getResolvedSchema().getColumns()
            found = {c.getName(): c.getDataType().getLogicalType().asSummaryString() for c in columns}
            check_columns(statement.written, found, FLINK.type_name)

    def _register(self, function: PythonFunction) -> None:
        """Make a Python function known to the session."""
        import cloudpickle
        from pyflink.common import Row as FlinkRow
        from pyflink.table.udf import udf

        if function.name.casefold() in map(str.casefold, self.session.list_user_defined_functions()):
            raise EngineError(
                f"the TableEnvironment already has a function {function.name!r}: drop it, or rename the "
                "feature."
            )
        if self._is_here() and not self.session.get_config().get("python.executable", ""):
            self.session.get_config().set("python.executable", sys.executable)
        called = worker_function(function, lambda values: FlinkRow(*values))
        try:
            with carried_whole(function, cloudpickle):
                made = udf(called, result_type=FLINK.type_name(function.gives), name=function.name)
                self.session.create_temporary_function(FLINK.quote(function.name), made)
        except Exception as error:
            raise not_sent(function, error) from None

    def _make(self, statement: Statement, plan: Plan) -> None:
        if statement.name in self.session.list_temporary_tables():
            raise EngineError(
                f"the TableEnvironment already has a temporary table or view {statement.name!r}: drop "
                "it, or rename the one in the definition."
            )
        try:
            self.session.execute_sql(str(statement.text))
        except Exception as error:
            raise explained(error, plan) from None

    def _set(self, key: str, value: str) -> None:
        """Set what is not of the SQL client alone, nor of how the environment was made."""
        if not key.startswith("sql-client.") and key not in (
            "execution.runtime-mode",
            "table.dml-sync",
        ):
            self.session.get_config().set(key, value)

    def rows(self, table: Any, columns: Schema, plan: Plan) -> list[Row]:
        self._check_brokers(plan)
        try:
            return list(_fetched(self._readable(table, columns), columns))
        except Exception as error:
            raise explained(error, plan) from None
        finally:
            if plan.functions:
                forget_workers()

    def _readable(self, table: Any, columns: Schema) -> Any:
        """Return the table with each MAP as its entries: Arrow takes no map with a nullable key."""
        if not any(isinstance(dtype, MapType) for _, dtype in columns):
            return table
        from pyflink.table.expressions import call_sql

        def said(name: str, is_map: bool) -> Any:
            quoted = FLINK.quote(name)
            return call_sql(f"MAP_ENTRIES({quoted})" if is_map else quoted).alias(name)

        return table.select(*(said(name, isinstance(dtype, MapType)) for name, dtype in columns))


class BatchFlinkEngine(FlinkEngine):
    """Runs statements in a TableEnvironment in batch mode."""

    mode = "batch"


def _fetched(table: Any, columns: Schema) -> Iterator[Row]:
    """Yield the rows by Arrow, as it leaves the JVM: PyFlink's own conversions shift instants, round
    large integers and fail on NULLs in arrays.
    """
    import pyarrow
    from pyflink.java_gateway import get_gateway

    arrow = get_gateway().jvm.org.apache.flink.table.runtime.arrow.ArrowUtils
    batches = arrow.collectAsPandasDataFrame(table._j_table, BATCH_OF_ROWS)
    parts: list[bytes] = []
    while batches.hasNext():
        parts.append(batches.next())
    if not parts:
        return
    with pyarrow.ipc.open_stream(io.BytesIO(b"".join(parts))) as reader:
        lists = [column.to_pylist() for column in reader.read_all().columns]
    kinds = [dtype for _, dtype in columns]
    for values in zip(*lists, strict=True):
        yield tuple(_value(value, dtype) for value, dtype in zip(values, kinds, strict=True))


def _value(value: Any, dtype: object) -> Any:
    if value is None:
        return None
    if dtype == Timestamp and isinstance(value, datetime):
        return value.replace(tzinfo=UTC)
    if isinstance(dtype, ArrayType):
        return [_value(element, dtype.element) for element in value]
    if isinstance(dtype, StructType):
        return {name: _value(value[name], of) for name, of in dtype.fields}
    if isinstance(dtype, MapType):
        pairs = (entry.values() for entry in value)
        return {_value(key, dtype.key): _value(of_key, dtype.value) for key, of_key in pairs}
    return value
