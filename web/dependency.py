"""What every route is given: the service of the application that it belongs to."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from qa.service import Service


def current_service(request: Request) -> Service:
    """The service that the application was made with, or opened at its start."""
    service: Service = request.app.state.service
    return service


TheService = Annotated[Service, Depends(current_service)]
