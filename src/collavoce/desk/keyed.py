"""Routes behind the desk's key: who may read them, whose POST is carried out."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.types import ASGIApp

from collavoce.desk.access import Role, desk_role, from_own_page
from collavoce.desk.answers import page, refusal
from collavoce.desk.stagehand import Stagehand
from collavoce.words import say

CALLER_ONLY = frozenset({Role.CALLER})
EVERY_DESK = frozenset(Role)

Endpoint = Callable[[Request], Awaitable[ASGIApp]]


def keyed(
    stagehand: Stagehand, endpoint: Endpoint, may_act: frozenset[Role] = CALLER_ONLY
) -> Endpoint:
    """`endpoint` for opened desks. may_act: the roles whose POST it carries out."""

    async def behind_key(request: Request) -> ASGIApp:
        role = desk_role(request, stagehand)
        if role is None:
            if "text/html" in request.headers.get("accept", ""):
                return page("locked.html", 401)
            return refusal(401, say("desk.locked.text"))
        if request.method == "POST" and not from_own_page(request):
            return refusal(403, say("desk.order.elsewhere"))
        if request.method == "POST" and role not in may_act:
            return refusal(403, say("desk.order.only_looks"))
        request.state.role = role
        return await endpoint(request)

    return behind_key
