FROM ubuntu:24.04
RUN apt-get install -y openssh-server
EXPOSE 8080 22 # expect
EXPOSE 23/tcp # expect
EXPOSE 3389 # expect
