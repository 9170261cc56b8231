"""Many texts at once: from what they come, to what they go, and on how many threads."""

import pandas
import polars
import pyarrow
import pytest

import mtlint
from conftest import SENTENCES


@pytest.fixture(scope="module")
def linter():
    return mtlint.Linter()


def rows(table):
    return pyarrow.table(table).to_pylist()


def expected(linter, texts):
    """What `check` says of each text, as rows."""
    found = []
    for row, text in enumerate(texts):
        for finding in linter.check(text) if text is not None else []:
            found.append(
                {
                    "row": row,
                    **{
                        name: getattr(finding, name)
                        for name in ("rule", "mqm", "severity", "confidence", "probability", "message")
                    },
                    "start": finding.span.start,
                    "end": finding.span.end,
                    "start_char": finding.chars.start,
                    "end_char": finding.chars.end,
                    "text": finding.text,
                    "related": [
                        {
                            "message": related.message,
                            "side": related.side,
                            "start": related.span.start,
                            "end": related.span.end,
                            "start_char": related.chars.start,
                            "end_char": related.chars.end,
                        }
                        for related in finding.related
                    ],
                    "fixes": [
                        {
                            "title": fix.title,
                            "applicability": fix.applicability,
                            "edits": [
                                {
                                    "start": edit.start,
                                    "end": edit.end,
                                    "start_char": edit.chars.start,
                                    "end_char": edit.chars.end,
                                    "replacement": edit.replacement,
                                }
                                for edit in fix.edits
                            ],
                        }
                        for fix in finding.fixes
                    ],
                    "fingerprint": finding.fingerprint,
                }
            )
    return found


def test_a_row_a_finding(linter, many):
    found = rows(linter.check_many(many))
    assert found == expected(linter, many)
    assert len(found) > len(many)


def test_a_row_a_text(linter, many):
    assessed = rows(linter.check_many(many, rows="texts"))
    assert len(assessed) == len(many)
    for text, row in zip(many[:500], assessed):
        score = linter.score(text)
        families = {}
        for finding in linter.check(text):
            family = finding.rule.split("/")[0]
            families[family] = families.get(family, 0) + 1
        assert row == {
            "language": score.language,
            "words": score.words,
            "findings": score.findings,
            "penalty_per_1000_words": score.penalty_per_1000_words,
            "score": score.score,
            "verdict": None,
            "families": sorted(families.items()),
            "penalty_lower_bound": score.penalty_lower_bound,
        }


def test_verdicts_are_those_of_the_configuration():
    linter = mtlint.Linter(config={"score": {"max-penalty": 10}})
    table = rows(linter.check_many(["A sound sentence.", "It was late.. Nobody came."], rows="texts"))
    assert [row["verdict"] for row in table] == ["pass", "penalty"]


TEXTS = [*SENTENCES, None, "It was late.. Nobody came."]

COLUMNS = {
    "list": lambda: TEXTS,
    "tuple": lambda: tuple(TEXTS),
    "generator": lambda: (text for text in TEXTS),
    "string": lambda: pyarrow.array(TEXTS),
    "large_string": lambda: pyarrow.array(TEXTS, pyarrow.large_string()),
    "string_view": lambda: pyarrow.array(TEXTS, pyarrow.string_view()),
    "dictionary": lambda: pyarrow.array(TEXTS).dictionary_encode(),
    "chunks": lambda: pyarrow.chunked_array([TEXTS[:3], [], TEXTS[3:4], TEXTS[4:]], pyarrow.string()),
    "slice": lambda: pyarrow.array(["x.. y", *TEXTS, "x.. y"]).slice(1, len(TEXTS)),
    "polars": lambda: polars.Series(TEXTS),
    "polars categories": lambda: polars.Series(TEXTS, dtype=polars.Categorical),
    "pandas": lambda: pandas.Series(TEXTS),
    "pandas objects": lambda: pandas.Series(TEXTS, dtype=object),
    "pandas missing": lambda: pandas.Series([*TEXTS[:-2], float("nan"), TEXTS[-1]], dtype=object),
    "pandas strings": lambda: pandas.Series(TEXTS, dtype="string"),
    "pandas arrow": lambda: pandas.Series(TEXTS, dtype=pandas.ArrowDtype(pyarrow.string())),
}


