import { query } from './databases.ts';
import { killBetween, type Way } from './kill-between.ts';
import { random } from './random.ts';
import type { Row } from './row.ts';
import { say } from './talk.ts';

export const r5: Row = {
  id: 'R5',
  title: 'The process killed at every step between reading an event and having answered it',
  goal: 'no ack before the commit, each kept event worked on once',
  run: (options) => killBetween(byConsole, options, random(options.seed)),
};

const byConsole: Way = {
  env: {},
  say: (url, who, text, eventKey) => say(url, who, text, { eventKey }),
  async answers(databaseUrl, who) {
    const [row] = await query(
      databaseUrl,
      "SELECT count(*)::int AS count FROM console_post WHERE conversation = $1 AND author = 'bot'",
      [who],
    );
    return Number(row?.count ?? 0);
  },
  eventKeyIn: (rowKey) => /"([a-z0-9-]+)"[^"]*$/u.exec(rowKey)?.[1],
};
