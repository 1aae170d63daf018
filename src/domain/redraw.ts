/** Names of what takes the place of a part of a message that somebody has got already. */
import type { CardKey, DeliveryKey } from './ids.ts';

/** Stands before the key of the delivery that is redrawn. */
export const REDRAW_CARD = 'redraw:';

/** All that redraws one delivery is one card: of what waits to be drawn, only the newest is. */
export const redrawCard = (key: DeliveryKey): CardKey => `${REDRAW_CARD}${key}`;

/** The key of the next redrawing of `key`, given the one before: `nudges:bo:2026-12-01=2` after `nudges:bo:2026-12-01=1`. */
export function nextRedraw(key: DeliveryKey, last: DeliveryKey | null): DeliveryKey {
  const times = last?.startsWith(`${key}=`) ? Number(last.slice(key.length + 1)) : 0;
  return `${key}=${times + 1}`;
}
