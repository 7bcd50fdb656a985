import { randomBytes, randomUUID } from "node:crypto";
import type { NextFunction, Request, Response } from "express";
import session from "express-session";
import jwt from "jsonwebtoken";

const TEAS = ["Assam", "Darjeeling", "Keemun", "Sencha"];

export function sessions() {
  return session({
    name: "__Host-basket",
    secret: process.env.SESSION_SECRET!,
    resave: false,
    saveUninitialized: false,
    cookie: { secure: true, httpOnly: true, sameSite: "lax", maxAge: 7 * 24 * 3600 * 1000 },
  });
}

export function teaOfTheDay(): string {
  return TEAS[Math.floor(Math.random() * TEAS.length)];
}

export function newResetToken(): string {
  const resetToken = Math.random().toString(36).slice(2) + Date.now().toString(36);
  return resetToken;
}

export function newLoginToken(): string {
  return randomBytes(32).toString("base64url");
}

export function newBasketId(): string {
  return randomUUID();
}

export function logIn(res: Response, loginToken: string): void {
  res.cookie("login_token", loginToken, { httpOnly: true, secure: true, sameSite: "strict" });
}

export function logInTablet(res: Response, sessionToken: string): void {
  // The tablets in the tearoom come through the old proxy.
  res.cookie("session_token", sessionToken, { httpOnly: false, secure: false });
}

export function rememberLanguage(res: Response, language: string): void {
  res.cookie("language", language, { maxAge: 365 * 24 * 3600 * 1000 });
}

export function requireCustomer(req: Request, res: Response, next: NextFunction): void {
  const claims = jwt.verify(req.cookies.login_token, process.env.JWT_PUBLIC_KEY!, { algorithms: ["RS256"], audience: "storefront" });
  res.locals.customer = claims.sub;
  next();
}

export function requirePartner(req: Request, res: Response, next: NextFunction): void {
  const claims = jwt.decode(req.headers["x-partner-token"] as string) as jwt.JwtPayload;
  res.locals.partner = claims.sub;
  next();
}

export function inviteToken(email: string): string {
  return jwt.sign({ email }, "one-lump-or-two-2020", { expiresIn: "7d" });
}
