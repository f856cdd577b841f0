"""Buttons and pads that press for one person: datagrams and notes in, lamps out.

In: sealed datagrams, notes of a MIDI input. Out: presses asked of the house, what a lamp shows.
Never: a press by a bare packet, an answer that shows a press by its length or its moment.
"""
