"""The sentences that follow from the result, a module each part of the report; pure."""
