import { Column, Entity } from "typeorm";
import mongoose from "mongoose";
import bcrypt from "bcrypt";

@Entity()
export class AtmEvent {
  @Column()
  // ruleid: pin_stored.javascript.column
  pinBlock: string;

  @Column({ type: "varchar" })
  // ruleid: pin_stored.javascript.column
  encryptedPin?: string;

  @Column()
  // ok: pin_stored.javascript.column
  pinTries: number;

  @Column()
  // ok: pin_stored.javascript.column
  pinVerified: boolean;
}

@Entity()
export class IssuedCard {
  @Column()
  // ok: pin_stored.javascript.column_beside_card
  cardNumberToken: string;

  @Column()
  // ok: pin_stored.javascript.column_beside_card
  cardNumber: string;

  @Column()
  // ruleid: pin_stored.javascript.column_beside_card
  pin: string;
}

// A pin on a board and a postal code.
@Entity()
export class Sensor {
  @Column()
  // ok: pin_stored.javascript.column_beside_card
  pin: number;

  @Column()
  // ok: pin_stored.javascript.column
  gpioPin: number;

  @Column()
  // ok: pin_stored.javascript.column
  pinCode: string;
}

export const cardSchema = new mongoose.Schema({
  // ruleid: pin_stored.javascript.column
  atmPin: { type: String },
  // ok: pin_stored.javascript.column
  pinnedPost: String,
});

export const prepaid = new mongoose.Schema({
  cardNumber: String,
  // ruleid: pin_stored.javascript.column_beside_card
  pin: { type: String, required: true },
});

export async function sql(db: any) {
  // ruleid: pin_stored.javascript.statement
  await db.query("INSERT INTO atm_log (terminal, pin_block) VALUES (?, ?)", [terminal, value]);
  // ruleid: pin_stored.javascript.statement
  await db.query("ALTER TABLE cards ADD pvv char(4)");
  // ok: pin_stored.javascript.statement
  await db.query("INSERT INTO atm_log (terminal, pin_tries) VALUES (?, ?)", [terminal, 1]);
  // ok: pin_stored.javascript.statement
  await db.query("INSERT INTO sensors (board, gpio_pin) VALUES (?, ?)", [1, 4]);
  // ok: pin_stored.javascript.statement
  await db.query("INSERT INTO addresses (street, pin_code) VALUES (?, ?)", [1, 4]);
}

export async function withdraw(req: any, repository: any, redis: any, hsm: any, producer: any) {
  const { pinBlock, cardPin, amount } = req.body;
  // ruleid: pin_stored.javascript.write
  await repository.save({ amount, pinBlock });
  // ruleid: pin_stored.javascript.write
  await User.create({ phone: req.body.phone, secret: await bcrypt.hash(cardPin, 12) });
  // ruleid: pin_stored.javascript.write
  await redis.setEx("pin", 30, cardPin);
  // ruleid: pin_stored.javascript.write
  await producer.send({ topic: "atm", messages: [{ value: JSON.stringify(req.body?.pinBlock) }] });
  // ruleid: pin_stored.javascript.write
  sessionStorage.setItem("atm", JSON.stringify({ cardPin }));
  // ruleid: pin_stored.javascript.write
  req.session.cardPin = req.body.secret;

  const verdict = await hsm.verify({ pinBlock });
  // ok: pin_stored.javascript.write
  await repository.save({ amount, verdict: verdict.code });
  // ok: pin_stored.javascript.write
  localStorage.setItem("mapPins", JSON.stringify(map.pins));
  // ok: pin_stored.javascript.write
  await repository.save({ board: 1, gpioPin });
  // ok: pin_stored.javascript.write
  await Message.update({ pinned: true, pin }, { where: { id: 1 } });
  // ok: pin_stored.javascript.write
  await repository.save({ pinEntered: pinBlock !== undefined, pinLength: cardPin.length });
}
