"""What is known, as frozen values: rules, an office, its scores, its plan, its layout."""
