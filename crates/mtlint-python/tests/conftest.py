"""What the tests share: the project's examples, the program, and texts by the thousand."""

import json
import os
import subprocess
import sysconfig
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]

#: Sentences that are damaged and sound ones, with characters of one to four bytes.
SENTENCES = [
    "The ferry left at noon. . It came back at night.",
    "The minister said it twice .",
    "“It has lasted eleven.” We have ice for two more days,” she said.",
    "Der Hafen bleibt geschlossen, sagte der Sprecher.",
    "Nobody was hurt 🌊 when the lorry hit the pier ; the road is open.",
    "The café closed in March,, and nobody asked why.",
    "A sound sentence says what it means.",
    "港は三週間閉鎖される。。",
    "",
]


def program() -> str:
    """The command-line program that came with the module."""
    name = "mtlint.exe" if os.name == "nt" else "mtlint"
    return str(Path(sysconfig.get_path("scripts")) / name)


def run(*arguments: str, text: str = "") -> subprocess.CompletedProcess:
    """What the program does with these arguments and this standard input."""
    return subprocess.run(
        [program(), *arguments], input=text.encode(), capture_output=True, check=False, cwd=PROJECT
    )


def documents(*arguments: str, text: str = "") -> list:
    """The documents of the program's JSON report."""
    done = run("check", "--isolated", "--format", "json", *arguments, text=text)
    assert done.returncode in (0, 1), done.stderr.decode()
    return json.loads(done.stdout)["documents"]


@pytest.fixture(scope="session")
def many() -> list:
    """Texts by the thousand, no two alike."""
    return [
        f"Number {number}. {SENTENCES[number % len(SENTENCES)]} {SENTENCES[(7 * number + 3) % len(SENTENCES)]}"
        for number in range(4000)
    ]
