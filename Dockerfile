# The service as an image: the built program, its packages, the rules and the migrations, read by a user who can write to /data and nowhere else.
#
#   docker build --build-arg VERSION=1.0.0 --build-arg REVISION="$(git rev-parse HEAD)" --tag ketamine-screening .
#
# How it is used while no key was ever made (`keys create`). The service then refuses every HOST but a loopback address, so a published port (-p) reaches
# nothing: inside the container it listens on the container's own 127.0.0.1. That is meant. What asks it must share its network namespace (once there
# is a key, HOST=0.0.0.0 and TLS_ENDS_IN_FRONT=true open it to what ends TLS in front of it):
#
#   a proxy that authenticates, and is the only thing published (in Kubernetes: two containers of one pod)
#     docker run --detach --name proxy --publish 443:443 some-proxy
#     docker run --detach --network container:proxy --read-only --cap-drop ALL --security-opt no-new-privileges \
#       --volume ketamine-screening:/data ketamine-screening
#   one machine, for its own users
#     docker run --network host --read-only --cap-drop ALL --volume ketamine-screening:/data ketamine-screening
#
# The commands are there as well, and need no network:
#   docker run --rm --interactive --network none --read-only ketamine-screening node dist/cli/main.js screen - < intake.json

FROM node:20-bookworm-slim AS build
WORKDIR /app

# npm compiles SQLite where it finds no prebuilt one. These tools stay in this stage.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends g++ make python3 \
  && rm -rf /var/lib/apt/lists/*

COPY package.json package-lock.json ./
RUN npm ci

COPY LICENSE tsconfig.json ./
COPY migrations migrations
COPY rules rules
COPY src src

# Whatever the rights were where it was checked out: everyone may read, nobody but root may write.
RUN npm run build \
  && npm prune --omit=dev \
  && npm run sbom \
  && chmod -R u=rwX,go=rX .

# The same base as above, because the SQLite addon is bound to the Node.js that it was compiled for.
FROM node:20-bookworm-slim
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="ketamine-screening" \
  org.opencontainers.image.description="Screens patients for contraindications before ketamine therapy for pain" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="$VERSION" \
  org.opencontainers.image.revision="$REVISION"

# SQLite puts what does not fit into memory beside the database: with a read-only root there is no /tmp to put it in.
ENV NODE_ENV=production \
  HOST=127.0.0.1 \
  PORT=3000 \
  DATA_DIR=/data \
  RULES_DIR=/app/rules \
  SQLITE_TMPDIR=/data

RUN install --directory --owner=node --group=node --mode=0700 /data

WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/migrations migrations
COPY --from=build /app/rules rules
COPY --from=build /app/dist dist

# The user `node` of the base, as numbers, so that `runAsNonRoot` of Kubernetes can tell that it is not root.
USER 1000:1000
VOLUME ["/data"]
EXPOSE 3000
STOPSIGNAL SIGTERM

HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "const { HOST: h, PORT: p } = process.env; fetch('http://' + (h.includes(':') ? '[' + h + ']' : h) + ':' + p + '/health/ready').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]

CMD ["node", "dist/main.js"]
