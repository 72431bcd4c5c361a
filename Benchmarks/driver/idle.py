"""Clients that do nothing: connects as often as asked, tells so, and holds the connections until it is ended.

usage: idle.py PORT IDLE SLOW      IDLE connections say nothing; SLOW ones send a request a byte a second
"""

import resource
import socket
import sys
import time

REQUEST = b"POST /v1/models/IF:predict HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\n" + b" " * 100_000


def main():
    port, idle, slow = map(int, sys.argv[1:])
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    connections = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(idle + slow)]
    print("connected", flush=True)
    sent = 0
    while True:
        for connection in connections[idle:]:
            try:
                connection.send(REQUEST[sent : sent + 1])
            except OSError:
                pass  # The server has given up on it, as it should.
        sent += 1
        time.sleep(1)


if __name__ == "__main__":
    main()
