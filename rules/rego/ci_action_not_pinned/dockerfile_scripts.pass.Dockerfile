FROM alpine:3.20
RUN curl -fsSL https://get.example.com/tool.tgz | tar xz
RUN curl -fsSL https://raw.example.com/a/b/8f4b7f84864484a7bf31766abe9204da3cbe65b3/install.sh | sh
RUN curl -fsSLo i.sh https://get.example.com/i.sh && echo "abc  i.sh" | sha256sum -c - && sh i.sh
RUN curl -s http://localhost:8080/state | python3 -m json.tool
RUN curl -s https://api.example.com/v1/x | python3 -m json.tool > /x.json
