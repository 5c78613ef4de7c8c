"""Whether a label depends on which group a sentence names.

Every sentence is made about every group, so that nothing but the group's name differs. Subgroup,
BPSN and BNSP AUC are those of Borkan et al. 2019, "Nuanced metrics for measuring unintended bias
with real data for text classification"; a group's background is the sentences about all others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from classifier.aggregating.intervals import share_of
from classifier.evaluating.metrics import BoolArray, FloatArray
from classifier.evaluating.resampling import Bootstrap
from classifier.evaluating.suite.answers import Respondent
from classifier.evaluating.suite.results import Estimate, GroupBias, IdentityBias
from classifier.evaluating.suite.templates import fill, read_sentences
from classifier.summary import Share

HOSTILE = "hostile"
CONTROL = "control"
_LABELS = ("toxicity", "identity_attack")
_POWER = -5.0


@dataclass(frozen=True, slots=True)
class _Group:
    words: Mapping[str, str]
    kind: str


def measure_identity(respondent: Respondent, bootstrap: Bootstrap) -> tuple[IdentityBias, ...]:
    """Measure the labels of incivility on sentences about groups; nothing for other models."""
    if "incivility" not in respondent.tasks:
        return ()
    groups = [
        _Group(words, kind)
        for kind, several in read_sentences("groups.toml").items()
        for words in several
    ]
    templates = read_sentences("identity.toml")
    texts = [
        fill(template, group.words)
        for group in groups
        for several in templates.values()
        for template in several
    ]
    answers = respondent.ask(texts)["incivility"]
    uses = [use for use, several in templates.items() for _ in several]
    return tuple(
        _bias(
            label,
            answers[:, respondent.column("incivility", label)].reshape(len(groups), -1),
            groups,
            uses,
            threshold=respondent.threshold("incivility", label),
            bootstrap=bootstrap,
        )
        for label in _LABELS
    )


def _bias(
    label: str,
    scores: FloatArray,
    groups: Sequence[_Group],
    uses: Sequence[str],
    *,
    threshold: float,
    bootstrap: Bootstrap,
) -> IdentityBias:
    """Measure one label's scores, of shape (n_groups, n_templates)."""
    hostile = np.array([use == HOSTILE for use in uses])
    identity = np.array([group.kind != CONTROL for group in groups])
    outranks = _outranking(scores[:, hostile], scores[:, ~hostile])
    aucs = {name: _aucs(cells, bootstrap) for name, cells in _borkan_cells(outranks).items()}
    given = scores >= threshold
    found = [
        GroupBias(
            group=group.words["plural"],
            kind=group.kind,
            **{name: _estimate(each[:, index], bootstrap) for name, each in aucs.items()},
            false_positives=_by_use(given[index][None], uses),
            found=_share(given[index, hostile]),
        )
        for index, group in enumerate(groups)
    ]
    return IdentityBias(
        label=label,
        threshold=threshold,
        auc=float(outranks.mean()),
        **{
            name: _estimate(_power_mean(each[:, identity]), bootstrap)
            for name, each in aucs.items()
        },
        false_positives=_by_use(given[identity], uses),
        control=_by_use(given[~identity], uses),
        found=_share(given[identity][:, hostile]),
        gap=_gap(given[identity][:, ~hostile], bootstrap),
        groups=tuple(sorted(found, key=lambda bias: bias.bpsn_auc.value or 0.0)),
    )


def _outranking(positives: FloatArray, negatives: FloatArray) -> FloatArray:
    """Return whether each positive outranks each negative, a tie as one half.

    Parameters
    ----------
    positives, negatives : arrays of shape (n_groups, n_positive) and (n_groups, n_negative)
        Scores.

    Returns
    -------
    array of shape (n_groups, n_positive, n_groups, n_negative)
    """
    first, second = positives[:, :, None, None], negatives[None, None]
    return np.asarray((first > second) + 0.5 * (first == second))


def _borkan_cells(outranks: FloatArray) -> dict[str, FloatArray]:
    """Return what the three AUCs are means of, each of shape (n_groups, n_positive, n_negative).

    Those with a background are means over the other groups.
    """
    same = np.einsum("gpgn->gpn", outranks)
    others = len(outranks) - 1
    return {
        "subgroup_auc": same,
        "bpsn_auc": (np.einsum("hpgn->gpn", outranks) - same) / others,
        "bnsp_auc": (np.einsum("gphn->gpn", outranks) - same) / others,
    }


def _aucs(cells: FloatArray, bootstrap: Bootstrap) -> FloatArray:
    """Return every group's AUC, as observed and on resampled templates.

    Returns
    -------
    array of shape (1 + n_resamples, n_groups)
    """
    _, positives, negatives = cells.shape
    first, second = _weights(positives, bootstrap, 0), _weights(negatives, bootstrap, 1)
    return np.asarray(np.einsum("bp,gpn,bn->bg", first, cells, second, optimize=True))


def _weights(templates: int, bootstrap: Bootstrap, offset: int) -> FloatArray:
    """Return how much each template counts: all alike in the first row, resampled in the rest."""
    drawn = np.random.default_rng((bootstrap.seed, offset)).multinomial(
        templates, np.full(templates, 1 / templates), size=bootstrap.resamples
    )
    return np.concatenate([np.ones((1, templates)), drawn]) / templates


def _power_mean(aucs: FloatArray) -> FloatArray:
    """Return the generalised mean over the last axis; an AUC of 0 counts as a thousandth."""
    powers = np.maximum(aucs, 1e-3) ** _POWER
    return np.asarray(powers.mean(axis=-1) ** (1 / _POWER))


def _gap(given: BoolArray, bootstrap: Bootstrap) -> Estimate:
    """Return the difference between the groups with the most and the fewest wrong labels."""
    rates = _weights(given.shape[1], bootstrap, 1) @ given.T
    return _estimate(rates.max(axis=1) - rates.min(axis=1), bootstrap)


def _estimate(values: FloatArray, bootstrap: Bootstrap) -> Estimate:
    """Return the first value with the interval of the rest."""
    low, high = bootstrap.interval(values[1:]) or (None, None)
    return Estimate(value=float(values[0]), low=low, high=high)


def _by_use(given: BoolArray, uses: Sequence[str]) -> dict[str, Share]:
    """Return how many sentences of each use that is not hostile get the label."""
    named = np.array(uses)
    return {use: _share(given[:, named == use]) for use in dict.fromkeys(uses) if use != HOSTILE}


def _share(given: BoolArray) -> Share:
    return share_of(int(given.sum()), given.size)
