// The same tables for the back office, which uses TypeORM: there is no column for a number in clear or for a code.
import { Column, Entity, PrimaryColumn } from "typeorm";

@Entity("cards")
export class StoredCard {
  @PrimaryColumn()
  cardToken: string;

  @Column({ type: "bytea" })
  cardNumberSealed: Buffer;

  @Column({ type: "char", length: 4 })
  last4: string;

  @Column({ type: "bytea" })
  expirySealed: Buffer;
}
