"""The whole evening on a virtual clock, with modelled people and nothing that leaves the machine.

In: a show, its scores, recordings or none, a seed. Out: what happened, and what is wrong with it.
Never: a socket, a ledger, a store, a take of anybody; the folder is as it was.
"""

from collavoce.runtime.rehearsal.account import Account
from collavoce.runtime.rehearsal.evening import rehearse
from collavoce.runtime.rehearsal.problem import Problem

__all__ = ["Account", "Problem", "rehearse"]
