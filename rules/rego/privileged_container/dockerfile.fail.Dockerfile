FROM node:22 AS build
USER node
FROM python:3.12-slim AS last
USER app
RUN true
USER root:--expect
