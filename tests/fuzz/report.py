"""What a search came to, in words: counts of each construct, what was refused, one line of sums."""

from __future__ import annotations

from tests.fuzz.searching import Found

GROUPS = {
    "derived views": ("DerivedFeatureView",),
    "sliding views": ("SlidingFeatureView",),
    "joins": ("JoinTransform",),
    "over windows": ("OverWindowTransform",),
    "sliding windows": ("SlidingWindowTransform",),
    "Python functions": ("PythonUdfTransform",),
    "own SELECTs": ("SqlFeatureView",),
    "known_at": ("JoinTransform.known_at",),
    "CSV": ("FileSystemSource.data_format",),
    "keys or times asked for": ("asked ",),
    "calls of functions": ("function ", "CAST to ", "TRY_CAST to "),
}
"""What the line of sums counts: constructs by the beginnings of their names."""


def report(found: Found, seconds: float) -> str:
    """Return the counts of a search; the last line has their sums and the number of differences."""
    lines = ["", "what was generated, how often:"]
    lines += [f"  {count:6} {name}" for name, count in sorted(found.constructs.items())]
    lines += [f"the generator's fault: {fault}" for fault in found.faults[:5]]
    lines += [f"refused, {count} times: {reason}" for reason, count in found.refusals.most_common()]
    lines.append(", ".join(f"{name} {count}" for name, count in found.outcomes.items()))
    return "\n".join([*lines, _sums(found, seconds)])


def _sums(found: Found, seconds: float) -> str:
    generated = found.outcomes["generated"]
    counts = ", ".join(f"{name} {_count(found, starts)}" for name, starts in GROUPS.items())
    functions = sum(name.startswith("function ") for name in found.constructs)
    share = 100 * len(found.refused) / max(generated, 1)
    faults = f", faults of the generator: {len(found.faults)}" if found.faults else ""
    return (
        f"{generated} definitions in {seconds:.0f} s: {counts} of {functions} kinds; "
        f"refused: {len(found.refused)} ({share:.1f} %){faults}; differences: {len(found.differences)}"
    )


def _count(found: Found, starts: tuple[str, ...]) -> int:
    """Return how often the constructs came whose name is one of these, or begins with one."""
    return sum(
        count
        for name, count in found.constructs.items()
        if any(name == start or (start.endswith(" ") and name.startswith(start)) for start in starts)
    )
