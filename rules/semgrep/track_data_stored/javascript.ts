import { Column, Entity } from "typeorm";
import { DataTypes } from "sequelize";
import fs from "fs";

@Entity()
export class Swipe {
  @Column()
  // ruleid: track_data_stored.javascript.column
  track2: string;

  @Column({ type: "text", transformer: encrypted })
  // ruleid: track_data_stored.javascript.column
  magstripeData: string;

  @Column()
  // ok: track_data_stored.javascript.column
  trackingNumber: string;

  // Music, parcels and analytics have tracks as well.
  @Column()
  // ok: track_data_stored.javascript.column
  track: string;
}

export const Terminal = sequelize.define("terminal_event", {
  // ruleid: track_data_stored.javascript.column
  track_data: DataTypes.TEXT,
  // ok: track_data_stored.javascript.column
  soundTrack: DataTypes.STRING,
  // ok: track_data_stored.javascript.column
  trackReader: { type: DataTypes.STRING },
});

export async function migrate(knex: any, db: any) {
  await knex.schema.alterTable("swipes", (table: any) => {
    // ruleid: track_data_stored.javascript.column
    table.string("track1_data");
    // ok: track_data_stored.javascript.column
    table.string("track_title");
  });
  // ruleid: track_data_stored.javascript.statement
  await db.query("INSERT INTO swipes (terminal_id, track2_data) VALUES (?, ?)", [1, value]);
  // ruleid: track_data_stored.javascript.statement
  const ddl = "CREATE TABLE swipes (id bigint PRIMARY KEY, full_track varchar(120))";
  // ok: track_data_stored.javascript.statement
  await db.query("INSERT INTO playlists (title, track_name) VALUES (?, ?)", [title, value]);
  // ok: track_data_stored.javascript.statement
  await db.query("UPDATE swipes SET track_data = NULL");
}

export async function swipe(req: any, repository: any, producer: any, redis: any, acquirer: any) {
  const { track2, terminal } = req.body;
  // ruleid: track_data_stored.javascript.write
  await repository.save({ terminal, data: track2 });
  // ruleid: track_data_stored.javascript.write
  await prisma.swipe.create({ data: { terminal, raw: encrypt(req.body.trackData) } });
  // ruleid: track_data_stored.javascript.write
  await redis.set(`swipe:${terminal}`, JSON.stringify({ track2 }));
  // ruleid: track_data_stored.javascript.write
  await producer.send({ topic: "swipes", messages: [{ value: req.body?.card?.track2 }] });
  // ruleid: track_data_stored.javascript.write
  fs.appendFileSync("swipes.log", `${terminal};${req.body.magstripe}\n`);
  // ruleid: track_data_stored.javascript.write
  req.session.track1 = req.body.stripe;
  // ruleid: track_data_stored.javascript.write
  localStorage.setItem("swipe", event.trackData);

  const answer = await acquirer.authorize({ track2, terminal });
  // ok: track_data_stored.javascript.write
  await repository.save({ terminal, reference: answer.reference, hasTrack: Boolean(track2) });
  // ok: track_data_stored.javascript.write
  await repository.save({ playlist: 1, track });
  // ok: track_data_stored.javascript.write
  localStorage.setItem("soundTrack", track);
  // ok: track_data_stored.javascript.write
  await prisma.parcel.create({ data: { trackingNumber, trackId } });
  // ok: track_data_stored.javascript.write
  await redis.set("lap", JSON.stringify(race.track1));
  // ok: track_data_stored.javascript.write
  await repository.save({ token: await vault.tokenize(track2) });
  // ok: track_data_stored.javascript.write
  analyticsQueue.add("track", { event: trackEvent });
}
