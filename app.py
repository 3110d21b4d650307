"""Hecht in the browser: `streamlit run app.py`."""


def main() -> None:
    """Set the page up and show it."""
    from planner.ui.session.workers import workers

    workers()  # they load while the rest does: a first plan does not wait for them

    from planner.ui.changes import bar as changes_bar
    from planner.ui.changes import page as changing
    from planner.ui.class_list import page as class_list_page
    from planner.ui.courses import page as courses_page
    from planner.ui.groups import page as groups_page
    from planner.ui.handouts import page as cards_page
    from planner.ui.rules import page as rules_page
    from planner.ui.session import places, sign_in
    from planner.ui.session.places import Place
    from planner.ui.session.state import session
    from planner.ui.shell import frame, pending_bar, plan_bar
    from planner.ui.shell import open_course as courses
    from planner.ui.term import page as term_page

    frame.set_up()
    if not sign_in.passed():
        frame.tell_readers()
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
        },
        Place.CLASS_LIST if session().course is None else Place.GROUPS,
    )
    with frame.column():
        frame.header()
        page.run()
        plan_bar.carry_out()
        changes_bar.carry_out()
        pending_bar.begin()
    courses.end()


if __name__ == "__main__":  # a page is shown
    main()
elif __name__ == "app":  # the server starts; a worker imports this file too, under yet another name
    from starlette.middleware import Middleware
    from streamlit.starlette import App

    from planner.ui.server.door import Door
    from planner.ui.server.served import life

    app = App(__file__, middleware=[Middleware(Door)], lifespan=life)
