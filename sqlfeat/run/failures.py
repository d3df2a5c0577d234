"""An engine's failure in one sentence: which source, which column, which value, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlfeat.errors import EngineError
from sqlfeat.plan.tables import Plan
from sqlfeat.run.symptoms import SYMPTOMS


def explained(error: BaseException, plan: Plan) -> EngineError:
    """Return the error of an engine in words that name what the user can mend.

    The engine's own text is in `detail`.
    """
    detail = "\n".join(_texts(error))
    names = ", ".join(output.name for output in plan.outputs)
    for symptom in SYMPTOMS:
        found = symptom.pattern.search(detail)
        if found:
            return EngineError(f"{names}: {symptom.says(found, detail, plan)}", detail)
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
