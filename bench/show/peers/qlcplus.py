"""QLC+: a button of its virtual console, pressed by OSC, that switches a scene.

The scene's level leaves by OSC. Its engine looks 50 times a second.
"""

import contextlib
import time
from collections.abc import Generator
from pathlib import Path

from lanes import PeerLane, Probe

from collavoce.wire.osc import OscMessage, encode
from peers.island import Island
from peers.programs import found, started

OSC_IN, OSC_OUT = 17880, 17881
BUTTON = "/go"
PRESS = encode(OscMessage(BUTTON, (1.0,)))
RELEASE = encode(OscMessage(BUTTON, (0.0,)))
RELEASED_S = 0.06
"""Three of its ticks: a release that it has not seen would make the next press none."""

WORKSPACE = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE Workspace>
<Workspace xmlns="http://www.qlcplus.org/Workspace" CurrentWindow="VirtualConsole">
 <Creator><Name>Q Light Controller Plus</Name><Version>4.12.6</Version><Author/></Creator>
 <Engine>
  <InputOutputMap>
   <BeatGenerator BeatType="Disabled" BPM="0"/>
   <Universe Name="Universe 1" ID="0">
    <Input Plugin="OSC" UID="127.0.0.1" Line="0">
     <PluginParameters inputPort="{osc_in}"/>
    </Input>
    <Output Plugin="OSC" UID="127.0.0.1" Line="0">
     <PluginParameters outputIP="127.0.0.1" outputPort="{osc_out}"/>
    </Output>
   </Universe>
  </InputOutputMap>
  <Fixture>
   <Manufacturer>Generic</Manufacturer><Model>Generic</Model><Mode>Generic</Mode>
   <ID>0</ID><Name>Dimmer</Name><Universe>0</Universe><Address>0</Address><Channels>1</Channels>
  </Fixture>
  <Function ID="0" Type="Scene" Name="Look">
   <Speed FadeIn="0" FadeOut="0" Duration="0"/><FixtureVal ID="0">0,255</FixtureVal>
  </Function>
 </Engine>
 <VirtualConsole>
  <Frame Caption="">
   <Appearance><FrameStyle>None</FrameStyle></Appearance>
   <Button Caption="Go" ID="0" Icon="">
    <WindowState Visible="True" X="10" Y="10" Width="100" Height="50"/>
    <Appearance><FrameStyle>None</FrameStyle></Appearance>
    <Function ID="0"/><Action>Toggle</Action><Intensity Adjust="False">100</Intensity>
    <Input Universe="0" Channel="{button}"/>
   </Button>
  </Frame>
  <Properties>
   <Size Width="800" Height="600"/>
   <GrandMaster ChannelMode="Intensity" ValueMode="Reduce" SliderMode="Normal"/>
  </Properties>
 </VirtualConsole>
 <SimpleDesk><Engine/></SimpleDesk>
</Workspace>
"""


@contextlib.contextmanager
def running(folder: Path, here: Island) -> Generator[tuple[list[PeerLane], int]]:
    """Its lane; raises NotHereError."""
    program = found("qlcplus", "Debian: qlcplus")
    workspace = folder / "show.qxw"
    channel = checksum(BUTTON.encode())
    written = WORKSPACE.format(osc_in=OSC_IN, osc_out=OSC_OUT, button=channel)
    workspace.write_text(written, encoding="utf-8")
    mouth = here.ear()

    def release() -> None:
        mouth.sendto(RELEASE, ("127.0.0.1", OSC_IN))
        time.sleep(RELEASED_S)

    lane = PeerLane(
        "QLC+, OSC -> button -> scene -> OSC",
        lambda: _ignored(mouth.sendto(PRESS, ("127.0.0.1", OSC_IN))),
        Probe(here.ear(OSC_OUT)),
        lambda data: data.startswith(b"/0/dmx/0\0"),
        release,
    )
    command = [program, "--open", str(workspace), "--operate", "--nogui", "--nowm"]
    with started(here.command(*command), folder, lane.answers, QT_QPA_PLATFORM="offscreen") as pid:
        yield [lane], pid


def checksum(path: bytes) -> int:
    """The channel under which it knows an OSC path: CRC-16/ISO-IEC-14443-3-B, as Qt's checksum."""
    crc = 0xFFFF
    for byte in path:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0x8408 if crc & 1 else crc >> 1
    return crc ^ 0xFFFF


def _ignored(_: object) -> None:
    """How many bytes the system took is no news."""
