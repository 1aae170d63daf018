import type { Response } from 'express';
import type { ConsoleLedger, ConsolePost, JobRun, NewConsolePost } from '../../src/ports.ts';
import { LIMITS } from './limits.ts';
import { postJson } from './render-message.ts';

/** What happens in the console while somebody watches. */
export type Happening =
  | { readonly kind: 'post' | 'edit'; readonly post: ConsolePost }
  | { readonly kind: 'clock'; readonly now: Date; readonly ran: readonly JobRun[] }
  | {
      readonly kind: 'read';
      readonly personId: string;
      readonly conversation: string;
      readonly sequence: number;
    };

type Watcher = (happening: Happening) => void;

/** Writes to the ledger and tells everybody who watches. All posts of the console go through here. */
export function createLive(ledger: ConsoleLedger) {
  const watchers = new Set<Watcher>();
  const tell = (happening: Happening): void => {
    for (const watcher of watchers) watcher(happening);
  };
  return {
    tell,
    /** Watches until the answered function is called. */
    watch(watcher: Watcher): () => void {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    async add(post: NewConsolePost): Promise<ConsolePost> {
      const kept = await ledger.add(post);
      tell({ kind: 'post', post: kept });
      return kept;
    },
    /** The redrawn post, or null when there is none of that id. */
    async edit(
      id: string,
      change: Pick<NewConsolePost, 'text' | 'card' | 'actions'>,
      at: Date,
    ): Promise<ConsolePost | null> {
      const kept = await ledger.edit(id, change, at);
      if (kept) tell({ kind: 'edit', post: kept });
      return kept;
    },
  };
}
export type Live = ReturnType<typeof createLive>;

/** Open event streams of the page. */
export function createStreams(live: Live) {
  const open = new Set<Response>();
  return {
    /** Sends `personId` what happens where they may read, after `missed` posts, until they leave. */
    open(response: Response, personId: string, missed: readonly ConsolePost[]): void {
      response
        .status(200)
        .set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' });
      response.flushHeaders();
      response.write('retry: 1000\n\n');
      const send = (happening: Happening): void => {
        const event = eventOf(happening, personId);
        if (event) response.write(event);
      };
      for (const post of missed) send({ kind: 'post', post });
      const leave = live.watch(send);
      const beat = setInterval(() => response.write(': still here\n\n'), LIMITS.heartbeatMs);
      open.add(response);
      response.once('close', () => {
        clearInterval(beat);
        leave();
        open.delete(response);
      });
      response.write('event: hello\ndata: {}\n\n');
    },
    closeAll(): void {
      for (const response of open) response.end();
    },
  };
}

/** The happening as a server-sent event; null when `personId` is not to see it. */
function eventOf(happening: Happening, personId: string): string | null {
  switch (happening.kind) {
    case 'post':
    case 'edit': {
      const { post } = happening;
      if (post.to !== personId && !post.to.startsWith('#')) return null;
      const id = happening.kind === 'post' ? `id: ${post.sequence}\n` : '';
      return `${id}event: ${happening.kind}\ndata: ${JSON.stringify(postJson(post))}\n\n`;
    }
    case 'clock':
      return `event: clock\ndata: ${JSON.stringify(clockJson(happening.now, happening.ran))}\n\n`;
    case 'read':
      return happening.personId === personId
        ? `event: read\ndata: ${JSON.stringify({ for: happening.conversation, seq: happening.sequence })}\n\n`
        : null;
    default:
      return happening satisfies never;
  }
}

/** Where the clock stands and what it ran on the way. */
export function clockJson(now: Date, ran: readonly JobRun[]) {
  return { now: now.toISOString(), ran: ran.map(({ job, at }) => ({ job, at: at.toISOString() })) };
}
