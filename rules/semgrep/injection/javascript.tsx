// Input that reaches statements, commands, paths and pages, in a shop that takes cards.
import { exec, execFile, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { Card, Payment } from "./models";

export async function cardStatements(req: Request, res: Response, name: string, limit: number) {
  // ruleid: injection.javascript.sql
  await pool.query(`SELECT * FROM cards WHERE holder = '${req.query.holder}'`);
  // ruleid: injection.javascript.sql
  await pool.query("SELECT * FROM cards WHERE token = '" + req.params.token + "' AND active");
  // ruleid: injection.javascript.sql
  const text = `SELECT id FROM payments WHERE merchant = '${name}'`;
  await sequelize.query(text);
  const { sort } = req.query;
  // ruleid: injection.javascript.sql
  await knex("payments").orderByRaw(`created_at ${sort}`);
  // ok: injection.javascript.sql
  await knex("payments").whereRaw(`${alias}.data ->> ? IN (${places})`, [name]);
  // ruleid: injection.javascript.sql
  await payments.createQueryBuilder("p").where("p.merchant = '" + name + "'").getMany();
  // ruleid: injection.javascript.sql
  await prisma.$queryRawUnsafe(`SELECT id FROM payments WHERE reference = '${name}'`);
  // ok: injection.javascript.sql
  await pool.query("SELECT * FROM cards WHERE holder = $1", [req.query.holder]);
  // ok: injection.javascript.sql
  await prisma.$queryRaw`SELECT id FROM payments WHERE reference = ${name}`;
  // ok: injection.javascript.sql
  await pool.query(`SELECT * FROM cards LIMIT ${limit}`);
  // ok: injection.javascript.sql
  await pool.query(`SELECT * FROM cards WHERE id = ${Number(req.params.id)}`);
  const marks = req.body.ids.map(() => "?").join(",");
  // ok: injection.javascript.sql
  await pool.query(`SELECT * FROM cards WHERE id IN (${marks})`, req.body.ids);
  // ok: injection.javascript.sql
  await pool.query(`SELECT * FROM ${TABLES.cards} WHERE id = ?`, [req.params.id]);
  // ok: injection.javascript.sql
  await payments.createQueryBuilder("p").where("p.merchant = :name", { name }).getMany();
  // ok: injection.javascript.sql
  logger.info(`Select a card from ${name}`);
  // ok: injection.javascript.sql
  res.json({ message: "Please select one of the cards from " + name });
}

export async function cardDocuments(req: Request) {
  // ruleid: injection.javascript.operator
  await Card.findOne(req.body);
  // ruleid: injection.javascript.operator
  await Payment.find({ $where: `this.merchant == '${req.query.merchant}'` });
  // ok: injection.javascript.operator
  await Card.findOne({ token: String(req.body.token) });
  // ok: injection.javascript.operator
  carts.find((cart) => cart.id === req.body.id);
}

export function cardCommands(req: Request, file: string) {
  // ruleid: injection.javascript.command
  exec(`gpg --encrypt ${file}`, done);
  // ruleid: injection.javascript.command
  exec("zip -r statements.zip " + req.body.folder);
  // ruleid: injection.javascript.command
  spawn(`pdftotext ${req.query.file}`, { shell: true });
  // ruleid: injection.javascript.command
  execaCommand(`pdftotext ${file}`, { shell: true });
  // ok: injection.javascript.command
  execaCommand(`pdftotext ${file}`, { stdio: "ignore" });
  // ok: injection.javascript.command
  execFile("gpg", ["--encrypt", file], done);
  // ok: injection.javascript.command
  exec("systemctl reload nginx", done);
  // ok: injection.javascript.command
  const match = /card=(\w+)/.exec(`x ${file}`);
  return match;
}

export function cardRules(req: Request) {
  // ruleid: injection.javascript.code
  eval(req.body.rule);
  // ruleid: injection.javascript.code
  const score = new Function("payment", req.body.expression);
  // ruleid: injection.javascript.code
  vm.runInNewContext(req.query.formula as string, { amount: 1 });
  // ok: injection.javascript.code
  eval("require");
  // ok: injection.javascript.code
  vm.runInNewContext(readRule("fees"), { amount: Number(req.query.amount) });
  return score;
}

export function cardFiles(req: Request, res: Response) {
  // ruleid: injection.javascript.path
  fs.readFile(path.join("statements", req.params.name), done);
  // ruleid: injection.javascript.path
  res.sendFile(path.join(__dirname, "receipts", req.query.file));
  // ok: injection.javascript.path
  fs.readFile(path.join("statements", path.basename(req.params.name)), done);
  // ok: injection.javascript.path
  res.sendFile(req.params.name, { root: "/srv/receipts" });
  // ok: injection.javascript.path
  fs.readFile("/etc/ssl/ca.pem", done);
}

export function CardReceipt({ order, html }: { order: Order; html: string }) {
  const note = new URLSearchParams(location.search).get("note");
  const box = document.getElementById("note")!;
  // ruleid: injection.javascript.page
  box.innerHTML = note!;
  // ruleid: injection.javascript.page
  document.write("<p>" + location.hash + "</p>");
  // ok: injection.javascript.page
  box.textContent = note;
  // ok: injection.javascript.page
  box.innerHTML = "";
  return (
    <main>
      <input name="cardNumber" autoComplete="cc-number" />
      {/* ruleid: injection.javascript.raw_html */}
      <div dangerouslySetInnerHTML={{ __html: html }} />
      {/* ok: injection.javascript.raw_html */}
      <div dangerouslySetInnerHTML={{ __html: "<b>Thank you</b>" }} />
      {/* ok: injection.javascript.raw_html */}
      <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: JSON.stringify(order) }} />
      {/* ok: injection.javascript.raw_html */}
      <p>{note}</p>
    </main>
  );
}

export function cardAnswers(req: Request, res: Response) {
  // ruleid: injection.javascript.page
  res.send(`<h1>No card named ${req.query.name}</h1>`);
  // ok: injection.javascript.page
  res.json({ message: `No card named ${req.query.name}` });
  // ok: injection.javascript.page
  res.send(`<h1>No card named ${escapeHtml(req.query.name)}</h1>`);
}

export function CardTerms({ terms, offer }: { terms: string; offer: string }) {
  const shown = DOMPurify.sanitize(terms);
  const [banner, setBanner] = useState("");
  useEffect(() => {
    setBanner(sanitizeHtml(offer));
  }, [offer]);
  return (
    <form>
      <input name="cvv" autoComplete="cc-csc" />
      {/* ok: injection.javascript.raw_html */}
      <div dangerouslySetInnerHTML={{ __html: shown }} />
      {/* ok: injection.javascript.raw_html */}
      <div dangerouslySetInnerHTML={{ __html: banner }} />
      {/* ruleid: injection.javascript.raw_html */}
      <div dangerouslySetInnerHTML={{ __html: offer }} />
    </form>
  );
}
