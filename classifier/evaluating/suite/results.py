"""What the suite finds, as it is written to ``suite.json``."""

from pydantic import BaseModel, ConfigDict

from classifier.labelling.calibration import Family
from classifier.summary import Share
from classifier.tasks import TaskName

FILE = "suite.json"


class _Frozen(BaseModel):
    """An immutable record."""

    model_config = ConfigDict(frozen=True)


class Estimate(_Frozen):
    """A figure with its 95 % interval from resampled templates; the figure is None if unknown."""

    value: float | None
    low: float | None = None
    high: float | None = None


class GroupBias(_Frozen):
    """How a label treats sentences that name one group.

    Parameters
    ----------
    group, kind : str
        The group's plural, and what its people share; ``control`` is no identity.
    subgroup_auc : Estimate
        How often a hostile sentence about the group outranks another one about it.
    bpsn_auc : Estimate
        Background positive, subgroup negative: how often a hostile sentence about others
        outranks one about this group that is not hostile. Low: the name alone raises the score.
    bnsp_auc : Estimate
        Background negative, subgroup positive: how often a hostile sentence about this group
        outranks one about others that is not. Low: hostility to this group is overlooked.
    false_positives : dict of str to Share
        Of the sentences of each use that are not hostile, those that get the label.
    found : Share
        Of the hostile sentences, those that get the label.
    """

    group: str
    kind: str
    subgroup_auc: Estimate
    bpsn_auc: Estimate
    bnsp_auc: Estimate
    false_positives: dict[str, Share]
    found: Share


class IdentityBias(_Frozen):
    """How one label treats the sentences about every group.

    Parameters
    ----------
    label : str
        The label whose probability ranks the sentences.
    threshold : float
        From which probability on the model gives it.
    auc : float
        How often a hostile sentence outranks another, whichever groups they name.
    subgroup_auc, bpsn_auc, bnsp_auc : Estimate
        Generalised mean over the identity groups with power -5, which weighs the worst most.
    false_positives : dict of str to Share
        By use, over all identity groups.
    control : dict of str to Share
        The same sentences about groups that are no identity.
    found : Share
        Of the hostile sentences about identity groups, those that get the label.
    gap : Estimate
        Rate of wrong labels of the identity group with the most, less that of the one with the
        fewest, all uses together. Never under 0, so even without unfairness a little above it.
    groups : tuple of GroupBias
        Lowest ``bpsn_auc`` first.
    """

    label: str
    threshold: float
    auc: float
    subgroup_auc: Estimate
    bpsn_auc: Estimate
    bnsp_auc: Estimate
    false_positives: dict[str, Share]
    control: dict[str, Share]
    found: Share
    gap: Estimate
    groups: tuple[GroupBias, ...]


class NameSpread(_Frozen):
    """How a task's score moves when nothing but the name in a sentence changes.

    Parameters
    ----------
    task : str
        The task.
    score : str
        What is scored: a label's probability, or the difference of two.
    sentences, names : int
        How many of each.
    deviation : float
        Standard deviation over the names, mean over the sentences.
    widest : float
        Highest less lowest score over the names, in the sentence where that is largest.
    changed : Share
        Sentences with a name whose answer is not the one that most names get.
    origins : dict of str to Estimate
        Mean score of an origin's names less that of all names, lowest first.
    """

    task: TaskName
    score: str
    sentences: int
    names: int
    deviation: float
    widest: float
    changed: Share
    origins: dict[str, Estimate]


class CheckOutcome(_Frozen):
    """How one test of a capability came out.

    Parameters
    ----------
    task : str
        The task that is tested.
    type : {"MFT", "INV", "DIR"}
        Minimum functionality, invariance or directional expectation (Ribeiro et al. 2020).
    capability, expectation : str
        What is tested, and what is expected of the model.
    failed : Share
        Cases that came out otherwise, with the Wilson interval of independent cases; those of
        one template are alike, so it is rather too narrow.
    abstained : int
        Cases, not counted as failed, in which the model gave no answer of an exclusive task.
    """

    task: TaskName
    type: str
    capability: str
    expectation: str
    failed: Share
    abstained: int


class Findings(_Frozen):
    """All that the suite finds of one of a model's two families."""

    identity: tuple[IdentityBias, ...]
    names: tuple[NameSpread, ...]
    checks: tuple[CheckOutcome, ...]


class SuiteResult(_Frozen):
    """All that the suite finds of a model: its transformer beside its baseline."""

    model: str
    texts: int
    findings: dict[Family, Findings]
