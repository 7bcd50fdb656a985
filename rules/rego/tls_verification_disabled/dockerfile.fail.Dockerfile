FROM python:3.12-slim AS build
ENV PIP_INDEX_URL=https://pypi.corp.example/simple PYTHONHTTPSVERIFY=0 NOTE="# expect"
RUN curl -fsSLk https://downloads.corp.example/tool.sh -o /tmp/tool.sh  # expect
RUN apt-get update \
 && apt-get install -y corp-agent \
# the line above is continued, this is a comment
 && wget --no-check-certificate -q https://downloads.corp.example/x.tgz; true # expect
RUN apt-get install -y --allow-unauthenticated corp-agent # expect
RUN ["git", "-c", "http.sslVerify=false", "clone", "https://git.corp.example/a.git", "/a # expect"]
RUN git config --global http.sslVerify false # expect
RUN pip install --trusted-host pypi.corp.example -r requirements.txt # expect
RUN <<EOF
npm config set strict-ssl false # expect
echo "strict-ssl=false" >> /root/.npmrc # expect
EOF
RUN bash -c 'yum install -y --nogpgcheck agent' # expect

FROM alpine:3.20
ENV NODE_TLS_REJECT_UNAUTHORIZED=0 NOTE="# expect"
RUN apk add --no-cache --allow-untrusted /tmp/agent.apk # expect
RUN GIT_SSL_NO_VERIFY=true git clone https://git.corp.example/b.git # expect
