"""An engine's failure in one sentence: which source, which column, which value, what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlfeat.errors import EngineError
from sqlfeat.plan.connectors import Files, KafkaTopic
from sqlfeat.plan.tables import Plan

Word = Callable[[re.Match[str], Plan], str]


@dataclass(frozen=True)
class Symptom:
    """A pattern of an engine's words, and what it means in ours."""

    pattern: re.Pattern[str]
    says: Word


def _unreadable(found: re.Match[str], plan: Plan) -> str:
    return found[1].strip()


def _missing_file(found: re.Match[str], plan: Plan) -> str:
    path = found[1].strip().rstrip(".")
    for source in plan.sources:
        if isinstance(source.connector, Files) and _same_path(source.connector.path, path):
            return f"source {source.name}: there is no file or folder {source.connector.path}."
    return f"there is no file or folder {path}."


def _same_path(ours: str, theirs: str) -> bool:
    return ours == theirs or theirs.endswith("/" + ours.removeprefix("./"))


def _bad_record(found: re.Match[str], plan: Plan) -> str:
    record = " ".join(found[1].split())
    shown = record if len(record) <= 200 else record[:200] + "…"
    return f"{_file_sources(plan)}: a record cannot be read by the schema: {shown}"


def _file_sources(plan: Plan) -> str:
    names = [source.name for source in plan.sources]
    return f"source {names[0]}" if len(names) == 1 else "one of the sources " + ", ".join(names)


def _no_topic(found: re.Match[str], plan: Plan) -> str:
    return f"{_topics(plan)}: the broker does not know the topic. Create it, or correct its name."


def _no_broker(found: re.Match[str], plan: Plan) -> str:
    servers = {
        connector.servers
        for connector in (
            *(source.connector for source in plan.sources),
            *(output.connector for output in plan.outputs),
        )
        if isinstance(connector, KafkaTopic)
    }
    return f"{_topics(plan)}: no broker answers at {', '.join(sorted(servers))}. Is it running?"


def _topics(plan: Plan) -> str:
    named = [
        f"source {source.name} (topic {source.connector.topic})"
        for source in plan.sources
        if isinstance(source.connector, KafkaTopic)
    ]
    written = [
        f"output {output.name} (topic {output.connector.topic})"
        for output in plan.outputs
        if isinstance(output.connector, KafkaTopic)
    ]
    return ", ".join((*named, *written)) or "Kafka"


def _missing_connector(found: re.Match[str], plan: Plan) -> str:
    return (
        f"the engine has no connector {found[1]!r}. Give its jar: --jar PATH on the command line, or "
        "pipeline.jars (Flink) or spark.jars (Spark) in the session."
    )


def _missing_format(found: re.Match[str], plan: Plan) -> str:
    return (
        f"the engine has no format {found[1]!r}. Give its jar: --jar PATH on the command line, or "
        "pipeline.jars in the session."
    )


def _overflow(found: re.Match[str], plan: Plan) -> str:
    return f"a value is not what its type asks for: {found[0].strip()}"


def _symptom(pattern: str, says: Word) -> Symptom:
    return Symptom(re.compile(pattern, re.DOTALL), says)


SYMPTOMS: tuple[Symptom, ...] = (
    _symptom(r"Cannot parse '(source .+?)' as BOOLEAN", _unreadable),
    _symptom(r"\[USER_RAISED_EXCEPTION\] (source .+?) SQLSTATE", _unreadable),
    _symptom(r"PATH_NOT_FOUND\] Path does not exist: (\S+)", _missing_file),
    _symptom(
        r"FileNotFoundException: (?:File )?(?:file:)?(\S+) (?:does not exist|\(No such)",
        _missing_file,
    ),
    _symptom(r"File (?:file:)?(\S+) does not exist", _missing_file),
    _symptom(r"MALFORMED_RECORD_IN_PARSING[^\]]*\] (.+?)(?:\nParse Mode|\n|SQLSTATE)", _bad_record),
    _symptom(r"Failed to deserialize (?:JSON|CSV row) '(.+?)'\.(?:\n|$)", _bad_record),
    _symptom(r"UnknownTopicOrPartition", _no_topic),
    _symptom(r"could not be established|Timed out waiting for a node|Failed to get metadata", _no_broker),
    _symptom(r"TimeoutException: (?:Call|Topic \S+ not present|Timed out)", _no_broker),
    _symptom(r"Could not find any factory for identifier '(kafka|filesystem)'", _missing_connector),
    _symptom(r"DATA_SOURCE_NOT_FOUND\] .*?: (\w+)", _missing_connector),
    _symptom(r"Could not find any format factory for identifier '(\w+)'", _missing_format),
    _symptom(r"For input string: '.*?'", _overflow),
    _symptom(r"\[(?:ARITHMETIC_OVERFLOW|CAST_OVERFLOW|CAST_INVALID_INPUT)\] [^\n]*", _overflow),
)


def explained(error: BaseException, plan: Plan) -> EngineError:
    """Return the error of an engine in words that name what the user can mend.

    The engine's own text is in `detail`.
    """
    detail = "\n".join(_texts(error))
    names = ", ".join(output.name for output in plan.outputs)
    for symptom in SYMPTOMS:
        found = symptom.pattern.search(detail)
        if found:
            return EngineError(f"{names}: {symptom.says(found, plan)}", detail)
    return EngineError(f"{names}: the engine failed: {_essence(detail)}", detail)


def _texts(error: BaseException) -> Iterator[str]:
    """Yield the texts of an error and of its causes, those of the JVM among them."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield str(cause)
        java = getattr(cause, "java_exception", None)
        while java is not None:
            yield str(java.toString())
            java = java.getCause()
        cause = cause.__cause__ or cause.__context__


def _essence(detail: str) -> str:
    """Return the line of a failure that says most: that of the deepest cause."""
    lines = [line.strip() for line in detail.splitlines() if line.strip()]
    causes = [line for line in lines if not line.startswith(("at ", "...", "... "))]
    named = [
        line.removeprefix("Caused by: ") for line in causes if "Exception" in line or "Error" in line
    ]
    chosen = named[-1] if named else (causes[-1] if causes else "no reason was given")
    return re.sub(r"^(?:[\w$]+\.)+([\w$]+(?:Exception|Error))", r"\1", chosen)
