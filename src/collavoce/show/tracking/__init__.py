"""What the stage looks and sounds like at a place: the same, walked to or jumped to.

In: the show, its state, a place in the music. Out: levels, sounds and armed cues that belong there.
Never: a firing; a state that is put back fires nothing.
"""
