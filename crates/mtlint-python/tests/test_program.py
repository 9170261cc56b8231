"""The command-line program of the wheel."""

import os
import signal
import subprocess
import sys
import time
from importlib import metadata, resources

import pytest

import mtlint
from conftest import PROJECT, SENTENCES, program, run


def test_the_program_is_there():
    version = metadata.version("mtlint")
    assert mtlint.__version__ == version
    assert run("--version").stdout.decode() == f"mtlint {version}\n"
    by_module = subprocess.run([sys.executable, "-m", "mtlint", "--version"], capture_output=True, check=True)
    assert by_module.stdout.decode() == f"mtlint {version}\n"


def test_exit_codes():
    assert run("check", "--isolated", "examples/clean").returncode == 0
    assert run("check", "--isolated", "examples/harbour.txt").returncode == 1
    assert run("check", "--isolated", "no-such-file.txt").returncode == 2
    wrong = run("check", "--no-such-option")
    assert wrong.returncode == 2 and b"--no-such-option" in wrong.stderr
    assert run("--help").returncode == 0
    assert b"Usage: mtlint" in run("--help").stdout


def test_standard_input_and_output():
    done = run("check", "--isolated", "--format", "concise", "-", text=SENTENCES[0])
    assert b"punctuation/repeated-stop" in done.stdout
    # All that was written arrives, without a last line break, too.
    assert run("explain", "punctuation/repeated-stop").stdout.endswith(b"\n")


def test_arguments_need_not_be_utf8(tmp_path):
    if os.name == "nt" or sys.platform == "darwin":
        pytest.skip("such names cannot be there")
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as file:
        file.write(SENTENCES[0].encode())
    done = subprocess.run([program(), "check", "--isolated", path], capture_output=True, check=False)
    assert done.returncode == 1 and b"repeated-stop" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_ctrl_c_ends_the_program():
    child = subprocess.Popen([program(), "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    time.sleep(1)
    assert child.poll() is None
    child.send_signal(signal.SIGINT)
    assert child.wait(timeout=10) == -signal.SIGINT


def test_the_module_is_typed():
    files = resources.files("mtlint")
    assert files.joinpath("py.typed").is_file()
    assert files.joinpath("_mtlint.pyi").is_file()


def test_the_stubs_are_those_of_the_module():
    """Every name, argument and default in the stubs is there, and none is there that they do not name."""
    done = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", "mtlint"], capture_output=True, check=False, cwd=PROJECT / "target"
    )
    assert done.returncode == 0, (done.stdout + done.stderr).decode()


def test_the_module_loads_quickly():
    """The program pays for what the module imports."""
    code = "import sys; before = set(sys.modules); import mtlint; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert set(done.stdout.split()) <= {"mtlint", "mtlint._mtlint"}
