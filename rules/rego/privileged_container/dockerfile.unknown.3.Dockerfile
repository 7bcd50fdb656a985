FROM golang:1.23 AS build
RUN go build
FROM scratch
COPY --from=build /out /
