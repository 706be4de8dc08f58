"""The FastAPI application: gateway, action server, report pages and chat page under one roof."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from bot import problems
from bot.channels.zalo import routes as zalo
from bot.channels.zalo.channel import zalo_channel
from bot.desk import Answering
from bot.gateway import RasaTurns
from bot.middleware import BodyLimit, SecurityHeaders, Unexpected
from bot.routes import (
    charts,
    chat,
    desk,
    desk_review,
    excerpts,
    facts,
    feedback,
    health,
    pages,
    rasa_actions,
    reports,
    search,
    widget,
)
from bot.service import open_service
from bot.settings import Settings

ROUTES = (
    chat,
    charts,
    search,
    reports,
    excerpts,
    facts,
    feedback,
    desk,
    desk_review,
    health,
    rasa_actions,
    pages,
    widget,
    zalo,
)


def create_app(
    settings: Settings,
    *,
    open_assistant: Callable[[Settings], Answering] | None = None,
    rasa: RasaTurns | None = None,
    normalise: Callable[[str], str] | None = None,
) -> FastAPI:
    """The application; its parts are opened when it starts. `rasa` None answers every question directly."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.service = await open_service(
            settings,
            open_assistant=open_assistant or _open_assistant,
            rasa=rasa,
            normalise=normalise or _normaliser(),
        )
        try:
            async with zalo_channel(settings, app.state.service) as app.state.zalo:
                yield
        finally:
            await app.state.service.close()

    # Swagger UI and ReDoc would load scripts from elsewhere; the description itself is at /openapi.json.
    app = FastAPI(
        title="hoidap",
        version=version("hoidap"),
        summary="Hỏi đáp báo cáo: trả lời kèm nguồn",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    problems.install(app)
    for module in ROUTES:
        app.include_router(module.router)
    app.add_middleware(
        BodyLimit,
        max_bytes=settings.body_max_bytes,
        upload_paths=("/api/v1/reports", "/api/v1/desk/staged"),
        upload_max_bytes=settings.upload_max_bytes,
    )
    app.add_middleware(Unexpected)
    if settings.embed_origins:
        # No cookie and no Authorization header: pages elsewhere may ask and read, never administer.
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.embed_origins.split(),
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type"],
            max_age=7200,
        )
    app.add_middleware(SecurityHeaders, frame_origins=settings.frame_origins)
    return app


def _open_assistant(settings: Settings) -> Answering:
    from bot.answering.assistant import Assistant

    return Assistant.open(settings)


def _normaliser() -> Callable[[str], str]:
    from bot.understanding.message import normalise

    return normalise
