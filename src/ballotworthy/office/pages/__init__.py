"""The pages: one a file, each with its template of the same name beside it."""
