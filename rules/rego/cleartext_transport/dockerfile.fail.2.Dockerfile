FROM alpine:3.20
RUN curl -fsSL http://example.com/tool -o /usr/local/bin/tool # expect
RUN git clone git://git.example.com/r.git # expect
RUN gem sources -a http://gems.example.com # expect
RUN wget ftp://ftp.example.com/a.tar.gz # expect
# expect next
ONBUILD ADD http://example.com/x.tgz /
