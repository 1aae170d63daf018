/** Calls to the connector; what the administrator must mend is reported once an hour for each kind of trouble. */
import { notTwiceWithin } from '../../src/domain/in-time.ts';
import type { Log, Trouble } from '../../src/ports.ts';
import type { Connector, ConnectorAnswer, ConnectorCall } from './connector.ts';
import { isConversationGone, mendOf } from './failures.ts';

const REPORT_EVERY_MS = 60 * 60_000;

export interface Calls {
  /** Never rejects. `isTrial`: what is gone is nobody's to mend yet, because it is tried in another way. */
  call(call: ConnectorCall, isTrial?: boolean): Promise<ConnectorAnswer>;
  /** Tells of trouble that was not found by a call. */
  trouble(code: string, mend: string): void;
}

export interface CallsDeps {
  readonly connector: Connector;
  readonly report: (trouble: Trouble) => Promise<void>;
  readonly log: Log;
  /** A monotonic clock, in milliseconds. */
  readonly tick: () => number;
}

export function createCalls({ connector, report, log, tick }: CallsDeps): Calls {
  const isNews = notTwiceWithin(REPORT_EVERY_MS);
  const trouble = (code: string, mend: string): void => {
    if (!isNews(mend, tick())) return;
    void report({ platform: 'teams', code, mend }).catch((error: unknown) => {
      log.error({ error }, 'trouble with Teams could not be reported');
    });
  };
  return {
    trouble,
    async call(asked, isTrial = false) {
      const answered = await connector.call(asked);
      if (answered.ok || (isTrial && isConversationGone(answered.trouble))) return answered;
      const mend = mendOf(answered.trouble);
      if (mend) trouble(mend.code, mend.mend);
      return answered;
    },
  };
}
