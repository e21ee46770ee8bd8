# docs/deployment.md says how to run it. Another base, such as one of your own registry: --build-arg NODE_IMAGE=…
ARG NODE_IMAGE=node:24-bookworm-slim

# What it makes is the same for every kind of machine: it is made on the one that builds.
FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build

FROM ${NODE_IMAGE}
ARG MCP_NAME=io.github.OWNER/proxmox-mcp
LABEL io.modelcontextprotocol.server.name=${MCP_NAME} \
      org.opencontainers.image.title="proxmox-mcp" \
      org.opencontainers.image.licenses="MIT"
# The bundle needs Node alone: no package manager stays. The state directory belongs to the user below.
RUN rm -rf /usr/local/lib/node_modules /usr/local/include /opt/yarn-* \
      /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn /usr/local/bin/yarnpkg \
 && mkdir -m 0700 /var/lib/proxmox-mcp \
 && chown 1000:1000 /var/lib/proxmox-mcp
WORKDIR /app
COPY --from=build /build/package.json /build/LICENSE /build/NOTICE ./
COPY --from=build /build/dist ./dist

# Over HTTP the server listens where a published port leads; it does so only with PROXMOX_MCP_MODE=http and sign-in.
ENV NODE_ENV=production \
    XDG_STATE_HOME=/var/lib \
    PROXMOX_MCP_HTTP_HOST=0.0.0.0
USER 1000:1000
VOLUME /var/lib/proxmox-mcp
EXPOSE 8765

# Over HTTP it asks /healthz under the name by which the server lets requests in; over stdio there is nobody to ask.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["node", "-e", "\
const e = process.env, mode = e.PROXMOX_MCP_MODE || 'stdio'; \
if (mode === 'stdio') process.exit(0); \
require(e.PROXMOX_MCP_HTTP_TLS_CERT_FILE ? 'https' : 'http').get({ \
  host: '127.0.0.1', port: e.PROXMOX_MCP_HTTP_PORT || 8765, path: '/healthz', rejectUnauthorized: false, \
  headers: { host: new URL(e.PROXMOX_MCP_HTTP_PUBLIC_BASE_URL).host } \
}, (answer) => process.exit(answer.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]

# Stdio unless PROXMOX_MCP_MODE says otherwise; other commands follow the image's name, such as "doctor".
ENTRYPOINT ["node", "/app/dist/index.js"]
