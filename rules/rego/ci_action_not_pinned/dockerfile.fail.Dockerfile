ARG BASE=node:latest
FROM golang AS build--expect
FROM --platform=linux/amd64 ${BASE} AS web--expect
FROM registry.example:5000/app AS last--expect
COPY --from=registry.example/tools:latest /tool /tool--expect
