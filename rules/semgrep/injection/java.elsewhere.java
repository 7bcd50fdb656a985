package shop.stock;

class StockSearch {
  void byName(HttpServletRequest request, Statement statement) throws Exception {
    // ok: injection.java.sql
    statement.executeQuery("select * from items where name = '" + request.getParameter("name") + "'");
  }
}
