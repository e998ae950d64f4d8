"""The facts as frozen values: rules, an office, its scores, its plan, its layout."""
