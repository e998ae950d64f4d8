"""The sentences that follow from a result, one module per part of the report; pure."""
