"""Connections of clients: what they may send and hold, and until when."""

import copy
import socket
import time
from wsgiref.types import WSGIApplication

from waitress.adjustments import Adjustments
from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask
from waitress.utilities import Error, InternalServerError

from pkportal.observability.metrics import report_waiting
from pkportal.observability.request_log import LoggedResponse, begin_log

from .head import ApplicationTask, HeadTaskMixin
from .loop import Loop
from .sessions import has_signed_session
from .shares import Shares, share_of

MAX_BODY = 12 * 2**20  # of an import, with its form
MAX_ANONYMOUS_BODY = 64 * 2**10

RECEIVE_SECONDS = 60  # for a whole request, from its first byte
SEND_SECONDS = 600  # for a whole response, from when it is complete
IDLE_SECONDS = 60
MAINTENANCE_SECONDS = 5

LIMITED_SHARES = {"forms", "downloads"}
HELD_BY_ADDRESS = 8  # forms and downloads of one client that wait for a thread or have one
SPOOLED = 2**30  # bytes of responses that slow clients have not read yet; waitress keeps them in temporary files
SPOOLED_BY_RESPONSE = 2**29
BUFFERED = 2**17  # bytes of a response that a worker holds in memory

ADJUSTMENTS = {
    "ident": None,
    "url_scheme": "http",
    "clear_untrusted_proxy_headers": False,  # Django asks for the proxy's headers only with BEHIND_PROXY
    "max_request_body_size": MAX_BODY + 1,
    "outbuf_high_watermark": SPOOLED_BY_RESPONSE,
    "outbuf_overflow": BUFFERED,
    "channel_timeout": IDLE_SECONDS,
    "cleanup_interval": MAINTENANCE_SECONDS,
    "connection_limit": 2**20,  # the server's own limit closes the idlest connection instead of refusing new ones
}


class TooManyRequests(Error):
    """One client holds more than its share."""

    code = 429
    reason = "Too Many Requests"

    def to_response(self, ident=None):
        """Return status, headers and body, and when to ask again."""
        status, headers, body = super().to_response(ident)
        return status, [*headers, ("Retry-After", "10")], body


class RequestTimeout(Error):
    """A client is late with the rest of its request."""

    code = 408
    reason = "Request Timeout"


class ServiceUnavailable(TooManyRequests):
    """All clients together hold more than the machine has."""

    code = 503
    reason = "Service Unavailable"


class Request(HTTPRequestParser):
    """A request whose body is refused before it is read, when it is larger than its sender may send."""

    adj: Adjustments
    command = path = query = ""  # the method and the address, until its first line is read

    def parse_header(self, header_plus):
        """Read the headers, and lower the limit of the body for a client that has not signed in."""
        super().parse_header(header_plus)
        if not has_signed_session(self.headers.get("COOKIE", "")):
            self.adj = copy.copy(self.adj)
            self.adj.max_request_body_size = MAX_ANONYMOUS_BODY + 1


class ServerRefusal(HeadTaskMixin, ErrorTask):
    """The response to a request that the server refuses by itself."""

    def execute(self):
        """Log the request, unless the portal had it, and has logged it; then send the response."""
        if not isinstance(self.request.error, InternalServerError):
            status, _headers, body = self.request.error.to_response(self.channel.server.adj.ident)
            line = self.begin_log()
            line.status, line.size = status[:3], len(body)
            line.log()
        super().execute()

    def begin_log(self) -> LoggedResponse:
        """Return the line of the access log, with what could be read of the request."""
        headers = self.request.headers
        environ = {
            "REQUEST_METHOD": self.request.command,
            "PATH_INFO": self.request.path,
            "QUERY_STRING": self.request.query,
            "REMOTE_ADDR": self.channel.addr[0],
            "HTTP_X_FORWARDED_FOR": headers.get("X_FORWARDED_FOR", ""),
            "HTTP_X_REQUEST_ID": headers.get("X_REQUEST_ID", ""),
        }
        return begin_log(environ, view="server")


