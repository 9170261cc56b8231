"""Threads, processes and signals."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pyarrow
import pytest

import mtlint
from conftest import SENTENCES

LINTER = mtlint.Linter()


def rules_of(text):
    """In a child: with the linter of the parent, as `fork` leaves it, and as `spawn` makes it anew."""
    return [finding.rule for finding in LINTER.check(text)]


def many_rules_of(texts):
    table = pyarrow.table(LINTER.check_many(texts))
    # A linter can be made here, too.
    fresh = mtlint.Linter(language="en")
    assert fresh.score("A sound sentence.").score == 100
    return table["rule"].to_pylist()


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_children_check(method, many):
    # Threads have worked here before a child is made.
    wanted = many_rules_of(many[:300])
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        assert list(pool.map(rules_of, SENTENCES, timeout=120)) == [rules_of(text) for text in SENTENCES]
        assert pool.submit(many_rules_of, many[:300]).result(timeout=120) == wanted
        # And a linter that is sent with the work.
        scores = list(pool.map(mtlint.Linter(language="en").score, SENTENCES, timeout=120))
    assert [score.language for score in scores] == ["en"] * len(SENTENCES)


def test_one_linter_serves_many_threads():
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(rules_of, SENTENCES * 20)) == [rules_of(text) for text in SENTENCES * 20]


@pytest.mark.parametrize("call", ["check", "check_many"])
def test_pythons_lock_is_released(many, call):
    """While texts are checked, other Python threads run: with the lock held, this one would stand still all the time."""
    text = " ".join(many)
    texts = pyarrow.array(many * 2)
    gaps = []
    ready, done = threading.Event(), threading.Event()

    def tick():
        last = time.perf_counter()
        ready.set()
        while not done.is_set():
            time.sleep(0.001)
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

    ticker = threading.Thread(target=tick)
    ticker.start()
    ready.wait()
    began = time.perf_counter()
    if call == "check":
        LINTER.check(text)
    else:
        LINTER.check_many(texts)
    took = time.perf_counter() - began
    done.set()
    ticker.join()
    assert took > 0.2, "long enough to tell"
    assert max(gaps) < 0.5 * took, f"another thread stood still for {max(gaps):.2f} s of {took:.2f} s"
    assert len(gaps) > 10


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_ctrl_c_ends_the_work():
    code = f"""
import mtlint, sys
linter = mtlint.Linter()
texts = {SENTENCES!r} * 400000
linter.check_many(texts[:100])
print("begun", flush=True)
try:
    linter.check_many(texts)
except KeyboardInterrupt:
    print("interrupted", flush=True)
    # What was interrupted can be used again.
    assert linter.check_many(texts[:100]).num_rows
    sys.exit(7)
"""
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "begun\n"
    time.sleep(1.5)
    assert child.poll() is None
    sent = time.perf_counter()
    child.send_signal(signal.SIGINT)
    assert child.stdout.readline() == "interrupted\n"
    assert time.perf_counter() - sent < 5
    assert child.wait(timeout=60) == 7
