"""Configuration of the fact-check desk."""

from factcheck.celery import app as celery_app

__all__ = ["celery_app"]
