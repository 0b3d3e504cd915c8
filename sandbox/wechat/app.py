"""The web application: both hosts and the control plane on one port, told apart by path."""

import asyncio
import contextlib

from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse

from . import console, control, miniprogram_api, pay_api
from .keyring import Keyring
from .world import World

LOOPBACK_ORIGINS = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?"


class ControlOnly:
    """Cross-origin answers for the control plane alone: WeChat's hosts give none."""

    def __init__(self, app):
        self._app = app
        self._open = CORSMiddleware(app, allow_origin_regex=LOOPBACK_ORIGINS, allow_methods=["*"], allow_headers=["*"])

    async def __call__(self, scope, receive, send):
        control_plane = scope["type"] == "http" and scope["path"].startswith("/_control")
        await (self._open if control_plane else self._app)(scope, receive, send)


async def _failed(request, error):
    return JSONResponse({"code": "SIMULATOR_BUG", "message": f"{type(error).__name__}"}, 500)


def build(state_dir=None):
    """The ASGI application over a new world; keys come from ``state_dir`` where it has them."""
    world = World(Keyring(state_dir))

    @contextlib.asynccontextmanager
    async def lifespan(app):
        task = asyncio.create_task(world.run())
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    app = Starlette(
        routes=[*pay_api.routes, *miniprogram_api.routes, *control.routes, *console.routes],
        lifespan=lifespan,
        exception_handlers={500: _failed},
    )
    app.state.world = world
    app.add_middleware(ControlOnly)
    return app
