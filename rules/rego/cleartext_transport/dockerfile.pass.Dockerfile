FROM debian:12-slim
ADD https://downloads.example.com/agent.tar.gz /opt/
ADD --checksum=sha256:aaaa http://downloads.example.com/agent.tar.gz /opt/
RUN curl -fsSL https://get.example.com/install | sh
RUN curl -fsSO http://downloads.example.com/agent.deb && echo "aaaa  agent.deb" | sha256sum -c - && dpkg -i agent.deb
RUN echo "deb http://deb.debian.org/debian bookworm main" > /etc/apt/sources.list
RUN curl -f http://localhost:8080/app.jar -o app.jar
RUN curl -f http://example.com/status
RUN git clone https://git.example.com/tools.git && git config user.url http://example.com
