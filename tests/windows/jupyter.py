"""JupyterLab there, driven from here: one report by buttons, from an empty folder."""

from __future__ import annotations

import json
import shutil
import socket
import time

from browsers import chromium, read
from machine import Machine, on_windows
from trying import documents, step
from typed import fill, sample_entries

NAME = "องค์การบริหารส่วนตำบลบางแค (ข้อมูลสมมติ)"
PATIENCE = 600
"""Seconds: another program may need the machine more."""


@step
def jupyterlab_makes_a_report_by_buttons(machine: Machine) -> str:
    """Run ``ita start`` in a new folder, and press what a person presses."""
    folder = documents(machine, "ปุ่ม") / "งาน ITA"
    config = machine.home / "jupyter"
    shutil.rmtree(config, ignore_errors=True)
    config.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"ServerApp": {"port": port, "open_browser": False}}
    settings["IdentityProvider"] = {"token": "t"}
    (config / "jupyter_server_config.json").write_text(json.dumps(settings))
    running = machine.start(
        *(*machine.ita_command(), "start", machine.on_drive(folder)),
        JUPYTER_CONFIG_DIR=on_windows(config),
    )
    began = time.monotonic()
    try:
        address = f"http://127.0.0.1:{port}"
        while not _answers(f"{address}/api/status?token=t"):
            assert time.monotonic() < began + PATIENCE and running.poll() is None, "no server"
            time.sleep(1)
        ready = time.monotonic()
        with chromium() as browser:
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            page.set_default_timeout(PATIENCE * 1000)
            page.goto(f"{address}/?token=t")
            _press_all(page, machine)
    finally:
        for words in ("ita_helpers.lab.server", "-m ita_helpers start"):
            for process in machine.processes(words):
                process.kill()
        running.wait(60)
    for ending in ("html", "pdf", "docx"):
        assert (folder / f"rendered/2568/bang-khae.{ending}").stat().st_size > 10_000
    return f"server in {ready - began:.0f} s, report in {time.monotonic() - ready:.0f} s"


def _answers(address: str) -> bool:
    try:
        return bool(read(address))
    except OSError:
        return False


def _press_all(page, machine: Machine) -> None:
    """Add an office, fill in its form, and make its report."""
    page.locator(".jp-StatusBar-TextItem", has_text="| Idle").wait_for()
    _press(page, "เปิดหน้าเริ่มต้น")
    page.get_by_label("ชื่อเต็ม").fill(NAME)
    page.get_by_label("อำเภอ/เขต").fill("อัมพวา")
    page.get_by_label("จังหวัด").fill("สมุทรสงคราม")
    _press(page, "เพิ่มหน่วยงาน")
    _told(page, "(รหัส bang-khae)")
    _press(page, "สร้างแบบกรอกคะแนน")
    with page.expect_download() as download:
        page.locator(".jp-OutputArea a", has_text="xlsx").click()
    form = machine.home / "กรอกแล้ว.xlsx"
    download.value.save_as(form)
    with page.expect_file_chooser() as chooser:
        _press(page, "เลือกแฟ้มคะแนน")
    chooser.value.set_files(fill(form, sample_entries()))
    page.locator(".jp-OutputArea [role=alert]").get_by_text("คะแนนภาพรวม").wait_for()
    _press(page, "บันทึกคะแนน")
    _told(page, "บันทึกแล้ว")
    _press(page, "สร้างรายงาน")
    page.locator(".jp-OutputArea a", has_text="2568 รายงานผลการประเมิน.html").wait_for()


def _press(page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def _told(page, words: str) -> None:
    page.locator(".jp-OutputArea [role=status]").get_by_text(words).wait_for()
