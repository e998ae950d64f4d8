"""What a new office begins with: a workspace, its files, its code."""
