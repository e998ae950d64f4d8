"""Notebooks are written and signed as nbformat does it, only faster."""

import json
from copy import deepcopy

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.sign import NotebookNotary
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from ita_helpers.files.json_writing import write_json
from ita_helpers.files.signing import sign, to_bytes

PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)
AS_NBFORMAT = {"indent": 1, "sort_keys": True, "separators": (",", ": "), "ensure_ascii": False}


@given(VALUES)
def test_json_is_written_as_by_json(value):
    assert write_json(value) == json.dumps(value, **AS_NBFORMAT)


@pytest.mark.parametrize("odd", [b"bytes", {1: "a"}, [float("nan")], [float("inf")], {"a": {2}}])
def test_what_is_no_plain_value_is_left_to_others(odd):
    with pytest.raises(TypeError):
        write_json(odd)


def _notebook():
    data = {"text/plain": "ก\nข", "image/svg+xml": "<svg>\n</svg>"}
    data["application/json"] = {"a": "1\n2"}
    outputs = [
        new_output("stream", text="a\nb\n"),
        new_output("display_data", data, metadata={"x": {}}),
        new_output("error", ename="E", evalue="v", traceback=["1\n2"]),
    ]
    picture = {"a.png": {"image/png": "AA=="}, "a.txt": {"text/plain": "a\nb"}}
    cells = [
        new_code_cell("a = 1\nb", outputs=outputs, metadata={"trusted": True}),
        new_markdown_cell("ก\n\nข", attachments=picture),
    ]
    return new_notebook(cells=cells, metadata={"orig_nbformat": 3, "ita": {"read": None, "n": 1.5}})


@pytest.mark.parametrize("change", ["", "nan", "bytes", "wrong"])
def test_a_notebook_is_written_as_by_nbformat_and_stays_as_it_was(change):
    notebook = _notebook()
    if change == "nan":
        notebook.metadata["ita"]["n"] = float("nan")
    if change == "bytes":
        notebook.metadata["ita"]["n"] = b"AA=="
    if change == "wrong":
        notebook.cells[0].outputs[0]["name"] = 5
    before = deepcopy(notebook)
    assert to_bytes(notebook) == nbformat.writes(notebook).encode("utf-8") + b"\n"
    assert str(notebook) == str(before)


def test_a_signature_is_nbformats(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    notebook = _notebook()
    sign(notebook)
    with NotebookNotary() as notary:
        assert notary.check_signature(notebook)
        notebook.cells[0].source = "a = 2"
        assert not notary.check_signature(notebook)
