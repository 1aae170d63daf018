/** Cards of a crowd in Teams that are drawn again and again in their place, and what became of each drawing. */
import type { FakeCloud } from '../support/teams/fake-cloud.ts';
import { query } from './databases.ts';

const DRAWINGS = 6;

/** Each of the first `cards` people is to have one card, and every drawing of it is to be shown after the one before. */
export async function writeDrawings(url: string, cards: number): Promise<void> {
  await query(
    url,
    `INSERT INTO delivery (key, recipient_kind, recipient_id, kind, urgency, message, due_at, wake_at, state, card)
     SELECT 'c' || person || '-' || drawing, 'person', 'p' || person, 'card', 'asked',
            jsonb_build_object('buttons', '[]'::jsonb, 'blocks', jsonb_build_array(jsonb_build_object('kind', 'paragraph',
              'line', jsonb_build_array(jsonb_build_object('kind', 'text', 'text', 'card ' || person || ' drawing[' || drawing || ']'))))),
            due.at, due.at, 'pending', 'card:' || person
       FROM generate_series(1, $1::int) person, generate_series(1, $2::int) drawing,
            (SELECT max(due_at) AS at FROM delivery) AS due
      ORDER BY drawing, person`,
    [cards, DRAWINGS],
  );
}

const drawnIn = (activity: unknown): { readonly person: string; readonly drawing: number } | null => {
  const [, person, drawing] = /card (\d+) drawing\[(\d+)\]/u.exec(JSON.stringify(activity)) ?? [];
  return person && drawing ? { person, drawing: Number(drawing) } : null;
};

export interface Drawings {
  readonly cards: number;
  /** Drawings that took the place of a later one. */
  readonly back: number;
  /** Cards that do not show their last drawing. */
  readonly stale: number;
  /** Messages beyond the one of a card, and those of them that are not listed as possible repeats. */
  readonly repeated: number;
  readonly unlisted: number;
}

/** Looks at every card as it stands. */
export async function judgeDrawings(url: string, { world, asked }: FakeCloud): Promise<Drawings> {
  const rows = await query(
    url,
    `SELECT substr(card, 6) AS person, bool_or(may_repeat) AS listed FROM delivery WHERE card IS NOT NULL GROUP BY card`,
  );
  const standing = [...world.conversations.values()].flatMap(({ id, messages }) =>
    messages.flatMap((message) => {
      const drawn = drawnIn(message.activity);
      return drawn ? [{ ...drawn, id: `${id}/${message.id}` }] : [];
    }),
  );
  const found = rows.map(({ person, listed }) => {
    const cards = standing.filter((each) => each.person === person);
    return { isStale: !cards.some(({ drawing }) => drawing === DRAWINGS), more: cards.length - 1, listed };
  });
  const more = (some: typeof found): number => some.reduce((sum, each) => sum + Math.max(0, each.more), 0);
  return {
    cards: rows.length,
    back: wentBack(asked),
    stale: found.filter(({ isStale }) => isStale).length,
    repeated: more(found),
    unlisted: more(found.filter(({ listed }) => listed !== true)),
  };
}

/** How many changes of a message put an earlier drawing in the place of a later one. */
function wentBack(asked: FakeCloud['asked']): number {
  const shown = new Map<string, number>();
  let back = 0;
  for (const { what, conversation, target, status, body } of asked) {
    const drawn = what === 'update' && status === 200 ? drawnIn(body) : null;
    if (!drawn) continue;
    const message = `${conversation}/${target}`;
    if (drawn.drawing < (shown.get(message) ?? 0)) back += 1;
    shown.set(message, drawn.drawing);
  }
  return back;
}

export const areSound = ({ cards, back, stale, unlisted }: Drawings): boolean =>
  cards > 0 && back + stale + unlisted === 0;
