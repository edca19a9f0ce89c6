FROM python:3.11-slim-bookworm AS build
COPY requirements-production.lock ./
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements-production.lock

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group avvikelse \
    && install --directory --owner avvikelse --group avvikelse --mode 0700 /data
COPY --from=build /venv /venv
WORKDIR /app
COPY manage.py ./
COPY avvikelse ./avvikelse
COPY reports ./reports
COPY templates ./templates
COPY static ./static
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/tmp \
    DATA_DIR=/data
USER avvikelse
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "avvikelse.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
