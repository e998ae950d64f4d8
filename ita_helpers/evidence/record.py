"""The record of an evidence folder as JSON: what it holds, and by which it is known to be ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ita_helpers.evidence.dossier import Dossier, Element, Item, Paper
from ita_helpers.run.own_folder import noted, sealed

NAME = "evidence.json"
FORMAT = 1


def record_of(dossier: Dossier, files: Mapping[str, bytes]) -> bytes:
    """Return the record of a folder with these files; it ends with the digest of itself."""
    told = {
        "format": FORMAT,
        "organisation": dossier.organisation,
        "name": dossier.name,
        "fiscal_year": dossier.fiscal_year,
        "assessment": dossier.assessment,
        "rules": dossier.confidence,
        "items": [*map(_item, dossier.items)],
    }
    return sealed(told, {name: noted(content) for name, content in files.items()})


def _item(item: Item) -> dict[str, Any]:
    return {
        "item": item.code,
        "title": item.title,
        "address": item.address,
        "file": _paper(item.paper) if item.paper else None,
        "lacking": item.lack,
        "elements_are_required": item.is_listed,
        "elements": [_element(each, item.paper) for each in item.elements],
    }


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "name": paper.name,
        "report": paper.kind,
        "fiscal_year": paper.fiscal_year,
        "state": "issued" if paper.number else "working",
        "version": paper.number,
        "document": paper.document,
        "date": paper.day.isoformat() if paper.day else "",
        "is_outdated": paper.is_outdated,
    }


def _element(element: Element, paper: Paper | None) -> dict[str, Any]:
    return {
        "name": element.name,
        "state": element.state,
        "lacking_in": [*element.blank],
        "places": [
            {
                "heading": place.heading,
                "pages": [*place.pages],
                "printed": [paper.label(each) if paper else "" for each in place.pages],
            }
            for place in element.places
        ],
    }
