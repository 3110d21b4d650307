"""The wording of results, for command line, pages and files alike."""
