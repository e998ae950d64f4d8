"""The start page as a person uses it: buttons pressed, files uploaded, words read."""

from __future__ import annotations

from datetime import UTC, datetime

from ita_helpers.language.catalogue import label


def add(page, name, district="อัมพวา", province="สมุทรสงคราม", code=""):
    page.office.list.value = ""
    page.office.name.value, page.office.code.value = name, code
    page.office.district.value, page.office.province.value = district, province
    press(page.office, "add")


def press(step, name):
    """Press the button of a step that bears this label."""
    text = label(f"start.{step.key}.{name}")
    (button,) = [each for each in widgets_of(step.box) if getattr(each, "description", "") == text]
    assert not button.disabled
    button.click()


def widgets_of(box):
    for each in box.children:
        yield each
        yield from widgets_of(each) if hasattr(each, "children") else ()


def as_uploaded(file):
    content = file.read_bytes()
    facts = {"name": file.name, "type": "", "size": len(content)}
    return {**facts, "content": memoryview(content), "last_modified": datetime.now(UTC)}


def upload(page, file):
    page.scores.upload.value = (as_uploaded(file),)


def said(step):
    return "\n".join(each["data"]["text/plain"] for each in step.said.outputs)


def complaint(step):
    """Return the one message of a step that says what went wrong."""
    (output,) = step.said.outputs
    assert 'role="alert"' in output["data"]["text/html"]
    return output["data"]["text/plain"]
