"""How a state is said: always a word and a shape and a tone, never one of them alone.

A tone is a name ("good", "doubt"); the style sheet alone knows its colour.
"""

from typing import Literal

from collavoce.following.estimate import Music
from collavoce.words import say

View = dict[str, object]
"""A part of a page: plain JSON."""

Tone = Literal["quiet", "good", "wait", "doubt", "hold", "danger"]

_SIGNS: dict[str, tuple[str, Tone]] = {
    "music.waiting": ("‖", "wait"),
    "music.following": ("▶", "good"),
    "music.unsure": ("?", "doubt"),
    "music.held": ("‖", "wait"),
    "music.jumped": ("↷", "doubt"),
    "music.lost": ("?", "doubt"),
    "music.ended": ("✓", "quiet"),
    "music.off": ("○", "wait"),
    "show.running": ("▶", "quiet"),
    "show.waiting": ("‖", "wait"),
    "show.held": ("■", "hold"),
    "show.closed": ("✓", "quiet"),
    "cue.fired": ("✓", "quiet"),
    "cue.lost": ("▲", "doubt"),
    "cue.standby": ("▶", "good"),
    "cue.armed": ("●", "quiet"),
    "cue.offered": ("?", "doubt"),
    "cue.due": ("◔", "wait"),
    "cue.by_hand": ("○", "quiet"),
    "cue.dropped": ("↷", "quiet"),
    "cue.to_come": ("·", "quiet"),
    "cue.running": ("◐", "good"),
    "cue.paused": ("‖", "wait"),
    "cue.disarmed": ("⊘", "wait"),
    "cue.restricted": ("◈", "doubt"),
    "cue.left_out": ("⊘", "quiet"),
    "standby.asked": ("‖", "wait"),
    "standby.ready": ("▶", "good"),
    "standby.not_clear": ("■", "hold"),
    "hazard.said": ("▲", "doubt"),
    "edits.open": ("◇", "quiet"),
    "edits.locked": ("◆", "good"),
    "time.on": ("·", "quiet"),
    "time.over": ("▲", "doubt"),
    "time.under": ("▽", "quiet"),
    "time.spare": ("·", "quiet"),
    "time.late": ("▲", "danger"),
    "machine.power": ("✓", "quiet"),
    "machine.battery": ("◔", "wait"),
    "machine.low": ("▲", "danger"),
    "machine.network": ("✓", "quiet"),
    "machine.alone": ("▲", "doubt"),
    "exit.asked": ("‖", "wait"),
    "exit.in_position": ("▶", "good"),
    "exit.not_clear": ("■", "hold"),
    "exit.empty": ("?", "doubt"),
    "exit.off": ("✓", "quiet"),
    "person.on_stage": ("▲", "quiet"),
    "person.off": ("✓", "quiet"),
    "person.in_position": ("▶", "good"),
    "person.clear": ("✓", "quiet"),
    "person.not_clear": ("■", "hold"),
    "person.unknown": ("·", "quiet"),
    "person.away": ("○", "wait"),
    "line.raised": ("▲", "danger"),
    "line.coming": ("▶", "doubt"),
    "line.resolved": ("✓", "quiet"),
    "line.clear": ("●", "wait"),
    "line.medic_asked": ("✚", "danger"),
    "line.medic_coming": ("✚", "good"),
    "line.ears_out": ("○", "wait"),
    "line.hazard": ("▲", "doubt"),
    "line.silent": ("▲", "danger"),
    "risk.open": ("■", "hold"),
    "risk.stop": ("■", "danger"),
    "risk.standby": ("▶", "wait"),
    "support.ready": ("✓", "good"),
    "support.not_ready": ("?", "doubt"),
    "support.in_place": ("✓", "good"),
    "support.asked": ("?", "doubt"),
    "support.empty": ("○", "doubt"),
    "process.up": ("✓", "quiet"),
    "process.starting": ("◔", "doubt"),
    "process.down": ("▲", "danger"),
    "process.given_up": ("▲", "danger"),
    "process.not_recording": ("▲", "danger"),
    "process.not_delivering": ("▲", "danger"),
    "process.another_card": ("?", "doubt"),
    "process.no_card": ("▲", "danger"),
    "process.connected": ("✓", "quiet"),
    "process.not_connected": ("▲", "danger"),
    "process.no_port": ("▲", "danger"),
    "process.no_server": ("▲", "danger"),
    "process.leading": ("▶", "wait"),
    "process.disk_failed": ("▲", "danger"),
    "process.in_force": ("✓", "quiet"),
    "process.refused": ("?", "doubt"),
}
"""Every state the desk can show; `desk.<key>` in the catalogue is its word."""


def sign(key: str) -> View:
    """Word, shape and tone of the state `key`; raises KeyError for one the table lacks."""
    shape, tone = _SIGNS[key]
    return {"is": key, "word": say(f"desk.{key}"), "shape": shape, "tone": tone}


def all_signs() -> View:
    """Every state with its sign."""
    return {key: sign(key) for key in _SIGNS}


def music_sign(music: Music, *, follow: bool, sure: bool) -> View:
    """How the follower fares. sure: it would dare to fire a cue by itself."""
    if not follow:
        return sign("music.off")
    if music is Music.FOLLOWING and not sure:
        return sign("music.unsure")
    return sign(f"music.{music.value}")
