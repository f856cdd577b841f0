"""The rules of short words: held back, taken back in time, shown, opened.

Whether a writer is kept from a reader is asked nowhere here but where the reader opens:
a writer's own acts are answered the same for whoever they write to.
"""

from collavoce.care.asked.notes import (
    NotesCommand,
    OpenNote,
    SeePost,
    SendNote,
    SetPost,
    ShowNote,
    WithdrawNote,
)
from collavoce.care.events import (
    Decision,
    NoteOpened,
    NoteSent,
    NoteShown,
    NoteWithdrawn,
    PostSeen,
    PostSet,
    Refused,
)
from collavoce.care.ladder import Moment
from collavoce.care.reached.calling import People
from collavoce.care.rules.letters import may_write
from collavoce.care.state import CareState
from collavoce.care.states.notes import (
    AFTER_MAX,
    NEVER,
    NOTES_MAX,
    READ_AFTER_MAX,
    STOPPED_MAX,
    Taking,
)
from collavoce.words import say


def decide_notes(people: People, state: CareState, command: NotesCommand, now: Moment) -> Decision:
    """What follows from `command` at `now`."""
    match command:
        case SendNote():
            return _sent(people, state, command, now)
        case WithdrawNote(owner=owner, note=name):
            note = state.notes.by_id.get(name)
            if note is None or note.writer != owner:
                return Refused(say("letters.refused.none"))
            if note.goes <= now:
                return Refused(say("letters.refused.out"))
            return (NoteWithdrawn(now, owner, name),)
        case ShowNote() | OpenNote():
            return _came(state, command, now)
        case SetPost():
            return _set(people, state, command, now)
        case SeePost(person=person):
            return (PostSeen(now, person),) if person in state.notes.news else ()


def _sent(people: People, state: CareState, command: SendNote, now: Moment) -> Decision:
    refused = may_write(people, command.owner, command.reader)
    if refused is not None:
        return refused
    if not 0.0 <= command.after <= AFTER_MAX:
        return Refused(say("letters.refused.after", most=int(AFTER_MAX / 60)))
    known = state.notes.by_id.get(command.note)
    if known is not None and (known.writer, known.reader) != (command.owner, command.reader):
        return Refused(say("letters.refused.none"))
    if known is not None and known.goes <= now:
        return Refused(say("letters.refused.out"))
    if known is None and len(state.notes.of_writer(command.owner)) >= NOTES_MAX:
        return Refused(say("letters.refused.many", most=NOTES_MAX))
    return (NoteSent(now, command.owner, command.note, command.reader, command.after),)


def _came(state: CareState, command: ShowNote | OpenNote, now: Moment) -> Decision:
    """Only what is out, to this reader; what is kept from them is never opened."""
    shows, notes = isinstance(command, ShowNote), state.notes
    out = notes.out_to(command.person, now) if shows else notes.to_reader(command.person, now)
    there = {note.note: note for note in out}
    note = there.get(command.note)
    if note is None:
        return Refused(say("letters.refused.none"))
    if shows:
        return () if note.shown is not None else (NoteShown(now, command.person, command.note),)
    if note.opened is not None:
        return ()
    told_after = state.notes.takes(command.person).read_after
    return (NoteOpened(now, command.person, command.note, told_after),)


def _set(people: People, state: CareState, command: SetPost, now: Moment) -> Decision:
    if command.person not in people:
        return Refused(say("care.refused.person_unknown"))
    if command.read_after != NEVER and not 0.0 <= command.read_after <= READ_AFTER_MAX:
        return Refused(say("letters.refused.read_after", most=int(READ_AFTER_MAX / 3600)))
    stopped = tuple(dict.fromkeys(command.stopped))
    if len(stopped) > STOPPED_MAX or command.person in stopped:
        return Refused(say("letters.refused.stopped"))
    taking = Taking(command.told, command.read_after, frozenset(stopped))
    if state.notes.takes(command.person) == taking:
        return ()
    return (PostSet(now, command.person, command.told, command.read_after, stopped),)
