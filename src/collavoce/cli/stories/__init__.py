"""The evenings of docs/stories.md, each played to its end against the real program.

In: a story's name, a name for the seat, a temporary home. Out: steps with what was checked.
Never: a rule of the show, a stand-in for a process or a store, a step called held that was not.
"""
