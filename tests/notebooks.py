"""Tiny notebooks as papermill leaves them: cells and outputs for the writers of papers."""

from __future__ import annotations

import base64

import nbformat

v4 = nbformat.v4
PIXEL = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
        "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    )
).decode()


def markdown(text, *tags):
    return v4.new_markdown_cell(text, metadata={"tags": list(tags)})


def output(*tags, **data):
    mimes = {"html": "text/html", "text": "text/plain", "png": "image/png", "md": "text/markdown"}
    bundle = {mimes[name]: value for name, value in data.items()}
    cell = v4.new_code_cell("secret = 1", metadata={"tags": list(tags)})
    cell.outputs = [v4.new_output("display_data", bundle)]
    return cell


def notebook(*cells, document=None):
    nb = v4.new_notebook(cells=list(cells))
    if document is not None:
        scrap = {"name": "ita-document", "data": document, "encoder": "json", "version": 1}
        cell = v4.new_code_cell("", metadata={"tags": ["remove-cell"]})
        data = {"application/scrapbook.scrap.json+json": scrap}
        cell.outputs = [v4.new_output("display_data", data)]
        nb.cells.append(cell)
    return nb


REPORT = {"title": "รายงาน", "fiscal_year": 2568, "numerals": "thai", "subtitle": ["หน่วยงาน"]}
