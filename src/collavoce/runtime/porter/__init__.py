"""The porter: a process of its own in which messages are handed to services outside.

In: messages with their channel and the time they may take. Out: for each, once, what came of it.
Never: care, a person, a press; a message that waits for another one's service.
"""

from collavoce.runtime.porter.claims import Claims
from collavoce.runtime.porter.frames import Answer, Task
from collavoce.runtime.porter.porter import ATTEMPT_S, Porter

__all__ = ["ATTEMPT_S", "Answer", "Claims", "Porter", "Task"]
