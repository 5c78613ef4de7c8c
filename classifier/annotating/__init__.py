"""Annotating: labelled threads become tasks for people, and their answers become examples.

What to ask comes first where an answer teaches most: replies about which the transformer is least
certain, and those on which it and the baseline differ. Answers come back from Label Studio, from
a spreadsheet, or from the feedback that a server kept; several people's answers are held against
each other before one record is made of them.
"""

from classifier.annotating.agreement import LabelAgreement, agreements
from classifier.annotating.choosing import Chosen, Order, choose
from classifier.annotating.items import Item, items_of
from classifier.annotating.judgements import Judgement
from classifier.annotating.read_back import read_judgements
from classifier.annotating.resolving import Conflict, Resolved, resolve

__all__ = [
    "Chosen",
    "Conflict",
    "Item",
    "Judgement",
    "LabelAgreement",
    "Order",
    "Resolved",
    "agreements",
    "choose",
    "items_of",
    "read_judgements",
    "resolve",
]
