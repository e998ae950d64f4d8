"""The workspace as checked values: tables, rules, offices, plans, parameters."""
