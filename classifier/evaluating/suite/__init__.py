"""The suite: whom a model treats differently, and what it cannot tell apart.

All sentences are of our own writing and stand in the TOML files beside the code: what is said
about groups (`identity.toml`, `groups.toml`), with names (`names.toml`), and the tests of each
task (`checks_*.toml`). None of them is trained on.
"""

from classifier.evaluating.suite.record import read_suite, suite_in_card, suite_json
from classifier.evaluating.suite.results import FILE, SuiteResult
from classifier.evaluating.suite.running import run_suite
from classifier.evaluating.suite.sections import Section, sections

__all__ = [
    "FILE",
    "Section",
    "SuiteResult",
    "read_suite",
    "run_suite",
    "sections",
    "suite_in_card",
    "suite_json",
]
