"""What a report names without a score that could be read, so that nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ita_helpers.documents.document import Document
from ita_helpers.documents.naming import OVERALL, PARTED, Naming
from ita_helpers.language.catalogue import join_names, say


def tell_named_only(document: Document, naming: Naming, taken: Collection[str]) -> Iterator[str]:
    """Yield a remark on what is named in a document but not among the codes of its scores."""
    framework = naming.framework
    named = {code for text in document.texts for e in naming.mentions(text) for code in e.codes}
    indicators = [e.code for e in framework.indicators.list if e.code in named - set(taken)]
    have = {*taken, *(PARTED for code in taken if code.startswith(PARTED))}
    wholes = [OVERALL, *(each.code for each in framework.instruments.list)]
    missing = [code for code in wholes if code not in have and code in {*named, OVERALL}]
    names = [*_what(missing, "score"), *_what(indicators, "indicator")]
    if names:
        facts = {"file": document.file, "names": join_names(names)}
        yield say("import.remarks.named_only", **facts)


def _what(codes: Iterable[str], key: str) -> Iterator[str]:
    """Yield what people call some codes, of indicators all together."""
    found = list(codes)
    if key == "indicator" and found:
        yield say("cli.import.what.indicator", code=join_names(found))
        return
    for code in found:
        is_whole = code == OVERALL
        yield say(f"cli.import.what.{'overall' if is_whole else key}", code=code)
