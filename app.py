"""Hecht in the browser: `streamlit run app.py`."""


def main() -> None:
    """Set the page up and show it."""
    from planner.ui.workers import workers

    workers()  # they load while the rest does: a first plan does not wait for them

    from planner.ui import (
        cards_page,
        changes_bar,
        changing,
        class_list_page,
        courses,
        courses_page,
        frame,
        groups_page,
        places,
        plan_bar,
        rules_page,
        sign_in,
        term_page,
    )
    from planner.ui.places import Place

    frame.set_up()
    if not sign_in.passed():
        return
    courses.begin()
    page = places.lay_out(
        {
            Place.CLASS_LIST: class_list_page.show,
            Place.RULES: rules_page.show,
            Place.GROUPS: groups_page.show,
            Place.TERM: term_page.show,
            Place.CHANGES: changing.show,
            Place.CARDS: cards_page.show,
            Place.COURSES: courses_page.show,
        }
    )
    with frame.column():
        frame.header()
        page.run()
        plan_bar.carry_out()
        changes_bar.carry_out()
    courses.end()


if __name__ == "__main__":  # a page is shown
    main()
elif __name__ == "app":  # the server starts; a worker imports this file too, under yet another name
    from starlette.middleware import Middleware
    from streamlit.starlette import App

    from planner.ui.door import Door
    from planner.ui.served import life

    app = App(__file__, middleware=[Middleware(Door)], lifespan=life)
