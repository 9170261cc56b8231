"""Parquet in the program of the wheel, on files that pyarrow writes: what is read, what is refused with a word, and what
is damaged."""

import json
import random

import pyarrow
import pyarrow.parquet
import pytest

from conftest import SENTENCES, run

TEXTS = [f"Record {number}. {SENTENCES[number % len(SENTENCES)]}" for number in range(5000)]


def write(path, table, **options):
    pyarrow.parquet.write_table(table if isinstance(table, pyarrow.Table) else pyarrow.table(table), path, **options)
    return path


def check(path, *arguments):
    """The documents that the program makes of a file, and what it says beside them."""
    done = run("check", "--isolated", "--exit-zero", "--format", "json", *arguments, str(path))
    assert done.returncode in (0, 2), done.stderr.decode()
    assert b"internal error" not in done.stderr and b"panicked" not in done.stderr
    return json.loads(done.stdout) if done.stdout else None, done


def found(report):
    """What was found in each record, under what it goes by."""
    return [
        (document["record"]["id"], [(it["rule"], it["span"], it["text"]) for it in document["findings"]])
        for document in report["documents"]
    ]


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    path = tmp_path_factory.mktemp("lines") / "a.jsonl"
    path.write_text("".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(TEXTS)))
    report, _ = check(path)
    rows = found(report)
    assert sum(len(findings) for _, findings in rows) > 2000
    return rows


