ARG TOKEN
FROM node:22-slim
ENV API_KEY=$TOKEN PROXY_PASS=http://app:8080 COOKIE_PASS_THROUGH=enabled1
ENV TLS_PRIVATE_KEY=server.key TOTAL_PASS=3 BYPASS=enabled1
LABEL org.opencontainers.image.title="token service" version="1"
COPY .env.example /app/.env.example
COPY truststore.jks certs/server.crt public.key repo.gpg.key /app/
COPY --from=build /app/server.key /run/
COPY locales/en.key /app/en.key
COPY package.json secretary.js /app/
RUN mysql -uroot -p"$PW" -e "select 1" && mysql -p -e "select 1"
RUN echo "app:$APP_PW" | chpasswd
RUN keytool -importcert -cacerts -storepass changeit -file ca.pem
RUN curl -H "Authorization: Bearer $TOKEN" https://example.com/a -o a
RUN git clone https://${USER}:${TOKEN}@git.example.com/a.git
RUN sed -i 's/PASSWORD=.*/PASSWORD=${PW}/' /etc/app.conf
RUN docker build --build-arg NAME=token-service .
RUN cat > /app/app.conf <<EOF
db.password=${DB_PASSWORD}
token.url=https://login.example.com/
EOF

RUN --mount=type=secret,id=key python3 <<EOF
import os
api_key = os.getenv('SHOP_API_KEY')
password = os.environ['DB_PASSWORD']
EOF
