"""A Ray cluster of several nodes on this machine, for as long as standard input stays open.

Run as ``python ray_nodes.py NODES``; prints the head's address. The head labels nothing: each of
the other nodes has one processor.
"""

import os
import sys

os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_BACKEND_LOG_LEVEL": "fatal"}

from ray.cluster_utils import Cluster

_MEMORY = 100_000_000


def main(nodes: int) -> None:
    common = {"include_dashboard": False, "object_store_memory": _MEMORY}
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, **common})
    for _ in range(nodes):
        cluster.add_node(num_cpus=1, wait=False, **common)
    cluster.wait_for_nodes()
    sys.stdout.write(f"{cluster.address}\n")
    sys.stdout.flush()
    sys.stdin.read()
    cluster.shutdown()


if __name__ == "__main__":
    main(int(sys.argv[1]))
