"""Who is there in every simulated evening."""

from collavoce.company.people import Person

PERFORMERS = ("pianist", "singer")
HELPERS = ("friend", "second", "third", "fourth")
WELFARE = "welfare"
STRANGER = "manager"
"""In nobody's circle, ever: whatever happens, not one byte of theirs may differ."""

PEOPLE = {
    person: Person(person, name, roles)
    for person, name, roles in (
        ("pianist", "Yuna", ("performer",)),
        ("singer", "Sol", ("performer",)),
        ("friend", "Mira", ("guest",)),
        ("second", "Ben", ("operator",)),
        ("third", "Caro", ("assistant",)),
        ("fourth", "Ada", ("steward",)),
        (WELFARE, "Ines", ("welfare lead",)),
        (STRANGER, "Otto", ("company manager",)),
    )
}
EXITS = (("left", "stage left"), ("right", "stage right"))

SMS, VOICE, MAIL, OTHER, PUSH = "sms", "voice", "mail", "other", "push"


def address(person: str, channel: str, number: int = 0) -> str:
    """An address of `person` that is nobody else's."""
    place = list(PEOPLE).index(person) * 10 + number
    match channel:
        case "sms":
            return f"+49170{place:07d}"
        case "voice":
            return f"+4930{place:07d}"
        case "mail":
            return f"{person}.{number}@example.org"
        case "other":
            return f"json://{person}.{number}.example.org"
        case _:
            keys = f'"keys":{{"p256dh":"{KEY}","auth":"{AUTH}"}}'
            return f'{{"endpoint":"https://push.example.org/{person}/{number}",{keys}}}'


KEY = "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM"
AUTH = "tBHItJI5svbpez7KI4CCXg"
WHOSE = {
    address(person, channel, number): (person, channel)
    for person in PEOPLE
    for channel in (SMS, VOICE, MAIL, OTHER, PUSH)
    for number in range(2)
}
"""address -> (person, channel)"""
