"""Running notebooks: papermill and all around it; knows notebooks and files, but no scores."""
