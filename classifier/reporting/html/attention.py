"""The few replies that a moderator should read first."""

from collections.abc import Iterator

from classifier.thread import INCIVILITIES, MultiLabel, Reply, Thread

# In which order a reply's kinds are named: the graver before the commoner.
_GRAVITY = {
    name: rank
    for rank, name in enumerate(
        ("threat", "identity_attack", "severe_toxicity", "insult", "toxicity", "profanity")
    )
}
assert set(_GRAVITY) == set(INCIVILITIES)


def to_look_at(thread: Thread, *, most: int = 5) -> tuple[tuple[int, str], ...]:
    """Return the positions of the replies to read first, each with the reason.

    Uncivil replies come first, the surer before the less sure; then those of which the model
    cannot say whether they are uncivil, the likeliest first; then those that the baseline alone
    calls uncivil.

    Parameters
    ----------
    thread : Thread
        A labelled thread.
    most : int
        How many at most.
    """
    ranked = [
        (rank, position, reason)
        for position, reply in enumerate(thread.replies)
        for rank, reason in _reasons(reply)
    ]
    return tuple((position, reason) for _, position, reason in sorted(ranked)[:most])


def _reasons(reply: Reply) -> Iterator[tuple[tuple[int, float], str]]:
    labels = reply.labels or reply.baseline
    given = labels.incivility if labels else None
    if given is None or given.reason in ("language", "no_own_words"):
        return
    if given.labels:
        kinds = sorted(given.labels, key=lambda name: _GRAVITY.get(name, 9))
        sure = {name: given.probabilities.get(name, 1.0) for name in kinds}
        told = ", ".join(f"{name.replace('_', ' ')} {sure[name]:.0%}" for name in kinds)
        yield (0, -max(sure.values())), told
    elif given.abstained:
        name, likely = _likeliest(given)
        yield (1, -likely), f"unsure whether it is uncivil: {name} {likely:.0%}"
    elif reply.labels and reply.baseline and reply.baseline.incivility:
        theirs = reply.baseline.incivility
        if theirs.labels:
            yield (2, 0.0), f"{', '.join(theirs.labels)} by the baseline alone".replace("_", " ")


def _likeliest(given: MultiLabel) -> tuple[str, float]:
    name, likely = max(
        given.probabilities.items(), key=lambda item: item[1], default=("incivility", 0.0)
    )
    return name.replace("_", " "), likely