class Connection(HTTPChannel):
    """A client's connection, with a time until which it must have sent its request, or read its response."""

    parser_class: type[HTTPRequestParser] = Request
    task_class = ApplicationTask
    error_task_class = ServerRefusal
    request: HTTPRequestParser | None
    current_outbuf_count: int
    sendbuf_len: int
    deadline = float("inf")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.sendbuf_len = min(self.sendbuf_len, BUFFERED)  # of a file on disk waitress reads so much at a time

    def received(self, data):
        """Take bytes of a request; its first byte sets the deadline for the others."""
        if self.request is None:
            self.deadline = time.time() + RECEIVE_SECONDS
        complete = super().received(data)
        if self.request is None:
            self.deadline = float("inf")
        return complete

    def send_continue(self):
        """Tell the client to send the body, unless it was refused at its header."""
        if self.request and not self.request.error:
            super().send_continue()

    def service(self):
        """Answer a request in a thread of its share."""
        try:
            super().service()
        finally:
            self.deadline = time.time() + SEND_SECONDS if self.total_outbufs_len else float("inf")

    def write_soon(self, data):
        """Take a part of a response, and begin another buffer where this one has bytes that the client has read.

        waitress keeps these until a buffer ends: all of a large file, for a client that reads as fast as it is made.
        What a slow client has not read yet is in a temporary file.
        """
        with self.outbuf_lock:
            if self.current_outbuf_count >= self.adj.outbuf_overflow and not self.outbufs[-1].overflowed:
                self.outbufs.append(OverflowableBuffer(self.adj.outbuf_overflow))
                self.current_outbuf_count = 0
        return super().write_soon(data)

    def refuse_late(self) -> None:
        """Answer a request that did not come in time, or close a connection whose response was not read in time."""
        with self.requests_lock:
            if self.request is None or self.requests:
                self.will_close = True
                return
            self.request.error = RequestTimeout("The whole request did not come in time.")
            self.requests.append(self.request)
            self.request = None
            self.deadline = float("inf")
        self.server.add_task(self)

    def add_channel(self, map=None):
        """Note the new connection in the loop too."""
        super().add_channel(map)
        self.server.loop.changed.append(self)

    def del_channel(self, map=None):
        """Take the connection that closes out of the loop too."""
        self.server.loop.forget(self._fileno)
        super().del_channel(map)

    def client_address(self, request: HTTPRequestParser) -> str:
        """Return the address of the client; behind a proxy, as the proxy has seen it."""
        forwarded = request.headers.get("X_FORWARDED_FOR", "") if self.server.is_behind_proxy else ""
        return forwarded.rpartition(",")[2].strip() or self.addr[0]

    @property
    def is_idle(self) -> bool:
        """True if no request of it is being answered or sent."""
        return not self.requests and not self.total_outbufs_len


class Server(TcpWSGIServer):
    """One worker's server, on a socket that the workers share."""

    channel_class = Connection

    def __init__(
        self, application: WSGIApplication, listener: socket.socket, max_connections: int, is_behind_proxy: bool
    ):
        self.max_connections = max_connections
        self.is_behind_proxy = is_behind_proxy
        super().__init__(
            application,
            _sock=listener,
            dispatcher=Shares(),
            adj=Adjustments(**ADJUSTMENTS),
            sockinfo=(listener.family, listener.type, listener.proto, listener.getsockname()),
            bind_socket=False,
        )
        self.loop = Loop(self._map)

    def run(self):
        """Serve until a signal ends this process, or the server is closed."""
        try:
            self.loop.run(self)
        except (SystemExit, KeyboardInterrupt):
            self.task_dispatcher.shutdown()

    def add_task(self, channel):
        """Queue the next request of a connection, or an error in place of one that would hold too much."""
        request = channel.requests[0]
        share = share_of(request)
        if share in LIMITED_SHARES and self.held_by(channel.client_address(request)) >= HELD_BY_ADDRESS:
            request.error = TooManyRequests("Wait for your other requests to end.")
        elif share == "downloads" and self.spooled() > SPOOLED:
            request.error = ServiceUnavailable("Too many downloads are being read. Please try again later.")
        self.loop.busy.add(channel)
        super().add_task(channel)

    def held_by(self, address: str) -> int:
        """Return how many forms and downloads of one client wait for a thread or have one."""
        requests = [(channel, request) for channel in [*self.loop.busy] for request in channel.requests[:1]]
        return sum(
            share_of(request) in LIMITED_SHARES and channel.client_address(request) == address
            for channel, request in requests
        )

    def spooled(self) -> int:
        """Return how many bytes of responses wait for their clients."""
        return sum(channel.total_outbufs_len for channel in [*self.active_channels.values()])

    def handle_accept(self):
        """Take a new connection; the one that has been idle for longest makes room for it."""
        super().handle_accept()
        if len(self.active_channels) > self.max_connections:
            idle = [channel for channel in self.active_channels.values() if channel.is_idle]
            if idle:
                min(idle, key=lambda channel: channel.last_activity).handle_close()

    def maintenance(self, now):
        """Close the connections that are idle, and those that are late with sending or reading."""
        report_waiting(sum(self.task_dispatcher.waiting().values()))
        for channel in [*self.active_channels.values()]:
            if channel.deadline < now:
                channel.refuse_late()
        super().maintenance(now)
        self.loop.changed.extend(channel for channel in [*self.active_channels.values()] if channel.will_close)
