/** Calls in the name of a workspace; what its administrator must mend is reported once an hour for each kind of trouble. */
import { notTwiceWithin } from '../../src/domain/in-time.ts';
import type { Log, Trouble } from '../../src/ports.ts';
import { mendOf } from './failures.ts';
import type { ApiAnswer, WebApi } from './web-api.ts';
import type { Workspaces } from './workspaces.ts';

const REPORT_EVERY_MS = 60 * 60_000;

export interface Calls {
  /** Calls `method` with the token of the workspace called `id`; never rejects. */
  call(id: string, method: string, args: Readonly<Record<string, unknown>>): Promise<ApiAnswer>;
  /** Tells of trouble that was not found by a call. */
  trouble(code: string, mend: string): void;
  /** Takes a file's bytes to an address that Slack named, if it is one of Slack's own; false when they did not arrive. */
  sendBytes(address: string, bytes: Uint8Array): Promise<boolean>;
  readonly workspaces: Workspaces;
}

export interface CallsDeps {
  readonly api: WebApi;
  readonly workspaces: Workspaces;
  readonly report: (trouble: Trouble) => Promise<void>;
  readonly log: Log;
  /** A monotonic clock, in milliseconds. */
  readonly tick: () => number;
  /** Whether files may be sent to that address. */
  readonly isOwn: (address: string) => boolean;
}

const SEND_MS = 20_000;

export function createCalls({ api, workspaces, report, log, tick, isOwn }: CallsDeps): Calls {
  const isNews = notTwiceWithin(REPORT_EVERY_MS);
  const trouble = (code: string, mend: string): void => {
    if (!isNews(mend, tick())) return;
    void report({ platform: 'slack', code, mend }).catch((error: unknown) => {
      log.error({ error }, 'trouble with Slack could not be reported');
    });
  };
  const noted = (answered: ApiAnswer): ApiAnswer => {
    if (answered.ok) return answered;
    const mend = mendOf(answered.trouble);
    if (mend) trouble(mend.code, mend.mend);
    return answered;
  };
  return {
    workspaces,
    trouble,
    async call(id, method, args) {
      const found = await workspaces.find(id);
      if (!found.ok) return noted(found);
      return noted(await api.call(found.workspace.token, method, args));
    },
    async sendBytes(address, bytes) {
      if (!isOwn(address)) {
        log.warn({}, 'Slack named an address for a file that is not its own; nothing was sent there');
        return false;
      }
      const sent = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: bytes,
        redirect: 'error',
        signal: AbortSignal.timeout(SEND_MS),
      }).catch(() => null);
      await sent?.body?.cancel();
      return sent?.ok === true;
    },
  };
}
