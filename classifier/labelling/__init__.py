"""The released models applied: own words in, labels with calibrated probabilities out."""

from classifier.labelling.batch import Comment
from classifier.labelling.scorer import Scorer, score, score_many

__all__ = ["Comment", "Scorer", "score", "score_many"]
