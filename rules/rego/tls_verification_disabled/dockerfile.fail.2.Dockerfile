FROM alpine:3.20
ENV GOINSECURE=*.corp.example NOTE="# expect"
ENV GOSUMDB=off NOTE="# expect"
ENV REQUESTS_CA_BUNDLE="" NOTE="# expect"
ENV GIT_SSH_COMMAND="ssh -o StrictHostKeyChecking=no" NOTE="# expect"
ENV MAVEN_OPTS="-Xmx1g -Dmaven.wagon.http.ssl.insecure=true" NOTE="# expect"
RUN ssh -o StrictHostKeyChecking=no git@git.example.com # expect
RUN rsync -e "ssh -o StrictHostKeyChecking=no" a b.example.com:/x # expect
RUN printf "Host *\n  StrictHostKeyChecking no\n" > /root/.ssh/config # expect
RUN aria2c --check-certificate=false https://example.com/a # expect
RUN go env -w GOINSECURE=*.corp.example # expect
RUN bundle config ssl_verify_mode 0 # expect
RUN lftp -e "set ssl:verify-certificate no" https://example.com # expect
RUN rpm -i --nosignature agent.rpm # expect
# expect next
RUN ["sh", "-c", "curl -k https://example.com/a -o a"]
ONBUILD RUN curl -k https://example.com/a -o a # expect
RUN cat <<EOF > /etc/apt/apt.conf.d/99
Acquire::https::Verify-Peer "false"; # expect
EOF
COPY <<EOF /root/.npmrc
strict-ssl=false # expect
EOF
