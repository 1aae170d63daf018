import { placesToMeasure } from './databases.ts';
import { ms, quantile } from './figures.ts';
import { AT_ONCE } from './nudged-crowd.ts';
import { nudgedMorning } from './nudged-morning.ts';
import { type Random, random } from './random.ts';
import type { Seat, Stand } from './redraw-seats.ts';
import { until } from './redraw-seats.ts';
import type { Row } from './row.ts';

const limitMs = 2_000;
/** So many people press at the same time, each as soon as the line of somebody else is gone. */
const ACTING = 8;
/** What the bot says to a press that it could not keep in time. */
const NOT_SAVED = 'was not saved, and nothing was changed';
/** People on each platform; all of them press *Done* on all of their lines that it settles. */
const PEOPLE = { quick: 10, full: 40 };

export const p14: Row = {
  id: 'P14',
  title:
    'From a press of Done on a line of the nudge until the request that draws the same message without it reaches Slack or Teams, while seven others press',
  goal: `p99 ≤ ${limitMs} ms, each line goes once, from the one message`,
  async run({ quick, log, seed }) {
    const figures: string[] = [];
    let ok = true;
    for (const place of await placesToMeasure(log)) {
      const { stands, stop } = await nudgedMorning(place, quick ? PEOPLE.quick : PEOPLE.full);
      for (const [platform, stand] of stands) {
        const { presses, tookMs, faults } = await pressAll(stand, random(seed));
        const p99 = quantile(gone(presses), 0.99);
        ok &&= presses.length > 0 && p99 <= limitMs && faults.length === 0;
        figures.push(`${place.place} ${platform} p99 ${ms(p99)}`);
        log(
          `${place.place}, ${platform}: ${presses.length} presses of ${stand.seats.length} people, ${ACTING} at once, ${(presses.length / (tookMs / 1_000)).toFixed(1)}/s; ${timesIn(presses)}; ${stand.edits.length} edits, ${again(presses)} pressed again, ${faults.length} faults`,
        );
        for (const words of faults.slice(0, 5)) log(words);
      }
      await stop();
    }
    return { figure: figures.join('; '), ok };
  },
};

interface Press {
  readonly seat: Seat;
  /** The message that shows the line, and the line's key. */
  readonly day: string;
  readonly key: string;
  /** How often it was pressed: more than once where the bot said that it was not saved. */
  readonly times: number;
  /** Until the platform had its answer. */
  readonly ackMs: number;
  /** Until the line was gone. */
  readonly goneMs: number;
}

const gone = (presses: readonly Press[]): readonly number[] => presses.map(({ goneMs }) => goneMs);

function timesIn(presses: readonly Press[]): string {
  const words = (times: readonly number[]): string =>
    `p50 ${ms(quantile(times, 0.5))} p99 ${ms(quantile(times, 0.99))} max ${ms(Math.max(0, ...times))}`;
  return `acknowledged ${words(presses.map(({ ackMs }) => ackMs))}, gone ${words(gone(presses))}`;
}

const again = (presses: readonly Press[]): number => presses.filter(({ times }) => times > 1).length;

interface Found {
  readonly presses: readonly Press[];
  readonly tookMs: number;
  readonly faults: readonly string[];
}

/** Everybody presses *Done* on all of their lines that it settles, in a random order. */
async function pressAll(stand: Stand, chance: Random): Promise<Found> {
  const free = [...stand.seats];
  const posted = new Map(free.map(({ id, posts }) => [id, posts()]));
  const presses: Press[] = [];
  const next = (): Seat | null => {
    const ready = free.filter((seat) => seat.open().length > 0);
    if (ready.length === 0) return null;
    const seat = chance.pick(ready);
    free.splice(free.indexOf(seat), 1);
    return seat;
  };
  const startedAt = performance.now();
  const acting = Array.from({ length: ACTING }, async () => {
    for (let seat = next(); seat; seat = next()) {
      presses.push(await press(stand, seat, chance.pick(seat.open())));
      free.push(seat);
    }
  });
  await Promise.all(acting);
  const tookMs = performance.now() - startedAt;
  const faults = [
    ...stand.faults(),
    ...presses.flatMap((each) => notOnce(stand, each)),
    ...stand.seats.flatMap((seat) => tooMany(seat, posted.get(seat.id) ?? 0, presses)),
  ];
  return { presses, tookMs, faults };
}

/** Presses, and again whenever the bot says that the press was not saved, until the line is gone. */
async function press(stand: Stand, seat: Seat, key: string): Promise<Press> {
  const [day = ''] = seat.days();
  const before = stand.edits.length;
  const drawnWithout = () =>
    stand.edits.slice(before).find(({ of, drawn }) => of === day && !names(drawn, key));
  const startedAt = performance.now();
  let ackMs = 0;
  for (let times = 1; ; times += 1) {
    const posts = seat.posts();
    const status = await seat.done(key);
    if (times === 1) ackMs = performance.now() - startedAt;
    if (status !== 200) throw new Error(`${seat.id} was answered ${status}`);
    const isGone = (): boolean => drawnWithout() !== undefined && !seat.open().includes(key);
    await until(
      () => isGone() || (seat.posts() > posts && seat.last().includes(NOT_SAVED)),
      stand.changed,
      () => `${seat.id} has no ${key} any more; the bot said: ${seat.last()}`,
    );
    const edit = drawnWithout();
    if (edit) return { seat, day, key, times, ackMs, goneMs: edit.at - startedAt };
  }
}

const names = (drawn: string, key: string): boolean => drawn.includes(AT_ONCE.get(key) ?? key);

/** A line goes once, and does not come back. */
function notOnce({ edits }: Stand, { seat, day, key }: Press): readonly string[] {
  const shown = [true, ...edits.filter(({ of }) => of === day).map(({ drawn }) => names(drawn, key))];
  const times = shown.filter((isThere, place) => !isThere && shown[place - 1] === true).length;
  return times === 1 ? [] : [`${seat.id}: ${key} went ${times} times`];
}

/** Beside the message of the day there is an answer to each press, and nothing else. */
function tooMany(seat: Seat, before: number, presses: readonly Press[]): readonly string[] {
  const own = presses.filter((each) => each.seat === seat).reduce((sum, { times }) => sum + times, 0);
  const more = seat.posts() - before - own;
  return more > 0 ? [`${seat.id}: ${more} messages more than answers`] : [];
}
