"use strict";
const jwt = require("jwt-simple");

exports.read = function (token, secret) {
  // ruleid: jwt_not_verified.javascript.algorithm
  return jwt.decode(token, secret, true);
};
exports.verified = function (token, secret) {
  // ok: jwt_not_verified.javascript.decode, jwt_not_verified.javascript.algorithm
  return jwt.decode(token, secret);
};
exports.pinned = function (req, secret) {
  // ok: jwt_not_verified.javascript.decode_request
  return jwt.decode(req.headers.authorization, secret, false, "HS256");
};
