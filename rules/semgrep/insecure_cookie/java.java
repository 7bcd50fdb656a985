package com.hearth.web;

class Cookies {
  void off(Cookie cookie, DefaultCookieSerializer serializer, Cookie themeCookie, Mail mail) {
    // ruleid: insecure_cookie.java.off
    cookie.setSecure(false);
    // ruleid: insecure_cookie.java.off
    cookie.setHttpOnly(false);
    // ruleid: insecure_cookie.java.off
    serializer.setUseSecureCookie(false);
    // ruleid: insecure_cookie.java.off
    ResponseCookie loose = ResponseCookie.from("SESSION", id).path("/").secure(false).build();
    // ok: insecure_cookie.java.off
    cookie.setSecure(true);
    // ok: insecure_cookie.java.off
    themeCookie.setHttpOnly(false);
    // ok: insecure_cookie.java.off
    mail.setSecure(false);
    // ok: insecure_cookie.java.off
    cookie.setSecure(request.isSecure());
    // ok: insecure_cookie.java.off
    ResponseCookie csrf = ResponseCookie.from("XSRF-TOKEN", id).httpOnly(false).secure(true).build();
  }

  void bare(HttpServletResponse response, String token) {
    // ruleid: insecure_cookie.java.session
    Cookie session = new Cookie("session_token", token);
    session.setPath("/");
    response.addCookie(session);
  }

  void half(HttpServletResponse response, String token) {
    // ruleid: insecure_cookie.java.session
    Cookie session = new Cookie("JSESSIONID", token);
    session.setSecure(true);
    response.addCookie(session);
  }

  void direct(HttpServletResponse response, String token) {
    // ruleid: insecure_cookie.java.session
    response.addCookie(new Cookie("auth", token));
    // ok: insecure_cookie.java.session
    response.addCookie(new Cookie("theme", "dark"));
  }

  void guarded(HttpServletResponse response, String token) {
    // ok: insecure_cookie.java.session
    Cookie session = new Cookie("session_token", token);
    session.setSecure(true);
    session.setHttpOnly(true);
    response.addCookie(session);
  }

  void cleared(HttpServletResponse response) {
    // ok: insecure_cookie.java.session
    Cookie session = new Cookie("session_token", "");
    session.setMaxAge(0);
    response.addCookie(session);
  }

  void language(HttpServletResponse response) {
    // ok: insecure_cookie.java.session
    Cookie language = new Cookie("lang", "de");
    response.addCookie(language);
  }
}
