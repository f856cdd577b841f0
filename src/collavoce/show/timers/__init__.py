"""Timers of the show: several, counting up, down, or to a time of day.

In: commands, the instant. Out: events; what a timer shows at an instant.
Never: a clock; whoever shows a timer brings the time.
"""
