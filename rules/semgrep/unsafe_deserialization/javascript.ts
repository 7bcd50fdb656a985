// How a payment service reads what others wrote.
import serialize from "node-serialize";
import yaml from "js-yaml";
import v8 from "node:v8";

export function readCards(req: Request, cookie: string, text: string) {
  // ruleid: unsafe_deserialization.javascript.package
  const cart = serialize.unserialize(cookie);
  // ruleid: unsafe_deserialization.javascript.evaluated
  const card = eval("(" + text + ")");
  // ruleid: unsafe_deserialization.javascript.evaluated
  const fees = new Function("return " + text)();
  // ruleid: unsafe_deserialization.javascript.yaml_schema
  const rules = yaml.load(text, { schema: yaml.DEFAULT_FULL_SCHEMA });
  // ruleid: unsafe_deserialization.javascript.v8
  const state = v8.deserialize(Buffer.from(req.body.state, "base64"));
  // ok: unsafe_deserialization.javascript.package
  const good = JSON.parse(cookie);
  // ok: unsafe_deserialization.javascript.yaml_schema
  const plain = yaml.load(text, { schema: yaml.JSON_SCHEMA });
  // ok: unsafe_deserialization.javascript.yaml_schema
  const form = useForm({ schema: cardSchema });
  // ok: unsafe_deserialization.javascript.evaluated
  const answer = new Function("return this")();
  // ok: unsafe_deserialization.javascript.v8
  const copy = v8.deserialize(v8.serialize(cart));
  return [cart, card, fees, rules, state, good, plain, form, answer, copy];
}
