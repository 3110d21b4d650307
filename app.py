"""Hecht in the browser: `streamlit run app.py`."""


def main() -> None:
    """Set the page up and show it."""
    import streamlit as st

    from planner.ui import cards_page, changing, frame, planning, term_page

    frame.set_up()
    pages = [planning.page(), changing.page(), term_page.page(), cards_page.page()]
    page = st.navigation(pages, position="hidden")  # the header shows them, on a phone as well
    with frame.column():
        frame.header(pages)
        page.run()


# Not so in a worker: a spawned process imports this file under another name, and has no page.
if __name__ == "__main__":
    main()
