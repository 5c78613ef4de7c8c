"""Which replies of a long thread are shown."""

from classifier.thread import Labels, Reply, Thread


def notable_replies(thread: Thread, *, most: int) -> tuple[Reply, ...]:
    """Return all replies if they are few; else the most uncivil and the most decided.

    Half the places go to the replies whose likeliest incivility is most probable, the rest to
    those whose likeliest stance for or against something is.

    Parameters
    ----------
    thread : Thread
        A thread, labelled or not.
    most : int
        How many replies at most.

    Returns
    -------
    tuple of Reply
        In the thread's order.
    """
    if len(thread.replies) <= most:
        return thread.replies
    order = range(len(thread.replies))
    uncivil = [_incivility(reply.labels or reply.baseline) for reply in thread.replies]
    decided = [_decision(reply.labels or reply.baseline) for reply in thread.replies]
    chosen = sorted((i for i in order if uncivil[i]), key=lambda i: -uncivil[i])[: most // 2]
    rest = sorted(set(order) - set(chosen), key=lambda i: (-decided[i], i))
    chosen += rest[: most - len(chosen)]
    return tuple(thread.replies[index] for index in sorted(chosen))


def _incivility(labels: Labels | None) -> float:
    if labels is None or labels.incivility is None:
        return 0.0
    held = labels.incivility.labels
    return max((labels.incivility.probabilities.get(name, 1.0) for name in held), default=0.0)


def _decision(labels: Labels | None) -> float:
    stances = labels.stance if labels else ()
    return max(
        (
            stance.probabilities.get(stance.label, 1.0)
            for stance in stances
            if stance.label is not None and stance.label != "neutral"
        ),
        default=0.0,
    )
