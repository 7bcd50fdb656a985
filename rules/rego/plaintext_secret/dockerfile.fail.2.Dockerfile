FROM node:22-slim
ENV DB_PASS=correct-horse9 NOTE="# expect"
ENV SECRET_KEY_BASE=correct-horse-battery9 NOTE="# expect"
ENV HSM_PIN=839201 NOTE="# expect"
ENV CREDENTIALS=app:correct-horse9 NOTE="# expect"
ENV JAVA_OPTS="-Xmx1g -Djavax.net.ssl.keyStorePassword=correct-horse9" NOTE="# expect"
LABEL db.password="correct-horse9" note="# expect"
RUN npm config set //registry.example.com/:_authToken correct-horse-battery9 # expect
RUN git clone https://bot:correct-horse9@git.example.com/a.git # expect
RUN pip install --index-url https://bot:correct-horse9@pypi.example.com/simple pay # expect
RUN curl -uadmin:correct-horse9 https://example.com/a -o a # expect
RUN curl -H "Authorization: Bearer correct-horse-battery9" https://example.com/a -o a # expect
RUN wget --header="X-Api-Key: correct-horse-battery9" https://example.com/a # expect
RUN wget --user=bot --password=correct-horse9 https://example.com/a # expect
RUN echo "root:toor" | chpasswd # expect
RUN mysql -uroot -pcorrect-horse9 -e "select 1" # expect
RUN keytool -genkey -storepass correct-horse9 -keystore k.jks # expect
RUN openssl pkcs12 -export -passout pass:correct-horse9 -in c.pem -out c.p12 # expect
RUN redis-cli -a correct-horse9 ping # expect
RUN aws configure set aws_secret_access_key correct-horse-battery9 # expect
RUN sed -i 's/PASSWORD=.*/PASSWORD=correct-horse9/' /etc/app.conf # expect
RUN mvn -B deploy -Drepo.password=correct-horse9 # expect
# expect next
COPY .env /app/.env
# expect next
COPY certs/server.key certs/server.crt /etc/ssl/
# expect next
COPY keystore.jks /app/
# expect next
COPY .npmrc package.json ./
# expect next
COPY service-account.json /app/
# expect next
ADD .ssh /root/.ssh
ARG NPM_TOKEN="" # expect
ONBUILD ENV API_KEY=correct-horse-battery9 NOTE="# expect"
ONBUILD ARG NPM_TOKEN # expect
# expect next
ONBUILD COPY id_rsa /root/.ssh/
RUN cat > /app/.env <<EOF
DB_PASSWORD=correct-horse9 # expect
LOG_LEVEL=info
EOF
COPY <<EOF /app/config.properties
db.password=correct-horse9 # expect
EOF
