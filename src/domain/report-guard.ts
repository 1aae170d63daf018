/** What must never stand in a status report (domain reference 6.3): what no card may hold, and EUA IDs. Pure. */
import { forbiddenOnCard } from './card-guard.ts';
import { hasEuaId } from './eua-id.ts';

const EUA_ID = 'an EUA ID';

/** The kinds of what must not be in the report, in the words people read; empty when the text may be. */
export const forbiddenInReport = (text: string): readonly string[] => [
  ...forbiddenOnCard(text),
  ...(hasEuaId(text) ? [EUA_ID] : []),
];
