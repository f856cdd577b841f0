"""The standby stays on a cue that can still come."""

from collavoce.show.order import cues_of, next_standby, position
from collavoce.show.rules.draft import Draft


def point_within(draft: Draft) -> None:
    """After an edit: a standby that the number's early end leaves out goes to the next that comes.

    One that stood past the last stays there: GO is never given back to a cue unasked.
    """
    standing = draft.state.pointer
    left = draft.cues
    if standing is None or position(draft.show, left, standing) < len(left):
        return
    every = cues_of(draft.show, draft.state.number)
    beyond = {cue.number for cue in every[position(draft.show, every, standing) :]}
    index = next((i for i, cue in enumerate(left) if cue.number in beyond), len(left))
    draft.point(next_standby(left, index, draft.state.fired), draft.by)
