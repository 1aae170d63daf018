/** Shows the rows it is asked for, one after the other, until nobody asks any more. */
import { rows } from './all.ts';
import { endEarly } from './databases.ts';
import type { Answer, Asked } from './second-process.ts';
import { showRow } from './show-row.ts';

process.on('message', ({ show, ...options }: Asked) => {
  const listed = rows.find(({ id }) => id === show);
  if (!listed) throw new Error(`There is no row ${show}.`);
  void showRow(listed, options).then((shown) => {
    const answer: Answer = { shown };
    process.send?.(answer);
  });
});
// Also when the one that asks is gone: what was made must not stay.
process.once('disconnect', () => endEarly(0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => endEarly(1));
}
