FROM scratch AS last--expect
COPY app /app
ENTRYPOINT ["/app"]
