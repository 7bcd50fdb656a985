FROM golang:1.23 AS build
RUN go build
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /app /app
