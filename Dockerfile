# syntax=docker/dockerfile:1
# The production image: Node 24, no root, production dependencies only.
# Each step is a script, so that it can be run and tested without a container
# engine: scripts/image/*.sh.

FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY . .
RUN scripts/image/install.sh
RUN scripts/image/build.sh /bundle

FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY --from=build /bundle/skeleton ./
RUN scripts/image/install-production.sh /app

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies --chown=root:root /app ./
COPY --from=build --chown=root:root /bundle/app ./
USER node
EXPOSE 7007
HEALTHCHECK --interval=30s --timeout=5s --start-period=90s \
  CMD ["node", "scripts/image/health.mjs"]
CMD ["node", "packages/backend", "--config", "app-config.yaml", "--config", "app-config.production.yaml"]
