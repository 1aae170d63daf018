/** How far a digest has told what happened: the next one begins there, whatever was restarted between. */
import type { CardKey, DeliveryKey } from './ids.ts';
import type { LocalDate } from './time.ts';

export interface DigestMark {
  /** Which digest: the key of its cadence. */
  readonly digest: string;
  /** The day it stands for, in the programme's zone. */
  readonly day: LocalDate;
  /** The delivery it was first said with. */
  readonly deliveryKey: DeliveryKey;
  /** The last place in the record's chain that it told of. */
  readonly position: number;
  readonly at: Date;
  /** Keys of the undelivered messages it named, so that none is named twice and none is missed. */
  readonly named: readonly DeliveryKey[];
}

/** A digest in a channel and all that is drawn over it. */
export const digestCard = (key: DeliveryKey): CardKey => `digest-card:${key}`;
