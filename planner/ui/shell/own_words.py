"""What Streamlit says by itself in fields, lists, tables and charts, and how it is said here.

Kept by the English of Streamlit, also where nobody sees it and a screen reader says it
aloud; {} stands for a name, a number or a size. `page.js` puts it on the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from planner.model.text import Language, Message, message

_OF = {
    # What can be done with a table, a picture or a chart; the name of it follows.
    "Search": message("Search"),
    "Fullscreen": message("Full screen"),
    "Close fullscreen": message("Leave full screen"),
    "Show/hide columns": message("Show or hide columns"),
    "Download as CSV": message("Download as CSV"),
    "Add row": message("Add a row"),
    "Delete row(s)": message("Delete rows"),
    "Clear selection": message("Clear the selection"),
    "Show data": message("Show the numbers"),
    "Show chart": message("Show the chart"),
    "Download as PNG": message("Download as a picture"),
    "Copy Vega-Lite spec": message("Copy the description of the chart (Vega-Lite)"),
}
ALL: Mapping[str, Message] = {
    "Upload": message("Choose a file"),
    "file upload": message("The file itself"),
    "Add files": message("Add files"),
    "{} per file": message("{size} per file", size="{}"),
    "Drag and drop a file here": message("Drop the file here"),
    "Drag and drop files here": message("Drop the files here"),
    "Remove {}": message("Remove {name}", name="{}"),
    "Help for {}": message("About: {name}", name="{}"),
    "Clear all": message("Clear all"),
    "Clear value": message("Clear"),
    "Clear date": message("Clear"),
    "Clear entry": message("Clear"),
    "Increment": message("One more"),
    "Decrement": message("One less"),
    "Open": message("Open the list"),
    "Selected values": message("Chosen"),
    "Select all": message("Select all"),
    "Select {} matches": message("Select the {count} that match", count="{}"),
    "Add: {}": message("Add: {name}", name="{}"),
    "No results": message("Nothing found"),
    "No options to select": message("Nothing to choose from"),
    "No options to select.": message("Nothing to choose from"),
    "Press Enter to apply": message("Press Enter to apply"),
    "Press Enter to submit form": message("Press Enter to add"),
    "Link to heading": message("Link to this heading"),
    "Choose date": message("Choose a date"),
    "day, {}": message("Day, {name}", name="{}"),
    "month, {}": message("Month, {name}", name="{}"),
    "year, {}": message("Year, {name}", name="{}"),
    "Previous month": message("Previous month"),
    "Next month": message("Next month"),
    "Previous": message("Previous month"),
    "Next": message("Next month"),
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": message(
        "The arrow keys go through the days, Enter chooses, Escape closes."
    ),
    "Selected Date: {}": message("Chosen: {name}", name="{}"),
    "Pagination": message("Pages of groups"),
    "Page {}": message("Page {name}", name="{}"),
    "Previous page": message("Previous page"),
    "Next page": message("Next page"),
    "Close": message("Close"),
    "Close Search": message("Close"),
    "Next Result": message("Next result"),
    "Previous Result": message("Previous result"),
    "Type to search": message("Type to search"),
    "Dataframe column menu": message("Column menu"),
    "Copy column name": message("Copy the heading"),
    "Sort ascending": message("Sort ascending"),
    "Sort descending": message("Sort descending"),
    "Pin column": message("Keep the column in view"),
    "Unpin column": message("No longer keep the column in view"),
    "Hide column": message("Hide the column"),
    "Autosize": message("Fit the width"),
    "Statistics": message("Statistics"),
    "Format": message("Format"),
    "Copy to clipboard": message("Copy"),
    "Copied": message("Copied"),
    "Running...": message("Working on it"),
    "Failed to generate file for download": message(
        "The file could not be made. Reload the page to see what is wrong, or try again."
    ),
    **_OF,
    **{f"{english}: {{}}": message("{what}: {name}", what=said, name="{}") for english, said in _OF.items()},
}


@cache
def said(language: Language) -> Mapping[str, str]:
    """Return how each is said in a language."""
    return {english: text.text(language) for english, text in ALL.items()}
