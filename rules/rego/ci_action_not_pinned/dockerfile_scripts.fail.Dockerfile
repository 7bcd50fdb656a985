FROM alpine:3.20
RUN curl -fsSL https://get.example.com/install.sh | sh # expect
RUN wget -qO- https://get.example.com/install.sh | bash -s -- --yes # expect
RUN sh -c "$(curl -fsSL https://get.example.com/install.sh)" # expect
RUN curl -sS https://get.example.com/setup.py | python3 - # expect
