"""Facts to keep, told apart by a number."""

from collavoce.ledger.record import Draft


def draft(number: int, body: bytes = b"body", *, epoch: int = 1) -> Draft:
    """The fact `number`; its key is `key-<number>`."""
    return Draft(
        epoch=epoch,
        stream="show",
        type="CueFired",
        version=1,
        key=f"key-{number}",
        actor="caller",
        cause="",
        mono_ns=1_000 * number,
        wall_ns=1_700_000_000_000_000_000 + number,
        boot="boot",
        body=body,
    )


def drafts(first: int, count: int) -> list[Draft]:
    """The facts `first` to `first + count - 1`."""
    return [draft(number, b"body %d" % number) for number in range(first, first + count)]
