"""Says what is missing before anything slow starts: python -m scripts.check [java] [maven]

Needs nothing but Python, so that it runs before the project's packages are there.
"""

import sys

from scripts import programs

CHECKS = {"java": programs.java, "maven": programs.maven}


def main(names: list[str]) -> int:
    try:
        for name in names:
            CHECKS[name]()
    except programs.SetupError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
