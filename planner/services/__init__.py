"""The use cases: check, plan, replan, audit, forecast, explain. Command line, pages and library come in here.

A use case is a request, a task that works on it (a function of a module, so that any process can run it)
and a result. Reading files, putting a request together and telling what came of it belong to no one page
or command, so they are here as well.
"""
