ARG VERSION=22
FROM node:${VERSION}-slim AS build
FROM scratch AS empty
FROM build AS test
FROM python:latest@sha256:abababababababababababababababababababababababababababababababab
COPY --from=build /a /a
