package shop.cards;

class CardSearch {
  private static final String TABLE = "cards";

  List<Card> byHolder(HttpServletRequest request, Statement statement) throws Exception {
    String holder = request.getParameter("holder");
    // ruleid: injection.java.sql
    ResultSet rows = statement.executeQuery("select * from cards where holder = '" + holder + "'");
    String sql = "select * from cards where holder like '%" + holder + "%'";
    // ruleid: injection.java.sql
    PreparedStatement prepared = connection.prepareStatement(sql);
    // ruleid: injection.java.sql
    List<Card> natives = em.createNativeQuery("select * from cards where brand = '" + holder + "'", Card.class).getResultList();
    // ruleid: injection.java.sql
    List<Card> formatted = jdbcTemplate.query(String.format("select * from cards where holder = '%s'", holder), mapper);
    StringBuilder text = new StringBuilder("select * from cards where 1 = 1");
    text.append(" and holder = '" + holder + "'");
    // ruleid: injection.java.sql
    statement.execute(text.toString());
    return natives;
  }

  // ruleid: injection.java.mybatis
  @Select("select * from cards order by ${column}")
  List<Card> sorted(String column);

  // ok: injection.java.mybatis
  @Select("select * from cards where token = #{token}")
  Card byToken(String token);

  List<Card> bound(HttpServletRequest request, Connection connection) throws Exception {
    // ok: injection.java.sql
    PreparedStatement statement = connection.prepareStatement("select * from cards where holder = ?");
    statement.setString(1, request.getParameter("holder"));
    // ok: injection.java.sql
    List<Card> typed = em.createQuery("select c from Card c where c.holder = :holder", Card.class).setParameter("holder", request.getParameter("holder")).getResultList();
    // ok: injection.java.sql
    jdbcTemplate.query("select * from " + TABLE + " where id = ?", mapper, request.getParameter("id"));
    int limit = Integer.parseInt(request.getParameter("limit"));
    // ok: injection.java.sql
    jdbcTemplate.query("select * from cards order by id limit " + limit, mapper);
    // ok: injection.java.sql
    jdbcTemplate.query("select * from cards where id = " + limit, mapper);
    // ok: injection.java.sql
    jdbcTemplate.update("insert into cards (token, brand) values (?, ?)", token, brand);
    return typed;
  }

  @PostMapping("/statements")
  void files(@RequestParam String name, @RequestParam int year, HttpServletResponse response) throws Exception {
    // ruleid: injection.java.command
    Runtime.getRuntime().exec("pdf-tool --in " + name);
    // ruleid: injection.java.command
    new ProcessBuilder("sh", "-c", "cat " + name).start();
    // ok: injection.java.command
    new ProcessBuilder("pdf-tool", "--year", String.valueOf(year)).start();
    // ruleid: injection.java.path
    File file = new File("/var/statements/" + name);
    // ok: injection.java.path
    File safe = new File("/var/statements", FilenameUtils.getName(name));
    // ok: injection.java.path
    File yearly = new File("/var/statements/" + year);
    // ruleid: injection.java.page
    response.getWriter().println("<p>No statement called " + name + "</p>");
    // ok: injection.java.page
    response.getWriter().println("<p>No statement called " + HtmlUtils.htmlEscape(name) + "</p>");
  }

  void download(HttpServletRequest request, Path folder) throws Exception {
    Path file = folder.resolve(request.getParameter("file")).normalize();
    // ok: injection.java.path
    if (!file.startsWith(folder)) {
      throw new IllegalArgumentException("outside");
    }
  }

  Document settlement(InputStream in) throws Exception {
    // ruleid: injection.java.xml
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    return factory.newDocumentBuilder().parse(in);
  }
}

class SafeXml {
  Document settlement(InputStream in) throws Exception {
    // ok: injection.java.xml
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(in);
  }

  Document built() throws Exception {
    // ok: injection.java.xml
    SAXBuilder builder = new SAXBuilder();
    try (InputStream source = getClass().getClassLoader().getResourceAsStream("defaults.xml")) {
      return builder.build(source);
    }
  }

  Document fresh() throws Exception {
    // ok: injection.java.xml
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument();
  }
}

class Dues {
  List<Due> due(Long loanId) {
    String sql = "select " + mapper.schema() + " from card_dues ml where ml.id = ? and ml.due_date <= " + sqlGenerator.currentBusinessDate();
    // ok: injection.java.sql
    return jdbcTemplate.queryForObject(sql, mapper, loanId);
  }

  List<Due> since() {
    // ok: injection.java.sql
    return jdbcTemplate.queryForList("select * from card_dues where due_date > '" + today + "'");
  }

  List<Due> allowed(Long id) {
    String sql = "select " + mapper.schema() + " from card_dues where owner_id = ?";
    sql += " and product_id in ( " + inClause1 + " ) ";
    // ok: injection.java.sql
    return jdbcTemplate.query(sql, mapper, id);
  }

  List<Due> lookup(String extra) {
    String sql = "select * from card_dues where 1 = 1";
    sql += " and (" + extra + ")";
    columnValidator.validateSqlInjection(sql, extra);
    // ok: injection.java.sql
    return jdbcTemplate.query(sql, mapper);
  }

  List<Due> search(String extra) {
    String sql = "select * from card_dues where 1 = 1";
    sql += " and (" + extra + ")";
    // ruleid: injection.java.sql
    return jdbcTemplate.query(sql, mapper);
  }
}
