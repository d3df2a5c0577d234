"""The words in which engines fail, and what they mean: which source, which column, which value."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlfeat.plan.connectors import Connector, Files, KafkaTopic
from sqlfeat.plan.tables import Plan, SourceTable
from sqlfeat.run.python_functions import CLOSING, OPENING

Word = Callable[[re.Match[str], str, Plan], str]
"""Says a match, in the whole text of a failure, for a plan."""


@dataclass(frozen=True)
class Symptom:
    """A pattern of an engine's words, and what it means in ours."""

    pattern: re.Pattern[str]
    says: Word


def _symptom(pattern: str, says: Word) -> Symptom:
    return Symptom(re.compile(pattern, re.DOTALL), says)


def shortened(text: str) -> str:
    """Return a value of an engine's message in one line, and its beginning if it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 200 else flat[:200] + "…"


def _unreadable(found: re.Match[str], detail: str, plan: Plan) -> str:
    return shortened(found[1]) + "."


def _missing_file(found: re.Match[str], detail: str, plan: Plan) -> str:
    path = found[1].rstrip(".")
    source = _source_of_path(path, plan)
    where = "" if source is None else f"source {source.name}: "
    return f"{where}there is no file or folder {path.removeprefix('file:')}."


def _source_of_path(path: str, plan: Plan) -> SourceTable | None:
    """Return the source whose file, or whose folder, an engine names."""
    theirs = "/" + re.sub(r"^file:/*", "", path)
    for source in plan.sources:
        if isinstance(source.connector, Files):
            ours = "/" + re.sub(r"^(?:file:/*|\./|/)", "", source.connector.path).rstrip("/")
            if theirs.endswith(ours) or ours + "/" in theirs:
                return source
    return None


def _value_of_json(found: re.Match[str], detail: str, plan: Plan) -> str:
    return _bad_value(found[1], found[2], None, detail, plan)


def _record(found: re.Match[str], detail: str, plan: Plan) -> str:
    """Say a record that cannot be read; where the engine tells the column, its value."""
    record = found[1]
    column = re.search(r"Fail to deserialize at field: (.+?)\.\s", detail)
    try:
        values = json.loads(record)
    except ValueError:
        values = {}
    if column is not None and isinstance(values, dict) and column[1] in values:
        return _bad_value(
            column[1], json.dumps(values[column[1]], ensure_ascii=False), record, detail, plan
        )
    if set(record.split(",")) == {"null"}:
        return f"{_source(detail, plan)}: a record cannot be read: it is no JSON object."
    return f"{_source(detail, plan, record)}: a record cannot be read: {shortened(record)}"


def _value_of_csv(found: re.Match[str], detail: str, plan: Plan) -> str:
    return _bad_value(found[1], found[2], None, detail, plan)


def _bad_value(column: str, value: str, record: str | None, detail: str, plan: Plan) -> str:
    source = _source(detail, plan, record or f'"{column}":')
    types = {str(one.columns[column]) for one in plan.sources if column in one.columns}
    kind = types.pop() if len(types) == 1 else "what the schema says"
    return f"{source}, column {column}: {shortened(value)} cannot be read as {kind}."


def _too_short(found: re.Match[str], detail: str, plan: Plan) -> str:
    return f"{_source(detail, plan)}: a record has {found[2]} values, the schema {found[1]} columns."


def _too_long(found: re.Match[str], detail: str, plan: Plan) -> str:
    return f"{_source(detail, plan)}: a record has more values than the schema has columns, {found[1]}."


def _no_json(found: re.Match[str], detail: str, plan: Plan) -> str:
    reason = found[1].split(": was expecting")[0]
    return f"{_source(detail, plan)}: a record cannot be read: {shortened(reason)}"


def _source(detail: str, plan: Plan, record: str = "") -> str:
    """Return the source that a failure speaks of: by its file, else by the columns of the record."""
    file = re.search(r"Encountered error while reading file (\S+)", detail)
    named = None if file is None else _source_of_path(file[1].rstrip("."), plan)
    if named is not None:
        return f"source {named.name}"
    keys = set(re.findall(r'"((?:[^"\\]|\\.)*)"\s*:', record))
    counts = {source.name: len(keys & set(source.columns.names)) for source in plan.sources}
    names = [name for name, count in counts.items() if count == max(counts.values())]
    return f"source {names[0]}" if len(names) == 1 else "one of the sources " + ", ".join(names)


def _no_cast(found: re.Match[str], detail: str, plan: Plan) -> str:
    value = re.sub(r"^no [A-Z]+(\(.*?\))?: ", "", found[1])
    kind = found[2] if len(found.groups()) > 1 else "number"
    return f"CAST fails: {shortened(value)!r} is no {kind}. TRY_CAST gives NULL for it."


def _no_value(found: re.Match[str], detail: str, plan: Plan) -> str:
    return f"CAST fails: {shortened(found[2])!r} is no {found[1]}. TRY_CAST gives NULL for it."


def _no_text(found: re.Match[str], detail: str, plan: Plan) -> str:
    return "CAST fails: BYTES are no text in UTF-8. TRY_CAST gives NULL for them."


def _no_time(found: re.Match[str], detail: str, plan: Plan) -> str:
    return f"TO_TIMESTAMP cannot read {shortened(found[1])!r}. TRY_TO_TIMESTAMP gives NULL for it."


def _overflow(found: re.Match[str], detail: str, plan: Plan) -> str:
    return "a number is too large for its type: CAST to a larger one before computing."


def _not_writable(found: re.Match[str], detail: str, plan: Plan) -> str:
    return f"the folder {found[1].removeprefix('file:')} cannot be written."


def _connectors(plan: Plan) -> Iterator[tuple[str, Connector | None]]:
    yield from ((f"source {source.name}", source.connector) for source in plan.sources)
    yield from ((f"output {output.name}", output.connector) for output in plan.outputs)


def topics(plan: Plan, servers: str | None = None) -> str:
    """Return the sources and outputs that are topics (of these servers), in a reader's words."""
    return ", ".join(
        f"{name} (topic {connector.topic})"
        for name, connector in _connectors(plan)
        if isinstance(connector, KafkaTopic) and servers in (None, connector.servers)
    )


