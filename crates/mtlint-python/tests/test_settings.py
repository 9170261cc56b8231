"""What a linter is told, and what it answers when it is told wrong."""

import copy
import pickle

import pytest

import mtlint
from conftest import run

TEXT = "The ferry left at noon. . It came back at night ."


def rules(linter, text=TEXT):
    return {finding.rule for finding in linter.check(text)}


def test_selecting():
    assert rules(mtlint.Linter(select="punctuation/repeated-stop")) == {"punctuation/repeated-stop"}
    others = rules(mtlint.Linter(select=["punctuation"], ignore=["punctuation/repeated-stop"]))
    assert others and all(rule.startswith("punctuation/") for rule in others)
    assert "punctuation/repeated-stop" not in others
    assert others <= rules(mtlint.Linter(ignore="punctuation/repeated-stop"))
    assert rules(mtlint.Linter(min_severity="critical")) == set()


def test_the_language_is_that_of_the_caller():
    assert mtlint.Linter(language="de").score("The same words.").language == "de"


def test_a_configuration_is_a_file_or_a_mapping(tmp_path):
    path = tmp_path / "mtlint.toml"
    path.write_text("select = ['punctuation/repeated-stop']\n[score]\nmax-penalty = 1\n", encoding="utf-8")
    mapping = {"select": ["punctuation/repeated-stop"], "score": {"max-penalty": 1}}
    for config in path, str(path), mapping:
        linter = mtlint.Linter(config=config)
        assert rules(linter) == {"punctuation/repeated-stop"}
        assert linter.score(TEXT).verdict == "penalty"
        assert linter.score("A sound sentence.").verdict == "pass"
        assert "punctuation/repeated-stop" not in rules(mtlint.Linter(config=config, select="residue"))
    assert mtlint.Linter().score(TEXT).verdict is None


def test_a_configuration_may_bring_rules_and_names(tmp_path):
    folder = tmp_path / "house" / "style"
    folder.mkdir(parents=True)
    (tmp_path / "mtlint.toml").write_text("rules = ['house']\nselect = ['style/ferry']\n", encoding="utf-8")
    (folder / "ferry.toml").write_text(
        """
summary = "a ferry"
why = "The house calls it a boat."
mqm = "spelling"
severity = "minor"
confidence = "high"
langs = ["*"]
message = "the house calls it a boat"

[match]
kind = "regex"
pattern = "ferry"

[[bad]]
text = "The ⟦ferry⟧ left."
[[bad]]
text = "A ⟦ferry⟧ came."
[[good]]
text = "The boat left."
[[good]]
text = "A boat came."
""",
        encoding="utf-8",
    )
    linter = mtlint.Linter(config=tmp_path / "mtlint.toml")
    assert rules(linter) == {"style/ferry"}


def test_mistakes_are_told_in_the_words_of_the_program(tmp_path):
    path = tmp_path / "mtlint.toml"
    path.write_text("lang = 'english'\nselect = ['punctuation/repeated-stopp']\nx = 1\n", encoding="utf-8")
    text = tmp_path / "a.txt"
    text.write_text(TEXT, encoding="utf-8")
    told = run("check", str(text)).stderr.decode()
    with pytest.raises(mtlint.ConfigError) as raised:
        mtlint.Linter(config=path)
    lines = str(raised.value).splitlines()
    assert len(lines) >= 3
    for line in lines:
        place, _, message = line.partition(": ")
        assert message in told and place.rpartition("/")[2] in told
    assert isinstance(raised.value, ValueError)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"select": ["punctuation/no-such"]}, "punctuation/no-such"),
        ({"language": "english?"}, "english?"),
        ({"min_severity": "bad"}, "unknown severity `bad`"),
        ({"min_confidence": "sure"}, "unknown confidence `sure`"),
        ({"format": "docx"}, "unknown format `docx`"),
        ({"config": "no/such/mtlint.toml"}, "no/such/mtlint.toml: cannot be read"),
        ({"config": {"lang": "en", "select": ["no-such"]}}, "no-such"),
    ],
)
def test_each_mistake_is_told(options, told):
    with pytest.raises(mtlint.ConfigError, match="(?s).*" + told.replace("?", r"\?").replace(".", r"\.")):
        mtlint.Linter(**options)


def test_all_mistakes_are_told_at_once():
    with pytest.raises(mtlint.ConfigError) as raised:
        mtlint.Linter(language="?", select=["no-such"], min_severity="bad", format="docx")
    assert len(str(raised.value).splitlines()) == 4


def test_wrong_types_are_type_errors():
    endless = {}
    endless["severities"] = endless
    with pytest.raises(mtlint.ConfigError, match="too deep"):
        mtlint.Linter(config=endless)
    with pytest.raises(TypeError):
        mtlint.Linter(config=17)
    with pytest.raises(TypeError):
        mtlint.Linter(config={"select": {1, 2}})
    with pytest.raises(TypeError):
        mtlint.Linter().check(b"bytes")
    with pytest.raises(UnicodeEncodeError):
        mtlint.Linter().check("half a pair: \ud83c")


def test_a_linter_goes_from_process_to_process(tmp_path):
    path = tmp_path / "mtlint.toml"
    path.write_text("select = ['punctuation/repeated-stop']", encoding="utf-8")
    linter = mtlint.Linter(config=path, language="en", min_severity="minor")
    pickled = pickle.dumps(linter)
    # Where it arrives, no such file need be.
    path.unlink()
    for other in pickle.loads(pickled), copy.deepcopy(linter):
        assert other.check(TEXT) == linter.check(TEXT)
        assert repr(other) == repr(linter)
