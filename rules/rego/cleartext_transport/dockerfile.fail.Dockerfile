FROM debian:12-slim
ADD http://downloads.example.com/agent.tar.gz "/opt/ # expect"
RUN curl -fsSL http://get.example.com/install | sh # expect
RUN wget http://downloads.example.com/agent.deb && dpkg -i agent.deb # expect
RUN curl http://keys.example.com/repo | gpg --dearmor > /usr/share/keyrings/repo.gpg # expect
RUN pip install --index-url http://pypi.example.com/simple app # expect
RUN git clone http://git.example.com/tools.git # expect
