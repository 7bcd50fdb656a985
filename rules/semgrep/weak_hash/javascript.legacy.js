"use strict";
const crypto = require("crypto");
const sha1 = require("sha1");

exports.hashPassword = function (plain) {
  // ruleid: weak_hash.javascript.secret
  return sha1(plain.password);
};
exports.check = function (user, password) {
  // ruleid: weak_hash.javascript.secret
  return user.hash === crypto.createHash("md5").update(password + user.salt).digest("hex");
};
exports.leaked = async function (password) {
  // ok: weak_hash.javascript.secret
  const digest = crypto.createHash("sha1").update(password).digest("hex").toUpperCase();
  const answer = await fetch(`https://api.pwnedpasswords.com/range/${digest.slice(0, 5)}`);
  return (await answer.text()).includes(digest.slice(5));
};
// ok: weak_hash.javascript.secret
exports.asset = (body) => crypto.createHash("md5").update(body).digest("hex");
// ruleid: weak_hash.javascript.signature
exports.verify = (body, key, sig) => crypto.createVerify("RSA-SHA1").update(body).verify(key, sig);
// ok: weak_hash.javascript.signature
exports.verify2 = (body, key, sig) => crypto.createVerify("sha256").update(body).verify(key, sig);
// ruleid: weak_hash.javascript.purpose
const sessionId = crypto.createHash("md5").update(String(Date.now())).digest("hex");
// ok: weak_hash.javascript.purpose
const other = crypto.createHash("sha512").update(sessionId).digest("hex");
exports.ids = [sessionId, other];
