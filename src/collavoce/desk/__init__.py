"""What people see and press while a show runs.

In: a Stagehand (the running show, read and asked), HTTP requests. Out: pages, server-sent events.
Never: a rule of the show, a clock of its own, a word of anybody's care.
"""
