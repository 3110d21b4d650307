"""Hecht in the browser: `streamlit run app.py`."""


def main() -> None:
    """Set the page up and show it."""
    import streamlit as st

    from planner.ui import changing, frame, planning

    frame.set_up()
    page = st.navigation([planning.page(), changing.page()], position="top")
    with frame.column():
        frame.header()
        page.run()


# Not so in a worker: a spawned process imports this file under another name, and has no page.
if __name__ == "__main__":
    main()
