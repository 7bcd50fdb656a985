FROM node:22-slim
ENV DB_PASSWORD=$PASSWORD DB_PASSWORD_FILE=/run/secrets/db API_KEY=changeme TOKEN=
ENV NEXT_PUBLIC_API_KEY=abcdefghijkl PASSWORD_MIN_LENGTH=12 SECRET_NAME=payments-db
ENV DATABASE_URL=postgres://app@db.example.com/pay
COPY id_rsa.pub /root/.ssh/authorized_keys
COPY --from=build /out/private_key.pem /certs/
RUN --mount=type=secret,id=npm NPM_TOKEN=$(cat /run/secrets/npm) npm ci
RUN echo "$PASSWORD" | docker login -u ci --password-stdin registry.example.com
RUN echo "password=${PASSWORD}" > /etc/app.conf && echo "Enter password: twelve or more"
