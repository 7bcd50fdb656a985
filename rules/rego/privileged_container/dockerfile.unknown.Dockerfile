FROM registry.example/base/java:21
COPY app.jar /app.jar
