"""What can be wrong on the wire.

WireError
- OscError : a message that cannot be encoded, or bytes that are no OSC 1.0 packet
- SacnError : a field outside E1.31, or bytes that are no E1.31 data packet
- MidiError : a MIDI file that cannot be played
- MessageError : a value that does not fit its MIDI message
- KeyedError : no keyed OSC, or not sealed with this key
- CountedError : a length that no packet has
- SlipError : a stream that cannot be cut into datagrams
"""


class WireError(Exception):
    """The base of every fault on the wire.

    at : offset of the offending byte in the packet, None where no byte is to blame.
    """

    def __init__(self, sentence: str, at: int | None = None) -> None:
        super().__init__(sentence if at is None else f"{sentence} (byte {at})")
        self.at = at
