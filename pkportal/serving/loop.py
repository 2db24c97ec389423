"""An event loop for waitress that looks only at the connections that may have changed.

waitress's own loop asks every connection at each event what it waits for, so that some hundred idle ones make every
page slow.
"""

import collections
import selectors

from waitress import wasyncore
from waitress.channel import HTTPChannel

TICK_SECONDS = 1  # between two looks at the clock when nothing happens


class Loop:
    """Waits for what the channels of a server can read or write.

    ``changed`` has channels whose interests are to be looked at once, ``busy`` those that a thread answers: these
    change at any time, and the thread pulls the server's trigger when they have.
    """

    def __init__(self, channels: dict[int, wasyncore.dispatcher]):
        self.channels = channels
        self.selector = selectors.DefaultSelector()
        self.changed = collections.deque(channels.values())
        self.busy: set[HTTPChannel] = set()

    def run(self, server: wasyncore.dispatcher) -> None:
        """Run until the server is closed."""
        while self.channels:
            self.changed.append(server)  # which looks at the clock when it is asked
            self.look_at_changed()
            for key, events in self.selector.select(TICK_SECONDS):
                channel = key.data
                if events & selectors.EVENT_READ and channel._fileno == key.fd:
                    wasyncore.read(channel)
                if events & selectors.EVENT_WRITE and channel._fileno == key.fd:
                    wasyncore.write(channel)
                self.changed.append(channel)

    def look_at_changed(self) -> None:
        """Tell the selector what the changed and the busy channels wait for."""
        for channel in [*self.busy]:
            if not channel.requests:
                self.busy.discard(channel)
            self.changed.append(channel)
        while self.changed:
            channel = self.changed.popleft()
            if channel._fileno is not None:
                self.set_interests(channel)

    def set_interests(self, channel: wasyncore.dispatcher) -> None:
        """Register a channel for reading and writing as it wants it."""
        events = selectors.EVENT_READ if channel.readable() else 0
        if channel.writable() and not channel.accepting:
            events |= selectors.EVENT_WRITE
        known = self.selector.get_map().get(channel._fileno)
        if known is None and events:
            self.selector.register(channel._fileno, events, channel)
        elif known is not None and not events:
            self.selector.unregister(channel._fileno)
        elif known is not None and known.events != events:
            self.selector.modify(channel._fileno, events, channel)

    def forget(self, file_descriptor: int | None) -> None:
        """Drop a channel that is about to be closed; waitress may close one twice, and then it has no descriptor."""
        if file_descriptor is not None and file_descriptor in self.selector.get_map():
            self.selector.unregister(file_descriptor)
