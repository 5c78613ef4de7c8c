"""What a server is told when it is started."""

import hmac
from dataclasses import dataclass
from pathlib import Path

from classifier.errors import InputError

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a server answers; every worker process gets the same.

    Parameters
    ----------
    models : Path or None
        Folder of the released models, as for `Scorer`.
    threads : int or None
        Processor threads of each worker's models; None for as many as there are cores.
    comment, stance : str or None
        Models to use in the released ones' place, as for `Scorer`.
    api_keys : tuple of str
        Keys of which a request must carry one; empty to ask for none.
    public_url : str or None
        Address that clients see, where a proxy stands in front; goes into the discovery document.
    feedback : Path or None
        File that suggested scores are appended to; None to store none.
    origins : tuple of str
        Web origins whose pages may call the server from a browser.
    most_waiting : int
        Comments that may wait to be scored; further requests are told to come back.
    most_body : int
        Largest request body, in bytes; a line of a stream counts as a body.
    most_page : int
        Largest page that `/v1/threads` takes, in bytes.
    most_replies : int
        Most replies of one thread that `/v1/threads` labels.
    patience : float
        Seconds that a client may take between two pieces of a request or of its answer.
    deadline : float
        Seconds after which a request that still waits for its scores is given up.
    """

    models: Path | None = None
    threads: int | None = None
    comment: str | None = None
    stance: str | None = None
    api_keys: tuple[str, ...] = ()
    public_url: str | None = None
    feedback: Path | None = None
    origins: tuple[str, ...] = ()
    most_waiting: int = 256
    most_body: int = 2 * MEBIBYTE
    most_page: int = 8 * MEBIBYTE
    most_replies: int = 5_000
    patience: float = 10.0
    deadline: float = 30.0

    def accepts(self, key: str) -> bool:
        """Tell whether a key is one of ours, in a time that says nothing about them."""
        given = key.encode("utf-8", "surrogatepass")
        matches = [hmac.compare_digest(given, known.encode()) for known in self.api_keys]
        return any(matches)


def read_api_keys(file: Path) -> tuple[str, ...]:
    """Return the keys of a file that holds one a line; blank lines and ``#`` lines are passed over.

    Raises
    ------
    InputError
        If the file cannot be read or holds no key.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: the file of API keys cannot be read") from error
    keys = tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
    if not keys:
        raise InputError(f"{file}: holds no API key: write one a line")
    return keys
