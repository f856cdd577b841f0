"""The pages of the quiet half: what a person says of themself, to whom, each a page of its own.

They are the same for everybody and reached from everywhere; that there is such a page says nothing
about who uses it, and a call or the press is on each of them.
"""

from collavoce.desk.care.access import PATH

QUIET = {name: f"{PATH}/{name}" for name in ("card", "checkin", "away", "letters", "music", "ear")}
"""Name -> path. Template `NAME.html`, script `NAME.js`, words `NAME.page.*`.

What the script says is `NAME.says.*`.
"""

PAGES = {"phone": f"{PATH}/", **QUIET}
"""What the links on every page lead to."""
