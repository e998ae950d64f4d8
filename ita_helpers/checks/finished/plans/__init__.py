"""The plan of measures: window, elements, measures, findings and their number."""
