"""The workspace as validated values: tables, rules, offices, plans, parameters."""
