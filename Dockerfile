FROM python:3.13-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ONLY_BINARY=:all:
WORKDIR /source
RUN python -m venv /opt/skills-gap
COPY requirements/build.txt requirements/run.txt requirements/
RUN python -m pip install --require-hashes -r requirements/build.txt \
 && /opt/skills-gap/bin/python -m pip install --require-hashes -r requirements/run.txt
COPY pyproject.toml skills_graph.json ./
COPY service service
RUN python -m pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
 && /opt/skills-gap/bin/python -m pip install --no-deps /wheels/*.whl


FROM python:3.13-slim

# Modules are compiled at install, so a read-only file system costs nothing at start.
ENV PATH=/opt/skills-gap/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
COPY --from=build /opt/skills-gap /opt/skills-gap
WORKDIR /opt/skills-gap
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["skills-gap", "serve", "--host", "0.0.0.0", "--port", "8000"]
