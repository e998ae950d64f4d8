"""Running notebooks: papermill and what surrounds it. It knows notebooks and files, no scores."""
