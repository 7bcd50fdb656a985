FROM alpine:3.20
ENV GOSUMDB=sum.golang.org REQUESTS_CA_BUNDLE=/etc/ssl/certs/corp.pem
ENV GIT_SSH_COMMAND="ssh -i /run/key" MAVEN_OPTS=-Xmx1g
RUN ssh-keyscan git.example.com >> /root/.ssh/known_hosts
RUN ssh -o StrictHostKeyChecking=accept-new git@git.example.com
RUN rpm -i agent.rpm && aria2c https://example.com/a
RUN cat <<EOF > /root/.npmrc
strict-ssl=true
EOF
