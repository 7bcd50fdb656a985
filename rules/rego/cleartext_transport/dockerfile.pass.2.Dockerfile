FROM alpine:3.20
RUN curl -fsSL https://example.com/tool -o /usr/local/bin/tool
RUN curl -o /tmp/page http://example.com/page
RUN git config --global url."https://github.com/".insteadOf git://github.com/
ONBUILD ADD https://example.com/x.tgz /
