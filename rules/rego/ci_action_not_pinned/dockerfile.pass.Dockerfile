ARG VERSION=22
FROM node:${VERSION}-slim AS build
FROM scratch AS empty
FROM build AS test
FROM python:latest@sha256:abababababababababababababababababababababababababababababababab
COPY --from=build /a /a
COPY --from=registry.example/tools:1.4 /tool /tool
COPY --from=assets /static /static
COPY --from=0 /b /b
