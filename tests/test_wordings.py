from __future__ import annotations

import pytest
from wordings import WORDINGS, found_of, names


@pytest.mark.parametrize("kind", WORDINGS)
def test_a_slip_is_found_however_it_is_worded(kind):
    missed = [
        sentence
        for sentence, wrong in WORDINGS[kind]["wrong"]
        if not any(names(each, str(wrong)) for each in found_of(sentence))
    ]
    assert missed == []


@pytest.mark.parametrize("kind", WORDINGS)
def test_what_is_right_is_left_alone_however_it_is_worded(kind):
    called_wrong = [
        (each.rule, sentence) for sentence in WORDINGS[kind]["right"] for each in found_of(sentence)
    ]
    assert called_wrong == []
