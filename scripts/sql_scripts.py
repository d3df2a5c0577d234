"""What running a SQL script with Flink's and with Spark's own client has in common."""

from pathlib import Path

_LINES = 40


class SqlError(Exception):
    """A SQL script that failed."""

    def __init__(self, client: str, output: str, errors: str) -> None:
        super().__init__(f"The script failed; {client} ends with:\n{_end(output)}\n{_end(errors)}")


def script_file(script: str | Path, folder: Path) -> Path:
    """The file of a script that is given as its text (a str) or as its file (a Path)."""
    if isinstance(script, Path):
        return script.resolve()
    file = folder / "script.sql"
    file.write_text(script, encoding="utf-8")
    return file


def _end(text: str) -> str:
    return "\n".join(text.splitlines()[-_LINES:])
