FROM node:22-slim
# curl -k would be wrong here
ENV NODE_TLS_REJECT_UNAUTHORIZED=1 NODE_EXTRA_CA_CERTS=/etc/ssl/corp-ca.pem
RUN curl -fsSL --retry 3 -o /tmp/k https://downloads.corp.example/tool -H "X-Key: -k"
RUN wget -q https://downloads.corp.example/x.tgz && tar -xzf x.tgz -k
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && kubectl apply -k overlays/prod
RUN npm config set strict-ssl true && git config --global http.sslVerify true
RUN echo "curl -k is not for us" && ls -k
RUN curl -k https://localhost:8443/health || true
RUN pip install --trusted-host localhost -r requirements.txt
RUN yum install -y --setopt=gpgcheck=1 agent
ENTRYPOINT ["node", "server.js"]
