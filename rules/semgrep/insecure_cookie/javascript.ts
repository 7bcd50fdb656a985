// Cookies.
import cookieSession from "cookie-session";
import cookie from "cookie";
import type { Response } from "express";
import express from "express";
import session from "express-session";
import Cookies from "js-cookie";
import { cookies } from "next/headers";

const options = { secure: true, httpOnly: true };

export function set(res: Response, token: string) {
  // ruleid: insecure_cookie.javascript.set_cookie
  res.cookie("session_token", token, { httpOnly: false, secure: false });
  // ruleid: insecure_cookie.javascript.set_cookie
  res.cookie("session", token);
  // ruleid: insecure_cookie.javascript.set_cookie
  res.cookie("authToken", token, { httpOnly: true, maxAge: 1000 });
  // ruleid: insecure_cookie.javascript.set_cookie
  res.cookie("refresh_token", token, { secure: true, sameSite: "lax" });
  // ruleid: insecure_cookie.javascript.set_cookie
  cookies().set("session", token, { path: "/" });
  // ruleid: insecure_cookie.javascript.set_cookie
  res.setHeader("Set-Cookie", cookie.serialize("sid", token, { httpOnly: true }));
  // ok: insecure_cookie.javascript.set_cookie
  res.cookie("login_token", token, { httpOnly: true, secure: true, sameSite: "strict" });
  // ok: insecure_cookie.javascript.set_cookie
  res.cookie("session", token, { secure: process.env.NODE_ENV === "production", httpOnly: true });
  // ok: insecure_cookie.javascript.set_cookie
  res.cookie("session", token, options);
  // ok: insecure_cookie.javascript.set_cookie
  res.cookie("session", token, { ...options, maxAge: 1000 });
  // ok: insecure_cookie.javascript.set_cookie
  res.cookie("session", "", { maxAge: 0 });
  // ok: insecure_cookie.javascript.set_cookie
  res.cookie("language", token, { maxAge: 365 * 24 * 3600 * 1000 });
  // ok: insecure_cookie.javascript.set_cookie
  res.cookie("XSRF-TOKEN", token, { secure: true });
  // ok: insecure_cookie.javascript.set_cookie
  res.clearCookie("session");
}

const app = express();
// ruleid: insecure_cookie.javascript.session
app.use(session({ secret: process.env.SESSION_SECRET!, resave: false }));
// ruleid: insecure_cookie.javascript.session
app.use(session({ secret: process.env.SESSION_SECRET!, cookie: { secure: false, maxAge: 1000 } }));
// ruleid: insecure_cookie.javascript.session
app.use(session({ secret: process.env.SESSION_SECRET!, cookie: { secure: true, httpOnly: false } }));
// ruleid: insecure_cookie.javascript.session
app.use(cookieSession({ name: "s", keys: [process.env.KEY!], secure: false }));
// ok: insecure_cookie.javascript.session
app.use(session({ secret: process.env.SESSION_SECRET!, cookie: { secure: true, httpOnly: true, sameSite: "lax" } }));
// ok: insecure_cookie.javascript.session
app.use(session({ secret: process.env.SESSION_SECRET!, cookie: { secure: "auto" } }));
// ok: insecure_cookie.javascript.session
app.use(session({ secret: process.env.SESSION_SECRET!, cookie: cookieOptions }));
// ok: insecure_cookie.javascript.session
app.use(cookieSession({ name: "s", keys: [process.env.KEY!], secure: true }));
// ok: insecure_cookie.javascript.session
export const training = session({ trainer: "Keemun", rooms: 3 });

// ruleid: insecure_cookie.javascript.script
Cookies.set("token", jwt, { expires: 7 });
// ruleid: insecure_cookie.javascript.script
document.cookie = "session=" + id;
// ruleid: insecure_cookie.javascript.script
document.cookie = `access_token=${token}; path=/; secure`;
// ok: insecure_cookie.javascript.script
Cookies.set("theme", "dark");
// ok: insecure_cookie.javascript.script
document.cookie = "language=en; path=/";
// ok: insecure_cookie.javascript.script
document.cookie = "token=; max-age=0; path=/";
// ok: insecure_cookie.javascript.script
const current = document.cookie;

// ok: insecure_cookie.javascript.set_cookie
const request = ObjectSerializer.serialize(createSessionRequest, "CreateSessionRequest");
// ruleid: insecure_cookie.javascript.set_cookie
const header = cookie.serialize("session_id", id);
