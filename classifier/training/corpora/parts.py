"""Cut a corpus without official parts into train, dev and test, by group."""

import hashlib
from typing import Literal

Part = Literal["train", "dev", "test"]

_DEV_PERCENT = 10
_TEST_PERCENT = 20


def part_of(group: str) -> Part:
    """Return the part that a group of examples belongs to, the same on every machine.

    Parameters
    ----------
    group : str
        What must stay together: a thread, an article, a quoted post.

    Returns
    -------
    {"train", "dev", "test"}
        70 % of groups train, 10 % dev, 20 % test.
    """
    percent = int.from_bytes(hashlib.blake2b(group.encode(), digest_size=4).digest()) % 100
    if percent < _TEST_PERCENT:
        return "test"
    if percent < _TEST_PERCENT + _DEV_PERCENT:
        return "dev"
    return "train"
