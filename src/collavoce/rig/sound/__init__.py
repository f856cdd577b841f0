"""Sound: files read ahead, voices mixed, a card that plays them.

In: files, levels, fades, the card's requests for samples. Out: samples.
Never: a decision; what plays, ends and stands still is asked for.
"""

from collavoce.rig.sound.card import Card, Cards
from collavoce.rig.sound.mixer import Mixer
from collavoce.rig.sound.reading import SoundFile
from collavoce.rig.sound.voice import Voice

__all__ = ["Card", "Cards", "Mixer", "SoundFile", "Voice"]