KINDS = {
    "string": (pyarrow.array(TEXTS), {}),
    "large_string": (pyarrow.array(TEXTS, pyarrow.large_string()), {}),
    "string_view": (pyarrow.array(TEXTS, pyarrow.string_view()), {}),
    "dictionary": (pyarrow.array(TEXTS).dictionary_encode(), {}),
    "binary": (pyarrow.array([text.encode() for text in TEXTS]), {}),
    "plain pages": (pyarrow.array(TEXTS), {"use_dictionary": False, "data_page_version": "2.0", "data_page_size": 1024}),
    "row groups": (pyarrow.array(TEXTS), {"row_group_size": 701, "compression": "gzip"}),
    "delta": (pyarrow.array(TEXTS), {"use_dictionary": False, "column_encoding": {"text": "DELTA_BYTE_ARRAY"}}),
    "zstd": (pyarrow.array(TEXTS), {"compression": "zstd", "write_page_checksum": True}),
    "lz4": (pyarrow.array(TEXTS), {"compression": "lz4"}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_texts_are_read_however_they_are_written(tmp_path, expected, kind):
    column, options = KINDS[kind]
    table = pyarrow.table({"n": range(len(TEXTS)), "text": column, "more": [[{"a": 1}]] * len(TEXTS)})
    path = write(tmp_path / "a.parquet", table, **options)
    report, _ = check(path, "--text-field", "text", "--id-field", "n")
    assert found(report) == expected


def test_fields_in_fields_and_nulls(tmp_path, expected):
    pairs = [{"en": text, "de": "Ein Satz.", "n": number} for number, text in enumerate(TEXTS)]
    pairs[3] = None
    pairs[4] = {"en": None, "de": "Ein Satz.", "n": 4}
    kind = pyarrow.struct([("en", pyarrow.string()), ("de", pyarrow.string()), ("n", pyarrow.int32())])
    table = pyarrow.table({"translation": pyarrow.array(pairs, kind)})
    path = write(tmp_path / "a.parquet", table, row_group_size=999)
    report, done = check(path, "--text-field", "translation.en", "--id-field", "translation.n")
    assert done.returncode == 2
    assert [row for row in expected if row[0] not in ("3", "4")] == found(report)
    for line in 4, 5:
        assert f"a.parquet: line {line}: is no record: `translation.en` must be a string, not null" in done.stderr.decode()
    _, done = check(path, "--text-field", "translation.en", "--strict")
    assert done.returncode == 2


def test_what_holds_no_text_is_refused_with_a_word(tmp_path):
    table = {"turns": [[{"text": "a"}]], "words": [["a"]], "n": [1], "body": ["a"], "pair": [{"en": "a"}]}
    path = write(tmp_path / "a.parquet", table)
    for name, told in {
        "turns": "column `turns` holds lists of structs, not strings; columns that do are body, pair.en",
        "words": "holds lists",
        "n": "holds numbers",
        "pair": "holds structs: name a field in it",
        "bdy": "did you mean `body`",
    }.items():
        report, done = check(path, "--text-field", name)
        assert done.returncode == 2 and told in done.stderr.decode(), done.stderr.decode()


def test_a_file_without_rows(tmp_path):
    path = write(tmp_path / "a.parquet", pyarrow.table({"text": pyarrow.array([], pyarrow.string())}))
    report, done = check(path)
    assert (done.returncode, report["documents"]) == (0, [])
    done = run("filter", "--isolated", "--min-words", "1", "-o", str(tmp_path / "out.parquet"), str(path))
    assert done.returncode == 0, done.stderr.decode()
    assert pyarrow.parquet.read_table(tmp_path / "out.parquet").num_rows == 0


def test_what_is_cut_off_is_told(tmp_path):
    whole = write(tmp_path / "whole.parquet", {"text": TEXTS}).read_bytes()
    for length in 0, 1, 4, 11, len(whole) // 2, len(whole) - 1:
        path = tmp_path / "a.parquet"
        path.write_bytes(whole[:length])
        _, done = check(path)
        told = done.stderr.decode()
        assert done.returncode == 2 and "a.parquet: is no Parquet, or is damaged" in told, told


def test_bytes_that_are_flipped_never_break_the_program(tmp_path):
    chance = random.Random(1)
    whole = write(
        tmp_path / "whole.parquet",
        {"text": TEXTS},
        use_dictionary=False,
        compression="zstd",
        data_page_size=20_000,
        row_group_size=2000,
    ).read_bytes()
    path = tmp_path / "a.parquet"
    told = 0
    for _ in range(25):
        broken = bytearray(whole)
        for _ in range(chance.choice([1, 8, 64])):
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        path.write_bytes(broken)
        out = tmp_path / "out.parquet"
        out.unlink(missing_ok=True)
        done = run("filter", "--isolated", "--min-words", "1", "-o", str(out), str(path))
        said = done.stderr.decode()
        assert done.returncode in (0, 2) and "panicked" not in said and "internal error" not in said, said
        # Either there is a whole file, or none and a word about it.
        if done.returncode == 0:
            assert pyarrow.parquet.read_table(out).num_rows <= len(TEXTS)
        else:
            assert not out.exists() and "a.parquet" in said
        told += "a.parquet" in said
    assert told > 15


def test_one_page_that_is_damaged_is_counted_and_the_rest_is_read(tmp_path):
    path = write(
        tmp_path / "a.parquet", {"text": TEXTS}, use_dictionary=False, compression="zstd", data_page_size=20_000
    )
    broken = bytearray(path.read_bytes())
    # The first bytes of what is compressed, of the third page: no decoder can miss that they are wrong.
    magic = b"\x28\xb5\x2f\xfd"
    assert broken.count(magic) > 3
    at = broken.index(magic, broken.index(magic, broken.index(magic) + 1) + 1)
    broken[at : at + 4] = bytes(byte ^ 0xFF for byte in magic)
    path.write_bytes(broken)
    out = tmp_path / "out.jsonl"
    arguments = ["filter", "--isolated", "--min-words", "1", "-o", str(out), str(path)]
    done = run(*arguments)
    said = done.stderr.decode()
    assert done.returncode == 0 and "cannot be read" in said and "a.parquet:" in said, said
    texts = [json.loads(line)["text"] for line in out.read_text().splitlines()]
    assert len(TEXTS) // 2 < len(texts) < len(TEXTS)
    # What is read is as it was, and in its order.
    kept = set(texts)
    assert texts == [text for text in TEXTS if text in kept]
    out.unlink()
    assert run(*arguments, "--strict").returncode == 2 and not out.exists()


def test_rows_pass_with_all_their_columns(tmp_path, expected):
    more = [[{"a": number}] for number in range(len(TEXTS))]
    pairs = [{"en": text, "de": None} for text in TEXTS]
    kind = pyarrow.struct([("en", pyarrow.string()), ("de", pyarrow.string())])
    table = pyarrow.table(
        {"n": range(len(TEXTS)), "pair": pyarrow.array(pairs, kind), "more": more}, metadata={"source": "invented"}
    )
    path = write(tmp_path / "a.parquet", table)
    out, rejected, kept = (tmp_path / name for name in ("out.parquet", "no.parquet", "kept.parquet"))
    common = ["filter", "--isolated", "--text-field", "pair.en", "--drop", "punctuation", str(path)]
    assert run(*common, "-o", str(out), "--rejected", str(rejected)).returncode == 0
    damaged = [
        int(name) for name, findings in expected if any(rule.startswith("punctuation/") for rule, *_ in findings)
    ]
    sound = [number for number in range(len(TEXTS)) if number not in set(damaged)]
    passed = pyarrow.parquet.read_table(out)
    # Whoever writes lists names what is in them as it likes.
    assert passed.cast(table.schema).equals(table.take(sound))
    assert passed.schema.metadata[b"source"] == b"invented"
    others = pyarrow.parquet.read_table(rejected)
    assert others["n"].to_pylist() == damaged
    assert all("rule:punctuation/" in reasons[0] for reasons in others["mtlint_reasons"].to_pylist())
    assert run(*common, "-o", str(kept), "--keep", "pair.en,n").returncode == 0
    assert pyarrow.parquet.read_table(kept).to_pydict() == {"pair.en": [TEXTS[n] for n in sound], "n": sound}
