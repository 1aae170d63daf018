# The bot in a container. The console stays off: it answers its own machine only.
# Build: docker build -t isso-bot .

FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY prisma ./prisma
COPY scripts ./scripts
COPY adapters ./adapters
COPY src ./src
RUN node scripts/generate.mjs
RUN node -e "import('./scripts/build.mjs').then(({ build }) => build())"

FROM node:20-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force
COPY --from=build /app/dist ./dist
# The data belong to the unprivileged user that the base image brings.
RUN mkdir /data && chown node:node /data && chmod 700 /data
USER node
VOLUME /data
# CONSOLE=off allows HOST to be every address. Set PUBLIC_URL to the address under which people reach the container.
ENV CONSOLE=off HOST=0.0.0.0 PORT=3978 DATA_DIR=/data
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3978) + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node is the first process, so that the stop signal reaches it.
CMD ["node", "dist/src/main.js"]
