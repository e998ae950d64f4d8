"""Where Thai words begin and end: what is loaded of the tokeniser, and that it is the same."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pythainlp.corpus import thai_words

from ita_helpers.files.bare_packages import bare_packages
from ita_helpers.publish.thai_words import LONGEST, known_words

ALONE = """
import sys
from ita_helpers.publish.thai_words import words_in
print(len(words_in("การตรวจสอบงานและบ้าน")))
print([name for name in sys.modules if name.startswith("pythainlp")])
import pythainlp
print(len(pythainlp.word_tokenize("การตรวจสอบงานและบ้าน")), "pythainlp.soundex" in sys.modules)
"""


def test_the_words_known_are_those_of_the_library():
    assert known_words() == {each for each in thai_words() if len(each) <= LONGEST}


@pytest.mark.processes
def test_words_are_found_without_the_rest_of_the_library_which_others_still_get_whole():
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["4", "[]", "5 True"]


def test_a_package_that_is_loaded_is_taken_as_it_is():
    before = sys.modules["pythainlp"]
    with bare_packages({"pythainlp": {"thai_digits": ""}}):
        assert sys.modules["pythainlp"] is before
    assert before.thai_digits and sys.modules["pythainlp"] is before


def test_a_package_that_is_missing_is_told_as_always():
    with pytest.raises(ModuleNotFoundError), bare_packages({"no_such_package": {}}):
        pass
