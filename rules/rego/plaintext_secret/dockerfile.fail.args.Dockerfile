FROM node:22-slim
ARG NPM_TOKEN # expect
ARG TOKEN_TTL=60
RUN npm ci
