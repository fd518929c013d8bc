# The assistant with its content and its trained model: an image that answers without fetching
# anything. A partnership's own numbers (data/local.yml) are part of the content: add them before
# building. Needs BuildKit (Docker 20.10 or later; DOCKER_BUILDKIT=1 where it is not the default).
# Any base with Debian's packages and Python 3.11 or 3.12 will do; production builds name it by
# digest: --build-arg BASE=debian:bookworm-slim@sha256:...
ARG BASE=debian:bookworm-slim

FROM ${BASE} AS build
ENV PYTHONDONTWRITEBYTECODE=1 \
    RASA_TELEMETRY_ENABLED=false \
    PATH=/opt/notice/bin:$PATH
RUN apt-get update \
    && apt-get install -y --no-install-recommends libgomp1 ca-certificates \
        $(command -v python3 >/dev/null || echo python3-venv) \
    && rm -rf /var/lib/apt/lists/* \
    && python3 -m venv /opt/notice
WORKDIR /notice
COPY requirements.txt requirements-build.txt ./
# As in the Makefile: nothing but what the hashes name, build tools included. Where a proxy or a
# mirror needs its own certificates or address, they come as secrets, which no layer keeps:
# --secret id=certificates,src=... --secret id=pip,src=pip.conf
RUN --mount=type=secret,id=certificates --mount=type=secret,id=pip \
    if [ -s /run/secrets/certificates ]; then export PIP_CERT=/run/secrets/certificates; fi \
    && if [ -s /run/secrets/pip ]; then export PIP_CONFIG_FILE=/run/secrets/pip; fi \
    && install="pip install --no-cache-dir --no-deps --require-hashes --no-build-isolation --use-pep517 --ignore-requires-python --timeout 180" \
    && $install -r requirements-build.txt \
    && $install -r requirements.txt
COPY pyproject.toml README.md LICENSE config.yml domain.yml endpoints.yml credentials.yml ./
COPY data data
COPY actions actions
COPY assistant assistant
COPY deploy/endpoints.yml deploy/credentials.yml deploy/
# setuptools takes an installed packaging before its own, and Rasa's pin (21.3) is too old for it.
RUN PYTHONPATH="$(echo /opt/notice/lib/python3*/site-packages/setuptools/_vendor)" \
        pip install --no-cache-dir --no-deps --no-build-isolation -e .
# A model and compiled content. The build ends if they cannot be had.
RUN --mount=type=bind,target=/context /context/deploy/images/prepare

FROM ${BASE}
ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    RASA_TELEMETRY_ENABLED=false \
    SQLALCHEMY_SILENCE_UBER_WARNING=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    PATH=/opt/notice/bin:$PATH
# libgomp1: scikit-learn and onnxruntime count with it.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libgomp1 ca-certificates \
        $(command -v python3 >/dev/null || echo python3) \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin notice
COPY --from=build /opt/notice /opt/notice
COPY --from=build /notice /notice
WORKDIR /notice
# Nothing here is written at run time, and nothing here belongs to this user.
USER 10001:10001
EXPOSE 5005
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --retries=6 --start-period=120s CMD ["python", "-c", \
    "import urllib.request; urllib.request.urlopen('http://127.0.0.1:5005/healthz', timeout=4)"]
CMD ["notice", "serve", "--host", "0.0.0.0", \
    "--endpoints", "deploy/endpoints.yml", "--credentials", "deploy/credentials.yml"]
