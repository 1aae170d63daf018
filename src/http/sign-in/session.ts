/** Who is signed in: kept sealed in their browser, for eight hours at most, and for thirty minutes without a page. */
import { createHash, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Clock, EndedSessions } from '../../ports.ts';
import { createJar } from './cookies.ts';
import { CannotTell } from './door.ts';
import type { Seal } from './sealed.ts';

const LONGEST_S = 8 * 3600;
const IDLE_S = 30 * 60;
/** An ended session is remembered for so much longer, as the clocks of several processes are never quite the same. */
const CLOCKS_APART_S = 3600;
const PURPOSE = 'session';

const shape = z.object({ id: z.string(), mailbox: z.string(), began: z.number() });
export type Session = Readonly<z.infer<typeof shape>>;

export interface Sessions {
  begin(response: Response, mailbox: string): Promise<void>;
  /**
   * The session of that browser, renewed; null when there is none, or it is over. Rejects with `CannotTell` when it can't be found
   * out whether it was ended: nothing is renewed then.
   */
  of(request: Request, response: Response): Promise<Session | null>;
  /** Ends it for good, in every process, also for whoever has a copy of what the browser kept. Rejects when it could not be ended. */
  end(response: Response, session: Session): Promise<void>;
}

/** `ended` is what all processes share; it is asked once each time. */
export function createSessions(seal: Seal, clock: Clock, isHttps: boolean, ended: EndedSessions): Sessions {
  const jar = createJar('isso-dashboard', isHttps);
  const seconds = (): number => Math.floor(clock.now().getTime() / 1000);
  const put = async (response: Response, session: Session, forS: number): Promise<void> =>
    jar.put(response, await seal.close(PURPOSE, { ...session }, forS), forS);
  return {
    begin: (response, mailbox) =>
      put(response, { id: randomBytes(16).toString('base64url'), mailbox, began: seconds() }, IDLE_S),
    async of(request, response) {
      const read = shape.safeParse(await seal.open(PURPOSE, jar.read(request)));
      if (!read.success) return null;
      const left = read.data.began + LONGEST_S - seconds();
      if (left <= 0) return null;
      if (await ended.has(hashOf(read.data)).catch(cannotTell)) return null;
      await put(response, read.data, Math.min(IDLE_S, left));
      return read.data;
    },
    async end(response, session) {
      const until = new Date((session.began + LONGEST_S + CLOCKS_APART_S) * 1000);
      await ended.add(hashOf(session), until, clock.now()).catch(cannotTell);
      jar.take(response);
    },
  };
}

/** All that is kept of an ended session: its id can't be found from it. */
const hashOf = ({ id }: Session): string => createHash('sha256').update(id).digest('hex');

function cannotTell(cause: unknown): never {
  throw new CannotTell('whether a session was ended could not be read or written', { cause });
}
