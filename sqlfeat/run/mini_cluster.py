"""A Flink cluster inside of this process, on a free port of the loopback interface."""

from __future__ import annotations

SLOTS = 8
MEMORY = {
    "taskmanager.memory.managed.size": "1gb",
    "taskmanager.memory.network.min": "256mb",
    "taskmanager.memory.network.max": "256mb",
}
"""What the slots share. Of the 128 MB that a cluster in a process has by itself, a slot's part is too
little for a job of many windows.
"""


def start_mini_cluster() -> str:
    """Start a cluster that lives as long as the process; return the host:port of its REST interface."""
    from pyflink.java_gateway import get_gateway

    jvm = get_gateway().jvm
    config = jvm.org.apache.flink.configuration.Configuration()
    for key, value in {
        "rest.address": "127.0.0.1",
        "rest.bind-address": "127.0.0.1",
        "rest.bind-port": "0",
        **MEMORY,
    }.items():
        config.setString(key, value)
    package = jvm.org.apache.flink.runtime.minicluster
    builder = package.MiniClusterConfiguration.Builder().setConfiguration(config)
    builder = builder.setNumTaskManagers(1).setNumSlotsPerTaskManager(SLOTS)
    cluster = package.MiniCluster(builder.build())
    cluster.start()
    uri = cluster.getRestAddress().get()
    return f"{uri.getHost()}:{uri.getPort()}"
