"""From an executed notebook to a document: one tree, one writer a format, nbconvert exporters."""

from ita_helpers.publish.exporters import HtmlReportExporter, PdfReportExporter

__all__ = ["HtmlReportExporter", "PdfReportExporter"]
