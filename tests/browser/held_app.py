"""The app, with runs that wait where a test wants them to: `streamlit run tests/browser/held_app.py`."""

# Not so in a worker: a spawned process imports this file under another name, and has no page.
if __name__ == "__main__":
    from tests import held

    held.install()

    import app

    app.main()
