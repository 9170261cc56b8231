"""What the extension module holds. It is used by way of `mtlint`."""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal, Protocol, TypeAlias, final

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
    "_main",
    "_restore",
]

__version__: Final[str]

_Severity: TypeAlias = Literal["neutral", "minor", "major", "critical"]
_Confidence: TypeAlias = Literal["low", "medium", "high"]
_Applicability: TypeAlias = Literal["safe", "unsafe", "display"]

class _ArrowArray(Protocol):
    def __arrow_c_array__(self, requested_schema: object = None, /) -> tuple[object, object]: ...

class _ArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: object = None, /) -> object: ...

#: A column of Arrow, of polars or of pandas, or anything that strings come from.
_Texts: TypeAlias = _ArrowArray | _ArrowStream | Iterable[str | None]

class ConfigError(ValueError):
    """What a linter was told is wrong: a configuration, a rule, a language.

    The text tells every mistake in a line of its own, as the program does.
    """

@final
class Span:
    """A stretch of a text, from its first unit to the one behind it."""

    __match_args__: Final = ("start", "end")
    def __new__(cls, start: int, end: int) -> Span: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def slice(self) -> slice[int, int, int]:
        """What Python cuts it out with: ``text[finding.chars.slice]``."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[type[Span], tuple[Any, ...]]: ...

@final
class Position:
    """A place as people and editors count: ``line`` and ``column`` from 1, ``utf16`` from 0."""

    __match_args__: Final = ("line", "column", "utf16")
    def __new__(cls, line: int, column: int, utf16: int) -> Position: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def utf16(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[type[Position], tuple[Any, ...]]: ...

@final
class Edit:
    """Puts ``replacement`` in the place of the bytes from ``start`` to ``end``, which are the characters ``chars``."""

    __match_args__: Final = ("start", "end", "replacement", "chars")
    def __new__(cls, start: int, end: int, replacement: str, chars: Span) -> Edit: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def replacement(self) -> str: ...
    @property
    def chars(self) -> Span: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[type[Edit], tuple[Any, ...]]: ...

@final
class Fix:
    """A way to mend a finding: edits that are applied together or not at all."""

    __match_args__: Final = ("title", "applicability", "edits")
    def __new__(cls, title: str, applicability: str, edits: Sequence[Edit]) -> Fix: ...
    @property
    def title(self) -> str: ...
    @property
    def applicability(self) -> _Applicability: ...
    @property
    def edits(self) -> tuple[Edit, ...]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[type[Fix], tuple[Any, ...]]: ...

@final
class Related:
    """A place that explains a finding; ``source`` is the side of the text that a pair was translated from."""

    __match_args__: Final = ("message", "side", "span", "chars")
    def __new__(cls, message: str, side: str, span: Span, chars: Span) -> Related: ...
    @property
    def message(self) -> str: ...
    @property
    def side(self) -> Literal["target", "source"]: ...
    @property
    def span(self) -> Span: ...
    @property
    def chars(self) -> Span: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[type[Related], tuple[Any, ...]]: ...

@final
class Finding:
    """Damage at one place of a text, with the fields of the JSON contract.

    ``span`` counts bytes of UTF-8, ``chars`` the characters of the Python string.
    """

    __match_args__: Final = (
        "rule",
        "mqm",
        "severity",
        "confidence",
        "probability",
        "message",
        "note",
        "span",
        "chars",
        "start",
        "end",
        "text",
        "related",
        "fixes",
        "fingerprint",
    )
    def __new__(
        cls,
        rule: str,
        mqm: str,
        severity: str,
        confidence: str,
        probability: float | None,
        message: str,
        note: str,
        span: Span,
        chars: Span,
        start: Position,
        end: Position,
        text: str,
        related: Sequence[Related],
        fixes: Sequence[Fix],
        fingerprint: str,
    ) -> Finding: ...
    @property
    def rule(self) -> str: ...
    @property
    def mqm(self) -> str: ...
    @property
    def severity(self) -> _Severity: ...
    @property
    def confidence(self) -> _Confidence: ...
    @property
    def probability(self) -> float | None: ...
    @property
    def message(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def span(self) -> Span: ...
    @property
    def chars(self) -> Span: ...
    @property
    def start(self) -> Position: ...
    @property
    def end(self) -> Position: ...
    @property
    def text(self) -> str: ...
    @property
    def related(self) -> tuple[Related, ...]: ...
    @property
    def fixes(self) -> tuple[Fix, ...]: ...
    @property
    def fingerprint(self) -> str: ...
    def to_dict(self) -> dict[str, Any]:
        """The finding as the JSON contract has it, key by key."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[type[Finding], tuple[Any, ...]]: ...

