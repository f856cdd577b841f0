"""The music of the evening: "Colla voce", a nocturne in five steps, written for this programme.

Dusk, lamps, night, before dawn, dawn. F major, three in a bar; the night falls into D minor and
breaks off on a C sharp, which the chorale before dawn takes up as D flat. Above each bar stands
its harmony. `notation.py` says how the voices are spelled; no two bars are alike but those the
repeat plays twice, so that a listener, of flesh or not, can tell one place from another.
"""

from dataclasses import dataclass

TITLE = "Colla voce: a nocturne in five steps"
BEATS, BEAT_UNIT = 3, 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar as written. The pickup is the first; every other one holds three quarters.

    inner : a second voice of the right hand, "" for none.
    tempo : bpm and words from the bar's start on; words : other words above the bar.
    dynamic : from the bar's start on; hairpin: "<" or ">" through the bar.
    key : sharps (flats below 0) from here on.
    ending : which time round the bar belongs to, 0 for both.
    """

    right: str
    left: str
    inner: str = ""
    mark: str = ""
    tempo: tuple[int, str] | None = None
    words: str = ""
    dynamic: str = ""
    hairpin: str = ""
    key: int | None = None
    repeat_from: bool = False
    repeat_to: bool = False
    ending: int = 0


DUSK = (
    Bar("c5/8( d5)", "r/4", mark="A", tempo=(80, "Andante, parlando"), dynamic="p", key=-1),
    # 1: F
    Bar("f5/2( e5/8 f5", "f2/8 c3 a3 c4 a3 c3", repeat_from=True),
    # 2: Dm7
    Bar("a5/4. g5/8 f5/4)", "d3/8 a3 c4 f4 c4 a3", hairpin="<"),
    # 3: Bb maj7
    Bar("d5/2( c5/8 bb4", "bb2/8 f3 a3 d4 a3 f3", hairpin=">"),
    # 4: C7, the fourth resolving in the inner voice
    Bar("c5/2.)", "c3/8 g3 bb3 c4 bb3 g3", inner="f4/2 e4/4"),
    # 5: Am7, D7
    Bar("*d5 e5/4.( d5/8 c5/4", "a2/8 e3 g3 c4 f#3 d3", dynamic="mp"),
    # 6: Gm7
    Bar("bb5/4. a5/8 g5/4)", "g2/8 d3 bb3 d4 f4 d4"),
    # 7: C7
    Bar("f5/8t( e5 d5 g5/4. e5/8)", "c3/8 g3 bb3 e4 bb3 g3", hairpin=">"),
    # 8: F, and the pickup again
    Bar("f5/2 c5/8( d5)", "f2/8 c3 f3 a3 c4 a3", ending=1, repeat_to=True),
    # 9: F, A7 over C sharp
    Bar("f5/2( e5/4)", "f3/8 c4 a3 f3 g3+c#3/4", ending=2),
)

LAMPS = (
    # 10: Dm
    Bar("d5/2( e5/8 f5", "d2/8t a2 f3 a3 f3 a2 d3 f3 a3", mark="B", dynamic="mp"),
    # 11: Am7 over C
    Bar("g5/4. f5/8 e5/4)", "c3/8t g3 a3 e4 a3 g3 c3 e3 a3"),
    # 12: Gm over B flat
    Bar("d5/4( bb4/8 d5 g5 bb5)", "bb2/8t d3 g3 bb3 g3 d3 bb2/4", hairpin="<"),
    # 13: A7
    Bar("a5/4.( c#5/8 e5 g5", "a2/8t e3 g3 c#4 g3 e3 a2/8 g3", hairpin=">"),
    # 14: Dm
    Bar("f5/8t e5 f5 a5/4 d5)", "d3/4 a3+f4 a3+f4", dynamic="p"),
    # 15: F7 over C
    Bar("c5/4( eb5 f5/8 a5", "c3/4 a3+eb4 a3+f4", hairpin="<"),
    # 16: Bb
    Bar("bb5/2 a5/8 g5", "bb2/8 f3 bb3 d4 f4 d4", dynamic="mf"),
    # 17: Bb minor with a sixth, a cloud
    Bar("f5/4. g5/8 f5/4)", "bb2/8 f3 g3 db4 g3 f3", dynamic="p"),
    # 18: F over A
    Bar("c6/4.( a5/8 f5/4", "a2/8 f3 c4 f4 c4 f3", dynamic="mp"),
    # 19: Dm7
    Bar("a5/8t g5 f5 e5/4 d5)", "d3/4 c4+f4 a3+d4", hairpin=">"),
    # 20: G7
    Bar("b4/4.( d5/8 f5/4", "g2/8 d3 f3 b3 f3 d3", dynamic="p"),
    # 21: C7
    Bar("e5/4:mordent d5/8 c5 bb4/4)", "c3/8 e3 g3 c4 g3 e3"),
    # 22: F
    Bar("a4/2( c5/4", "f2/8 c3 f3 g3 a3 c3"),
    # 23: Bb maj7
    Bar("a5/2 f5/8 d5)", "bb2/4 f3+d4 a3+d4", hairpin="<"),
    # 24: E half diminished
    Bar("bb5/4.( g5/8 e5 d5", "e3/8t bb3 d4 g4 d4 bb3 e3/4", dynamic="mf", words="poco rit."),
    # 25: A7
    Bar("c#5/2.)", "a2/8 e3 g3 a3 c#4 g3", inner="e4/4 g4 a4", hairpin=">"),
)

NIGHT = (
    # 26: Dm
    Bar(
        "a4/16 d5 f5 a5 f5 d5 a4 d5 f5 d5 a4 f4",
        "d2+d3/4.( e2+e3/8 f2+f3/4",
        mark="C",
        tempo=(112, "Più mosso, agitato"),
        dynamic="mf",
    ),
    # 27: A7, Dm over F
    Bar("a4/16 c#5 e5 g5 e5 c#5 a4 c#5 e5 c#5 d5 a4", "a2+a3/2 g2+g3/8 f2+f3)"),
    # 28: E half diminished
    Bar("bb4/16 d5 g5 bb5 g5 d5 bb4 d5 g5 d5 bb4 g4", "e2+e3/4.( f2+f3/8 g2+g3/4"),
    # 29: A7
    Bar("a4/16 c#5 e5 a5 g5 e5 c#5 a4 g4 a4 c#5 e5", "a2+a3/2) a2/8 c#3", hairpin="<"),
    # 30: Bb
    Bar("d5+d6/4.:accent c5+c6/8 bb4+bb5/4", "bb2/8 d3 f3 bb3 f3 d3", dynamic="f"),
    # 31: F over A
    Bar("c5+c6/4 a4+a5 f5/8 g5", "a2/8 c3 f3 a3 f3 c3"),
    # 32: E half diminished over G
    Bar("bb4+bb5/4.:accent a5/8 g5/4", "g2/8 bb2 e3 g3 e3 bb2"),
    # 33: A
    Bar("a5/8( e5 f5 e5 d5 c#5)", "a2/8 e3 a3 c#4 e4 c#4", hairpin=">"),
    # 34: D7 over F sharp
    Bar("d5/8t( a5 d6 c6/4. a5/8)", "f#2+f#3/4 c4+d4 c4+d4", dynamic="mf"),
    # 35: Gm
    Bar("bb5/8t( a5 g5 d6/4 bb5)", "g2+g3/4 bb3+d4 bb3+d4"),
    # 36: C7 over E
    Bar("c5/8t( g5 c6 bb5/4. g5/8)", "e2+e3/4 bb3+c4 bb3+c4", hairpin="<"),
    # 37: F
    Bar("a5/8t( g5 f5 c6/4 a5)", "f2+f3/4 a3+c4 a3+c4", hairpin="<"),
    # 38: Bb
    Bar("f5+bb5+d6/4:accent f5+bb5+d6 d6/8 c6", "bb2/8 f3 bb3 d4 bb3 f3", dynamic="f"),
    # 39: E half diminished
    Bar("g5+bb5+d6/4.:accent c6/8 bb5/4", "e2/8 bb2 e3 g3 d4 g3"),
    # 40: A7, the fourth held back
    Bar("a5/8t( bb5 a5 g5 f5 e5 d5/4", "a1/8 e2 a2 d3 a3 d4", words="allargando", hairpin=">"),
    # 41: A7; the C sharp stays in the air
    Bar("e4+g4+c#5/2.:fermata)", "a1+a2/2.:fermata", dynamic="p"),
)

BEFORE_DAWN = (
    # 42: Db; the C sharp again, under another name
    Bar(
        "f4+ab4+db5/2( eb5/4",
        "db2+ab2/2.",
        mark="D",
        tempo=(63, "Adagio"),
        dynamic="pp",
        key=-5,
    ),
    # 43: Gb maj7 over D flat
    Bar("gb4+bb4+f5/2:arp eb5/8 db5)", "gb2+db3/2."),
    # 44: Ab7
    Bar("gb4+eb5/2( gb4+c5/4", "ab2+eb3/2 ab3/4"),
    # 45: Db
    Bar("f4+db5/2.~", "db3/4 ab3 f3"),
    # 46: Bbm7
    Bar("f4+db5/4) ab5/4.( gb5/8", "bb2+f3/2."),
    # 47: Fm over A flat
    Bar("ab4+f5/2 eb5/8 c5)", "ab2/4 f3+c4 f3+c4", hairpin=">"),
    # 48: Gb
    Bar("bb4+db5/2:arp f5/4(", "gb2/4 db3 bb3", dynamic="pp"),
    # 49: G half diminished
    Bar("bb4+f5/4. eb5/8 db5/4", "g2/4 db3 bb3"),
    # 50: C7, the fourth held back
    Bar("c5/2.)", "c2+c3/2.", inner="f4+bb4/4 g4 f4", key=-1, words="poco a poco"),
    # 51: C9; the trill is the first bird
    Bar("d5/2:trill c5/8( d5)", "c3+e3+bb3/2 r/4", words="rit."),
)

DAWN = (
    # 52: F
    Bar(
        "f5/4.( g5/16 f5 e5/8 f5",
        "f2/8t c3 a3 c4 f4 c4 a3 c3 f2",
        mark="E",
        tempo=(80, "Tempo I"),
        dynamic="p",
    ),
    # 53: Dm7
    Bar("a5/4. bb5/16 a5 g5/8 f5)", "d3/8t a3 c4 f4 c4 a3 d3 f3 a3", hairpin="<"),
    # 54: Bb maj7
    Bar("d5/4.( f5/8 c5 bb4", "bb2/8t f3 a3 d4 a3 f3 bb2 d3 f3", hairpin=">"),
    # 55: C7
    Bar("c5/2.)", "c3/8t g3 bb3 c4 bb3 g3 c3 e3 g3", inner="f4/4 e4 g4"),
    # 56: Am7, D7
    Bar("*d5 e5/4( f5/8 e5 d5 c5", "a2/8t e3 g3 c4 g3 e3 d3 f#3 c4", dynamic="mp"),
    # 57: Gm
    Bar("bb5/4 c6/8 bb5 a5 g5)", "g2/8t d3 bb3 d4 g4 d4 bb3 d3 g2"),
    # 58: C7
    Bar("f5/8t( e5 d5 g5 bb5 a5 g5 e5 c5)", "c3/4 g3+bb3 bb3+e4", hairpin="<"),
    # 59: Dm, not home yet
    Bar("f5/2( a5/4", "d3/8t a3 f4 d4 a3 f3 d3 e3 f3", dynamic="mp"),
    # 60: Gm7
    Bar("bb5/4. a5/8 bb5 d6", "g2/8t d3 f3 bb3 d4 f4 d4/4", hairpin="<"),
    # 61: A7
    Bar("c#6/4. e6/8 d6 c#6", "a2/8t e3 a3 c#4 e4 g4 e4/4", dynamic="mf"),
    # 62: Dm, F7 over C
    Bar("d6/2 c6/4)", "d3/8 a3 d4 f4 c4 eb4", hairpin="<"),
    # 63: Bb, the sun
    Bar("bb5+f6/4.:accent( eb6/8 d6/4", "bb1+bb2/4 f3+bb3 d4+f4", dynamic="f"),
    # 64: Bb minor with a sixth
    Bar("db6/4. c6/8 bb5/4", "bb1+bb2/4 f3+g3 db4+f4", hairpin=">"),
    # 65: F over C
    Bar("a5/4. c6/8 f5/4)", "c3/8t f3 a3 c4 a3 f3 c3/4", dynamic="mf"),
    # 66: C7
    Bar("g5/4.( f5/8 e5 d5", "c2/8 c3 g3 bb3 e4 bb3", hairpin=">"),
    # 67: F
    Bar("f5/2.~", "f2/8 c3 a3 f3 c3 a2", dynamic="p"),
    # 68: Bb over F
    Bar("f5/4 d5 bb4)", "f2/4 f3+bb3 f3+bb3"),
    # 69: F
    Bar("a4/4.( g4/8 f4 c5)", "f2/4 c3+a3 c3+a3"),
    # 70: Db, remembered from above
    Bar("f5+ab5+db6/2:arp eb6/4(", "db3+ab3/2.", dynamic="pp"),
    # 71: C7 with a flat ninth
    Bar("db6/4 bb5 g5", "c3+bb3/2.", words="rit."),
    # 72: F
    Bar("a5/2) g5/8( f5)", "f2/8 c3 f3 a3 c4 f4", words="a tempo", dynamic="p"),
    # 73: F with a sixth, the pickup come home
    Bar("c5/8( d5 f5/2", "c3/8 f3 a3 c4 r/4", words="calando"),
    # 74: F
    Bar("a5/4 c6/2)", "r/4 f3+a3/2", hairpin=">"),
    # 75: F
    Bar("c5+f5+a5/2.:arp:fermata", "f1+f2+c3/2.:arp:fermata", dynamic="pp"),
)

BARS = DUSK + LAMPS + NIGHT + BEFORE_DAWN + DAWN
"""Bar n of the piece is BARS[n]; BARS[0] is the pickup."""

PHRASES = (1, 5, 10, 14, 18, 22, 26, 30, 34, 38, 42, 46, 50, 52, 56, 60, 63, 67, 70, 72, 76)
"""The bars in which a phrase begins, and one past the last bar."""
