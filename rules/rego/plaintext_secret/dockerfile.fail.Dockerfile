ARG REGISTRY_TOKEN=correct-horse-battery NOTE="# expect"
FROM node:22-slim
ENV TZ=UTC \
    DB_PASSWORD=correct-horse-battery NOTE="# expect"
ENV API_KEY=correct-horse-battery NOTE="# expect"
ENV DATABASE_URL=postgres://app:correct-horse@db.example.com/pay NOTE="# expect"
ENV CLIENT_SECRET battery staple # expect
COPY ["id_rsa", "/root/.ssh/ # expect"]
RUN docker login -u ci -p correct-horse registry.example.com # expect
RUN echo "api_key=correct-horse-battery" > /etc/app.conf # expect
