"""Another origin than the service's: a web server whose pages hold the widget, or try to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Portal:
    """Serves the pages that are put into it, each with its policy."""

    address: str
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)

    def put(self, path: str, html: str, policy: str = "") -> str:
        """The address of a page of this text."""
        self.pages[path] = (html, policy)
        return self.address + path


@contextmanager
def running_portal() -> Iterator[Portal]:
    """A portal on a port that nobody uses."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            html, policy = portal.pages.get(self.path, ("", ""))
            self.send_response(200 if html else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    portal = Portal(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield portal
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
