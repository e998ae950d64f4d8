"""Helpers beside a batch: what they know lasts longer than a task, and no task depends on them."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress

import psutil
import pytest

from ita_helpers.run.helping import Helper
from ita_helpers.run.processes import FORKS

SCRIPT = """
import json, os
from ita_helpers.run.helping import Helper, start_helpers

known = []

def work(word):
    if word == "fail":
        raise ValueError(word)
    if word == "die":
        os._exit(9)
    known.append(word)
    return json.dumps([os.getpid(), os.getppid(), known]).encode()

start_helpers(work, 1)

def in_a_task(*words):
    reads, writes = os.pipe()
    if os.fork() == 0:
        with Helper() as helper:
            answers = [helper.ask(word).decode() for word in words]
        os.write(writes, json.dumps(answers).encode())
        os._exit(0)
    os.wait()
    return json.loads(os.read(reads, 10_000))

tasks = [("a",), ("b", "c"), ("fail", "d"), ("die", "e"), ("f",)]
print(json.dumps([in_a_task(*words) for words in tasks]))
"""


@pytest.fixture(scope="module")
def answers():
    """Ask from five tasks, one after the other; give what each was answered."""
    if not FORKS:
        pytest.skip("processes are not forked here")
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not done.stderr
    return [[each and json.loads(each) for each in task] for task in json.loads(done.stdout)]


@pytest.mark.processes
def test_a_helper_knows_in_a_task_what_it_did_for_another(answers):
    (first,), (second, third), *_ = answers
    assert first[2] == ["a"]
    assert second[2] == ["a", "b"]
    assert third[2] == ["a", "b", "c"]


@pytest.mark.processes
def test_who_is_not_answered_is_told_nothing_and_others_are_helped(answers):
    *_, (failed, after), (died, none), (last,) = answers
    assert not failed
    assert after[2] == ["a", "b", "c", "d"]
    assert not died
    assert not none
    assert last[2] == ["f"]


@pytest.mark.processes
def test_helpers_end_with_the_last_who_could_ask(answers):
    for pid in {answers[0][0][0], *answers[-1][0][:2]}:
        with suppress(psutil.NoSuchProcess):
            psutil.Process(pid).wait(20)


def test_where_no_helper_was_started_nothing_is_answered():
    with Helper() as helper:
        assert not helper.ask("anything")