def no_broker(plan: Plan, servers: str) -> str:
    """Return the words for brokers that do not answer."""
    return f"{topics(plan, servers)}: no broker answers at {servers}. Is it running?"


def servers_of(plan: Plan) -> tuple[str, ...]:
    """Return the addresses of the brokers that a plan reads from or writes to."""
    connectors = (connector for _, connector in _connectors(plan))
    return tuple(dict.fromkeys(one.servers for one in connectors if isinstance(one, KafkaTopic)))


def _no_topic(found: re.Match[str], detail: str, plan: Plan) -> str:
    named = re.search(r"metadata for topics? \[?([^\]\s]+?)\]?\.", detail)
    ours = [
        f"{name} (topic {connector.topic})"
        for name, connector in _connectors(plan)
        if isinstance(connector, KafkaTopic) and named is not None and connector.topic == named[1]
    ]
    where = ", ".join(ours) or topics(plan)
    return f"{where}: the broker does not know the topic. Create it, or correct its name."


def _no_broker(found: re.Match[str], detail: str, plan: Plan) -> str:
    return f"{topics(plan)}: no broker answers at {', '.join(servers_of(plan))}. Is it running?"


def _missing_connector(found: re.Match[str], detail: str, plan: Plan) -> str:
    return (
        f"the engine has no connector {found[1]!r}. Give its jar: --jar PATH on the command line, or "
        "pipeline.jars (Flink) or spark.jars (Spark) in the session."
    )


def _missing_format(found: re.Match[str], detail: str, plan: Plan) -> str:
    return (
        f"the engine has no format {found[1]!r}. Give its jar: --jar PATH on the command line, or "
        "pipeline.jars in the session."
    )


