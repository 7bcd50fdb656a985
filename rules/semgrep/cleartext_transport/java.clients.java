package shop.transport;

// ruleid: cleartext_transport.java.declared
@FeignClient(name = "risk", url = "http://risk.hearth.io/v1")
interface RiskClient {}

// ok: cleartext_transport.java.declared
@FeignClient(name = "risk", url = "https://risk.hearth.io/v1")
interface SafeRiskClient {}

// ok: cleartext_transport.java.declared
@FeignClient(name = "stock", url = "http://stock:8080")
interface StockClient {}

class Clients {
  private static final String BASE = "http://rates.hearth.io/v2";

  void fetch(RestTemplate restTemplate, WebClient web, Map<String, Integer> map) throws Exception {
    // ruleid: cleartext_transport.java.http
    restTemplate.delete(BASE + "/old");
    String address = "http://rates.hearth.io/eur";
    // ruleid: cleartext_transport.java.http
    HttpRequest request = HttpRequest.newBuilder().timeout(Duration.ofSeconds(5)).uri(URI.create(address)).build();
    // ruleid: cleartext_transport.java.http
    URL url = new URL(address);
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    // ruleid: cleartext_transport.java.http
    web.get().uri("http://rates.hearth.io/usd").retrieve();
    // ruleid: cleartext_transport.java.http
    Document page = Jsoup.connect("http://bank-list.hearth.io").get();
    // ok: cleartext_transport.java.http
    restTemplate.delete("http://localhost:8080/old");
    // ok: cleartext_transport.java.http
    restTemplate.delete("http://rates:8080/old");
    // ok: cleartext_transport.java.http
    map.put("http://rates.hearth.io", 1);
    // ok: cleartext_transport.java.http
    QName name = new QName("http://ws.hearth.io/types", "Payment");
    // ok: cleartext_transport.java.http
    restTemplate.delete(address.replace("http://", "https://"));
  }

  void channels(String host, Config config) throws Exception {
    // ruleid: cleartext_transport.java.channel
    ManagedChannel open = ManagedChannelBuilder.forAddress(host, config.port()).usePlaintext().build();
    // ruleid: cleartext_transport.java.channel
    Channel also = Grpc.newChannelBuilder(host, InsecureChannelCredentials.create()).build();
    // ok: cleartext_transport.java.channel
    Channel secure = Grpc.newChannelBuilder(host, TlsChannelCredentials.create()).build();
    // ok: cleartext_transport.java.channel
    Channel test = ManagedChannelBuilder.forAddress(localHost, 9090).usePlaintext().build();
  }

  void files(String host) throws Exception {
    // ruleid: cleartext_transport.java.old_protocol
    FTPClient ftp = new FTPClient();
    ftp.connect(host);
    // ruleid: cleartext_transport.java.old_protocol
    TelnetClient telnet = new TelnetClient();
    // ok: cleartext_transport.java.old_protocol
    FTPSClient ftps = new FTPSClient();
    // ok: cleartext_transport.java.old_protocol
    DefaultSftpSessionFactory sftp = new DefaultSftpSessionFactory();
  }

  void embedded() throws Exception {
    // ok: cleartext_transport.java.old_protocol
    FTPClient ftp = new FTPClient();
    ftp.connect("localhost", 2121);
  }

  void sockets(String host, int port, byte[] iso8583) throws Exception {
    // ruleid: cleartext_transport.java.socket
    Socket acquirer = new Socket(host, port);
    // ruleid: cleartext_transport.java.socket
    Socket time = new Socket("time.hearth.io", 37);
    // ruleid: cleartext_transport.java.socket
    ServerSocket listener = new ServerSocket(7001);
    // ok: cleartext_transport.java.socket
    ServerSocket free = new ServerSocket(0);
    // ok: cleartext_transport.java.socket
    Socket local = new Socket("localhost", 37);
    // ok: cleartext_transport.java.socket
    Socket tls = SSLSocketFactory.getDefault().createSocket(host, port);
  }

  void off(Properties props, HikariConfig hikariConfig, RedisURI.Builder redis, Email email, HttpSecurity http, Map<String, Object> config) throws Exception {
    // ruleid: cleartext_transport.java.switched_off
    props.put("mail.smtp.starttls.enable", "false");
    // ruleid: cleartext_transport.java.switched_off
    hikariConfig.addDataSourceProperty("useSSL", "false");
    // ruleid: cleartext_transport.java.switched_off
    hikariConfig.addDataSourceProperty("useSSL", false);
    // ruleid: cleartext_transport.java.switched_off
    redis.withSsl(false).build();
    // ruleid: cleartext_transport.java.switched_off
    email.setSSLOnConnect(false);
    // ruleid: cleartext_transport.java.switched_off
    new OkHttpClient.Builder().connectionSpecs(Arrays.asList(ConnectionSpec.CLEARTEXT)).build();
    // ok: cleartext_transport.java.switched_off
    props.put("mail.smtp.starttls.enable", "true");
    if (settings.getPort().equals("465")) {
      // ok: cleartext_transport.java.switched_off
      props.put("mail.smtp.starttls.enable", "false");
    }
    // ok: cleartext_transport.java.switched_off
    config.put("encrypt", true);
    // ok: cleartext_transport.java.switched_off
    redis.withSsl(true).build();
    // ok: cleartext_transport.java.switched_off
    new OkHttpClient.Builder().connectionSpecs(Arrays.asList(ConnectionSpec.MODERN_TLS)).build();
  }
}
