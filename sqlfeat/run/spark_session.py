"""Running in a SparkSession."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlfeat.dialects.spark import SPARK
from sqlfeat.errors import EngineError
from sqlfeat.plan.functions import PythonFunction
from sqlfeat.plan.tables import Plan
from sqlfeat.render.statements import Statement
from sqlfeat.run.addresses import require_answer
from sqlfeat.run.engine import Engine, Handle, Row, Status
from sqlfeat.run.failures import explained
from sqlfeat.run.python_functions import carried_whole, not_sent, worker_function
from sqlfeat.run.spark_metrics import rows_written
from sqlfeat.run.written_columns import check_columns
from sqlfeat.types import ArrayType, MapType, Schema, StructType, Timestamp

PRINTED_ROWS = 1_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class ThreadHandle(Handle):
    """Statements that a thread runs one after the other; Spark returns when each is done."""

    def __init__(self, engine: SparkEngine, statements: Sequence[Statement], plan: Plan) -> None:
        self._engine = engine
        self._plan = plan
        self._tag = f"sqlfeat-{uuid.uuid4().hex}"
        self._error: Exception | None = None
        self._cancelled = False
        self._thread = threading.Thread(target=self._run, args=(statements,), daemon=True)
        self._thread.start()

    def _run(self, statements: Sequence[Statement]) -> None:
        session = self._engine.session
        try:
            session.addTag(self._tag)
            self._engine.write(statements, self._plan)
        except Exception as error:
            self._error = error

    def wait(self, timeout: float | None = None) -> None:
        self._thread.join(timeout)
        if self._thread.is_alive():
            raise TimeoutError(f"the job still runs after {timeout} s")
        if self._error is not None and not self._cancelled:
            raise explained(self._error, self._plan) from None

    def status(self) -> Status:
        rows = rows_written(self._engine.session, self._tag)
        if self._thread.is_alive():
            return Status("running", rows)
        if self._error is not None:
            return Status("cancelled" if self._cancelled else "failed", rows)
        return Status("finished", rows)

    def cancel(self) -> None:
        if self._thread.is_alive():
            self._cancelled = True
            self._engine.session.interruptTag(self._tag)
            self._thread.join()


class SparkEngine(Engine):
    """Runs statements in a SparkSession."""

    @classmethod
    def connect(cls, address: str | None, jars: Sequence[str]) -> Any:
        from pyspark.sql import SparkSession

        if address is not None and address.startswith("spark://"):
            require_answer(address.removeprefix("spark://").split(",")[0], "a Spark master")
        builder = (
            SparkSession.builder.appName("sqlfeat")
            .master(address or "local[*]")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.log.level", "ERROR")
        )
        if jars:
            builder = builder.config("spark.jars", ",".join(jars))
        try:
            return builder.getOrCreate()
        except Exception as error:
            where = "" if address is None else f" at {address}"
            message = f"Spark does not start{where}: {str(error).splitlines()[0]}"
            raise EngineError(message, str(error)) from None

    def close(self) -> None:
        self.session.stop()

    def table(self, statements: Sequence[Statement], plan: Plan) -> Any:
        with self._made(statements, plan):
            return self._sql(str(statements[-1].text), plan)

    def start(self, statements: Sequence[Statement], plan: Plan) -> Handle:
        return ThreadHandle(self, statements, plan)

    def write(self, statements: Sequence[Statement], plan: Plan) -> None:
        """Run the INSERTs one after the other."""
        with self._made(statements, plan):
            for statement in statements:
                if statement.writes:
                    result = self._sql(str(statement.text), plan)
                    if statement.kind == "print":
                        result.show(n=PRINTED_ROWS, truncate=False)

    def explain(self, statements: Sequence[Statement], plan: Plan) -> str:
        with self._made(statements, plan):
            rows = self._sql(f"EXPLAIN FORMATTED {statements[-1].text}", plan).collect()
        return "\n".join(str(row[0]) for row in rows)

    @contextmanager
    def _made(self, statements: Sequence[Statement], plan: Plan) -> Iterator[None]:
        """Make the views and the settings, and take both back in the end: a DataFrame keeps them."""
        settings = [s.setting for s in statements if s.setting is not None]
        before = {setting.key: self.session.conf.get(setting.key, None) for setting in settings}
        made: list[str] = []
        registered: list[str] = []
        try:
            for function in plan.functions:
                self._register(function)
                registered.append(function.name)
            for setting in settings:
                self.session.conf.set(setting.key, setting.value)
            for statement in statements:
                if statement.kind in ("table", "view"):
                    self._check_free(statement.name)
                    self._sql(str(statement.text), plan)
                    made.append(statement.name)
                    self._check_declared(statement)
            yield
        finally:
            for name in reversed(made):
                self.session.catalog.dropTempView(name)
            for name in registered:
                self.session.sql(f"DROP TEMPORARY FUNCTION {SPARK.quote(name)}")
            for key, value in before.items():
                self._restore(key, value)

    def _register(self, function: PythonFunction) -> None:
        """Make a Python function known to the session, without Arrow: its versions differ."""
        from pyspark import cloudpickle
        from pyspark.sql.functions import udf

        if self.session.catalog.functionExists(SPARK.quote(function.name)):
            raise EngineError(
                f"the SparkSession already has a function {function.name!r}: drop it, or rename the "
                "feature."
            )
        called = worker_function(function, tuple)
        try:
            with carried_whole(function, cloudpickle):
                made = udf(called, SPARK.type_name(function.gives), useArrow=False)
                self.session.udf.register(function.name, made)
        except Exception as error:
            raise not_sent(function, error) from None

    def _check_declared(self, statement: Statement) -> None:
        """Compare what a SELECT of the definition gives with what is declared of it."""
        if statement.written is not None:
            fields = self.session.table(SPARK.quote(statement.name)).schema.fields
            found = {field.name: field.dataType.simpleString() for field in fields}
            check_columns(statement.written, found, SPARK.type_name)

    def _restore(self, key: str, value: str | None) -> None:
        if value is None:
            self.session.conf.unset(key)
        else:
            self.session.conf.set(key, value)

    def _check_free(self, name: str) -> None:
        quoted = name.replace("`", "``")
        if self.session.catalog.tableExists(f"`{quoted}`"):
            raise EngineError(
                f"the SparkSession already has a table or view {name!r}: drop it, or rename the one in "
                "the definition."
            )

    def _sql(self, text: str, plan: Plan) -> Any:
        try:
            return self.session.sql(text)
        except Exception as error:
            raise explained(error, plan) from None

    def rows(self, table: Any, columns: Schema, plan: Plan) -> list[Row]:
        """Fetch instants as microseconds: a datetime of PySpark is in the zone of Python's process."""
        from pyspark.sql import functions

        def exact(name: str, dtype: object) -> Any:
            column = functions.col("`" + name.replace("`", "``") + "`")
            return functions.unix_micros(column).alias(name) if dtype == Timestamp else column

        try:
            found = table.select(*(exact(name, dtype) for name, dtype in columns)).collect()
        except Exception as error:
            raise explained(error, plan) from None
        kinds = [dtype for _, dtype in columns]
        return [
            tuple(_value(value, dtype) for value, dtype in zip(row, kinds, strict=True)) for row in found
        ]


def _value(value: Any, dtype: object) -> Any:
    if value is None:
        return None
    if dtype == Timestamp and isinstance(value, datetime):
        return value.astimezone(UTC)  # inside of another value it is in the zone of this process
    if dtype == Timestamp:
        nested = isinstance(value, datetime)  # on the clock of Python's process
        return value.astimezone(UTC) if nested else EPOCH + timedelta(microseconds=value)
    if isinstance(dtype, StructType):
        return {name: _value(value[name], of) for name, of in dtype.fields}
    if isinstance(dtype, ArrayType):
        return [_value(element, dtype.element) for element in value]
    if isinstance(dtype, MapType):
        return {_value(key, dtype.key): _value(element, dtype.value) for key, element in value.items()}
    return bytes(value) if isinstance(value, bytearray) else value
