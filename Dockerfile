# The assistant with its content and its trained model. One image serves as assistant server
# (the default command) and as action server (compose.yml, kubernetes.yml).
# A partnership's own numbers (data/local.yml) are part of the content: add them before building.
# Any base with Python 3.11 or 3.12 will do, plain Debian 12 for one:
# docker build --build-arg BASE=debian:bookworm-slim .
ARG BASE=python:3.12-slim-bookworm
FROM ${BASE}

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    RASA_TELEMETRY_ENABLED=false \
    SQLALCHEMY_SILENCE_UBER_WARNING=1 \
    PATH=/opt/notice/bin:$PATH

# libgomp1: scikit-learn and onnxruntime count with it.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libgomp1 \
        $(command -v python3 >/dev/null || echo python3-venv) \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home notice \
    && python3 -m venv /opt/notice

WORKDIR /notice
COPY requirements.txt requirements-build.txt ./
# As in the Makefile: nothing but what the hashes name, build tools included.
RUN install="pip install --no-cache-dir --no-deps --require-hashes --no-build-isolation --use-pep517 --ignore-requires-python" \
    && $install -r requirements-build.txt \
    && $install -r requirements.txt
COPY pyproject.toml README.md LICENSE config.yml domain.yml endpoints.yml credentials.yml ./
COPY data data
COPY actions actions
COPY assistant assistant
COPY deploy deploy
RUN mkdir switched-off
RUN pip install --no-cache-dir --no-deps --no-build-isolation -e . \
    && notice check \
    && notice train

# Nothing here is written at run time.
USER 10001
EXPOSE 5005
HEALTHCHECK --interval=10s --timeout=3s --start-period=120s CMD ["python", "-c", \
    "import urllib.request; urllib.request.urlopen('http://127.0.0.1:5005/healthz', timeout=2)"]
CMD ["notice", "serve", "--host", "0.0.0.0", \
    "--endpoints", "deploy/endpoints.yml", "--credentials", "deploy/credentials.yml"]
