"""The module finds what the program finds, byte by byte and character by character."""

import json
import pickle

import pytest

import mtlint
from conftest import PROJECT, SENTENCES, documents

EXAMPLES = [
    ("harbour.txt", "text"),
    ("archive.txt", "text"),
    ("treaty.txt", "text"),
    ("observatory.md", "markdown"),
    ("orchard.html", "html"),
]


def texts_and_documents():
    """Every article of the examples: its text, its format, and what the program says of it."""
    for name, kind in EXAMPLES:
        path = PROJECT / "examples" / name
        yield path.read_bytes().decode(), kind, documents(str(path))[0]
    briefs = PROJECT / "examples" / "briefs.jsonl"
    records = [json.loads(line) for line in briefs.read_text(encoding="utf-8").splitlines()]
    for record, document in zip(records, documents(str(briefs)), strict=True):
        if set(record) <= {"id", "text"}:
            yield record["text"], "text", document


def test_the_examples_give_what_the_program_gives():
    seen = 0
    for text, kind, document in texts_and_documents():
        linter = mtlint.Linter(format=kind)
        found = linter.check(text)
        assert [finding.to_dict() for finding in found] == document["findings"]
        score = linter.score(text)
        assert (score.words, score.language) == (document["words"], document["language"])
        assert {name: getattr(score, name) for name in document["score"]} == document["score"]
        seen += len(found)
    assert seen > 50


@pytest.mark.parametrize("text", SENTENCES)
def test_characters_and_bytes_name_the_same_place(text):
    data = text.encode()
    for finding in mtlint.Linter().check(text):
        assert data[finding.span.slice].decode() == finding.text == text[finding.chars.slice]
        before = text[: finding.chars.start]
        assert finding.start.column == len(before.rpartition("\n")[2]) + 1
        assert finding.start.utf16 == len(before.rpartition("\n")[2].encode("utf-16-le")) // 2
        for fix in finding.fixes:
            for edit in fix.edits:
                assert data[edit.start : edit.end].decode() == text[edit.chars.slice]


def test_astral_characters_count_once():
    text = "🌊🌊 It was late.. Nobody came."
    (finding,) = mtlint.Linter(select="punctuation/repeated-stop").check(text)
    assert finding.chars.start == text.index("..")
    assert finding.span.start == text.encode().index(b"..")
    assert finding.start.utf16 == finding.chars.start + 2


def test_fixing_is_what_the_program_does(tmp_path):
    from conftest import run

    text = (PROJECT / "examples" / "harbour.txt").read_text(encoding="utf-8")
    linter = mtlint.Linter()
    for options, unsafe in ([], False), (["--unsafe-fixes"], True):
        path = tmp_path / "harbour.txt"
        path.write_text(text, encoding="utf-8", newline="")
        run("check", "--isolated", "--fix", *options, str(path))
        fixed = linter.fix(text, unsafe_fixes=unsafe)
        assert fixed.text.encode() == path.read_bytes()
        assert fixed.applied > 0


def test_a_pair_gives_what_the_program_gives():
    source, target = "Es kostet 250 Euro.", "It costs 205 euros."
    record = json.dumps({"text": target, "source": source})
    (document,) = documents("--stdin-filename", "pair.jsonl", "-", text=record)
    found = mtlint.Linter().check_pair(source, target)
    assert [finding.to_dict() for finding in found] == document["findings"]
    related = [related for finding in found for related in finding.related if related.side == "source"]
    assert related
    for place in related:
        assert source.encode()[place.span.slice].decode() == source[place.chars.slice]


def test_findings_are_values():
    text = SENTENCES[0]
    (first,) = mtlint.Linter(select=["punctuation/repeated-stop"]).check(text)
    (again,) = mtlint.Linter(select=["punctuation/repeated-stop"]).check(text)
    assert first == again and hash(first) == hash(again) and first is not again
    assert first != first.to_dict() and first.span != first.chars.slice
    assert pickle.loads(pickle.dumps(first)) == first
    assert isinstance(first.fixes, tuple) and isinstance(first.fixes[0].edits, tuple)
    assert repr(first).startswith("Finding(rule='punctuation/repeated-stop', mqm='punctuation',")
    with pytest.raises(AttributeError):
        first.rule = "other"
    match first.span:
        case mtlint.Span(start, end):
            assert text.encode()[start:end] == b". ."
        case _:
            raise AssertionError("a span matches by its fields")


def test_any_text_can_be_checked():
    linter = mtlint.Linter()
    for text in ["", "\0", "\r\n\r", "\ufeff", "a" * 100_000, "“" * 10_000, "\U0010ffff" * 100, "e\u0301" * 50]:
        for finding in linter.check(text):
            assert text[finding.chars.slice] == finding.text
        linter.fix(text)
        assert 0 <= linter.score(text).score <= 100


def test_the_docstring_of_the_module_holds():
    import doctest

    assert doctest.testmod(mtlint).failed == 0
    assert doctest.testmod(mtlint).attempted > 3