@pytest.mark.parametrize("kind", COLUMNS)
def test_texts_come_from_whatever_holds_them(linter, kind):
    assert rows(linter.check_many(COLUMNS[kind]())) == expected(linter, TEXTS)
    table = rows(linter.check_many(COLUMNS[kind](), rows="texts"))
    assert [row["score"] is None for row in table] == [text is None for text in TEXTS]


def test_tables_go_to_whatever_reads_arrow(linter):
    table = linter.check_many(TEXTS)
    wanted = expected(linter, TEXTS)
    assert len(table) == table.num_rows == len(wanted)
    assert list(table.column_names) == list(wanted[0])
    assert repr(table).startswith(f"<mtlint.Table of {len(wanted)} rows: row, rule,")
    assert polars.DataFrame(table)["rule"].to_list() == [row["rule"] for row in wanted]
    frame = pyarrow.table(table).to_pandas()
    assert frame["message"].tolist() == [row["message"] for row in wanted]
    # It can be read more than once.
    assert pyarrow.table(table).equals(pyarrow.table(table))
    as_large = pyarrow.table(table, schema=pyarrow.table(table).schema)
    assert as_large.num_rows == len(wanted)


def test_no_texts_give_the_columns(linter):
    for kind in "findings", "texts":
        empty = pyarrow.table(linter.check_many([], rows=kind))
        full = pyarrow.table(linter.check_many(TEXTS, rows=kind))
        assert empty.num_rows == 0
        assert empty.schema == full.schema
    assert pyarrow.table(linter.check_many(pyarrow.array([], pyarrow.string()))).num_rows == 0
    assert pyarrow.table(linter.check_many([None, None], rows="texts")).num_rows == 2
    assert pyarrow.table(linter.check_many(pyarrow.nulls(2), rows="texts")).num_rows == 2


def test_columns_share_their_memory(linter):
    """A column that is handed in is not copied: what is allocated does not grow with it."""
    texts = pyarrow.array(["A sound sentence. " * 5000] * 200)
    before = pyarrow.total_allocated_bytes()
    reader = pyarrow.RecordBatchReader.from_stream(linter.check_many(texts, rows="texts"))
    assert pyarrow.total_allocated_bytes() == before
    table = reader.read_all()
    # And one that is handed out lies where it was made.
    assert pyarrow.total_allocated_bytes() - before < 4096
    assert table.num_rows == 200


def test_pairs(linter):
    sources = ["Es kostet 250 Euro.", None, "Am 3. Mai."]
    targets = ["It costs 205 euros.", "It costs 205 euros.", "On 3 May."]
    found = rows(linter.check_many(targets, sources=sources))
    wanted = [finding.rule for finding in linter.check_pair(sources[0], targets[0])]
    assert [row["rule"] for row in found if row["row"] == 0] == wanted
    assert any(related["side"] == "source" for row in found for related in row["related"])
    with pytest.raises(ValueError, match="3 texts and 1 sources"):
        linter.check_many(targets, sources=sources[:1])


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_the_number_of_threads_changes_nothing(linter, many, threads):
    assert rows(linter.check_many(many, threads=threads)) == rows(linter.check_many(many))


def test_wrong_texts_are_told(linter):
    with pytest.raises(TypeError, match="several texts"):
        linter.check_many("one text")
    with pytest.raises(TypeError, match=r"texts\[1\].*int"):
        linter.check_many(["a", 1])
    with pytest.raises(ValueError, match=r"texts\[1\].*surrogates"):
        linter.check_many(["a", "\ud83c"])
    with pytest.raises(TypeError, match="column of strings"):
        linter.check_many(pyarrow.array([1, 2]))
    with pytest.raises(TypeError, match="column of strings"):
        linter.check_many(pyarrow.table({"a": ["x"]}))
    with pytest.raises(TypeError):
        linter.check_many(17)
    with pytest.raises(ValueError, match="`findings` or `texts`"):
        linter.check_many([], rows="documents")
    with pytest.raises(ValueError, match="at least 1"):
        linter.check_many([], threads=0)
    # A column may hold what is no text, when whoever made it did not look.
    broken = pyarrow.array([b"sound", b"\xff\xfe"], pyarrow.binary()).view(pyarrow.string())
    with pytest.raises(ValueError, match=r"texts\[1\]: the text is not valid UTF-8: byte 0"):
        linter.check_many(broken)
