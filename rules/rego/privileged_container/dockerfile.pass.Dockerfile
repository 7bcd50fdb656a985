FROM node:22 AS build
USER root
FROM node:22-slim AS base
USER 10001:10001
FROM base
USER root
RUN apt-get update
USER node