@final
class Fixed:
    """A text after fixing, and how many fixes were applied."""

    __match_args__: Final = ("text", "applied")
    def __new__(cls, text: str, applied: int) -> Fixed: ...
    @property
    def text(self) -> str: ...
    @property
    def applied(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[type[Fixed], tuple[Any, ...]]: ...

@final
class Score:
    """How well a text is translated, as far as its findings tell.

    ``score`` is 100 for a text without findings. ``verdict`` is ``pass``, ``penalty`` or ``critical``, and ``None`` where
    the configuration asks nothing of a text. ``penalty_lower_bound`` is the least penalty per 1,000 words that the
    findings speak for, with a confidence of 95 in 100: what short texts are to be judged by.
    """

    __match_args__: Final = (
        "score",
        "penalty_per_1000_words",
        "words",
        "findings",
        "language",
        "verdict",
        "penalty_lower_bound",
    )
    def __new__(
        cls,
        score: float,
        penalty_per_1000_words: float,
        words: int,
        findings: int,
        language: str | None,
        verdict: str | None,
        penalty_lower_bound: float,
    ) -> Score: ...
    @property
    def score(self) -> float: ...
    @property
    def penalty_per_1000_words(self) -> float: ...
    @property
    def words(self) -> int: ...
    @property
    def findings(self) -> int: ...
    @property
    def language(self) -> str | None: ...
    @property
    def verdict(self) -> Literal["pass", "penalty", "critical"] | None: ...
    @property
    def penalty_lower_bound(self) -> float: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[type[Score], tuple[Any, ...]]: ...

@final
class Table:
    """A table of Arrow. Give it to ``pyarrow.table``, ``polars.DataFrame`` or whatever else speaks the Arrow PyCapsule
    interface: no value is copied.
    """

    @property
    def num_rows(self) -> int: ...
    @property
    def column_names(self) -> tuple[str, ...]: ...
    def __len__(self) -> int: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class Linter:
    """Checks, fixes and scores texts.

    It is made once, which takes some milliseconds, and used for any number of texts by any number of threads. Nothing is
    looked for beside the texts: what a file ``mtlint.toml`` says holds only if ``config`` names it.

    :param language: the code of the language of all texts, ``en`` or ``pt-BR``; when left out, each text shows its own
    :param select: the rules or families that run, or ``all``; one that is named in full runs whatever its confidence
    :param ignore: rules and families that do not run
    :param min_severity: report nothing less severe
    :param min_confidence: report nothing less certain; ``medium`` when left out
    :param format: how the texts are written
    :param config: the path of an ``mtlint.toml``, or a mapping with the keys of one; the other arguments outweigh it
    :raises ConfigError: with everything that is wrong, in the words of the program
    """

    def __new__(
        cls,
        *,
        language: str | None = None,
        select: str | Sequence[str] | None = None,
        ignore: str | Sequence[str] | None = None,
        min_severity: _Severity | None = None,
        min_confidence: _Confidence | None = None,
        format: Literal["text", "markdown", "html"] = "text",
        config: str | os.PathLike[str] | Mapping[str, Any] | None = None,
    ) -> Linter: ...
    def check(self, text: str) -> list[Finding]:
        """What is found in a text, in text order."""
    def check_pair(self, source: str, target: str) -> list[Finding]:
        """What is found in a translation, with the text that it was translated from as evidence."""
    def fix(self, text: str, *, unsafe_fixes: bool = False) -> Fixed:
        """The text with all safe fixes applied: those that never change what a sentence asserts.

        With ``unsafe_fixes``, those that may are applied, too; a fix after which a rule finds something new is left out.
        """
    def score(self, text: str) -> Score:
        """How well a text is translated, as far as its findings tell."""
    def check_many(
        self,
        texts: _Texts,
        *,
        sources: _Texts | None = None,
        rows: Literal["findings", "texts"] = "findings",
        threads: int | None = None,
    ) -> Table:
        """What is found in many texts, as an Arrow table.

        Python's lock is released, and all processors work. Ctrl-C ends the work at once.

        :param texts: a pyarrow array, a polars or pandas series or whatever else has ``__arrow_c_array__`` or
            ``__arrow_c_stream__``, none of which is copied; or an iterable of strings. ``None`` is a text that is missing
        :param sources: the texts that they were translated from, as many, where each is checked as in `check_pair`
        :param rows: ``findings`` for a row a finding, whose ``row`` is the place of its text; ``texts`` for a row a text
        :param threads: how many threads work; as many as there are processors when left out
        :raises ValueError: when a text is not valid UTF-8, with its place
        """
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

def _main(program: Sequence[str | os.PathLike[str]], arguments: Sequence[str | os.PathLike[str]]) -> int: ...
def _restore(state: str) -> Linter: ...
