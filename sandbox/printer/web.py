"""The paper roll in a browser, and the control plane for tests."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from .device import BadCondition, Condition, Printer
from .faults import BadStorm, Storm
from .paper import Sheet
from .picture import png
from .roll import Roll

STATIC = Path(__file__).parent / "static"


class Site:
    """Pages about some printers and their common paper roll."""

    def __init__(self, printers: Mapping[str, Printer], roll: Roll) -> None:
        self._printers, self._roll = printers, roll
        self._picture = lru_cache(maxsize=200)(png)

    async def page(self, _request: Request) -> Response:
        """What a person opens."""
        return FileResponse(STATIC / "index.html")

    async def state(self, request: Request) -> Response:
        """Printers and tickets, newest first; 304 when the reader has seen this revision."""
        if request.query_params.get("rev") == str(self._roll.revision):
            return Response(status_code=304)
        return JSONResponse(
            {
                "revision": self._roll.revision,
                "printers": self._described(),
                "tickets": self._listed(""),
            }
        )

    async def printers(self, _request: Request) -> Response:
        """The printers alone."""
        return JSONResponse(self._described())

    async def tickets(self, request: Request) -> Response:
        """Tickets, newest first, of one printer where `printer` names it."""
        return JSONResponse(self._listed(request.query_params.get("printer", "")))

    async def ticket(self, request: Request) -> Response:
        """One ticket as picture, text or JSON."""
        number, form = request.path_params["number"], request.path_params["form"]
        if number not in self._roll.sheets or form not in ("png", "txt", "json"):
            raise HTTPException(404, f"no ticket {number}.{form}")
        printer, sheet = self._roll.sheets[number]
        if form == "txt":
            return PlainTextResponse(sheet.text())
        if form == "json":
            return JSONResponse(_summary(number, printer, sheet))
        body = await run_in_threadpool(self._picture, sheet)
        return Response(body, media_type="image/png", headers={"Cache-Control": "no-store"})

    async def change(self, request: Request) -> Response:
        """Bring a printer into another condition."""
        printer = self._named(request)
        try:
            await printer.change(_object(await request.json()))
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        return JSONResponse(printer.describe())

    async def tear(self, request: Request) -> Response:
        """Tear the paper off by hand."""
        printer = self._named(request)
        printer.machine.tear_off()
        return JSONResponse(printer.describe())

    async def set_storm(self, request: Request) -> Response:
        """Let faults strike by themselves from now on; what is wrong already stays until it is mended."""
        try:
            storm = Storm(**_object(await request.json(), ("share", "seed", "away_seconds")))
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        for printer in self._printers.values():
            printer.storm = storm
        return JSONResponse(storm.describe())

    async def reset(self, _request: Request) -> Response:
        """Everything mended, the storm over, paper thrown away."""
        for printer in self._printers.values():
            printer.storm = Storm()
            await printer.change(vars(Condition()))
        self._roll.clear()
        return JSONResponse(self._described())

    def _described(self) -> list[dict]:
        return [printer.describe() for printer in self._printers.values()]

    def _named(self, request: Request) -> Printer:
        name = request.path_params["name"]
        if name not in self._printers:
            raise HTTPException(404, f"no printer {name!r}; one of {', '.join(self._printers)}")
        return self._printers[name]

    def _listed(self, printer: str) -> list[dict]:
        return [
            _summary(number, name, sheet)
            for number, (name, sheet) in reversed(self._roll.sheets.items())
            if printer in ("", name)
        ]


def application(printers: Mapping[str, Printer], roll: Roll) -> Starlette:
    """The web side of these printers."""
    site = Site(printers, roll)
    return Starlette(
        routes=[
            Route("/", site.page),
            Route("/state", site.state),
            Route("/printers", site.printers),
            Route("/tickets", site.tickets),
            Route("/tickets/{number:int}.{form}", site.ticket),
            Route("/_control/reset", site.reset, methods=["POST"]),
            Route("/_control/storm", site.set_storm, methods=["POST"]),
            Route("/_control/{name}", site.change, methods=["POST"]),
            Route("/_control/{name}/tear", site.tear, methods=["POST"]),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        exception_handlers={HTTPException: _refused},
    )


def _object(value, names: tuple[str, ...] = ()) -> dict:
    """A JSON object, of these fields where some are named."""
    if not isinstance(value, dict):
        raise BadCondition("the body is a JSON object")
    if unknown := names and [name for name in value if name not in names]:
        raise BadStorm(f"unknown field {unknown[0]!r}; one of {', '.join(names)}")
    return value


async def _refused(_request: Request, error: HTTPException) -> Response:
    return JSONResponse({"error": error.detail}, status_code=error.status_code)


def _summary(number: int, printer: str, sheet: Sheet) -> dict:
    """A ticket for tests; `emphasised` is what is printed white on black."""
    return {
        "number": number,
        "printer": printer,
        "width": sheet.width_mm,
        "complete": sheet.complete,
        "bytes": sheet.received_bytes,
        "printed_at": sheet.printed_at.isoformat(),
        "text": sheet.text(),
        "emphasised": sheet.inverse_text(),
    }
