"""The app, with runs that wait where a test wants them to: `streamlit run tests/builders/held_app.py`."""

if __name__ == "__main__":  # a page is shown
    from tests.builders import held

    held.install()

    from app import main

    main()
elif __name__ != "__mp_main__":  # the server starts; a worker imports this file as well
    from starlette.middleware import Middleware
    from streamlit.starlette import App

    from planner.ui.server.door import Door
    from planner.ui.server.served import life

    app = App(__file__, middleware=[Middleware(Door)], lifespan=life)