SYMPTOMS: tuple[Symptom, ...] = (
    _symptom(re.escape(OPENING) + "(.+?)" + re.escape(CLOSING), _unreadable),
    _symptom(r"Cannot parse '(source .+?)' as BOOLEAN", _unreadable),
    _symptom(r"\[USER_RAISED_EXCEPTION\] (source .+?) SQLSTATE: P0001", _unreadable),
    _symptom(r"PATH_NOT_FOUND\] Path does not exist: (.+?)\. SQLSTATE", _missing_file),
    _symptom(r"FileNotFoundException: (?:File )?(\S+) (?:does not exist|\(No such)", _missing_file),
    _symptom(r"File (file:\S+|/\S+) does not exist", _missing_file),
    _symptom(
        r"CANNOT_PARSE_JSON_FIELD\] Cannot parse the field name '?(.+?)'? and the value (.+?) of the "
        "JSON token",
        _value_of_json,
    ),
    _symptom(r"Malformed CSV record: (.+?) SQLSTATE", _record),
    _symptom(r"MALFORMED_RECORD_IN_PARSING.+?\(byte\[\]\)\"(.+?)\"(?:\[truncated|; line)", _record),
    _symptom(r"MALFORMED_RECORD_IN_PARSING.+?jackson\S+Exception: ([^\n]+)", _no_json),
    _symptom(r"MALFORMED_RECORD_IN_PARSING[^\]]*\] [^\[]*\[(.+?)\]\.\n", _record),
    _symptom(r"Failed to deserialize (?:JSON|CSV row) '(.+?)'\.(?:\n|$)", _record),
    _symptom(
        r"Fail to deserialize at field: (.+?)\.\s.*?For input string: [\"'](.*?)[\"']", _value_of_csv
    ),
    _symptom(r"Row length mismatch\. (\d+) fields expected but was (\d+)", _too_short),
    _symptom(r"Too many entries: expected at most (\d+)", _too_long),
    _symptom(r"UnknownTopicOrPartition", _no_topic),
    _symptom(r"could not be established|Timed out waiting for a node|Failed to get metadata", _no_broker),
    _symptom(r"TimeoutException: (?:Call|Topic \S+ not present|Timed out)", _no_broker),
    _symptom(r"Could not find any factory for identifier '(kafka|filesystem)'", _missing_connector),
    _symptom(r"DATA_SOURCE_NOT_FOUND\] .*?: (\w+)", _missing_connector),
    _symptom(r"Could not find any format factory for identifier '(\w+)'", _missing_format),
    _symptom(
        r"\[CAST_INVALID_INPUT\] The value '(.*?)' of the type \S+ cannot be cast to \"([^\"]+)\"",
        _no_cast,
    ),
    _symptom(r"Cannot parse '(?:TO|UNIX)_TIMESTAMP cannot read (.*?)' as BOOLEAN", _no_time),
    _symptom(r"CANNOT_PARSE_TIMESTAMP\] Text '(?:unreadable: )?(.*?)' could not", _no_time),
    _symptom(r"Cannot parse 'no STRING: (.*?)' as BOOLEAN|\[INVALID_UTF8_STRING\]", _no_text),
    _symptom(r"Cannot parse 'no ([A-Z]+(?:\(\d+, \d+\))?): (.*?)' as BOOLEAN", _no_value),
    _symptom(r"Cannot parse '(.*?)' as (BOOLEAN)", _no_cast),
    _symptom(r"For input string: [\"'](.*?)[\"'](?:\.[^\n]*)?(?:\n|$)", _no_cast),
    _symptom(
        r"\[CAST_OVERFLOW\] The value (\S+?)(?:L|D|BD)? of the type \S+ cannot be cast to \"([^\"]+)\"",
        _no_cast,
    ),
    _symptom(r"\[(?:ARITHMETIC|CAST|BINARY_ARITHMETIC)_OVERFLOW\]|NUMERIC_VALUE_OUT_OF_RANGE", _overflow),
    _symptom(r"Failed to create the parent directory: ([^\n]+)", _not_writable),
    _symptom(r"Mkdirs failed to create (\S+?)/_temporary", _not_writable),
)
