"""``python -m sandbox.wechat --port N --state-dir DIR``: print one ready line, then serve."""

import argparse
import socket

import uvicorn

from .app import build

GRACE_SECONDS = 1  # a call that a fault holds up must not hold up the end


class Server(uvicorn.Server):
    """Says where it listens as soon as it does; with port 0 nobody else can know."""

    def __init__(self, config, address):
        super().__init__(config)
        self._address = address

    async def startup(self, sockets=None):
        await super().startup(sockets=sockets)
        print(f"ready {self._address}", flush=True)


def main():
    parser = argparse.ArgumentParser(prog="python -m sandbox.wechat", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--state-dir", help="keep the generated keys here over restarts")
    options = parser.parse_args()
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((options.host, options.port))
    host, port = listener.getsockname()
    config = uvicorn.Config(
        build(options.state_dir),
        log_level="warning",
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    Server(config, f"http://{host}:{port}").run(sockets=[listener])


if __name__ == "__main__":
    main()
