"""Who there is: a new office with its workspace, files and code, and whom a name means."""
