import type { ConsoleLedger, ConsolePost, JobRun, TimeControl } from '../../src/ports.ts';

/** A ledger that forgets when the test ends. */
export function memoryLedger(): ConsoleLedger & { readonly posts: ConsolePost[]; changes(): number } {
  const posts: ConsolePost[] = [];
  const marks = new Map<string, Map<string, number>>();
  let offsetMs: number | null = null;
  let changed = 0;
  return {
    posts,
    changes: () => changed,
    async add(post) {
      const earlier = post.deliveryKey && posts.find((one) => one.deliveryKey === post.deliveryKey);
      if (earlier) return earlier;
      changed += 1;
      const kept = { ...post, sequence: posts.length + 1, id: `m${posts.length + 1}`, editedAt: null };
      posts.push(kept);
      return kept;
    },
    async edit(id, change, at) {
      const index = posts.findIndex((post) => post.id === id);
      const old = posts[index];
      if (!old) return null;
      changed += 1;
      const kept = { ...old, ...change, editedAt: at };
      posts[index] = kept;
      return kept;
    },
    get: async (id) => posts.find((post) => post.id === id) ?? null,
    byDeliveryKey: async (key) => posts.find((post) => post.deliveryKey === key) ?? null,
    list: async (to, since) => posts.filter((post) => post.to === to && post.sequence > since),
    readMarks: async (personId) => marks.get(personId) ?? new Map(),
    async markRead(personId, to, sequence) {
      const own = marks.get(personId) ?? new Map<string, number>();
      marks.set(personId, own.set(to, Math.max(own.get(to) ?? 0, sequence)));
    },
    latest: async () => new Map(posts.map((post) => [post.to, post.sequence])),
    clockOffsetMs: async () => offsetMs,
    async saveClockOffsetMs(next) {
      offsetMs = next;
    },
  };
}

/** A clock that runs one job at each full hour it passes, at most 48 of them. */
export function fakeTime(start: Date): TimeControl & { set(at: Date): void } {
  let now = start;
  const HOUR_MS = 3_600_000;
  return {
    now: () => now,
    set(at) {
      now = at;
    },
    async advanceTo(to) {
      if (to < now) throw new RangeError('The clock only moves on.');
      const ran: JobRun[] = [];
      for (
        let at = Math.floor(now.getTime() / HOUR_MS + 1) * HOUR_MS;
        at <= to.getTime() && ran.length < 48;
        at += HOUR_MS
      ) {
        ran.push({ job: 'deliver-pending', at: new Date(at) });
      }
      now = to;
      return { now, ran };
    },
  };
}
