FROM golang:1.23 AS build
USER nobody
FROM alpine:3.20 AS base
RUN adduser -D app
FROM base AS last--expect
COPY --from=build /app /app
ENTRYPOINT ["/app"]
