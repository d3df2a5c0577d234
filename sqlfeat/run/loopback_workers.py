"""What PyFlink's workers of Python functions leave behind when they ran in this process."""

from __future__ import annotations

import os

NO_GATEWAY = "PYFLINK_GATEWAY_DISABLED"


def forget_workers() -> None:
    """Let JVMs be started again, by this process and by those that it starts: a worker has put its
    environment into that of the process, and with it that a worker starts none.
    """
    os.environ.pop(NO_GATEWAY, None)
