"""A web site on loopback for the collecting tests: pages and feeds as a dictionary, and a log of what was asked."""
import collections
import http.server
import threading
import time

from product import page


class Site:
    """`pages[path]` is (status, headers, body), a body alone, or a function of the handler that answers by itself."""

    def __init__(self):
        self.pages, self.asked, self.lock = {}, collections.Counter(), threading.Lock()
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                with site.lock:
                    site.asked[self.path] += 1
                    answer = site.pages.get(self.path, (404, {}, b""))
                if callable(answer):
                    return answer(self)
                status, headers, body = answer if isinstance(answer, tuple) else (200, {}, answer)
                body = body.encode() if isinstance(body, str) else body
                if status == 200 and "ETag" in headers and self.headers.get("If-None-Match") == headers["ETag"]:
                    status, body = 304, b""
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if status != 304:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                self.form = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.do_GET()

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, *_):
                pass  # clients that go away are part of the test

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def url(self, path=""):
        return f"http://127.0.0.1:{self.port}{path}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def article(self, number, **more):
        """Puts up an article page and returns its path."""
        path = f"/2024/05/article-{number}.html"
        given = {"title": f"Dépêche numéro {number}", "url": self.url(path), **more}
        self.pages[path] = (200, {"Content-Type": "text/html; charset=utf-8"}, page(**given))
        return path

    def feed(self, numbers, path="/rss.xml", etag=None, extra="",
             date="Wed, 01 May 2024 10:00:00 +0200"):
        items = "".join(f"<item><title>Dépêche numéro {n}</title><link>{self.url(f'/2024/05/article-{n}.html')}</link>"
                        f"<pubDate>{date}</pubDate>"
                        f"<description>Le résumé de la dépêche {n} tel que le fil le donne.</description></item>"
                        for n in numbers)
        body = (f'<?xml version="1.0"?><rss version="2.0"><channel><title>Le fil d\'essai</title>'
                f"<link>{self.url('/')}</link>{items}{extra}</channel></rss>")
        headers = {"Content-Type": "application/rss+xml"}
        if etag:
            headers["ETag"] = etag
        self.pages[path] = (200, headers, body)
        return self.url(path)


def trickle(handler):
    """A byte now and then, for as long as somebody reads."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(600):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)
