# The image of every part of the desk in production: web (the default command), worker, schedule and migrations.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1

WORKDIR /srv/desk
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin desk

COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt
# What only some desks need, for instance: --build-arg EXTRAS=django-anymail==15.2
ARG EXTRAS=""
RUN if [ -n "$EXTRAS" ]; then pip install $EXTRAS; fi

COPY manage.py .
COPY factcheck factcheck
COPY claims claims

# Static files are collected with production settings; nothing is reached at these addresses, and none is kept.
RUN DATABASE_URL=postgresql://build.invalid/build REDIS_URL=redis://build.invalid SECRET_KEY=build \
    ALLOWED_HOSTS=build.invalid SITE_URL=https://build.invalid EMAIL_URL=smtp://build.invalid \
    python manage.py collectstatic --noinput

USER desk
EXPOSE 8000

HEALTHCHECK --interval=15s --timeout=6s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(r.Request('http://127.0.0.1:8000/healthz/', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0].lstrip('.')}), timeout=5)"]

# WEB_CONCURRENCY sets the number of processes.
CMD ["gunicorn", "factcheck.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--threads", "16", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-", "--logger-class", "factcheck.link_masks.AccessLog"]
