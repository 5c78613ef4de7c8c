"""Everything that this package raises on purpose.

The command line prints any `ClassifierError` as one line and exits with code 2; a library user
catches the one class, or the subclass that says what kind of thing was wrong.
"""


class ClassifierError(Exception):
    """Root of the errors that this package raises on purpose.

    Its message is one line that says what was wrong, where, and what to do.
    """


class InputError(ClassifierError):
    """A page, comment file or example record cannot be read or used."""


class UsageError(ClassifierError):
    """An option or argument does not fit, or options contradict each other."""


class ModelError(ClassifierError):
    """A model folder is missing, damaged, or of another task."""


class MissingExtraError(ClassifierError):
    """A feature needs packages that the default install leaves out.

    Parameters
    ----------
    feature : str
        What was asked for, in words that fit before "needs".
    extra : str
        Name of the optional dependency group that provides it.
    """

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(
            f"{feature} needs the '{extra}' extra: run pip install 'classifier[{extra}]'"
        )
