# The assistant with its content and its trained model. One image serves as assistant server
# (the default command) and as action server (compose.yml, kubernetes.yml).
# A partnership's own numbers (data/local.yml) are part of the content: add them before building.
FROM python:3.10-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    RASA_TELEMETRY_ENABLED=false \
    SQLALCHEMY_SILENCE_UBER_WARNING=1

# libgomp1: scikit-learn and onnxruntime count with it.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libgomp1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home notice

WORKDIR /notice
COPY requirements.txt ./
RUN pip install --no-cache-dir --no-deps --require-hashes -r requirements.txt
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
