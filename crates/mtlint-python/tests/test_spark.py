"""PySpark finds what one machine finds, byte by byte: the recipe of docs/guide-cluster.md, on two processes.

`scripts/test-python` leaves this file out by name where there is no Java.
"""

import os
import sys

import pyarrow
import pyarrow.ipc
import pyarrow.parquet
import pytest

import mtlint
from conftest import SENTENCES

pytest.importorskip("pyspark", reason="pyspark is not installed")

from pyspark.sql import SparkSession  # noqa: E402
from pyspark.sql.pandas.types import from_arrow_schema  # noqa: E402

RECORDS = 20_000


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]")
        .appName("mtlint")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Records in Parquet: short and long ones, missing ones, and one that is much longer than all others."""
    texts = [
        f"Record {number}. " + " ".join(SENTENCES[(number + step) % len(SENTENCES)] for step in range(number % 5))
        for number in range(RECORDS)
    ]
    texts[7] = None
    texts[11] = " ".join(SENTENCES * 2000)
    table = pyarrow.table({"id": [f"r{number}" for number in range(RECORDS)], "text": texts})
    path = tmp_path_factory.mktemp("corpus") / "corpus.parquet"
    pyarrow.parquet.write_table(table, path, row_group_size=1500)
    return path, table


def serialized(table):
    """The bytes of a table, whatever pieces it came in."""
    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks(), max_chunksize=None)
    return sink.getvalue().to_pybytes()


@pytest.mark.parametrize("rows", ["findings", "texts"])
def test_spark_finds_what_one_machine_finds(spark, corpus, rows):
    path, table = corpus
    linter = mtlint.Linter(config={"score": {"max-penalty": 20}})

    # The recipe.
    def check(batches):
        for batch in batches:
            found = pyarrow.table(linter.check_many(batch["text"], rows=rows, threads=1))
            place = found["row"] if rows == "findings" else range(batch.num_rows)
            found = found.add_column(0, "id", batch["id"].take(pyarrow.array(place)))
            yield from found.to_batches()

    empty = pyarrow.table(linter.check_many([], rows=rows))
    schema = from_arrow_schema(empty.schema.insert(0, pyarrow.field("id", pyarrow.string())))
    by_spark = spark.read.parquet(str(path)).mapInArrow(check, schema).toArrow()

    alone = pyarrow.table(linter.check_many(table["text"], rows=rows))
    place = alone["row"] if rows == "findings" else pyarrow.array(range(RECORDS))
    alone = alone.add_column(0, "id", table["id"].take(place))
    # `row` counts within a batch there, and within all here; and which batch comes first is Spark's to say.
    if rows == "findings":
        alone, by_spark = alone.drop_columns("row"), by_spark.drop_columns("row")
    by_spark = by_spark.cast(alone.schema)
    order = ["id", "start", "end", "rule", "fingerprint"] if rows == "findings" else ["id"]
    keys = [(name, "ascending") for name in order]
    assert by_spark.num_rows == alone.num_rows > RECORDS / 2
    assert serialized(by_spark.sort_by(keys)) == serialized(alone.sort_by(keys))
