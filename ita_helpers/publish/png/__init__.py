"""Drawing the summary page as a picture, with its words inside the file."""
