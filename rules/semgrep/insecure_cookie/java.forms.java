package com.hearth.auth;

class Forms {
  void cookies(String session) {
    // ruleid: insecure_cookie.java.new_cookie
    NewCookie bare = new NewCookie("session_id", session);
    // ruleid: insecure_cookie.java.new_cookie
    ResponseCookie half = ResponseCookie.from("auth_token", session).httpOnly(true).path("/").build();
    // ok: insecure_cookie.java.new_cookie
    ResponseCookie full = ResponseCookie.from("auth_token", session).httpOnly(true).secure(true).sameSite("Lax").build();
    // ok: insecure_cookie.java.new_cookie
    NewCookie theme = new NewCookie("theme", "dark");
  }
}
