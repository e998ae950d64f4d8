"""What the codes of a report's rules are called in a sentence."""

from __future__ import annotations

from ita_helpers.checks.finished.report import Report
from ita_helpers.language.catalogue import label, say


def name_of(report: Report, code: str) -> str:
    """Return what a code is called in a sentence."""
    rules = report.rules
    if code == "ITA":
        return label("words.overall")
    indicator = rules.find_indicator(code) if rules else None
    if indicator:
        return say("words.indicator", code=code, name=indicator.name)
    if "." in code:
        return say("words.sub_indicator", code=code, name="")
    return code.upper() if code[0].islower() or not rules else rules.component_name(code)
