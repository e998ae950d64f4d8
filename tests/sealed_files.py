"""Reports of made-up files, sealed and put into a folder as a batch does."""

from __future__ import annotations

import hashlib

import nbformat

from ita_helpers.run.keeping import claimed, complete, make_ready, making
from ita_helpers.run.sealing import files_of_ours, notebook_digest

ENDINGS = (".html", ".pdf", ".docx", ".memo.docx")


def sealed(folder, name, words):
    """Write a report of made-up files as ``run/jobs.py`` does; return its contents by name."""
    files = {f"{name}{ending}": f"{words} {ending}".encode() for ending in ENDINGS}
    return files | {f"{name}.ipynb": notebook_of(name, files, words)}


def notebook_of(name, files, words):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(words, id="a")])
    digests = {file.removeprefix(name): sha(content) for file, content in files.items()}
    ours = {"digest": notebook_digest(notebook), "inputs": words, "formats": {"all": digests}}
    notebook.metadata["ita"] = {**ours, "read": {}}
    return nbformat.writes(notebook).encode()


def sha(content):
    return hashlib.sha256(content).hexdigest()


def put(folder, name, contents, gone=()):
    with claimed(folder, name), making(folder, name, files_of_ours) as made:
        make_ready(made, contents)
        complete(made, files_of_ours(made), gone)
