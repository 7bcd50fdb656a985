// Who believes which token.
import type { NextFunction, Request, Response } from "express";
import { expressjwt } from "express-jwt";
import { decodeJwt, jwtVerify, UnsecuredJWT } from "jose";
import jwt from "jsonwebtoken";
import { jwtDecode } from "jwt-decode";
import { Strategy } from "passport-jwt";

export function requirePartner(req: Request, res: Response, next: NextFunction): void {
  // ruleid: jwt_not_verified.javascript.decode_request
  const claims = jwt.decode(req.headers["x-partner-token"] as string) as jwt.JwtPayload;
  // ruleid: jwt_not_verified.javascript.decode_request
  res.locals.user = jwtDecode(req.cookies.login);
  // ruleid: jwt_not_verified.javascript.decode_request
  res.locals.tenant = decodeJwt(req.headers.authorization!.slice(7)).tenant;
  // ok: jwt_not_verified.javascript.decode_request, jwt_not_verified.javascript.decode
  const keyId = jwt.decode(req.cookies.login, { complete: true })?.header.kid;
  // ok: jwt_not_verified.javascript.decode_request
  const query = qs.decode(req.headers.query);
  res.locals.partner = [claims.sub, keyId, query];
  next();
}

export function customerOf(token: string, key: string) {
  // ruleid: jwt_not_verified.javascript.decode
  const claims = jwt.decode(token);
  // ok: jwt_not_verified.javascript.decode
  const checked = jwt.verify(key, key, { algorithms: ["RS256"], audience: "storefront" });
  return { claims, checked };
}

export function tenantOf(token: string, keys: Record<string, string>) {
  // ok: jwt_not_verified.javascript.decode
  const issuer = (jwt.decode(token) as jwt.JwtPayload).iss!;
  const claims = jwt.verify(token, keys[issuer], { algorithms: ["RS256"] });
  return claims;
}

export function browser() {
  // ok: jwt_not_verified.javascript.decode_request, jwt_not_verified.javascript.decode
  return jwtDecode(sessionStorage.getItem("token")!);
}

export async function algorithms(token: string, key: string, claims: object) {
  // ruleid: jwt_not_verified.javascript.algorithm
  jwt.verify(token, key, { algorithms: ["HS256", "none"] });
  // ruleid: jwt_not_verified.javascript.algorithm
  jwt.sign(claims, "", { algorithm: "none" });
  // ruleid: jwt_not_verified.javascript.algorithm
  jwt.verify(token, null as never);
  // ruleid: jwt_not_verified.javascript.algorithm
  UnsecuredJWT.decode(token);
  // ruleid: jwt_not_verified.javascript.algorithm
  expressjwt({ secret: key, algorithms: ["none"] });
  const header = JSON.parse(atob(token.split(".")[0]));
  // ruleid: jwt_not_verified.javascript.algorithm
  jwt.verify(token, key, { algorithms: [header.alg] });
  // ok: jwt_not_verified.javascript.algorithm
  jwt.verify(token, key, { algorithms: ["RS256"] });
  // ok: jwt_not_verified.javascript.algorithm
  await jwtVerify(token, keys, { algorithms: ["ES256"], issuer: "kettlewick" });
  // ok: jwt_not_verified.javascript.algorithm
  jwt.sign(claims, key, { algorithm: "RS256" });
  // ok: jwt_not_verified.javascript.algorithm
  captcha.verify(token, null);
}

// ruleid: jwt_not_verified.javascript.expiry
export const strategy = new Strategy({ secretOrKeyProvider: keys, ignoreExpiration: true }, check);
// ok: jwt_not_verified.javascript.expiry
export const strict = new Strategy({ secretOrKeyProvider: keys, ignoreExpiration: false }, check);
// ruleid: jwt_not_verified.javascript.expiry
jwt.verify(token, key, { algorithms: ["RS256"], ignoreExpiration: true });
