"""The linter for machine-translated text.

>>> import mtlint
>>> linter = mtlint.Linter(language="en")
>>> text = "The ferry left at noon. . It came back at night."
>>> [(finding.rule, text[finding.chars.slice]) for finding in linter.check(text)]
[('punctuation/repeated-stop', '. .')]
>>> linter.fix(text).text
'The ferry left at noon. It came back at night.'

Texts by the thousand, as a list, an Arrow array or a column of a data frame, go through
:meth:`Linter.check_many`, which gives an Arrow table.
"""

from ._mtlint import (
    ConfigError,
    Edit,
    Finding,
    Fix,
    Fixed,
    Linter,
    Position,
    Related,
    Score,
    Span,
    Table,
    __version__,
)

__all__ = [
    "ConfigError",
    "Edit",
    "Finding",
    "Fix",
    "Fixed",
    "Linter",
    "Position",
    "Related",
    "Score",
    "Span",
    "Table",
    "__version__",
]
